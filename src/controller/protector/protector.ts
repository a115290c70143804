import { allClosed, type Closings } from './closings.ts';
import { isLossRule, measureKey, type AccountRule, type AccountRules } from '../../domain/accountRules/accountRules.ts';
import { weekWindow } from '../../domain/accountRules/weekWindow.ts';
import { tradingDaySpan } from '../../domain/tradingDay.ts';
import type { Order } from '../../domain/orders/order.ts';
import { staleTelemetryMs } from '../../domain/orders/refusal.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import { protectorAlarms } from '../alarms/protectorAlarms.ts';
import type { Clock } from '../ports/clock.ts';
import type { AccountGuard } from './accountGuard.ts';
import { type AccountLock, isInForce, type RuleBook } from './ruleBook.ts';
import { oneReportMs } from './steadyReports.ts';

/** A rule that closes nothing is told again once it was not reached for this time, ms. */
const rewarnMs = 60_000;

export interface ProtectorParts {
  clock: Clock;
  rules: () => AccountRules;
  book: RuleBook;
  guard: AccountGuard;
  closings: Closings;
  /** Whether the account is the accepted one, its figures and lists are of this connection, and not old. */
  isKnown: () => boolean;
  alarm: (alarm: AlarmText) => void;
}

export interface ReportedMoney {
  balance: number;
  equity: number;
  /** What the balance has that the bases lack yet: paid in or out, or deals that are late. */
  unmeasured: number;
}

/**
 * Closes everything once a rule says so: by two successive reports at or beyond its floor, or by one that the prices of now
 * confirm. It acts while disarmed and under the kill switch, and locks the account against entries.
 */
export class Protector {
  private readonly parts: ProtectorParts;
  /** Rules that the last report was beyond, and the first and last of the reports in a row that were, monotonic ms. */
  private beyond = new Map<string, { first: number; last: number }>();
  /** Balance of the last report; null: none. */
  private balance: number | null = null;
  /** Rules that close nothing, and when the last report was beyond, monotonic ms. */
  private warned = new Map<string, number>();
  /** What rules measure that was said to be reached from the beginning, by the rule's ID. */
  private readonly toldAlready = new Map<string, string>();

  constructor(parts: ProtectorParts) {
    this.parts = parts;
  }

  /** Handles another account: a report before it confirms nothing. */
  forget(): void {
    this.beyond.clear();
    this.balance = null;
    this.toldAlready.clear();
    this.parts.closings.forget();
  }

  /** Takes figures that the EA has just reported. */
  reported({ balance, equity, unmeasured }: ReportedMoney): void {
    const { book, clock, guard, isKnown } = this.parts;
    // The prices of now confirm an equity, and not the balance that came with it.
    const isSameBalance = this.balance === balance;
    this.balance = balance;
    if (!isKnown()) {
      this.beyond.clear();
      return;
    }
    const now = clock.monotonic();
    const reached = guard.reached(equity);
    const computed = reached.length === 0 || !isSameBalance ? null : guard.computedEquity();
    const byQuotes = computed === null ? [] : guard.reached(computed - unmeasured);
    // Money that was paid out is no loss.
    const byLoss = unmeasured === 0 ? reached : guard.reached(equity - unmeasured);
    const before = this.beyond;
    this.beyond = new Map();
    for (const rule of reached) {
      if (!byLoss.includes(rule) && !book.locks.some((lock) => lock.rule === rule)) continue;
      const earlier = before.get(rule);
      const isRow = earlier !== undefined && now - earlier.last <= staleTelemetryMs;
      const first = isRow ? earlier.first : now;
      this.beyond.set(rule, { first, last: now });
      if (now - first >= oneReportMs || byQuotes.includes(rule)) this.trip(rule, equity);
    }
    this.warn(equity);
    this.step();
  }

  /** Says once that a rule which closes nothing is reached: again after it was not for a minute. */
  private warn(equity: number): void {
    const { alarm, clock, guard } = this.parts;
    const now = clock.monotonic();
    for (const { id, name, isLoss } of guard.warning(equity)) {
      if (!this.warned.has(id)) alarm(isLoss ? protectorAlarms.warned(name, equity) : protectorAlarms.reached(name));
      this.warned.set(id, now);
    }
    this.warned = new Map([...this.warned].filter(([, last]) => now - last < rewarnMs));
  }

