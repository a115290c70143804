import type { ReactElement } from 'react';
import { pressOnce } from '../../../ui/pressOnce.ts';
import type { AskedChange } from '../../../store/appStore.ts';
import { useChangeAsker } from './askedChange.ts';

/** Buttons of a position's row. */
export function PositionActions({ ticket }: { ticket: string }): ReactElement {
  return (
    <span className="flex justify-end gap-1">
      <RowAction what="close" word="Close" label={`Close position ${ticket}`} ticket={ticket} />
      <RowAction what="stops" word="Stops" label={`Stops of position ${ticket}`} ticket={ticket} />
    </span>
  );
}

/** Buttons of a pending order's row. */
export function PendingActions({ ticket }: { ticket: string }): ReactElement {
  return (
    <span className="flex justify-end gap-1">
      <RowAction what="pending" word="Change" label={`Change order ${ticket}`} ticket={ticket} />
      <RowAction what="cancel" word="Cancel" label={`Cancel order ${ticket}`} ticket={ticket} />
    </span>
  );
}

function RowAction({
  what,
  word,
  label,
  ticket,
}: Pick<AskedChange, 'what' | 'ticket'> & { word: string; label: string }): ReactElement {
  const { ask, dead } = useChangeAsker();
  return (
    <button
      type="button"
      aria-label={label}
      aria-haspopup="dialog"
      aria-disabled={dead !== null}
      title={dead ?? label}
      className="h-6 rounded-[4px] border border-line px-1.5 text-xs font-medium hover:bg-raised aria-disabled:opacity-40"
      {...pressOnce((by) => {
        if (dead === null) ask({ what, ticket, by });
      })}
    >
      {word}
    </button>
  );
}
