import { BoundedSet } from '../../base/boundedMap.ts';
import { type DayStart, tradingDay, tradingDaySpan, type TradingDaySpan } from '../../domain/tradingDay.ts';
import { ClockWatch } from './clockWatch.ts';
import type { Clock } from '../ports/clock.ts';

/** How long the clock must run steadily after a jump before it may begin a day, ms. */
const steadyMs = 60_000;
/** Interval of checks, ms; a much longer silence is a jump. */
const lookMs = 250;
const keptDays = 16;

export interface DayWatchContext {
  clock: Clock;
  day: () => DayStart;
  /** Whether the EA has reported figures since the last jump. */
  hasFigures: () => boolean;
  /** Called when a day begins; a start stored for it by a wrong clock doesn't count. */
  begins: (date: string) => void;
}

/**
 * The current trading day. A day begins when the clock reaches it by itself. After a jump of the clock or a sleep of
 * the machine, a new day begins only once the clock has been steady for {@link steadyMs} and the EA has reported
 * figures; until then the day before continues. A jump back into a day that had begun returns to that day.
 */
export class DayWatch {
  private readonly context: DayWatchContext;
  private readonly watch: ClockWatch;
  private readonly begun = new BoundedSet<string>(keptDays);
  private span: TradingDaySpan;
  /** Time of the last jump, monotonic ms; null: the clock is trusted. */
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

  /**
   * Day of an event that happens now; the clock's day while the EA reports nothing.
   * @param at epoch ms
   */
  dayOf(at: number): string {
    const { date } = this.today();
    return this.context.hasFigures() ? date : tradingDay(at, this.context.day());
  }

  private byTheClock(): TradingDaySpan {
    return tradingDaySpan(this.context.clock.now(), this.context.day());
  }
}
