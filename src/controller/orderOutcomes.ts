import type { SettlementRequest } from '../api/contract.ts';
import { ContractFailure } from '../api/contractFailure.ts';
import { isEngineSource, type Order, type PersonSource } from '../api/order.ts';
import type { Doubt } from '../protocol/order.ts';
import { sameOutcome, type Outcome } from '../protocol/outcome.ts';
import type { Refusal } from '../protocol/refusal.ts';
import { isClose } from '../protocol/signal.ts';
import type { AlarmText } from './alarmBook.ts';
import { RowBudget } from './budget.ts';
import { feedbackAlarms } from './feedbackAlarms.ts';
import type { OrderBook, SentOrder } from './orderBook.ts';
import {
  awaitPositions,
  breakOff,
  closed,
  doubt,
  outcomeOf,
  refuse,
  settle,
  settleByHand,
} from './orderTransitions.ts';
import type { Clock } from './ports.ts';
import type { PositionWatch } from './positionWatch.ts';
import type { Recorder } from './recorder.ts';
import { RepeatCounts } from './repeatCounts.ts';
import { tradingAlarms } from './tradingAlarms.ts';

/** Refused orders of one engine or feed that are listed and written. The others are counted and answered. */
const listedRefusals = { aMinute: 120, anHour: 1_200 };
const mostSources = 200;

export interface OrderOutcomesContext {
  clock: Clock;
  recorder: Recorder;
  book: OrderBook;
  positions: PositionWatch;
  publish: (order: Order) => void;
  /** A refusal beyond what is listed: whoever fired the order hears of it, and it is counted. */
  tellRefusal: (order: Order) => void;
  alarm: (alarm: AlarmText) => void;
  /** S8: the EA sends a result again until it is acknowledged, so that a repeat is nothing to look at. */
  resends: () => boolean;
  /** Asks the EA for its positions. */
  askStatus: () => void;
}

/** Decides what became of an order, and writes it down (ARCHITECTURE rule 2). */
export class OrderOutcomes {
  private readonly context: OrderOutcomesContext;
  /** Somebody has said of an order what became of it. */
  private readonly answered: (entry: SentOrder) => void;

  private readonly repeats: RepeatCounts;
  private readonly refusals = new Map<string, RowBudget>();

  constructor(context: OrderOutcomesContext, answered: (entry: SentOrder) => void) {
    this.context = context;
    this.answered = answered;
    this.repeats = new RepeatCounts(context.clock, (entry) => {
      this.update(entry, entry.order);
    });
  }

  /** The order that went out under this ID as it is now, or null. */
  orderOf(signalId: string): Order | null {
    const known = this.lookUp(signalId);
    return known === null || typeof known === 'string' ? null : known.order;
  }

  /** The order that went out under this ID, or null. */
  numberOf(signalId: string): number | null {
    const known = this.lookUp(signalId);
    return known === null || typeof known === 'string' ? null : known.order.number;
  }

  /** Feedback for a signal_id. `history`: the EA sent it before this connection (W16). */
  feedback(signalId: string, outcome: Outcome, history: boolean): void {
    const { alarm, positions } = this.context;
    const entry = this.recall(signalId);
    if (entry === null) {
      alarm(history ? feedbackAlarms.fromBefore() : feedbackAlarms.unasked(signalId, outcome));
      return;
    }
    const { order } = entry;
    this.answered(entry);
    const reported = outcomeOf(order);
    if (
      reported === null ||
      (order.state === 'unknown' && order.closeReported === null && outcome.state !== 'unknown')
    ) {
      if (outcome.state === 'filled' && isClose(order.action)) {
        positions.closeReported(order);
        this.answeredNow(entry);
        this.update(entry, awaitPositions(order, outcome, this.sinceSent(entry)));
        this.context.askStatus();
      } else {
        this.answeredNow(entry);
        this.settle(entry, settle(order, outcome, this.sinceSent(entry)));
      }
    } else if (sameOutcome(reported, outcome)) {
      this.countRepeat(entry, { ...order, repeats: order.repeats + 1 });
      if (!this.context.resends()) alarm(feedbackAlarms.repeated(order));
    } else {
      const contradicted = { ...order, repeats: order.repeats + 1, contradicted: true };
      if (order.contradicted) this.countRepeat(entry, contradicted);
      else this.update(entry, contradicted);
      alarm(feedbackAlarms.contradicted(order, outcome));
    }
  }

  /** W13: a frame that can't be read names this order. It settles nothing; a person can read it. */
  brokenFeedback(signalId: string, text: string): void {
    const entry = this.recall(signalId);
    if (entry === null) return;
    const broken = { ...entry.order, brokenFeedback: text.slice(0, 512) };
    if (entry.order.brokenFeedback === null) this.update(entry, broken);
    else this.countRepeat(entry, broken);
    this.context.alarm(feedbackAlarms.broken(entry.order));
  }

