import { TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import type { StopDoubt } from '../../../../src/domain/sizing/stopDoubts.ts';
import { Notice } from '../../../ui/notice.tsx';
import { TextField } from '../../../ui/textField.tsx';

/** What differs from the order that was confirmed before. */
export function ChangedNotice({ text }: { text: string }): ReactElement {
  return (
    <div role="alert">
      <Notice icon={<TriangleAlert className="size-4 shrink-0 text-quiet" aria-hidden="true" />}>{text}</Notice>
    </div>
  );
}

/** Stops that are probably in a mistaken unit, each with a box to tick. */
export function StopDoubts({
  doubts,
  right,
  onChange,
}: {
  doubts: readonly StopDoubt[];
  /** Keys of those that a person has ticked. */
  right: readonly string[];
  onChange: (right: readonly string[]) => void;
}): ReactElement | null {
  if (doubts.length === 0) return null;
  return (
    <fieldset className="rounded-[6px] border border-quiet px-3 pt-1 pb-2">
      <legend className="flex items-center gap-1.5 px-1 text-sm font-semibold text-quiet">
        <TriangleAlert className="size-4" aria-hidden="true" />
        Is this stop in the right unit?
      </legend>
      {doubts.map(({ key, text }) => (
        <label key={key} className="flex items-start gap-2 py-1 text-sm">
          <input
            type="checkbox"
            checked={right.includes(key)}
            onChange={({ target }) => {
              onChange(target.checked ? [...right, key] : right.filter((each) => each !== key));
            }}
            className="mt-[3px] size-3.5 shrink-0 accent-[var(--buy)]"
          />
          <span className="min-w-0">
            {text} <strong className="font-medium">I mean it so.</strong>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** The lots of an order with a large risk are typed again. */
export function LotsToType({
  lots,
  value,
  onChange,
}: {
  lots: string;
  value: string;
  onChange: (text: string) => void;
}): ReactElement {
  return (
    <TextField
      label={`Type the lots, ${lots}, to fire this risk`}
      value={value}
      decimal
      hint={{ text: 'They are typed because this order risks a large part of the account.', warning: false }}
      onChange={onChange}
    />
  );
}
