import type { ReactElement } from 'react';
import type { FireRequest } from '../../../../src/api/contract.ts';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import { ConfirmDialog } from '../../../ui/confirmDialog.tsx';
import { DangerNotice } from '../../../ui/dangerNotice.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { StakeNotice } from '../../../shared/stakeNotice.tsx';
import { Addressee, SignalPreview } from './signalPreview.tsx';
import { startOf } from '../../../shared/startOf.ts';
import type { AskedBy } from '../../../shared/startOf.ts';

/** Confirmation of a close, with what it can't guarantee. */
export function ConfirmClose({
  bridge,
  request,
  by,
  onClose,
  onCancel,
}: {
  bridge: BridgeState;
  request: FireRequest;
  by: AskedBy;
  onClose: (request: FireRequest) => void;
  onCancel: () => void;
}): ReactElement {
  const all = request.action === 'close_all';
  const { positions } = bridge.account;
  const { command, feedback } = bridge.channels;
  const isGone = command.peer === null || feedback.peer === null;
  return (
    <ConfirmDialog
      title="Confirm close"
      word="Close"
      disabled={isGone}
      startOn={startOf(bridge, by)}
      onConfirm={() => {
        onClose(request);
      }}
      onCancel={onCancel}
    >
      <StakeNotice bridge={bridge} />
      {isGone && <DangerNotice text="No EA is connected, so nothing can be closed from here. Close in MT5 now." />}
      <p className="text-xl font-semibold">
        {all ? 'Close all positions' : `Close all positions in ${request.symbol}`}
      </p>
      <p className="text-sm">
        The EA is told to close {all ? 'every position' : `every position in ${request.symbol}`} that it opened itself.
        EA v7 closes only positions with its own magic number (20250101): what was opened by hand or by another EA stays
        open.
      </p>
      <p className="text-sm">
        The close counts as filled only when telemetry&apos;s positions agree.{' '}
        {positions === null
          ? 'The EA has not told how many positions are open.'
          : `${isGone ? 'When the EA was last heard' : 'Now'} ${openWords(positions, isGone)} open on the account.`}
      </p>
      <Facts>
        <Addressee bridge={bridge} signalId={request.signalId} />
      </Facts>
      <SignalPreview bridge={bridge} request={request} />
    </ConfirmDialog>
  );
}

function openWords(positions: number, isPast: boolean): string {
  if (positions === 1) return `1 position ${isPast ? 'was' : 'is'}`;
  return `${String(positions)} positions ${isPast ? 'were' : 'are'}`;
}
