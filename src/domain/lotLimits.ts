import { z } from 'zod';

/** Smallest and largest lots of an order and their step, a multiple of 0.01 (W6). */
export const lotLimitsSchema = z
  .object({
    min: z.number().positive(),
    max: z.number().positive(),
    step: z.number().min(0.01),
  })
  .refine(({ min, max }) => min <= max, { path: ['min'], error: 'The smallest lot is above the largest.' })
  .refine(({ step }) => Math.round(step * 100) / 100 === step, {
    path: ['step'],
    error: 'The lot step must be a multiple of 0.01.',
  });
export type LotLimits = z.infer<typeof lotLimitsSchema>;

/** Clause of limits whose smallest lots are above the largest. */
export const noCommonLots = 'The settings and the terminal allow no lots in common';
