import { z } from 'zod';

/** How long a typed rate is used, in ms. */
export const typedRateMs = 24 * 3_600_000;

/** Typed rate of a pair that the EA sends no quotes of: one unit of its first currency in its second. */
const typedRateSchema = z.object({
  /** Two whole currencies by their ISO codes, whatever the broker calls the pair. */
  pair: z.string().regex(/^[A-Z]{6}$/, 'A pair is six capital letters, such as EURUSD.'),
  rate: z.number().positive().max(1e9),
  /** When it was typed, epoch ms. The desk sets it; a value that is sent is ignored. */
  at: z.number().default(0),
});
export type TypedRate = z.infer<typeof typedRateSchema>;

export const typedRatesSchema = z
  .array(typedRateSchema)
  .max(100)
  .refine((rates) => new Set(rates.map(({ pair }) => pair)).size === rates.length, 'A pair stands here twice.');

/** Dates the rates that are saved: unchanged ones keep their time, the others get `now`. */
export function datedRates(before: readonly TypedRate[], sent: readonly TypedRate[], now: number): TypedRate[] {
  return sent.map((each) => before.find((known) => sameRate(known, each)) ?? { ...each, at: now });
}

function sameRate(one: TypedRate, other: TypedRate): boolean {
  return one.pair === other.pair && one.rate === other.rate && one.at === other.at;
}
