import { ArrowDown, ArrowUp, TriangleAlert, X } from 'lucide-react';
import type { ReactElement } from 'react';
import type { WaitingSignal } from '../../../src/api/state/engines.ts';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { blockOf, type Block } from '../../shared/blockWords.ts';
import { StakeNotice } from '../../shared/stakeNotice.tsx';
import { useApp, useAppState, useNow } from '../../store/hooks.ts';
import { actionWords } from '../../shared/orderWords.ts';
import { useDayRange } from '../ticket/form/useDayRange.ts';
import { Expiry } from './expiry.tsx';
import { doubtWords, signalFigures, type SignalFigures } from './signalFigures.ts';
import { SignalAnswers } from './signalAnswers.tsx';
import { SignalFiguresLine } from './signalFiguresLine.tsx';
import { blockOfSignal, endWords, orderOf, plannedWords, remarkOf } from './inboxWords.ts';
import type { OrderAction } from '../../../src/domain/tradeTerms.ts';

/** One signal: source, request, planned order, remaining time, and the two answers. */
export function SignalRow({
  signal,
  ended,
  place,
}: {
  signal: WaitingSignal;
  ended: boolean;
  /** Its number in the list, from 0. */
  place: number;
}): ReactElement {
  const bridge = useAppState(({ bridges }) => bridges.find(({ id }) => id === signal.bridge)) ?? null;
  const several = useAppState(({ bridges }) => bridges.length > 1) ?? false;
  const { source, signalId, longId, asked, note } = signal;
  const block = blockOfSignal(signal, useBlockOf(bridge));
  const figures = useSignalFigures(signal, bridge);
  const remark = ended ? null : remarkOf(signal, block);
  // An order on its way is over in a moment: it moves nothing.
  const isStopped = block !== null && !block.isOrder;
  const doubts = ended || isStopped ? '' : doubtWords(figures);
  return (
    <li
      aria-label={`Signal ${signalId}`}
      className="grid h-[var(--row)] snap-start grid-cols-[minmax(0,1fr)_5.5rem_9.5rem] grid-rows-[auto_auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 overflow-hidden border-b border-line/60 px-3 py-1.5 @min-[40rem]:grid-cols-[8.5rem_minmax(0,1fr)_5.5rem_9.5rem] @min-[40rem]:grid-rows-[auto_minmax(0,1fr)] @min-[56rem]:grid-cols-[10.5rem_minmax(0,1fr)_6.5rem_10.5rem] @min-[56rem]:gap-x-4"
    >
      <div className="min-w-0">
        <p className="flex items-center gap-2 text-base font-semibold">
          <Side action={signal.action} />
          <span className="truncate">{signal.action === 'close_all' ? '' : signal.symbol}</span>
        </p>
        <p className="truncate text-xs font-medium" title={source}>
          {source}
        </p>
        <p className="truncate font-mono text-xs text-muted" title={longId ?? signalId}>
          {longId ?? signalId}
        </p>
      </div>
      <div className="col-span-3 row-start-2 min-w-0 @min-[40rem]:col-span-1 @min-[40rem]:col-start-2 @min-[40rem]:row-start-1">
        <p className="figures line-clamp-2 text-sm font-medium" title={plannedWords(signal, bridge?.stopUnit ?? null)}>
          {plannedWords(signal, bridge?.stopUnit ?? null)}
          {several && <span className="font-normal text-muted"> on {bridge?.name ?? signal.bridge}</span>}
        </p>
        <p className="truncate text-xs text-muted" title={[`Asked: ${asked}`, note ?? ''].join('\n').trim()}>
          Asked: {asked}
          {note !== null && <span className="text-text"> · {note}</span>}
        </p>
        {bridge !== null && (
          <StakeNotice bridge={bridge} isLine className="border-0! bg-transparent! px-0! text-xs! leading-4" />
        )}
      </div>
      <div>{!ended && <Expiry signal={signal} />}</div>
      <SignalAnswers signal={signal} bridge={bridge} figures={figures} block={block} ended={ended} place={place} />
      <div className="col-span-full min-h-0 overflow-y-auto text-xs">
        {ended && <EndRemark signal={signal} />}
        {/* What can't be sent has no figures: its reason takes their place. */}
        {!ended && !isStopped && <SignalFiguresLine figures={figures} />}
        <p aria-live="polite" role="note" aria-label="What stands against it">
          {remark !== null && (
            <span className="text-quiet">
              <TriangleAlert className="mr-1 inline size-3.5 align-[-0.15em]" aria-hidden="true" />
              {remark}{' '}
            </span>
          )}
          {doubts !== '' && <span className="font-medium text-down">{doubts}</span>}
        </p>
      </div>
    </li>
  );
}

/** Side as in the ticket: word, direction and colour. */
function Side({ action }: { action: OrderAction }): ReactElement {
  const Icon = action === 'buy' ? ArrowUp : action === 'sell' ? ArrowDown : X;
  const look =
    action === 'buy'
      ? 'bg-buy text-on-trade'
      : action === 'sell'
        ? 'bg-sell text-on-trade'
        : 'border border-strong-line';
  return (
    <span className={`inline-flex items-center gap-0.5 rounded-[4px] px-1.5 text-sm font-semibold ${look}`}>
      <Icon className="size-3.5" aria-hidden="true" />
      {actionWords[action]}
    </span>
  );
}

/** The signal's outcome, in place of the warnings before it is fired. */
function EndRemark({ signal }: { signal: WaitingSignal }): ReactElement {
  const order = useAppState(({ orders }) => orderOf(orders, signal));
  const { text, nextStep } = endWords(order);
  const said = `${text} ${nextStep ?? ''}`.trim();
  return (
    <p role="status" title={said} className="h-4 truncate text-xs">
      {said}
    </p>
  );
}

/** Why every buy and sell of a signal's bridge is refused now, such as a bridge that is not armed; null: none is. */
function useBlockOf(bridge: BridgeState | null): Block | null {
  const connected = useApp(({ client, connection }) => client !== null && connection === 'open');
  return bridge === null ? null : blockOf(bridge, connected);
}

function useSignalFigures(signal: WaitingSignal, bridge: BridgeState | null): SignalFigures | null {
  const quotes = useAppState((app) => (bridge === null ? null : app.quotes[bridge.id])) ?? [];
  const now = useNow();
  const orders = useAppState((app) => app.orders) ?? [];
  const dayRange = useDayRange(bridge?.id ?? null, signal.symbol);
  return bridge === null ? null : signalFigures(signal, bridge, { quotes, now }, orders, dayRange);
}
