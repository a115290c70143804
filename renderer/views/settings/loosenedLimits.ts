import type { RiskLimits } from '../../../src/domain/risk/riskLimits.ts';
import { tightenedLimits } from '../../../src/domain/risk/tightenedLimits.ts';
import { formatPlain } from '../../format.ts';
import { specOf } from './settingsFields.ts';

/** A limit that allows more than before. */
export interface LoosenedLimit {
  name: string;
  from: string;
  to: string;
}

const numbers = [
  'openTrades',
  'tradesPerDay',
  'tradesPerMinute',
  'duplicateWindowS',
  'riskPercent',
  'dailyLossPercent',
  'drawdownPercent',
  'marginLevel',
  'freeMargin',
] as const;

/** The limits of a change that allow more than before; another beginning of the trading day may. */
export function loosenedLimits(before: RiskLimits, after: RiskLimits): LoosenedLimit[] {
  const strictest = tightenedLimits(before, after);
  const loosened: LoosenedLimit[] = [];
  const add = (isLooser: boolean, name: string, from: string, to: string): void => {
    if (isLooser) loosened.push({ name, from, to });
  };
  for (const key of numbers) {
    const { label, suffix = '' } = specOf(`limits.${key}`);
    add(strictest[key] !== after[key], label, words(before[key], suffix), words(after[key], suffix));
  }
  for (const key of ['min', 'max'] as const) {
    const [from, to] = [before.stopDistance[key], after.stopDistance[key]];
    add(
      strictest.stopDistance[key] !== to,
      specOf(`limits.stopDistance.${key}`).label,
      words(from, 'points'),
      words(to, 'points'),
    );
  }
  add(strictest.stopLossRequired !== after.stopLossRequired, 'Stop loss', 'required', 'not required');
  const [from, to] = [before.symbols, after.symbols];
  const isWider = to.length === 0 ? from.length > 0 : from.length > 0 && to.some((name) => !from.includes(name));
  add(isWider, specOf('limits.symbols').label, list(from), list(to));
  const [day, newDay] = [dayWords(before), dayWords(after)];
  add(day !== newDay, 'Trading day', day, newDay);
  return loosened;
}

function words(value: number | null, unit: string): string {
  return value === null ? 'off' : `${formatPlain(value)} ${unit}`.trim();
}

function list(symbols: readonly string[]): string {
  return symbols.length === 0 ? 'every symbol' : symbols.join(', ');
}

function dayWords({ day: { startsAt, timeZone } }: RiskLimits): string {
  return `begins ${startsAt} ${timeZone}`;
}
