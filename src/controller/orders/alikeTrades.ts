import type { Order } from '../../domain/orders/order.ts';
import { isEntry } from '../../domain/tradeTerms.ts';
import { type Clock, monotonicTime } from '../ports/clock.ts';

/**
 * The longest duplicate window that can be set (R2), ms. Trades are kept for it, so that a window made longer finds
 * earlier ones.
 */
const keptMs = 86_400_000;
/** Below this number of trades nothing is dropped, however old. */
const pruneFrom = 1_000;

export interface AlikeTrade {
  number: number;
  signalId: string;
  /** Monotonic ms. */
  sentAt: number;
}

/**
 * Buys and sells of the last day that may have been traded, by symbol and side. Each takes some bytes and none is left
 * out, so that the duplicate window holds at any number of trades.
 */
export class AlikeTrades {
  private readonly clock: Clock;
  /** Lists by symbol and side, in the order of sending. */
  private readonly trades = new Map<string, AlikeTrade[]>();
  /** Numbers of the orders kept. */
  private readonly numbers = new Set<number>();
  private pruneAt = pruneFrom;

  /** @param earlier buys and sells of earlier starts that may have been sent */
  constructor(clock: Clock, earlier: readonly Order[]) {
    this.clock = clock;
    for (const order of earlier) this.follow(order);
  }

  /** @param sentAt monotonic ms */
  add(order: Order, sentAt: number): void {
    if (!isEntry(order.action) || order.state === 'rejected' || order.state === 'refused') return;
    if (this.numbers.has(order.number)) return;
    const alike = this.alike(order);
    const before = alike.findLastIndex((trade) => trade.sentAt <= sentAt);
    alike.splice(before + 1, 0, { number: order.number, signalId: order.signalId, sentAt });
    this.numbers.add(order.number);
    if (this.numbers.size > this.pruneAt) this.prune();
  }

  /** Removes an order that was certainly not sent. */
  remove(order: Order): void {
    if (!this.numbers.delete(order.number)) return;
    const alike = this.alike(order);
    alike.splice(
      alike.findLastIndex(({ number }) => number === order.number),
      1,
    );
  }

  /** Follows a trade's state: a rejected one may be repeated at once, unless the rejection is withdrawn. */
  follow(order: Order, sentAt = monotonicTime(this.clock, order.at)): void {
    if (order.state === 'rejected' || order.state === 'refused') this.remove(order);
    else this.add(order, sentAt);
  }

  /** The last other trade of this symbol and side; null: none. */
  lastBefore(order: Pick<Order, 'symbol' | 'action' | 'number'>): AlikeTrade | null {
    return this.trades.get(keyOf(order))?.findLast(({ number }) => number !== order.number) ?? null;
  }

  private alike(order: Order): AlikeTrade[] {
    const key = keyOf(order);
    const known = this.trades.get(key);
    if (known !== undefined) return known;
    const fresh: AlikeTrade[] = [];
    this.trades.set(key, fresh);
    return fresh;
  }

  private prune(): void {
    const since = this.clock.monotonic() - keptMs;
    this.numbers.clear();
    for (const [key, trades] of this.trades) {
      const kept = trades.filter(({ sentAt }) => sentAt >= since);
      for (const { number } of kept) this.numbers.add(number);
      if (kept.length === 0) this.trades.delete(key);
      else this.trades.set(key, kept);
    }
    this.pruneAt = Math.max(pruneFrom, this.numbers.size * 2);
  }
}

function keyOf({ symbol, action }: Pick<Order, 'symbol' | 'action'>): string {
  return `${action} ${symbol}`;
}
