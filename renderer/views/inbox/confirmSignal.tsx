import { useState, type ReactElement } from 'react';
import type { WaitingSignal } from '../../../src/api/state/engines.ts';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { formatLots } from '../../format.ts';
import type { Block } from '../../shared/blockWords.ts';
import { actionWords } from '../../shared/orderWords.ts';
import { StakeNotice } from '../../shared/stakeNotice.tsx';
import { ConfirmDialog } from '../../ui/confirmDialog.tsx';
import { LiveFigure } from '../../ui/freshLook.tsx';
import { LotsToType, StopDoubts } from '../ticket/confirm/doubts.tsx';
import { DangerNotice } from '../../ui/dangerNotice.tsx';
import { settleMs, useChangedAt, useOnceHeavy } from '../ticket/confirm/settled.ts';
import type { SignalFigures } from './signalFigures.ts';
import { plannedWords } from './inboxWords.ts';

const nothing = { lot: 0, sl: 0, tp: 0 };

/** Confirmation of a signal with a large or unknown risk, without a stop, with one in a mistaken unit, or that moves one away. */
export function ConfirmSignal({
  signal,
  bridge,
  figures,
  block,
  onFire,
  onCancel,
}: {
  signal: WaitingSignal;
  bridge: BridgeState;
  /** Null: it can't be sent as it stands. */
  figures: SignalFigures | null;
  block: Block | null;
  onFire: () => void;
  onCancel: () => void;
}): ReactElement {
  const [typed, setTyped] = useState('');
  const [right, setRight] = useState<readonly string[]>([]);
  const [failure, setFailure] = useState<string | null>(null);
  const { action, change, symbol, source, planned, problem } = signal;
  const isImpossible = figures === null && change === null;
  const changedAt = useChangedAt(planned ?? nothing);
  const doubts = figures?.doubts ?? { stops: [], risk: null, isHeavy: false };
  const isHeavy = useOnceHeavy(doubts.isHeavy);
  const lots = formatLots(planned?.lot ?? 0);
  const isOpen = doubts.stops.some(({ key }) => !right.includes(key)) || (isHeavy && typed.trim() !== lots);
  return (
    <ConfirmDialog
      title="Confirm signal"
      word="Fire"
      expires
      kind={action === 'sell' ? 'sell' : 'buy'}
      disabled={isImpossible || block !== null || isOpen}
      failure={failure}
      onConfirm={() => {
        if (performance.now() - changedAt.current < settleMs) {
          setFailure('It changed as you pressed. Look at it again.');
          return false;
        }
        onFire();
        return true;
      }}
      onCancel={onCancel}
    >
      <StakeNotice bridge={bridge} />
      {block !== null && <DangerNotice text={`${block.reason} ${block.nextStep}`.trim()} />}
      <p className="text-xl font-semibold">
        {actionWords[action]} {symbol}
        <span className="ml-2 text-sm font-normal text-muted">by {source}</span>
      </p>
      <p className="text-sm font-medium">
        <LiveFigure text={plannedWords(signal, bridge.stopUnit)} />
      </p>
      <p className="text-sm">
        <LiveFigure text={figures?.text ?? ''} />
      </p>
      {isImpossible && block === null && <DangerNotice text="Nothing can be sent as it stands." />}
      {change !== null && problem !== null && <DangerNotice text={problem} />}
      {doubts.risk !== null && <DangerNotice text={doubts.risk} />}
      <StopDoubts doubts={doubts.stops} right={right} onChange={setRight} />
      {isHeavy && <LotsToType lots={lots} value={typed} onChange={setTyped} />}
    </ConfirmDialog>
  );
}
