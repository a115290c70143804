import { z } from 'zod';
import type { Order } from '../../domain/orders/order.ts';

/** Closes all that is open on the accounts that a person chose. */
export const closeEverythingSchema = z.object({
  accounts: z
    .array(
      z.object({
        bridge: z.string().min(1).max(40),
        /** Name of the account that was shown; null: it had none. */
        account: z.string().max(200).nullable(),
      }),
    )
    .min(1)
    .max(100),
  /** Whether pending orders are cancelled too. */
  pending: z.boolean(),
});
export type CloseEverythingRequest = z.infer<typeof closeEverythingSchema>;

/** What was sent to one account. */
export interface AccountClosed {
  bridge: string;
  /** An order for each position and pending order; one for all by symbol on an EA that takes no single ones. */
  orders: Order[];
  /** What was not sent, or what the orders can't reach; null: all that is listed. */
  problem: string | null;
}
