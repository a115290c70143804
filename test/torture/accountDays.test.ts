import { describe, expect, it } from 'vitest';
import { toNumber } from '../../src/domain/arithmetic/rational.ts';
import { isUnavailable } from '../../src/domain/arithmetic/unavailable.ts';
import type { LossRule } from '../../src/domain/accountRules/accountRules.ts';
import { checkEntry } from '../../src/domain/accountRules/checkEntry.ts';
import { floorOf } from '../../src/domain/accountRules/floors.ts';
import { observeFigures, type RuleBases } from '../../src/domain/accountRules/ruleBases.ts';
import { exact } from '../../src/domain/arithmetic/rational.ts';
import { say, timeLimit, times } from './faults.ts';

// Random days over the weeks in which clocks change, 2024 to 2027, against an independent model in whole cents whose days are
// looked up by the zone's own clock, minute by minute. An entry that the rules let through never leaves less than the floor.

const days = times(3_000, 1_000_000);
/** Between two reports; a day begins at one of them. */
const stepMs = 30 * 60_000;
const zones = [
  'Europe/Prague',
  'America/New_York',
  'Europe/Helsinki',
  'Asia/Nicosia',
  'UTC',
  'Australia/Sydney',
] as const;
/** Days around which clocks change in one of the zones. */
const changes = [2024, 2025, 2026, 2027].flatMap((year) => [
  ...[Date.UTC(year, 2, 8), Date.UTC(year, 2, 29), Date.UTC(year, 3, 5), Date.UTC(year, 9, 3)],
  ...[Date.UTC(year, 9, 25), Date.UTC(year, 10, 1)],
]);

let seed = 20_261_128;
const random = (max: number): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((seed / 2 ** 32) * max);
};
const oneOf = <Value>(values: readonly Value[]): Value => values[random(values.length)] as Value;

const clocks = new Map<string, Intl.DateTimeFormat>();
/** Date and time of day on a zone's clock, as text that compares in order. */
function clock(at: number, timeZone: string): string {
  const format =
    clocks.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  clocks.set(timeZone, format);
  return format.format(at);
}

/** The date of the trading day: it changes when the clock first shows `startsAt` of the next date or later. */
class ModelDay {
  private date = '';
  /** @returns whether a day began */
  look(at: number, timeZone: string, startsAt: string): boolean {
    const [date = '', time = ''] = clock(at, timeZone).split(' ');
    const began = time >= `${startsAt}:00` ? date : before(date);
    if (began <= this.date) return false;
    this.date = began;
    return true;
  }
}

