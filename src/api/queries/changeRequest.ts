import { z } from 'zod';
import { orderChangeSchema, seenTradeSchema } from '../../domain/orders/orderChange.ts';

/** A change of an open position or pending order, as a person confirmed it. */
export const changeRequestSchema = z.object({
  /** Null: the only bridge there is. */
  bridge: z.string().min(1).max(40).nullable(),
  change: orderChangeSchema,
  seen: seenTradeSchema,
  /** Name of the account that it was shown of; null: the EA had named none. */
  account: z.string().max(200).nullable(),
  /** The stop loss may move away from the price: a person confirmed it. */
  away: z.boolean().default(false),
  /** Empty: an ID is generated. */
  signalId: z.string().max(64).default(''),
});
export type ChangeRequest = z.infer<typeof changeRequestSchema>;
