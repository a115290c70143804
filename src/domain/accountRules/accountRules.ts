import { z } from 'zod';
import { isTimeZone } from '../tradingDay.ts';

// Rules that protect an account, as data. A rule names what is measured, how much is allowed, and what happens beyond it.

/** What happens beyond a rule: `warn` says so, `block` refuses entries, `close_all` also closes what is open and locks. */
export const ruleActions = ['off', 'warn', 'block', 'close_all'] as const;
export type RuleAction = (typeof ruleActions)[number];

/** Most rules of an account. */
export const mostRules = 20;

const amount = z.number().positive().max(1e12);
const percent = z.number().positive().max(100);
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day is written like 17:00.');
const timeZone = z.string().refine(isTimeZone, 'Not a known time zone: write it like Europe/Prague or UTC.');
const dayStart = z.strictObject({ timeZone, startsAt: timeOfDay });

/** 0 is Sunday. */
const weekTime = z.strictObject({ weekday: z.number().int().min(0).max(6), time: timeOfDay });
export type WeekTime = z.infer<typeof weekTime>;

/** An allowed loss: `percent` is of the base, `percent_of_initial` of the initial capital. */
const loss = z.discriminatedUnion('unit', [
  z.strictObject({ unit: z.literal('money'), value: amount }),
  z.strictObject({ unit: z.enum(['percent', 'percent_of_initial']), value: percent }),
]);
export type AllowedLoss = z.infer<typeof loss>;

const shared = {
  /** Unique among the rules of an account. */
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, 'The ID of a rule is 1 to 40 small letters, digits and hyphens.'),
  name: z.string().trim().min(1).max(60),
  action: z.enum(ruleActions),
  /** What ends the lock of `close_all`: the end of the rule's day or window, or a person. */
  lock: z.enum(['day', 'person']),
};

/** Bases of a day's loss: the balance, the equity, or the larger of them when the day began. */
export const dayBases = ['balance', 'equity', 'larger'] as const;

/** How the base of the whole loss moves: not at all, with the highest equity, or with the highest balance that a day ended with. */
const trailings = ['static', 'equity', 'day_balance'] as const;

const ruleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...shared, kind: z.literal('daily_loss'), base: z.enum(dayBases), day: dayStart, loss }),
  z.strictObject({
    ...shared,
    kind: z.literal('total_loss'),
    trailing: z.enum(trailings),
    /** The floor rises no further than the initial capital. */
    stopsAtInitial: z.boolean(),
    day: dayStart,
    loss,
  }),
  z.strictObject({
    ...shared,
    kind: z.literal('open_risk'),
    per: z.enum(['account', 'symbol']),
    /** `percent` is of equity. */
    most: z.discriminatedUnion('unit', [
      z.strictObject({ unit: z.literal('money'), value: amount }),
      z.strictObject({ unit: z.literal('percent'), value: percent }),
    ]),
  }),
  z.strictObject({ ...shared, kind: z.literal('weekend'), from: weekTime, until: weekTime, timeZone }),
  z.strictObject({
    ...shared,
    kind: z.literal('loss_streak'),
    losses: z.number().int().min(1).max(100),
    pauseMinutes: z
      .number()
      .int()
      .min(1)
      .max(7 * 24 * 60),
  }),
  z.strictObject({ ...shared, kind: z.literal('one_direction') }),
]);
export type AccountRule = z.infer<typeof ruleSchema>;
export type RuleKind = AccountRule['kind'];
export type TotalLossRule = Extract<AccountRule, { kind: 'total_loss' }>;
export type LossRule = Extract<AccountRule, { kind: 'daily_loss' }> | TotalLossRule;

/** Kinds whose `close_all` closes: beyond the others entries are refused, and nothing is wrong with what is open. */
export const closingKinds: readonly RuleKind[] = ['daily_loss', 'total_loss', 'weekend'];

/** The rules of an account, and the capital that it began with; null: none of them needs it. */
export const accountRulesSchema = z
  .strictObject({
    initialCapital: amount.nullable(),
    rules: z.array(ruleSchema).max(mostRules),
  })
  .check(({ value: { initialCapital, rules }, issues }) => {
    rules.forEach((rule, index) => {
      const refuse = (message: string): void => {
        issues.push({ code: 'custom', input: rule, path: ['rules', index], message: `${rule.name}: ${message}` });
      };
      if (rules.findIndex(({ id }) => id === rule.id) !== index) refuse('another rule has the same ID.');
      if (rule.action === 'close_all' && !closingKinds.includes(rule.kind)) {
        refuse('this kind of rule closes nothing. Choose "block".');
      }
      if (rule.action !== 'off' && initialCapital === null && needsInitial(rule)) {
        refuse('it needs the initial capital. Type it.');
      }
      if (rule.kind === 'weekend' && weekMinute(rule.from) === weekMinute(rule.until)) {
        refuse('it begins and ends at the same time.');
      }
    });
  });
export type AccountRules = z.infer<typeof accountRulesSchema>;

export const noRules: AccountRules = { initialCapital: null, rules: [] };

function needsInitial(rule: AccountRule): boolean {
  if (rule.kind === 'total_loss') return true;
  return rule.kind === 'daily_loss' && rule.loss.unit === 'percent_of_initial';
}

/** Minutes since Sunday 00:00. */
export function weekMinute({ weekday, time }: WeekTime): number {
  return weekday * 24 * 60 + Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Key of the days that a rule measures; rules with one key share them. */
export function dayKey({ day: { timeZone: zone, startsAt } }: Pick<LossRule, 'day'>): string {
  return `${zone} ${startsAt}`;
}

/** What a rule measures, as text: the same for rules that differ in name and action alone. */
export function measureKey(rule: AccountRule, initialCapital: number | null): string {
  const measured = Object.entries(rule).filter(([field]) => !(field in shared));
  return JSON.stringify([measured.toSorted(), rule.kind === 'weekend' ? null : initialCapital]);
}

/** Whether a person can set what it is measured from: the initial capital stands in the rules themselves. */
export function hasOwnBase(rule: AccountRule): boolean {
  return rule.kind === 'daily_loss' || (rule.kind === 'total_loss' && rule.trailing !== 'static');
}

export function isLossRule(rule: AccountRule): rule is LossRule {
  return rule.kind === 'daily_loss' || rule.kind === 'total_loss';
}