function before(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

interface Model {
  balance: number;
  equity: number;
  peakEquity: number;
  peakBalance: number;
}

/** The floor in hundredths of a cent. */
function modelFloor(rule: LossRule, initial: number, { balance, equity, peakEquity, peakBalance }: Model): number {
  const base =
    rule.kind === 'daily_loss'
      ? { balance, equity, larger: Math.max(balance, equity) }[rule.base]
      : Math.max(initial, { static: initial, equity: peakEquity, day_balance: peakBalance }[rule.trailing]);
  const { unit, value } = rule.loss;
  const loss = unit === 'money' ? value * 10_000 : (unit === 'percent' ? base : initial) * value;
  const floor = base * 100 - loss;
  return rule.kind === 'total_loss' && rule.stopsAtInitial && rule.trailing !== 'static'
    ? Math.min(floor, initial * 100)
    : floor;
}

function anyRule(timeZone: string): LossRule {
  const day = { timeZone, startsAt: oneOf(['00:00', '17:00', '22:00', '02:30', '23:30']) };
  const shared = { id: 'r', name: 'R', action: 'block' as const, lock: 'day' as const, day };
  const loss = oneOf([
    { unit: 'money' as const, value: 100 + random(5_000) },
    { unit: 'percent' as const, value: 1 + random(10) },
    { unit: 'percent_of_initial' as const, value: 1 + random(10) },
  ]);
  return random(2) === 0
    ? { ...shared, kind: 'daily_loss', base: oneOf(['balance', 'equity', 'larger']), loss }
    : {
        ...{ ...shared, kind: 'total_loss', trailing: oneOf(['static', 'equity', 'day_balance']), loss },
        stopsAtInitial: random(2) === 0,
      };
}

describe('the floors of random days', () => {
  it('are those of the independent model, and no entry passes one', { timeout: timeLimit(days, 2) }, () => {
    let seen = 0;
    let entries = 0;
    let refused = 0;
    while (seen < days) {
      const timeZone = oneOf(zones);
      const rule = anyRule(timeZone);
      const initial = (1 + random(200)) * 100_000;
      const rules = { initialCapital: initial / 100, rules: [rule] };
      const model: Model = { balance: 0, equity: 0, peakEquity: 0, peakBalance: 0 };
      const day = new ModelDay();
      let [balance, equity] = [initial, initial];
      let bases: RuleBases | null = null;
      const from = oneOf(changes) + random(3 * 48) * stepMs;
      let isMeasured = false;
      // A day that began before, in an hour that clocks show twice.
      for (let step = 12; step > 0; step -= 1) day.look(from - step * stepMs, timeZone, rule.day.startsAt);
      for (let step = 0; step < 5 * 48 && seen < days; step += 1) {
        const at = from + step * stepMs;
        const last = { balance, equity };
        balance += random(4) === 0 ? random(40_001) - 20_000 : 0;
        equity = balance + random(60_001) - 30_000;
        if (bases !== null && day.look(at, timeZone, rule.day.startsAt)) {
          seen += 1;
          isMeasured = true;
          Object.assign(model, { balance, equity, peakBalance: Math.max(model.peakBalance, last.balance) });
        } else if (bases === null) {
          day.look(at, timeZone, rule.day.startsAt);
          Object.assign(model, { balance, equity, peakBalance: balance });
        }
        model.peakEquity = Math.max(model.peakEquity, equity);
        // The report before it, so that nothing is missed in between.
        if (bases !== null) bases = observeFigures(bases, money(at - 1_000, last.balance, last.equity), rules);
        bases = observeFigures(bases, money(at, balance, equity), rules);
        const floor = floorOf(rule, rules.initialCapital, bases);
        if (isUnavailable(floor)) throw new Error(floor.missing);
        if (rule.kind === 'daily_loss' && !isMeasured) continue;
        const expected = modelFloor(rule, initial, model);
        const found = Math.round((toNumber(floor.floor) ?? Number.NaN) * 10_000);
        if (found !== Math.round(expected)) {
          throw new Error(
            `${JSON.stringify(rule)} at ${new Date(at).toISOString()}: ${String(found)} for ${String(expected)}`,
          );
        }
        const loss = random(600_000);
        const refusal = checkEntry(
          { symbol: 'X', side: 'buy', loss: exact(loss / 100) },
          rules,
          { now: at, equity: equity / 100, bases, open: [], sidesOf: () => [] },
          String,
        );
        entries += 1;
        if (refusal !== null) refused += 1;
        const isAbove = (equity - loss) * 100 > expected;
        if ((refusal === null) !== isAbove) {
          const told = JSON.stringify({ rule, model, initial, equity, loss, at: new Date(at).toISOString() });
          throw new Error(`${isAbove ? 'Refused above' : 'Let beyond'} the floor: ${refusal?.reason ?? ''} ${told}`);
        }
      }
    }
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(entries);
    say(`${String(seen)} days, ${String(entries)} entries, ${String(refused)} refused, 0 wrong floors, 0 beyond one`);
  });
});

function money(at: number, balance: number, equity: number): Parameters<typeof observeFigures>[1] {
  return { at, balance: balance / 100, equity: equity / 100, equityHigh: equity / 100 };
}
