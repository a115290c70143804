import type { ReactElement } from 'react';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import { accountCurrency } from '../../../accountCurrency.ts';
import { useAppState } from '../../../store/hooks.ts';
import { limitRefusal } from '../../limits/limitWords.ts';
import { stateColours } from '../../../shared/stateLook.tsx';
import type { TicketResult } from '../form/fireOrder.ts';
import { findOrder, ticketWords } from '../form/ticketWords.ts';
import { Waiting } from '../../../ui/waiting.tsx';

/** Outcome of the last order, or why the next would be refused. Its place is kept when it is empty. */
export function TicketMessage({
  bridge,
  result,
  error,
}: {
  bridge: BridgeState;
  result: TicketResult | null;
  /** Errors in the typed fields. */
  error: string | null;
}): ReactElement {
  const order = useAppState(({ orders }) => findOrder(orders, result));
  // Limits are judged once the EA's current figures are there; before, another guard refuses.
  const limits = bridge.stream === 'current' ? limitRefusal(bridge.risk, accountCurrency(bridge)) : null;
  const words = ticketWords(result, order, error, bridge.obstacle ?? limits);
  return (
    <div
      aria-live="polite"
      role="group"
      aria-label="What becomes of the order"
      tabIndex={0}
      className="more-below h-[5.75rem] shrink-0 overflow-y-auto rounded-[6px] border border-line px-2.5 py-1 text-xs [@media(min-height:60rem)]:h-[7.75rem]"
    >
      {words === null ? (
        <p className="text-muted">Ready. What becomes of the next order shows here.</p>
      ) : (
        <>
          <p className="flex items-baseline justify-between gap-2 leading-5">
            <span
              className={`text-sm font-semibold ${words.state === null ? 'text-muted' : stateColours[words.state]}`}
            >
              {words.word}
            </span>
            {words.state === 'sent' && <Waiting key={words.signalId} />}
            {words.signalId !== null && <span className="truncate font-mono text-xs text-muted">{words.signalId}</span>}
          </p>
          <p>{words.text}</p>
          {words.nextStep !== null && <p className="text-xs text-muted">{words.nextStep}</p>}
        </>
      )}
    </div>
  );
}