  /** Looks at the clock: windows of the week begin, locks end. Called four times a second. */
  look(): void {
    const { book, clock, rules } = this.parts;
    if (!this.parts.isKnown()) this.beyond.clear();
    for (const lock of book.locks) if (!isInForce(lock, clock.now(), this.parts.closings.lists)) book.unlock(lock.rule);
    this.seeApart();
    for (const rule of rules().rules) {
      if (rule.kind !== 'weekend' || rule.action !== 'close_all' || !this.parts.isKnown()) continue;
      const { from, until } = weekWindow(clock.now(), rule);
      const isTripped = book.locks.some((lock) => lock.rule === rule.id && lock.at >= from);
      if (clock.now() >= from && !isTripped && this.wasApart(rule))
        this.lockBy(rule, until, protectorAlarms.windowBegan(rule.name));
    }
    this.step();
  }

  /** Follows the state of an order that it may have sent. */
  follow(order: Order): void {
    if (order.source === 'protector') this.parts.closings.follow(order);
  }

  private seeApart(): void {
    const { book, guard, isKnown, rules } = this.parts;
    if (!isKnown()) return;
    const { initialCapital } = rules();
    book.seeApart(Object.fromEntries(guard.apart().map((rule) => [rule.id, measureKey(rule, initialCapital)])));
  }

  /**
   * Whether the account was once not beyond a rule. One that it is beyond from the beginning, as with an amount that was mistyped
   * or one of another account, closes nothing: it says so, and refuses entries.
   */
  private wasApart(rule: AccountRule): boolean {
    const { alarm, book, rules } = this.parts;
    const measured = measureKey(rule, rules().initialCapital);
    if (book.wasApart(rule.id, measured)) return true;
    if (this.toldAlready.get(rule.id) !== measured) alarm(protectorAlarms.already(rule.name));
    this.toldAlready.set(rule.id, measured);
    return false;
  }

  private trip(id: string, equity: number): void {
    const rule = this.parts.rules().rules.find((each) => each.id === id);
    const held = this.parts.book.locks.find((lock) => lock.rule === id);
    if (rule === undefined || !isLossRule(rule)) return;
    const { until } = tradingDaySpan(this.parts.clock.now(), rule.day);
    const isOver = held !== undefined && held.until !== null && held.until <= this.parts.clock.now();
    if (held === undefined && !this.wasApart(rule)) return;
    if (held === undefined || isOver) this.lockBy(rule, until, protectorAlarms.floorReached(rule.name, equity));
    // What was opened since, as by hand, is closed as well: the equity is still beyond.
    else if (!held.closing && !allClosed(this.parts.closings)) this.closeAgain(held);
  }

  private lockBy(rule: AccountRule, dayEnds: number, alarm: AlarmText): void {
    const { book, clock, closings } = this.parts;
    const until = rule.lock === 'day' ? dayEnds : null;
    const lock = { rule: rule.id, name: rule.name, at: clock.now(), until, targets: closings.open(), closing: true };
    book.lock(lock);
    this.parts.alarm(alarm);
    if (!closings.lists) this.parts.alarm(protectorAlarms.cannotReach(rule.name));
    closings.begin();
  }

  private closeAgain(lock: AccountLock): void {
    const { book, closings } = this.parts;
    book.lock({ ...lock, targets: closings.open(), closing: true });
    closings.begin();
  }

  /** Closes what is to be closed and is still open. */
  private step(): void {
    const { book, closings, isKnown } = this.parts;
    const closing = book.locks.filter((lock) => lock.closing);
    if (closing.length === 0 || !isKnown()) return;
    const isBeyond = closing.some(({ rule }) => this.beyond.has(rule));
    const targets = isBeyond ? null : new Set(closing.flatMap((lock) => lock.targets));
    if (!closings.step(targets)) return;
    for (const lock of closing) book.lock({ ...lock, targets: [], closing: false });
    this.parts.alarm(protectorAlarms.done(closing[0]?.name ?? '', closings.count));
  }
}
