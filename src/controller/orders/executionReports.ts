import type { SettlementRequest } from '../../api/contract.ts';
import { ContractFailure } from '../../api/contractFailure.ts';
import {
  type UnknownReason,
  feedbackTimeoutMs,
  isEngineSource,
  type Order,
  type PersonSource,
  tradedDiffers,
} from '../../domain/orders/order.ts';
import { type ExecutionReport, sameReport, type Success } from '../../protocol/ea/executionReport.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import { RowBudget } from '../../base/rateLimit.ts';
import { feedbackAlarms } from '../alarms/feedbackAlarms.ts';
import type { SentOrders, SentOrder } from './sentOrders.ts';
import {
  agreedByPositions,
  answerTrade,
  awaitPositions,
  breakOff,
  closed,
  completeFill,
  doubt,
  doubtFill,
  doubtRejection,
  doubtUnwatched,
  failClose,
  inferRejection,
  outcomeOf,
  refuse,
  saidBefore,
  settle,
  settleByHand,
} from './orderLifecycle.ts';
import type { Interest, PositionReconciler } from './positionReconciler.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import { RepeatCounts } from './repeatCounts.ts';
import { tradingAlarms } from '../alarms/tradingAlarms.ts';
import { isClose } from '../../domain/tradeTerms.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import type { Clock } from '../ports/clock.ts';

/** Refused orders of one engine or feed that are listed and written. The others are counted and answered. */
const listedRefusals = { aMinute: 120, anHour: 1_200 };
const mostSources = 200;

export interface ExecutionReportsContext {
  clock: Clock;
  journalWriter: JournalWriter;
  sentOrders: SentOrders;
  positions: PositionReconciler;
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
export class ExecutionReports {
  private readonly context: ExecutionReportsContext;
  /** Somebody has said of an order what became of it. */
  private readonly answered: (entry: SentOrder) => void;

  private readonly repeats: RepeatCounts;
  private readonly refusals = new Map<string, RowBudget>();