  /** Telemetry agrees with a close that the EA has reported. */
  closeConfirmed(number: number, remaining: number): void {
    const entry = this.context.book.byNumber(number);
    if (entry === null || (entry.order.state !== 'sent' && entry.order.state !== 'unknown')) return;
    this.settle(entry, closed(entry.order, remaining));
  }

  /**
   * A person has looked in MT5.
   * @throws ContractFailure when the order is not unknown
   */
  settleByHand({ order: number, found, note }: SettlementRequest, by: PersonSource): Order {
    const entry = this.context.book.byNumber(number);
    if (entry?.order.state !== 'unknown') {
      throw new ContractFailure({
        code: 'not_possible',
        message:
          entry === null
            ? `Order ${String(number)} is not one that is unknown on this bridge.`
            : `Order ${entry.order.signalId} is ${entry.order.state} already: only an unknown one is settled by hand.`,
      });
    }
    this.answered(entry);
    this.settle(entry, settleByHand(entry.order, found, { by, at: this.context.clock.now(), note }));
    this.context.recorder.flush();
    return entry.order;
  }

  /** An order under this ID that may have left; a sentence when the journal can't say. */
  lookUp(signalId: string): SentOrder | string | null {
    try {
      return this.context.book.find(signalId);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** As {@link lookUp}, on any bridge that ever was in the journal: its EA may be another bridge's by now. */
  lookUpOnAny(signalId: string): Order | string | null {
    try {
      return this.context.book.findOnAny(signalId);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** What feedback is about. A journal that can't say must not cost the frame: it is alarmed like an unknown one. */
  private recall(signalId: string): SentOrder | null {
    const known = this.lookUp(signalId);
    if (typeof known !== 'string') return known === null ? null : (this.repeats.pending(known.order.number) ?? known);
    this.context.alarm(tradingAlarms.journalFailed(known));
    return null;
  }

  /** Its time is up without feedback, or without telemetry that agrees with a close. */
  timedOut(entry: SentOrder): void {
    if (entry.order.closeReported === null) {
      this.doubt(entry, 'no_feedback');
      return;
    }
    entry.cancelTimeout();
    this.update(entry, breakOff(entry.order, this.context.positions.count));
    this.context.alarm(feedbackAlarms.doubtful(entry.order));
  }

  doubt(entry: SentOrder, reason: Doubt): void {
    entry.cancelTimeout();
    this.update(entry, doubt(entry.order, reason));
    this.context.alarm(feedbackAlarms.doubtful(entry.order));
  }

  private settle(entry: SentOrder, order: Order): void {
    const { alarm, clock, positions } = this.context;
    entry.cancelTimeout();
    entry.settledAt = clock.monotonic();
    this.update(entry, order);
    if (order.late && order.settledBy === null) alarm(feedbackAlarms.late(order));
    if (order.state === 'unknown') alarm(feedbackAlarms.doubtful(order));
    if (order.state === 'rejected') positions.rejected(order);
    else positions.mayHaveOpened();
  }

  /** The EA has said something of it for the first time. */
  private answeredNow(entry: SentOrder): void {
    const { timing } = entry;
    if (timing?.feedbackMs !== null) return;
    entry.timing = { ...timing, feedbackMs: timing.durableMs + this.sinceSent(entry) };
  }

  private sinceSent({ sentAt }: SentOrder): number {
    return this.context.clock.monotonic() - sentAt;
  }

  refuse(order: Order, refusal: Refusal): Order {
    const refused = refuse(order, refusal);
    if (!this.isListed(refused)) {
      this.context.tellRefusal(refused);
      return refused;
    }
    this.context.recorder.record({ type: 'order', order: refused, frame: null });
    this.context.publish(refused);
    return refused;
  }

  /** Whether a refusal becomes a row: of an engine or a feed that runs away the first ones do. */
  private isListed({ source }: Order): boolean {
    if (!isEngineSource(source)) return true;
    const known = this.refusals.get(source) ?? new RowBudget(listedRefusals);
    this.refusals.set(source, known);
    if (this.refusals.size > mostSources) this.refusals.delete(this.refusals.keys().next().value ?? source);
    return known.take(this.context.clock.monotonic());
  }

  /** Writes what was counted of repeats. Called a few times a second. @param all at the end */
  writeRepeats(all = false): void {
    this.repeats.flush(all ? Number.POSITIVE_INFINITY : undefined);
  }

  /** Nothing but a count, or words that come again. */
  private countRepeat(entry: SentOrder, changed: Order): void {
    entry.order = changed;
    this.repeats.count(entry);
  }

  private update(entry: SentOrder, changed: Order): void {
    // With what is written anyway: the times need no commit of their own.
    const order = { ...changed, timing: entry.timing };
    entry.order = order;
    this.context.recorder.record({ type: 'order', order, frame: null });
    this.context.publish(order);
  }
}
