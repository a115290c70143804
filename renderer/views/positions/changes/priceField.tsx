import type { ReactElement } from 'react';
import { commaWords } from '../../../ui/typed.ts';
import { TextField } from '../../../ui/textField.tsx';
import { readStop } from './stopText.ts';

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
        error={value.includes(',') ? commaWords : (problem ?? undefined)}
        onChange={onChange}
      />
    </div>
  );
}
