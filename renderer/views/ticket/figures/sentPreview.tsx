import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId, useState, type ReactElement } from 'react';
import type { Side } from '../../../../src/domain/sizing/stops.ts';
import type { TicketFigures } from '../form/ticketFigures.ts';

/** The frame to the EA, at the end of the ticket, so that nothing moves when it folds. */
export function SentPreview({ side, frame }: { side: Side; frame: TicketFigures['frame'] }): ReactElement {
  const [open, setOpen] = useState(true);
  const id = useId();
  const Icon = open ? ChevronDown : ChevronRight;
  return (
    <div className="h-[4.5rem] shrink-0 [@media(min-height:60rem)]:h-[6.5rem]">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => {
          setOpen(!open);
        }}
        className="flex h-6 items-center gap-1 rounded-[4px] pr-2 text-xs text-muted hover:text-text"
      >
        <Icon className="size-3.5" aria-hidden="true" />
        The EA receives on {side === 'buy' ? 'Buy' : 'Sell'}
      </button>
      <code
        id={id}
        hidden={!open}
        className="line-clamp-3 font-mono text-[0.6875rem] leading-4 break-all [@media(min-height:60rem)]:line-clamp-5"
        title={'text' in frame ? frame.text : undefined}
      >
        {'text' in frame ? (
          frame.text
        ) : (
          <span className="font-sans text-xs break-normal text-muted">Nothing yet: {frame.problem}</span>
        )}
      </code>
    </div>
  );
}
