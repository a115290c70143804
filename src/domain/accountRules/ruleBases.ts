import { z } from 'zod';
import { tradingDaySpan } from '../tradingDay.ts';
import { type AccountRules, dayKey, isLossRule, type TotalLossRule } from './accountRules.ts';

// What losses are measured from: the figures that each day began with, the highest equity, the highest balance of a day's
// end. A pure function of the figures of an account in their order; money is of the account's currency.

/** Figures further than this from a day's beginning, ms, were not measured at it. */
const measuredMs = 15_000;
const dayMs = 24 * 60 * 60_000;
/** An EA tells the newest 1,000 again at each connection. */
const keptDeals = 1_500;

/**
 * `measured`: figures from the day's beginning, or proved by deals. `typed`: by a person. `estimated`: the larger of the last
 * figures before and the first after a time without figures: a guess, by which nothing is opened or closed.
 */
const known = z.enum(['measured', 'typed', 'estimated']);
export type BaseKnown = z.infer<typeof known>;

const dayFigures = z.object({
  /** `YYYY-MM-DD` */
  date: z.string(),
  from: z.number(),
  until: z.number(),
  balance: z.number(),
  equity: z.number(),
  balanceKnown: known,
  equityKnown: known,
  /** Time of the figures: they have what was paid in or out until then. Null: the day's beginning. */
  basedAt: z.number().nullable().default(null),
  /** Highest balance that a day has ended with, since the account is watched. */
  peakBalance: z.number(),
  /**
   * The time without figures around the day's beginning: once its deals add up to the difference of the balance, they prove
   * the balance at the beginning. Null: there was none, or it is proved.
   */
  gap: z
    .object({
      from: z.number(),
      to: z.number(),
      balance: z.number(),
      then: z.number(),
      /** Sums of deals before and after the beginning. */
      before: z.number(),
      after: z.number(),
      /** Sum of what was paid in or out since the beginning. */
      paid: z.number().default(0),
    })
    .nullable(),
});
export type DayFigures = z.infer<typeof dayFigures>;

export const ruleBasesSchema = z.object({
  /** When the account was first watched, epoch ms. */
  since: z.number(),
  peakEquity: z.number(),
  last: z.object({ at: z.number(), balance: z.number(), equity: z.number() }),
  /** By `dayKey`. */
  days: z.record(z.string(), dayFigures),
  /** Losing trades in a row, and when the last one closed. */
  streak: z.object({ losses: z.number(), at: z.number() }),
  /** Deals that were counted: an EA can tell one again. */
  deals: z.array(z.string()),
});
export type RuleBases = z.infer<typeof ruleBasesSchema>;

export interface AccountMoney {
  at: number;
  balance: number;
  equity: number;
  /** Highest equity since the figures before. */
  equityHigh: number;
}

/** The bases after figures. */
export function observeFigures(before: RuleBases | null, money: AccountMoney, rules: AccountRules): RuleBases {
  const { at, balance, equity, equityHigh } = money;
  const last = { at, balance, equity };
  const start = before ?? {
    ...{ since: at, peakEquity: equityHigh, last, days: {}, streak: { losses: 0, at: 0 }, deals: [] },
  };
  const days = { ...start.days };
  for (const rule of rules.rules) {
    if (!isLossRule(rule)) continue;
    const key = dayKey(rule);
    days[key] = dayNow(days[key] ?? null, before?.last ?? null, money, rule.day);
  }
  return { ...start, days, last, peakEquity: Math.max(start.peakEquity, equityHigh) };
}

type Last = RuleBases['last'];

function dayNow(
  known: DayFigures | null,
  last: Last | null,
  { at, balance, equity }: AccountMoney,
  day: { timeZone: string; startsAt: string },
): DayFigures {
  // A clock that is set back ends no day: it began already. One that stood wrong by more than a day told a wrong one.
  if (known !== null && at < known.until && known.from - at < dayMs) return known;
  const { date, from, until } = tradingDaySpan(at, day);
  const isFirst = at - from <= measuredMs;
  // Figures from just before, and nothing missed between them.
  const isGapless = last !== null && from - last.at <= measuredMs && isFirst;
  const isMeasured = isGapless || (last === null && isFirst);
  const earlier = last ?? { balance, equity };
  const isKept = last !== null && last.at < from && last.balance === balance;
  const isProvable = last !== null && last.at < from && !isMeasured && !isKept;
  return {
    ...{ date, from, until },
    balance: isMeasured ? balance : Math.max(balance, earlier.balance),
    equity: isMeasured ? equity : Math.max(equity, earlier.equity),
    balanceKnown: isMeasured || isKept ? 'measured' : 'estimated',
    equityKnown: isMeasured ? 'measured' : 'estimated',
    basedAt: isMeasured ? at : null,
    peakBalance: Math.max(known?.peakBalance ?? earlier.balance, earlier.balance),
    gap: isProvable
      ? { from: last.at, to: at, balance: last.balance, then: balance, before: 0, after: 0, paid: 0 }
      : null,
  };
}

