import type { ReactElement } from 'react';
import { gaps } from '../../../../src/domain/arithmetic/unavailable.ts';
import type { LotLimits } from '../../../../src/domain/lotLimits.ts';
import { formatLots } from '../../../format.ts';
import { TextField } from '../../../ui/textField.tsx';
import { LotsField } from './lotsField.tsx';
import { percentHint } from '../form/sizeHint.ts';
import type { TicketFields } from '../form/ticketFields.ts';

/** Size: lots, or the loss at the stop in % of equity or in money. */
export function SizeField({
  fields: { sizeBy, sizes },
  limits,
  currency,
  riskLimit,
  error,
  onSize,
}: {
  fields: Pick<TicketFields, 'sizeBy' | 'sizes'>;
  limits: LotLimits;
  currency: string | null;
  /** Limit of one trade, % of equity; null: none. */
  riskLimit: number | null;
  error: string | undefined;
  onSize: (text: string) => void;
}): ReactElement {
  const money = currency ?? 'money';
  const common = {
    value: sizes[sizeBy],
    error,
    onChange: onSize,
  };
  if (sizeBy === 'lots') {
    const isNone = limits.min > limits.max;
    const range = `${formatLots(limits.min)} to ${formatLots(limits.max)}`;
    const hint = { text: isNone ? `${gaps.noCommonLots.missing}.` : range, warning: isNone };
    return <LotsField limits={limits} hint={hint} {...common} />;
  }
  return (
    <TextField
      label="Risk"
      decimal
      suffix={sizeBy === 'percent' ? '%' : money}
      hint={sizeBy === 'percent' ? percentHint(sizes.percent, riskLimit) : { text: 'lost at the stop', warning: false }}
      {...common}
    />
  );
}
