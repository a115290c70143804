import type { AccountRules } from '../../../src/domain/accountRules/accountRules.ts';
import type { RiskLimits } from '../../../src/domain/risk/riskLimits.ts';
import { tightenedLimits } from '../../../src/domain/risk/tightenedLimits.ts';
import { formatPlain } from '../../format.ts';
import { ruleWords } from '../../shared/ruleWords.ts';
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
  for (const rule of changedRules(before.accountRules, after.accountRules)) add(true, rule.name, rule.from, rule.to);
  return loosened;
}

/** Rules that are gone or other than before: of two versions of one rule nobody can say which allows more. */
function changedRules(before: AccountRules, after: AccountRules): LoosenedLimit[] {
  const on = before.rules.filter(({ action }) => action !== 'off');
  const changed = on.flatMap((rule): LoosenedLimit[] => {
    const now = after.rules.find(({ id }) => id === rule.id);
    if (JSON.stringify(now) === JSON.stringify(rule)) return [];
    const [from, to] = [ruleWords(rule), now === undefined ? 'removed' : ruleWords(now)];
    return [{ name: rule.name, from, to }];
  });
  if (on.length === 0 || before.initialCapital === after.initialCapital) return changed;
  const [from, to] = [words(before.initialCapital, ''), words(after.initialCapital, '')];
  return [...changed, { name: 'Initial capital', from, to }];
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
