import { BoundedSet } from '../../base/boundedMap.ts';
import { type DayStart, tradingDay, tradingDaySpan, type TradingDaySpan } from '../../domain/tradingDay.ts';
import { ClockWatch } from './clockWatch.ts';
import type { Clock } from '../ports/clock.ts';

/** After a jump the clock has to go on steadily for so long, in ms, before it begins a day. */
const steadyMs = 60_000;
/** The days are looked at a few times a second; a longer silence is a jump. */
const lookMs = 250;
const keptDays = 16;

export interface DayWatchContext {
  clock: Clock;
  day: () => DayStart;
  /** The EA has told figures since the last jump. */
  hasFigures: () => boolean;
  /** A day begins, and what may have been kept of it by a clock that was wrong does not count. */
  begins: (date: string) => void;
}

/**
 * Which trading day it is. A day begins when the clock comes to it by itself. After a jump, of the clock or over a sleep of
 * the machine, one that has not begun before begins only when the clock has been steady for {@link steadyMs} and the EA's
 * figures came since; until then it is still the day before. A clock that jumps to a day that has begun is in that day.
 */
export class DayWatch {
  private readonly context: DayWatchContext;
  private readonly watch: ClockWatch;
  private readonly begun = new BoundedSet<string>(keptDays);
  private span: TradingDaySpan;
  /** Monotonic ms of the last jump; null once the clock is trusted. */
  private jumpedAt: number | null = null;

  constructor(context: DayWatchContext) {
    this.context = context;
    this.watch = new ClockWatch(context.clock, lookMs);
    this.span = this.byTheClock();
    this.begun.add(this.span.date);
  }

  today(): TradingDaySpan {
    const { clock, hasFigures } = this.context;
    const monotonic = clock.monotonic();
    const jumpsNow = this.watch.look() !== null;
    if (jumpsNow) this.jumpedAt = monotonic;
    else if (this.jumpedAt !== null && monotonic - this.jumpedAt >= steadyMs && hasFigures()) this.jumpedAt = null;
    const found = this.byTheClock();
    const { date } = found;
    if (date > this.span.date && this.jumpedAt !== null && !(jumpsNow && this.begun.has(date))) return this.span;
    const begins = date > this.span.date && this.jumpedAt === null;
    this.span = found;
    this.begun.add(date);
    if (begins) this.context.begins(date);
    return found;
  }

  /** The day that something of now belongs to. While the EA tells nothing it is the clock's. @param at epoch ms */
  dayOf(at: number): string {
    const { date } = this.today();
    return this.context.hasFigures() ? date : tradingDay(at, this.context.day());
  }

  private byTheClock(): TradingDaySpan {
    return tradingDaySpan(this.context.clock.now(), this.context.day());
  }
}
