import { Ban } from 'lucide-react';
import type { ReactElement } from 'react';
import { useAppState, useFlash } from '../../../store/hooks.ts';
import type { Block } from '../../../shared/blockWords.ts';
import { stateColours } from '../../../shared/stateLook.tsx';
import type { TicketResult } from '../form/fireOrder.ts';
import { findOrder, ticketWords, type TicketWords } from '../form/ticketWords.ts';
import { Waiting } from '../../../ui/waiting.tsx';

/** Why nothing can be traded now, then the outcome of the last order. Its place is kept when it is empty. */
export function TicketMessage({
  block,
  stopped,
  result,
  error,
}: {
  block: Block | null;
  /** Number of presses that the block has stopped: each is answered by a flash. */
  stopped: number;
  result: TicketResult | null;
  /** Errors in the typed fields. */
  error: string | null;
}): ReactElement {
  const order = useAppState(({ orders }) => findOrder(orders, result));
  const words = ticketWords(result, order, error);
  const flash = useFlash(stopped, 1_600);
  // While the last order is on its way, that the EA is busy says nothing more.
  const first = block?.isOrder === true && words !== null ? null : block;
  return (
    <div
      aria-live="polite"
      role="group"
      aria-label="What becomes of the order"
      tabIndex={0}
      className={`more-below h-[5.75rem] shrink-0 overflow-y-auto rounded-[6px] border px-2.5 py-1 text-xs [@media(min-height:60rem)]:h-[7.75rem] ${first === null ? 'border-line' : 'border-strong-line'} ${flash ? 'arrived' : ''}`}
    >
      {first !== null && (
        <div>
          <p className="flex items-center gap-1.5 text-sm leading-5 font-semibold">
            <Ban className="size-3.5 shrink-0" aria-hidden="true" />
            Nothing is sent: {first.word}
          </p>
          <p>
            {first.reason} <span className="text-muted">{first.nextStep}</span>
          </p>
        </div>
      )}
      {words !== null && <Outcome words={words} isLast={first !== null && error === null} />}
      {first === null && words === null && (
        <p className="text-muted">Ready. What becomes of the next order shows here.</p>
      )}
    </div>
  );
}

/** @param isLast it is of the last order, below something that holds now */
function Outcome({ words, isLast }: { words: TicketWords; isLast: boolean }): ReactElement {
  const { word, state, signalId, text, nextStep } = words;
  return (
    <div className={isLast ? 'mt-1 border-t border-line pt-1 text-muted' : ''}>
      <p className="flex items-baseline justify-between gap-2 leading-5">
        <span className={isLast ? '' : `text-sm font-semibold ${state === null ? 'text-muted' : stateColours[state]}`}>
          {isLast ? `Last: ${word}` : word}
        </span>
        {state === 'sent' && <Waiting key={signalId} />}
        {signalId !== null && <span className="truncate font-mono text-xs text-muted">{signalId}</span>}
      </p>
      <p>{text}</p>
      {nextStep !== null && <p className="text-xs text-muted">{nextStep}</p>}
    </div>
  );
}
