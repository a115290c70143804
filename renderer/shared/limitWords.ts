import type { RiskRow } from '../../src/domain/risk/riskReport.ts';
import { profileOf, type RiskLimits } from '../../src/domain/risk/riskLimits.ts';
import { formatMoney, formatNumber } from '../format.ts';

// Sentences about limits.

export type RiskState = RiskRow['state'];

export const riskStateWords: Record<RiskState, string> = {
  off: 'off',
  ok: 'ok',
  warn: 'warning',
  blocked: 'blocked',
  unknown: 'unknown',
};

export const riskStateMeanings: Record<RiskState, string> = {
  off: 'This limit is switched off.',
  ok: 'Trades are let through.',
  warn: 'Close to the limit; trades are still let through.',
  blocked: 'The limit is reached: every buy and sell is refused.',
  unknown: 'The figure is not known, so every buy and sell is refused.',
};

/** Number of limits that refuse every buy and sell now. */
export function refusing(rows: readonly RiskRow[]): number {
  return rows.filter(refuses).length;
}

function refuses({ state }: RiskRow): boolean {
  return state === 'blocked' || state === 'unknown';
}

/** The ticket's sentence while limits refuse every buy and sell; null: none does. */
export function limitRefusal(
  rows: readonly RiskRow[],
  currency: string | null,
): { reason: string; nextStep: string } | null {
  const [first, ...more] = rows.filter(refuses);
  if (first === undefined) return null;
  const which = `${first.name} ${valueWords(first, currency)}, allowed ${limitWords(first, currency)}`;
  return {
    reason:
      more.length === 0
        ? `A limit refuses every buy and sell: ${which}.`
        : `${String(more.length + 1)} limits refuse every buy and sell. First: ${which}.`,
    nextStep: 'The tab Limits shows each. Closes go on.',
  };
}

/** The current figure. */
export function valueWords(row: RiskRow, currency: string | null): string {
  const { code, state, value } = row;
  if (value !== null) return figure(value, row, currency);
  return code === 'risk_margin_level' && (state === 'ok' || state === 'off') ? 'no margin in use' : 'not known';
}

/** The permitted values: floors from their limit on, counts up to it, losses below it. */
export function limitWords(row: RiskRow, currency: string | null): string {
  const { code, limit, unit } = row;
  if (limit === null) return 'off';
  const floor = code === 'risk_margin_level' || code === 'risk_free_margin';
  return `${floor ? 'at least' : unit === 'trades' ? 'at most' : 'below'} ${figure(limit, row, currency)}`;
}

/** An amount without a known currency stands alone. */
function figure(value: number, { unit }: RiskRow, currency: string | null): string {
  if (unit === 'trades') return formatNumber(value, 0);
  if (unit === '%') return `${formatNumber(value, 2)} %`;
  return currency === null ? formatMoney(value) : `${formatMoney(value)} ${currency}`;
}

const profileNames = {
  nibbler: 'Nibbler',
  fang: 'Fang',
  commander: 'Commander',
  apex: 'Apex',
  custom: 'of your own',
} as const;

/** Checks of each order by itself: name and words. */
export function orderLimitWords(limits: RiskLimits): [name: string, words: string][] {
  const { min, max } = limits.stopDistance;
  const distance =
    min === null && max === null
      ? 'off'
      : [min === null ? '' : `from ${String(min)}`, max === null ? '' : `to ${String(max)}`, 'points']
          .filter((part) => part !== '')
          .join(' ');
  return [
    ['Profile', profileNames[profileOf(limits)]],
    ['Symbols', limits.symbols.length === 0 ? 'every symbol' : limits.symbols.join(', ')],
    ['Stop loss', limits.stopLossRequired ? 'required' : 'not required'],
    ['Stop distance', distance],
    ['Risk of one trade', limits.riskPercent === null ? 'off' : `at most ${String(limits.riskPercent)} % of equity`],
    ['The same again', limits.duplicateWindowS === 0 ? 'off' : `refused for ${String(limits.duplicateWindowS)} s`],
  ];
}
