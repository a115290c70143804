import { z } from 'zod';
import { accountRulesSchema, noRules } from '../accountRules/accountRules.ts';
import { isTimeZone } from '../tradingDay.ts';
import { symbolPattern, symbolRule } from '../tradeTerms.ts';

const symbol = z.string().regex(symbolPattern, `A symbol is ${symbolRule}.`);
const percent = z.number().positive().max(100).nullable();
const count = z.number().int().min(1).nullable();
const points = z.number().positive().nullable();

/**
 * Limits of a bridge. Every field is required: one that is left out of a change must not fall back to a default that allows
 * more. null switches a limit off. `checkRisk` defines the boundaries.
 */
export const riskLimitsSchema = z.strictObject({
  /** Symbols that may be traded, spelled as in MT5's Market Watch; empty allows every symbol. */
  symbols: z.array(symbol),
  stopLossRequired: z.boolean(),
  /** From the market to the stop loss, in points. An order without a stop loss is beyond any `max`. */
  stopDistance: z
    .strictObject({ min: points, max: points })
    .refine(({ min, max }) => min === null || max === null || min <= max, {
      path: ['min'],
      error: 'The smallest stop distance is above the largest.',
    }),
  /** Trades that may be open at a time. */
  openTrades: count,
  /** Trades that may be sent in one trading day. */
  tradesPerDay: count,
  /** Trades that may be sent within 60 s. */
  tradesPerMinute: count,
  /** Seconds during which the same symbol and side again is a duplicate; 0 is off. */
  duplicateWindowS: z.number().min(0).max(86_400),
  /** Money at risk of one trade, in % of equity. */
  riskPercent: percent,
  /** Loss since the trading day began, in % of the equity it began with. */
  dailyLossPercent: percent,
  /** Drawdown from peak equity, in % of the peak. */
  drawdownPercent: percent,
  /** Equity / margin × 100, in %: below it nothing new is traded. */
  marginLevel: z.number().positive().nullable(),
  /** In the account's currency: below it nothing new is traded. */
  freeMargin: z.number().min(0).nullable(),
  /** Rules that protect the account as a whole. */
  accountRules: accountRulesSchema,
  /** When the trading day begins. */
  day: z.strictObject({
    timeZone: z.string().refine(isTimeZone, 'Not a known time zone: write it like Europe/London or UTC.'),
    startsAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day is written like 17:00.'),
  }),
});
export type RiskLimits = z.infer<typeof riskLimitsSchema>;

/** R2. `tradesPerMinute` and `duplicateWindowS` are the same for all of them. */
export const riskProfiles = {
  nibbler: { openTrades: 1, tradesPerDay: 6 },
  fang: { openTrades: 2, tradesPerDay: 10 },
  commander: { openTrades: 3, tradesPerDay: 20 },
  apex: { openTrades: 5, tradesPerDay: 50 },
} as const;
export type RiskProfile = keyof typeof riskProfiles;

const everyProfile = { tradesPerMinute: 5, duplicateWindowS: 30 } as const;

/** Limits until a person sets others: BITTEN's rules for every account (R1, and what all profiles of R2 share). */
export const defaultRiskLimits: RiskLimits = {
  symbols: [],
  stopLossRequired: false,
  stopDistance: { min: null, max: null },
  // A profile is the person's choice, and open trades can't be counted on every EA.
  openTrades: null,
  tradesPerDay: null,
  ...everyProfile,
  riskPercent: null,
  dailyLossPercent: null,
  drawdownPercent: 20,
  marginLevel: 150,
  freeMargin: 50,
  accountRules: noRules,
  day: { timeZone: 'UTC', startsAt: '00:00' },
};

/** Stored limits: one that a later version has added takes its default. */
export const storedRiskLimitsSchema = z.preprocess(
  (stored) =>
    typeof stored === 'object' && stored !== null && !Array.isArray(stored)
      ? { ...defaultRiskLimits, ...stored }
      : stored,
  riskLimitsSchema,
);

export function applyProfile(limits: RiskLimits, profile: RiskProfile): RiskLimits {
  return { ...limits, ...riskProfiles[profile], ...everyProfile };
}

export function profileOf(limits: RiskLimits): RiskProfile | 'custom' {
  const names = Object.keys(riskProfiles) as RiskProfile[];
  const fits = (name: RiskProfile): boolean =>
    limits.openTrades === riskProfiles[name].openTrades &&
    limits.tradesPerDay === riskProfiles[name].tradesPerDay &&
    limits.tradesPerMinute === everyProfile.tradesPerMinute &&
    limits.duplicateWindowS === everyProfile.duplicateWindowS;
  return names.find(fits) ?? 'custom';
}
