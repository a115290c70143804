import { brokerSymbol, findSymbol } from '../../domain/market/symbolTable.ts';
import { worthOf } from '../../domain/orders/seen.ts';
import type { FireRequest } from '../contract.ts';
import type { Quote } from '../../domain/market/quote.ts';
import type { BridgeState } from '../state/state.ts';

/** The account, stop unit, price and worth of the symbol shown with an order: it is refused when they differ at the time it would leave. */
export function seenNow(
  bridge: BridgeState,
  quotes: readonly Quote[],
  symbol: string,
): NonNullable<FireRequest['seen']> {
  const named = brokerSymbol(bridge, symbol);
  const quote = quotes.find((each) => each.symbol === named && !each.earlier) ?? null;
  return {
    account: bridge.accountKey,
    stopUnit: bridge.stopUnit,
    price: quote === null ? null : { bid: quote.bid, ask: quote.ask },
    worth: worthOf(findSymbol(bridge, named)),
    positions: bridge.account.positions,
  };
}
