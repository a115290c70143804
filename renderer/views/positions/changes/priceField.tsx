import type { ReactElement } from 'react';
import { TextField } from '../../../ui/textField.tsx';
import { readTyped } from './changeFigures.ts';

/** A price for a field; empty: none. */
export function stopText(price: number | null, digits: number): string {
  return price === null || price === 0 ? '' : price.toFixed(digits);
}

/** 0: none. Null: no price. */
export function readStop(typed: string): number | null {
  const read = readTyped(typed);
  if (read === null) return 0;
  return Number.isNaN(read) || read === 0 ? null : read;
}

/** A field for a price, which arrow keys step by a point, with Shift by ten. */
export function PriceField({
  label,
  value,
  digits,
  problem,
  onChange,
}: {
  label: string;
  value: string;
  digits: number;
  problem: string | null;
  onChange: (value: string) => void;
}): ReactElement {
  return (
    <div
      className="w-40"
      onKeyDown={(event) => {
        const way = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
        const read = readStop(value);
        if (way === 0 || read === null || read === 0 || event.nativeEvent.isComposing) return;
        event.preventDefault();
        onChange((read + (way * (event.shiftKey ? 10 : 1)) / 10 ** digits).toFixed(digits));
      }}
    >
      <TextField
        label={label}
        decimal
        value={value}
        placeholder="none"
        error={problem ?? undefined}
        onChange={onChange}
      />
    </div>
  );
}
