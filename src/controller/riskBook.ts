import { z } from 'zod';
import type { Order, RiskBase, Sample } from '../api/state.ts';
import type { RiskLimits } from '../protocol/riskLimits.ts';
import { tradingDay, tradingDaySpan } from '../protocol/tradingDay.ts';
import type { Clock } from './ports.ts';
import type { Recorder } from './recorder.ts';

const riskBaseSchema = z.object({
  day: z.string(),
  dayStartEquity: z.number(),
  peakEquity: z.number(),
  rebasedAt: z.number().nullable(),
});

/** How far back a start reads the trades that count for today: a clock set back a day must not hide them. */
export const tradesSpanMs = 3 * 24 * 3_600_000;
const minuteMs = 60_000;

interface CountedTrade {
  number: number;
  at: number;
  /** Null: from before this start. */
  monotonic: number | null;
}

export interface RiskBookContext {
  bridge: string;
  clock: Clock;
  recorder: Recorder;
  day: () => RiskLimits['day'];
  remembered: (key: string) => unknown;
}

/** What the risk gate measures against: trades of today and of the last minute, day start and peak by account. */
export class RiskBook {
  private readonly context: RiskBookContext;
  private trades: CountedTrade[];
  private account: string | null = null;
  private current: RiskBase | null = null;

  /** @param earlier buys and sells that may have left within the last {@link tradesSpanMs} */
  constructor(context: RiskBookContext, earlier: readonly Order[]) {
    this.context = context;
    this.trades = earlier
      .filter(({ state }) => state !== 'rejected')
      .map(({ number, at }) => ({ number, at, monotonic: null }));
  }

  get base(): RiskBase | null {
    return this.current;
  }

  /** Equity as reported, with its extremes since the last time. Nothing is measured while the account has no name. */
  observe(account: string | null, { equity, equityHigh }: Pick<Sample, 'equity' | 'equityHigh'>): void {
    if (account === null) return;
    this.take(account);
    const day = this.today();
    const known = this.current;
    if (known === null) {
      this.keep({ day, dayStartEquity: equity, peakEquity: equityHigh, rebasedAt: null });
    } else if (day > known.day) {
      this.keep({ ...known, day, dayStartEquity: equity, peakEquity: Math.max(known.peakEquity, equityHigh) });
    } else if (equityHigh > known.peakEquity) {
      this.keep({ ...known, peakEquity: equityHigh });
    }
  }

  /** The account that figures are measured for from now on. */
  take(account: string): void {
    if (account === this.account) return;
    this.account = account;
    this.current = riskBaseSchema
      .nullable()
      .catch(null)
      .parse(this.context.remembered(this.key(account)) ?? null);
  }

  /** A person starts both measures anew, after a deposit or a withdrawal. */
  rebase(equity: number): void {
    this.keep({ day: this.today(), dayStartEquity: equity, peakEquity: equity, rebasedAt: this.context.clock.now() });
  }

  /** A buy or sell as it is now: it counts from when it is sent, and no more once it is known not to have been traded. */
  follow({ number, at, state }: Order): void {
    const counted = this.trades.some((trade) => trade.number === number);
    if (state === 'refused' || state === 'rejected') {
      if (counted) this.trades = this.trades.filter((trade) => trade.number !== number);
    } else if (!counted) {
      const oldest = this.context.clock.now() - tradesSpanMs;
      if ((this.trades[0]?.at ?? oldest) < oldest) this.trades = this.trades.filter((trade) => trade.at >= oldest);
      this.trades.push({ number, at, monotonic: this.context.clock.monotonic() });
    }
  }

  /** Trades of this trading day, and of a later one where the clock was set back. */
  tradesToday(): number {
    const { from } = tradingDaySpan(this.context.clock.now(), this.context.day());
    return this.trades.filter(({ at }) => at >= from).length;
  }

  tradesLastMinute(): number {
    const { clock } = this.context;
    const monotonic = clock.monotonic();
    const now = clock.now();
    const recent = (trade: CountedTrade): boolean =>
      trade.monotonic === null ? trade.at > now - minuteMs : trade.monotonic > monotonic - minuteMs;
    return this.trades.filter(recent).length;
  }

  private today(): string {
    return tradingDay(this.context.clock.now(), this.context.day());
  }

  private keep(base: RiskBase): void {
    this.current = base;
    if (this.account === null) return;
    this.context.recorder.record({ type: 'remember', key: this.key(this.account), value: base });
  }

  private key(account: string): string {
    return `risk:${this.context.bridge}:${account}`;
  }
}
