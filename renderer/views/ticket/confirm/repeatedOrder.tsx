import { Repeat2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { formatTime } from '../../../format.ts';
import type { Repetition } from '../form/repetition.ts';

/** The same order a moment ago, with a box to repeat it by its ID all the same. */
export function RepeatedOrder({
  repetition: { signalId, at },
  isMeant,
  onChange,
}: {
  repetition: Repetition;
  isMeant: boolean;
  /** @param signalId of the order that is meant to be repeated; null: none */
  onChange: (signalId: string | null) => void;
}): ReactElement {
  return (
    <fieldset className="rounded-[6px] border border-quiet px-3 pt-1 pb-2">
      <legend className="flex items-center gap-1.5 px-1 text-sm font-semibold text-quiet">
        <Repeat2 className="size-4" aria-hidden="true" />
        The same was fired a moment ago
      </legend>
      <label className="flex items-start gap-2 py-1 text-sm">
        <input
          type="checkbox"
          checked={isMeant}
          onChange={({ target }) => {
            onChange(target.checked ? signalId : null);
          }}
          className="mt-[3px] size-3.5 shrink-0 accent-[var(--buy)]"
        />
        <span className="min-w-0">
          I want it again, beside <span className="font-mono break-all">{signalId}</span> of{' '}
          <span className="figures">{formatTime(at)}</span>
        </span>
      </label>
    </fieldset>
  );
}
