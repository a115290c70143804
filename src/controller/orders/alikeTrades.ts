import type { Order } from '../../domain/orders/order.ts';
import { isClose } from '../../domain/tradeTerms.ts';
import { type Clock, monotonicTime } from '../ports/clock.ts';

/** The longest duplicate window that can be set (R2), in ms: a window that is made longer finds what was sent before. */
const keptMs = 86_400_000;
/** Below so many trades nothing is dropped, however old. */
const pruneFrom = 1_000;

export interface AlikeTrade {
  number: number;
  signalId: string;
  /** Monotonic ms. */
  sentAt: number;
}

/**
 * The buys and sells of a day that may have been traded, by symbol and side. Each takes some bytes and none is left out,
 * so that the duplicate window holds for its whole length at any number of trades.
 */
export class AlikeTrades {
  private readonly clock: Clock;
  /** By the time of sending. */
  private readonly trades = new Map<string, AlikeTrade[]>();
  /** Numbers of all that are kept. */
  private readonly numbers = new Set<number>();
  private pruneAt = pruneFrom;

  /** @param earlier buys and sells that may have left before this start */
  constructor(clock: Clock, earlier: readonly Order[]) {
    this.clock = clock;
    for (const order of earlier) this.follow(order);
  }

  /** @param sentAt monotonic ms */
  add(order: Order, sentAt: number): void {
    if (isClose(order.action) || order.state === 'rejected' || order.state === 'refused') return;
    if (this.numbers.has(order.number)) return;
    const alike = this.alike(order);
    const before = alike.findLastIndex((trade) => trade.sentAt <= sentAt);
    alike.splice(before + 1, 0, { number: order.number, signalId: order.signalId, sentAt });
    this.numbers.add(order.number);
    if (this.numbers.size > this.pruneAt) this.prune();
  }

  /** It is known not to have been sent. */
  remove(order: Order): void {
    if (!this.numbers.delete(order.number)) return;
    const alike = this.alike(order);
    alike.splice(
      alike.findLastIndex(({ number }) => number === order.number),
      1,
    );
  }

  /** A trade as it is now: one that was rejected may be sent again at once, unless the rejection turns out to be none. */
  follow(order: Order, sentAt = monotonicTime(this.clock, order.at)): void {
    if (order.state === 'rejected' || order.state === 'refused') this.remove(order);
    else this.add(order, sentAt);
  }

  /** The last other trade of this symbol and side, or null. */
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