/** Whether they differ in more than the last figures, which come every second. */
export function isWorthWriting(before: RuleBases | null, after: RuleBases, writtenAt: number): boolean {
  if (before === null || after.peakEquity !== before.peakEquity || after.streak !== before.streak) return true;
  if (after.deals !== before.deals || after.last.at - writtenAt >= measuredMs / 3) return true;
  const keys = Object.keys(after.days);
  return keys.length !== Object.keys(before.days).length || keys.some((key) => after.days[key] !== before.days[key]);
}

/** What counts of a deal. */
export interface CountedDeal {
  deal: string;
  at: number;
  /** `opened`: it opened a position. `money`: paid in or out. `cost`: a commission or charge of its own. */
  kind: 'opened' | 'closed' | 'money' | 'cost';
  /** Profit, swap and costs of it. */
  net: number;
}

/**
 * The bases after a deal. Money that was paid in or out is neither profit nor loss: every base since moves by it. A closed
 * trade, or a part of one, ends or lengthens the row of losses.
 */
export function observeDeal(before: RuleBases, { deal, at, kind, net }: CountedDeal): RuleBases {
  if (at < before.since || before.deals.includes(deal)) return before;
  const isMoney = kind === 'money';
  const days = Object.fromEntries(
    Object.entries(before.days).map(([key, day]) => {
      const proved = filled(day, at, net);
      // The day's figures already have what was paid before it began.
      return [key, isMoney && isAfter(at, day) ? shifted(proved, net) : proved];
    }),
  );
  const after = { ...before, days, deals: [...before.deals, deal].slice(-keptDeals) };
  if (isMoney) return { ...after, peakEquity: sum(before.peakEquity, net) };
  if (kind !== 'closed' || at < before.streak.at || net === 0) return after;
  return { ...after, streak: { losses: net < 0 ? before.streak.losses + 1 : 0, at } };
}

/** Whether the figures that the day began with lack a deal. */
function isAfter(at: number, { from, basedAt }: DayFigures): boolean {
  return at >= from && (basedAt === null || at > basedAt);
}

/** A deal of the time without figures: once all add up, the balance at the day's beginning is proved. */
function filled(day: DayFigures, at: number, net: number): DayFigures {
  const { gap } = day;
  if (gap === null || at <= gap.from || at > gap.to) return day;
  const [before, after] = at < day.from ? [sum(gap.before, net), gap.after] : [gap.before, sum(gap.after, net)];
  if (sum(gap.balance, sum(before, after)) !== sum(gap.then, 0)) return { ...day, gap: { ...gap, before, after } };
  const balance = sum(gap.balance, sum(before, gap.paid));
  const peakBalance = Math.max(day.peakBalance, balance);
  return { ...day, balance, balanceKnown: 'measured', peakBalance, gap: null };
}

function shifted(day: DayFigures, by: number): DayFigures {
  const [balance, equity] = [sum(day.balance, by), sum(day.equity, by)];
  const gap = day.gap === null ? null : { ...day.gap, paid: sum(day.gap.paid, by) };
  return { ...day, balance, equity, peakBalance: sum(day.peakBalance, by), gap };
}

/** Sets the figures that a day began with, as a person knows them. */
export function typeDay(before: RuleBases, key: string, typed: { balance: number; equity: number }): RuleBases {
  const day = before.days[key];
  if (day === undefined) return before;
  const set: DayFigures = {
    ...{ ...day, ...typed, balanceKnown: 'typed', equityKnown: 'typed', basedAt: null, gap: null },
    peakBalance: Math.max(day.peakBalance, typed.balance),
  };
  return { ...before, days: { ...before.days, [key]: set } };
}

/** Sets the peak that a trailing rule follows, as a person knows it: the highest equity, or the highest balance of a day's end. */
export function typePeak(before: RuleBases, rule: TotalLossRule, peak: number): RuleBases {
  if (rule.trailing === 'equity') return { ...before, peakEquity: peak };
  const key = dayKey(rule);
  const day = before.days[key];
  if (rule.trailing === 'static' || day === undefined) return before;
  return { ...before, days: { ...before.days, [key]: { ...day, peakBalance: peak } } };
}

/** Drops the errors of binary fractions. */
function sum(one: number, other: number): number {
  return Number((one + other).toFixed(8));
}
