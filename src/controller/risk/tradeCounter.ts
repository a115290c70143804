import type { Order } from '../../domain/orders/order.ts';
import { type Clock, monotonicTime } from '../ports/clock.ts';

/** Age of the trades that a start reads, ms: a clock set back by a day must not hide today's. */
export const tradesSpanMs = 3 * 24 * 3_600_000;
const minuteMs = 60_000;

interface CountedTrade {
  number: number;
  /** Epoch ms. */
  at: number;
  /** Monotonic ms. */
  sentAt: number;
  traded: boolean;
}

/**
 * Counts buys and sells that were sent, today and in the last minute. An engine may fire thousands, so each count is
 * updated, not recomputed.
 */
export class TradeCounter {
  private readonly clock: Clock;
  private readonly dayFrom: () => number;
  /** Trades in the order of sending. */
  private trades: CountedTrade[];
  private readonly byNumber: Map<number, CountedTrade>;
  private today = { from: 0, count: 0 };
  /** Index of the last minute's first trade in `trades`, and the number of its trades. */
  private minute = { first: 0, count: 0 };

  /**
   * @param dayFrom beginning of the trading day, epoch ms
   * @param earlier buys and sells that may have been sent within the last {@link tradesSpanMs}, oldest first
   */
  constructor(clock: Clock, dayFrom: () => number, earlier: readonly Order[]) {
    this.clock = clock;
    this.dayFrom = dayFrom;
    this.trades = earlier
      .map(({ number, at, state }) => ({
        number,
        at,
        sentAt: monotonicTime(clock, at),
        traded: state !== 'rejected',
      }))
      .toSorted((one, other) => one.sentAt - other.sentAt);
    this.byNumber = new Map(this.trades.map((trade) => [trade.number, trade]));
    this.countAnew();
  }

  /**
   * Follows a buy or sell: counted when sent, removed once it certainly was not traded, counted again if that is
   * withdrawn.
   */
  follow({ number, at, state }: Order): void {
    const known = this.byNumber.get(number);
    if (state === 'refused' || state === 'rejected') {
      if (known?.traded !== true) return;
      known.traded = false;
      this.countAnew();
    } else if (known === undefined) {
      // The outcome of an order of an earlier start can come days after it was sent.
      const sentAt = state === 'sent' ? this.clock.monotonic() : monotonicTime(this.clock, at);
      const trade = { number, at, sentAt, traded: true };
      this.byNumber.set(number, trade);
      if (!this.isRecent(trade)) {
        this.trades.unshift(trade);
        this.countAnew();
        return;
      }
      this.trades.push(trade);
      this.minute.count += 1;
      if (at >= this.today.from) this.today.count += 1;
    } else if (!known.traded) {
      known.traded = true;
      this.countAnew();
    }
  }

  /** Number of trades of this trading day, and of later ones after the clock was set back. */
  tradesToday(): number {
    const from = this.dayFrom();
    if (from !== this.today.from) this.countAnew();
    return this.today.count;
  }

  tradesLastMinute(): number {
    const { minute, trades } = this;
    for (let trade = trades[minute.first]; trade !== undefined && !this.isRecent(trade); trade = trades[minute.first]) {
      minute.first += 1;
      if (trade.traded) minute.count -= 1;
    }
    return minute.count;
  }

  private countAnew(): void {
    const from = this.dayFrom();
    this.trades = this.trades.filter((trade) => trade.at >= from - tradesSpanMs || this.isRecent(trade));
    if (this.byNumber.size > this.trades.length) {
      this.byNumber.clear();
      for (const trade of this.trades) this.byNumber.set(trade.number, trade);
    }
    const traded = this.trades.filter((trade) => trade.traded);
    this.today = { from, count: traded.filter(({ at }) => at >= from).length };
    const first = this.trades.findIndex((trade) => this.isRecent(trade));
    this.minute = {
      first: first < 0 ? this.trades.length : first,
      count: traded.filter((trade) => this.isRecent(trade)).length,
    };
  }

  private isRecent({ sentAt }: CountedTrade): boolean {
    return sentAt > this.clock.monotonic() - minuteMs;
  }
}
