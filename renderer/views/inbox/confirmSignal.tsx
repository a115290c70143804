import { useState, type ReactElement } from 'react';
import type { WaitingSignal } from '../../../src/api/state/engines.ts';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { formatLots } from '../../format.ts';
import { actionWords } from '../../shared/orderWords.ts';
import { StakeNotice } from '../../shared/stakeNotice.tsx';
import { ConfirmDialog } from '../../ui/confirmDialog.tsx';
import { LiveFigure } from '../../ui/freshLook.tsx';
import { DangerNotice, LotsToType } from '../ticket/confirm/doubts.tsx';
import type { SignalFigures } from './signalFigures.ts';
import { plannedWords } from './inboxWords.ts';

/** Confirmation of a signal with a large risk, or without a stop: its lots are typed. */
export function ConfirmSignal({
  signal,
  bridge,
  figures,
  onFire,
  onCancel,
}: {
  signal: WaitingSignal;
  bridge: BridgeState;
  figures: SignalFigures;
  onFire: () => void;
  onCancel: () => void;
}): ReactElement {
  const [typed, setTyped] = useState('');
  const lots = signal.planned === null ? null : formatLots(signal.planned.lot);
  const { action, symbol, source } = signal;
  return (
    <ConfirmDialog
      title="Fire a signal with a large risk"
      word="Fire"
      expires
      kind={action === 'sell' ? 'sell' : 'buy'}
      disabled={lots === null || typed.trim() !== lots}
      onConfirm={onFire}
      onCancel={onCancel}
    >
      <StakeNotice bridge={bridge} />
      <p className="text-xl font-semibold">
        {actionWords[action]} {symbol}
        <span className="ml-2 text-sm font-normal text-muted">by {source}</span>
      </p>
      <p className="text-sm font-medium">
        <LiveFigure text={plannedWords(signal, bridge.stopUnit)} />
      </p>
      <p className="text-sm">
        <LiveFigure text={figures.text} />
      </p>
      <DangerNotice
        text={
          figures.hasNoStop
            ? 'No stop loss: nothing bounds what this order can lose.'
            : 'The stop loss of this signal costs a large part of the account.'
        }
      />
      {lots !== null && <LotsToType lots={lots} value={typed} onChange={setTyped} />}
    </ConfirmDialog>
  );
}
