import type { ReactElement } from 'react';
import { TextField } from '../../ui/textField.tsx';
import { amountError } from '../../ui/typed.ts';

/** An amount of money above 0. */
export function AmountField({
  label,
  currency,
  value,
  onChange,
}: {
  label: string;
  currency: string | null;
  value: string;
  onChange: (typed: string) => void;
}): ReactElement {
  return (
    <TextField
      label={label}
      unit={currency ?? undefined}
      note="as needed"
      decimal
      value={value}
      error={amountError(value)}
      hint={{ text: 'Decimals after a point, as in 10250.50.', warning: false }}
      onChange={onChange}
    />
  );
}