  constructor(context: ExecutionReportsContext, answered: (entry: SentOrder) => void) {
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
  feedback(signalId: string, outcome: ExecutionReport, history: boolean): void {
    const { alarm } = this.context;
    const entry = this.recall(signalId);
    if (entry === null) {
      const elsewhere = signalId === '' ? null : this.lookUpOnAny(signalId);
      if (elsewhere !== null && typeof elsewhere !== 'string') {
        alarm(feedbackAlarms.ofOtherBridge(elsewhere, outcome));
        return;
      }
      alarm(history ? feedbackAlarms.fromBefore() : feedbackAlarms.unasked(signalId, outcome));
      return;
    }
    const { order } = entry;
    this.answered(entry);
    const reported = outcomeOf(order);
    const completed = completeFill(order, outcome);
    if (reported === null && saidBefore(order, outcome)) {
      this.repeated(entry);
    } else if (reported === null) {
      this.apply(entry, outcome);
      if (!history) this.context.askStatus();
    } else if (completed !== null) {
      this.update(entry, completed);
      this.tellLots(completed);
    } else if (isUnproved(order) && outcome.state !== 'filled') {
      this.settle(entry, doubtFill(order, outcome.text));
    } else if (order.assumed && outcome.state === 'filled' && outcome.ticket !== null) {
      this.settle(entry, { ...settle(order, outcome, this.sinceSent(entry)), late: true });
    } else if (sameReport(reported, outcome) || (order.assumed && outcome.state !== 'filled')) {
      this.repeated(entry);
    } else {
      const contradicted = { ...order, repeats: order.repeats + 1, contradicted: true };
      if (order.contradicted) this.countRepeat(entry, contradicted);
      else this.update(entry, contradicted);
      alarm(feedbackAlarms.contradicted(order, outcome));
    }
  }

  private repeated(entry: SentOrder): void {
    const { order } = entry;
    this.countRepeat(entry, { ...order, repeats: order.repeats + 1 });
    if (!this.context.resends()) this.context.alarm(feedbackAlarms.repeated(order));
  }

  /** What the EA says of an order of which nothing is known yet. */
  private apply(entry: SentOrder, outcome: ExecutionReport): void {
    const { positions } = this.context;
    const { order } = entry;
    const roundTripMs = this.sinceSent(entry);
    this.answeredNow(entry);
    if (!isClose(order.action)) {
      const facts = { roundTripMs, positionsTold: positions.count !== null, risen: positions.hasRisen(order.number) };
      const answered = answerTrade(order, outcome, facts);
      this.settle(entry, answered, outcome.state === 'filled' ? outcome : null);
      // The report that proved it counts it.
      if (answered.state === 'filled' && isAgreed(answered)) entry.settledAt = null;
      const interest = interestIn(answered, outcome);
      if (interest !== null) positions.follow(answered, interest);
      else if (outcome.state === 'unknown') positions.unclear(answered);
    } else if (outcome.state === 'filled') {
      this.awaitPositions(entry, awaitPositions(order, outcome, roundTripMs));
    } else {
      const known = positions.count === null ? null : positions.count + positions.knownFills;
      positions.closeEnded(order.number);
      this.settle(entry, failClose(order, outcome, roundTripMs, known));
    }
  }

  /** The EA reports a close: telemetry has ten seconds to agree. */
  private awaitPositions(entry: SentOrder, order: Order): void {
    this.context.positions.closeReported(order, order.closeReported ?? '');
    entry.cancelTimeout();
    entry.cancelTimeout = this.context.clock.after(feedbackTimeoutMs, () => {
      this.timedOut(entry);
    });
    this.update(entry, order);
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
    const entry = this.context.sentOrders.byNumber(number);
    if (entry === null || (entry.order.state !== 'sent' && entry.order.state !== 'unknown')) return;
    this.settle(entry, closed(entry.order, remaining));
  }

  /** There are more positions than before an order that was not traded, as it seemed. */
  positionsRose({ number, signalId }: Order, interest: Interest, before: number, now: number): void {
    const entry = this.context.sentOrders.byNumber(number) ?? this.recall(signalId);
    const order = entry?.order;
    if (entry === null || order === undefined) return;
    if (interest === 'unverified' && order.doubt === 'unverified') {
      this.settle(entry, agreedByPositions(order));
      // The report that shows it counts it.
      entry.settledAt = null;
    } else if (order.state === 'rejected') {
      if (order.assumed) {
        // Its guards are in force again: it counts as open and holds back its symbol.
        this.update(entry, doubtRejection(order, before, now));
      }
      this.context.alarm(feedbackAlarms.roseAfterRejection(entry.order, before, now));
    }
  }

  /** A rejection that nothing proved, and nobody knows how many positions there were before. */
  doubtUnwatched(entry: SentOrder): void {
    this.update(entry, doubtUnwatched(entry.order));
    this.context.alarm(feedbackAlarms.doubtful(entry.order));
  }

  /** An error that nobody can read was followed by nothing. */
  stayedQuiet({ number }: Order): void {
    const entry = this.context.sentOrders.byNumber(number);
    if (entry?.order.state !== 'unknown') return;
    const order = inferRejection(entry.order);
    this.settle(entry, order);
    this.context.positions.follow(order, 'inferred');
  }

  /**
   * A person has looked in MT5.
   * @throws ContractFailure when the order is not unknown
   */
  settleByHand({ order: number, found, note }: SettlementRequest, by: PersonSource): Order {
    const entry = this.context.sentOrders.byNumber(number);
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
    this.context.journalWriter.flush();
    return entry.order;
  }

  /** An order under this ID that may have left; a sentence when the journal can't say. */
  lookUp(signalId: string): SentOrder | string | null {
    try {
      return this.context.sentOrders.find(signalId);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** As {@link lookUp}, on any bridge that ever was in the journal: its EA may be another bridge's by now. */
  lookUpOnAny(signalId: string): Order | string | null {
    try {
      return this.context.sentOrders.findOnAny(signalId);
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
    this.context.positions.closeEnded(entry.order.number);
    if (entry.order.state !== 'sent' && entry.order.state !== 'unknown') return;
    this.update(entry, breakOff(entry.order, this.context.positions.count));
    this.context.alarm(feedbackAlarms.doubtful(entry.order));
  }

  doubt(entry: SentOrder, reason: UnknownReason): void {
    // The time of a close that the EA has reported goes on: telemetry may still agree.
    if (entry.order.closeReported === null) entry.cancelTimeout();
    this.update(entry, doubt(entry.order, reason));
    this.context.alarm(feedbackAlarms.doubtful(entry.order));
  }

  private settle(entry: SentOrder, order: Order, outcome: Success | null = null): void {
    const { alarm, clock, positions } = this.context;
    entry.cancelTimeout();
    entry.settledAt = clock.monotonic();
    this.update(entry, order);
    if (order.state === 'unknown') {
      positions.doubted(order);
      alarm(feedbackAlarms.doubtful(order));
    } else if (order.assumed && order.late && !isClose(order.action)) alarm(feedbackAlarms.inferred(order));
    else if (order.late && order.settledBy === null) alarm(feedbackAlarms.late(order));
    if (order.assumed && isClose(order.action)) alarm(feedbackAlarms.notClosed(order));
    if (order.state === 'filled') {
      if (!isClose(order.action)) positions.filled(order, isAgreed(order));
      this.tellLots(order);
      if (outcome?.partial === true && order.tradedLot === null) alarm(feedbackAlarms.partFilled(order));
      if (order.unverified && order.settledBy === null && !isClose(order.action)) {
        alarm(feedbackAlarms.unverified(order));
      }
    }
    if (order.state === 'rejected' && !order.assumed) positions.follow(order, 'certain');
  }

  /** D20: a fill of fewer or more lots than were asked for is a fill of those. */
  private tellLots(order: Order): void {
    if (!isClose(order.action) && tradedDiffers(order)) this.context.alarm(feedbackAlarms.otherLots(order));
  }

  /** The EA has said something of it for the first time. */
  private answeredNow(entry: SentOrder): void {
    const { firedAt, timing } = entry;
    if (timing?.feedbackMs !== null) return;
    entry.timing = { ...timing, feedbackMs: this.context.clock.monotonic() - firedAt };
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
    return this.write(refused);
  }

  /** A refusal of what the journal knows as sent: it becomes a row in any case. */
  takeBack(order: Order, refusal: Refusal): Order {
    return this.write(refuse(order, refusal));
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
    entry.order = { ...changed, timing: entry.timing };
    // However old it is: it counts as open, holds back its symbol, and can be settled by hand.
    if (changed.state === 'unknown') this.context.sentOrders.add(entry);
    this.write(entry.order);
  }

  private write(order: Order): Order {
    this.context.journalWriter.record({ type: 'order', order, frame: null });
    this.context.publish(order);
    return order;
  }
}

/** A fill of which the EA has named neither ticket nor price. What a person found in MT5 is none. */
function isUnproved({ action, state, ticket, price, settledBy }: Order): boolean {
  return state === 'filled' && ticket === null && price === null && settledBy === null && !isClose(action);
}

/** Nothing but positions proves it. */
function isAgreed({ ticket, price, unverified, settledBy }: Order): boolean {
  return ticket === null && price === null && !unverified && settledBy === null;
}

/** What a change of positions would say of an answer. */
function interestIn(order: Order, outcome: ExecutionReport): Interest | null {
  if (order.state === 'rejected') return order.assumed ? 'assumed' : null;
  if (order.state !== 'unknown') return null;
  if (order.doubt === 'unverified') return outcome.state === 'filled' ? 'unverified' : null;
  return outcome.state === 'unknown' && outcome.unread ? 'unread' : null;
}
