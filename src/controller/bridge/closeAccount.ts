import type { AccountClosed } from '../../api/queries/closeEverything.ts';
import type { PersonSource } from '../../domain/orders/order.ts';
import { isSameAccount } from '../../domain/orders/seen.ts';
import { changeRefusals } from '../../domain/positions/changeRefusals.ts';
import { allSymbols, closeFields } from '../../domain/tradeTerms.ts';
import { byPerson } from '../orders/newOrder.ts';
import type { Bridge } from './bridge.ts';

/**
 * Closes all that is open on a bridge's account: each position by its number, where the EA lists them; else what the EA has
 * opened itself (W2).
 * @param account name of the account on the screen
 */
export async function closeAccount(
  { config: { id }, orderManager }: Bridge,
  account: string | null,
  pending: boolean,
  by: PersonSource,
): Promise<AccountClosed> {
  const { key, names } = orderManager.identity;
  if (!isSameAccount(account, { account: key, accountNames: names })) {
    const { reason } = changeRefusals.otherAccount(account, key);
    return { bridge: id, orders: [], problem: `Nothing was sent. ${reason}` };
  }
  const sent = await orderManager.changes.closeAll(account, pending, by);
  if (sent !== null) return { bridge: id, orders: sent, problem: null };
  const request = { bridge: id, action: 'close_all' as const, symbol: allSymbols, ...closeFields, signalId: '' };
  const order = await orderManager.fire({ ...request, confirmed: [] }, byPerson(by));
  const problem =
    'This EA lists no positions: it was told to close those that it opened itself. What was opened by hand or by another EA stays open, and pending orders too: look in MT5.';
  return { bridge: id, orders: [order], problem };
}
