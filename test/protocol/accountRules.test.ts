import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toNumber } from '../../src/domain/arithmetic/rational.ts';
import { isUnavailable } from '../../src/domain/arithmetic/unavailable.ts';
import {
  type AccountRule,
  accountRulesSchema,
  dayKey,
  type LossRule,
} from '../../src/domain/accountRules/accountRules.ts';
import { floorOf } from '../../src/domain/accountRules/floors.ts';
import {
  observeDeal,
  observeFigures,
  type RuleBases,
  typeDay,
  typePeak,
} from '../../src/domain/accountRules/ruleBases.ts';
import { weekWindow } from '../../src/domain/accountRules/weekWindow.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'account-rules.md'), 'utf8');
const day = { timeZone: 'UTC', startsAt: '00:00' };
const shared = { id: 'r', name: 'R', action: 'block' as const, lock: 'day' as const, day };
type Daily = Extract<LossRule, { kind: 'daily_loss' }>;
type Total = Extract<LossRule, { kind: 'total_loss' }>;
const daily = (base: Daily['base'], loss: Daily['loss']): LossRule => ({ ...shared, kind: 'daily_loss', base, loss });
const total = (trailing: Total['trailing'], loss: Total['loss'], stopsAtInitial = false): Total => ({
  ...{ ...shared, kind: 'total_loss', trailing, loss, stopsAtInitial },
});

/** The rules of the page's examples, in its order. */
const examples: LossRule[] = [
  daily('balance', { unit: 'percent_of_initial', value: 5 }),
  daily('larger', { unit: 'percent', value: 4 }),
  daily('equity', { unit: 'money', value: 2500 }),
  total('static', { unit: 'percent_of_initial', value: 10 }),
  total('equity', { unit: 'percent_of_initial', value: 6 }),
  total('equity', { unit: 'percent_of_initial', value: 6 }, true),
  total('day_balance', { unit: 'money', value: 2000 }),
];

describe('the worked examples of the page', () => {
  const rows = page
    .split('\n')
    .filter((line) => /^\| [a-z].*\d \|$/.test(line.replace(/ +/g, ' ')))
    .map((line) => line.split('|').map((cell) => cell.trim()));

  it('are all there', () => {
    expect(rows).toHaveLength(examples.length);
  });

  it.each(examples.map((rule, index) => [rows[index]?.[1] ?? '', rule, rows[index] ?? []] as const))(
    '%s',
    (_, rule, cells) => {
      const [, , initial = '', began = '', peak = '', peakBalance = '', floor = ''] = cells;
      const [balance = 0, equity = 0] = began.split('/').map(Number);
      const bases: RuleBases = {
        ...{
          since: 0,
          peakEquity: Number(peak),
          last: { at: 0, balance, equity },
          streak: { losses: 0, at: 0 },
          deals: [],
        },
        days: {
          [dayKey(rule)]: {
            ...{ date: '2026-01-05', from: 0, until: 1, balance, equity, gap: null, basedAt: null },
            ...{ balanceKnown: 'measured', equityKnown: 'measured', peakBalance: Number(peakBalance) },
          },
        },
      };
      const found = floorOf(rule, Number(initial), bases);
      expect(isUnavailable(found) ? found : toNumber(found.floor)).toBe(Number(floor));
    },
  );
});

