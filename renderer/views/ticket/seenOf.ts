import type { FireRequest } from '../../../src/api/contract.ts';
import type { Quote } from '../../../src/api/quote.ts';
import type { BridgeState } from '../../../src/api/state.ts';
import { instrumentOf } from './ticketSizing.ts';

/** What an order in a symbol stands on as the window shows it: it is refused where that is otherwise when it would leave. */
export function seenOf(
  bridge: BridgeState,
  quotes: readonly Quote[],
  symbol: string,
): NonNullable<FireRequest['seen']> {
  const named = instrumentOf(bridge, quotes, symbol).symbol;
  const quote = quotes.find((each) => each.symbol === named && !each.earlier) ?? null;
  return {
    account: bridge.accountKey,
    stopUnit: bridge.stopUnit,
    price: quote === null ? null : { bid: quote.bid, ask: quote.ask },
    positions: bridge.account.positions,
  };
}
