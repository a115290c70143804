import type { ChangeRequest } from '../../src/api/queries/changeRequest.ts';
import type { BridgeConfig } from '../../src/controller/bridge/bridgeConfig.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import type { OrderChange } from '../../src/domain/orders/orderChange.ts';
import { bench8 } from './bench8.ts';
import type { BenchOptions } from './bridgeBench.ts';

const account = '1000001@Broker-Demo';
export const position = (number: number, more: Record<string, unknown> = {}) => ({
  ...{ position: String(number), ticket: String(number), symbol: 'XAUUSD', side: 'buy', lots: 0.1, price: 2400 },
  ...{ opened_at: 1, sl: 2390, tp: 2410, profit: 1.5, swap: 0, magic: '7', comment: 'c', reason: 'mobile', ...more },
});
export const pending = (number: number, more: Record<string, unknown> = {}) => ({
  ...{ order: String(number), symbol: 'XAUUSD', side: 'sell', kind: 'limit', lots: 0.2, requested: 0.2 },
  ...{ price: 2420, sl: 2430, tp: 2400, until: 0, ...more },
});
export const list = (type: 'positions' | 'orders', number: number, entries: unknown[]) => ({
  ...{ type, list: number, page: 1, last: true, count: entries.length, at: 1, [type]: entries },
});
export const seen = { symbol: 'XAUUSD', side: 'buy' as const, lots: 0.1, price: 2400, sl: 2390, tp: 2410 };
export const seenPending = { symbol: 'XAUUSD', side: 'sell' as const, lots: 0.2, price: 2420, sl: 2430, tp: 2400 };

const closing = { action: 'close_position' as const, position: '11' };
export const close = { ...closing, lot: null };
export const half = { ...closing, lot: 0.05 };
export const stops = (sl: number, tp = 2410) => ({ action: 'modify_position' as const, position: '11', sl, tp });
export const moved = (price: number) => ({
  ...{ action: 'modify_order' as const, order: '21', price, limitPrice: null, sl: 2430, tp: 2400, until: null },
});

/**
 * A bench with a buy (11), a sell (12) and a pending order (21), and calls to change them.
 * @param isListed the EA has listed these
 * @param changes of the EA's hello
 */
export function opened(
  options: BenchOptions = {},
  isListed = true,
  config: Partial<BridgeConfig> = {},
  changes: Record<string, unknown> = {},
) {
  const made = bench8(changes, options, config);
  const { bench, told, read } = made;
  bench.link.says({ type: 'tick', symbol: 'XAUUSD', bid: 2399.9, ask: 2400.1 });
  let number = 0;
  const lists = (
    positions = [position(11), position(12, { side: 'sell', sl: 2420, tp: 0 })],
    orders = [pending(21)],
  ): void => {
    number += 1;
    bench.link.says(list('positions', number, positions));
    bench.link.says(list('orders', number, orders));
  };
  if (isListed) lists();
  const change = (what: OrderChange, more: Partial<ChangeRequest> = {}): Promise<Order> =>
    bench.controller.orders.change(
      { bridge: 'main', change: what, seen, account, away: false, signalId: '', ...more },
      'ticket',
    );
  const sent = (): unknown => {
    read();
    return told.at(-1);
  };
  const count = (): number => {
    read();
    return told.filter(({ type }) => ['close', 'close_by', 'modify', 'cancel'].includes(type)).length;
  };
  return { ...made, change, sent, count, lists };
}