describe('the base of a day', () => {
  const rules = { initialCapital: null, rules: [daily('balance', { unit: 'money', value: 100 })] };
  const midnight = Date.UTC(2026, 0, 6);
  const at = (bases: RuleBases | null, ms: number, balance: number, equity = balance): RuleBases =>
    observeFigures(bases, { at: midnight + ms, balance, equity, equityHigh: equity }, rules);
  const known = (bases: RuleBases): unknown => {
    const found = bases.days['UTC 00:00'];
    return found && [found.balance, found.balanceKnown, found.equityKnown];
  };

  it('is measured by reports around its beginning', () => {
    expect(known(at(at(null, -1_000, 1_000), 500, 1_000, 990))).toEqual([1_000, 'measured', 'measured']);
  });

  it('is a guess after a time without reports, except for a balance that stayed', () => {
    const before = at(null, -3_600_000, 1_000);
    expect(known(at(before, 3_600_000, 1_000, 950))).toEqual([1_000, 'measured', 'estimated']);
    expect(known(at(before, 3_600_000, 960))).toEqual([1_000, 'estimated', 'estimated']);
    expect(known(at(null, 3_600_000, 960))).toEqual([960, 'estimated', 'estimated']);
  });

  it('is proved by the deals of that time once they add up, in whatever order they come, each once', () => {
    const before = at(null, -3_600_000, 1_000);
    const deal = (
      bases: RuleBases,
      number: string,
      ms: number,
      net: number,
      kind: 'closed' | 'opened' = 'closed',
    ): RuleBases => observeDeal(bases, { deal: number, at: midnight + ms, kind, net });
    let bases = at(before, 3_600_000, 957.5);
    bases = deal(bases, '3', 1_000, -50);
    bases = deal(bases, '1', -2_000_000, 8, 'closed');
    bases = deal(bases, '1', -2_000_000, 8, 'closed');
    expect(known(bases)).toEqual([1_000, 'estimated', 'estimated']);
    bases = deal(bases, '2', -1_000_000, -0.5, 'opened');
    expect(known(bases)).toEqual([1_007.5, 'measured', 'estimated']);
  });

  it('moves with what is paid in or out, and not by what was paid before', () => {
    const bases = at(at(null, -1_000, 1_000), 500, 1_000);
    const paid = observeDeal(bases, { deal: '1', at: midnight + 60_000, kind: 'money', net: -300 });
    expect(known(paid)).toEqual([700, 'measured', 'measured']);
    expect(paid.peakEquity).toBe(700);
    expect(
      observeDeal(bases, { deal: '2', at: midnight - 500, kind: 'money', net: -300 }).days['UTC 00:00']?.balance,
    ).toBe(1_000);
  });

  it('keeps what was paid in or out after it, when deals prove it later', () => {
    let bases = at(at(null, -3_600_000, 1_000), 3_600_000, 730);
    bases = observeDeal(bases, { deal: '1', at: midnight + 60_000, kind: 'money', net: -300 });
    bases = observeDeal(bases, { deal: '2', at: midnight - 60_000, kind: 'closed', net: 30 });
    expect(known(bases)).toEqual([730, 'measured', 'estimated']);
  });

  it('has what was paid between its beginning and its first report', () => {
    const bases = at(at(null, -1_000, 1_000), 500, 1_500);
    const paid = observeDeal(bases, { deal: '1', at: midnight + 300, kind: 'money', net: 500 });
    expect(known(paid)).toEqual([1_500, 'measured', 'measured']);
  });

  it('is not moved by a peak that a person typed, nor is the peak of another rule', () => {
    const bases = at(at(null, -1_000, 1_000), 500, 1_000, 990);
    const equity = typePeak(bases, total('equity', { unit: 'money', value: 1 }), 1_500);
    expect([equity.peakEquity, equity.days['UTC 00:00']?.peakBalance]).toEqual([1_500, 1_000]);
    const balance = typePeak(bases, total('day_balance', { unit: 'money', value: 1 }), 1_500);
    expect([balance.peakEquity, balance.days['UTC 00:00']?.peakBalance]).toEqual([bases.peakEquity, 1_500]);
    expect([known(equity), known(balance)]).toEqual([known(bases), known(bases)]);
  });

  it('stays what a person typed for that day, and is measured anew on the next', () => {
    const typed = typeDay(at(null, 3_600_000, 960), 'UTC 00:00', { balance: 1_000, equity: 1_000 });
    expect(known(at(typed, 7_200_000, 900))).toEqual([1_000, 'typed', 'typed']);
    const next = at(at(typed, 86_399_000, 900), 86_400_100, 900);
    expect(known(next)).toEqual([900, 'measured', 'measured']);
  });
});

describe('a weekend', () => {
  const weekend = {
    from: { weekday: 5, time: '21:00' },
    until: { weekday: 0, time: '22:00' },
    timeZone: 'America/New_York',
  };

  it('begins and ends by its zone, over a change of its clocks', () => {
    // 2026-03-08: New York goes from -5 h to -4 h.
    const { from, until } = weekWindow(Date.UTC(2026, 2, 7, 12), weekend);
    expect([new Date(from).toISOString(), new Date(until).toISOString()]).toEqual([
      '2026-03-07T02:00:00.000Z',
      '2026-03-09T02:00:00.000Z',
    ]);
  });

  it('is the next one once it has ended', () => {
    const { from } = weekWindow(Date.UTC(2026, 2, 9, 2), weekend);
    expect(new Date(from).toISOString()).toBe('2026-03-14T01:00:00.000Z');
  });
});

describe('rules as data', () => {
  const rule: AccountRule = daily('balance', { unit: 'money', value: 100 });
  it.each([
    ['the same ID twice', [rule, rule], 'R: another rule has the same ID.'],
    ['no initial capital', [total('static', { unit: 'money', value: 1 })], 'R: it needs the initial capital. Type it.'],
    [
      'a rule that closes nothing',
      [{ id: 'r', name: 'R', action: 'close_all', lock: 'day', kind: 'one_direction' } as const],
      'R: this kind of rule closes nothing. Choose "block".',
    ],
    [
      'a zone that nobody knows',
      [{ ...rule, day: { timeZone: 'Mars/Base', startsAt: '00:00' } }],
      /Not a known time zone/,
    ],
    ['no time of day', [{ ...rule, day: { timeZone: 'UTC', startsAt: '24:00' } }], /A time of day is written like/],
  ])('refuse %s with one sentence', (_, rules, sentence) => {
    const parsed = accountRulesSchema.safeParse({ initialCapital: null, rules });
    expect(parsed.error?.issues[0]?.message).toMatch(sentence);
  });
});
