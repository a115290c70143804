import type { SettlementRequest } from '../../api/contract.ts';
import { ContractFailure } from '../../api/contractFailure.ts';
import { feedbackTimeoutMs, type Order, type PersonSource } from '../../domain/orders/order.ts';
import type { ExecutionReport } from '../../protocol/ea/executionReport.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import { feedbackAlarms } from '../alarms/feedbackAlarms.ts';
import { tradingAlarms } from '../alarms/tradingAlarms.ts';
import type { Emit } from '../records/bridgeEvent.ts';
import type { Platform } from '../records/platform.ts';
import { transition, type OrderEvent } from './orderLifecycle.ts';
import type { OrdersAtHand, ReportingEa } from './orderPorts.ts';
import { RepeatCounts } from './repeatCounts.ts';
import type { PositionFacts } from './reportTransition.ts';
import { foundIn, lookUp, type LookUp } from './lookUp.ts';
import type { SentOrder } from './sentOrders.ts';
import type { PositionStep, Transition } from './transition.ts';

/** Applies what happens to sent orders: {@link transition} decides, this writes, publishes, times and alarms. */
export class ExecutionReports {
  private readonly platform: Platform;
  private readonly known: OrdersAtHand;
  private readonly ea: ReportingEa;
  private readonly emit: Emit;
  /** Somebody has said of an order what became of it. */
  private readonly answered: (entry: SentOrder) => void;
  private readonly repeats: RepeatCounts;

  constructor(
    platform: Platform,
    known: OrdersAtHand,
    ea: ReportingEa,
    emit: Emit,
    answered: (entry: SentOrder) => void,
  ) {
    this.platform = platform;
    this.known = known;
    this.ea = ea;
    this.emit = emit;
    this.answered = answered;
    this.repeats = new RepeatCounts(platform.clock, (entry) => {
      this.update(entry, entry.order);
    });
  }

  /** The order that went out under this ID as it is now, or null. */
  orderOf(signalId: string): Order | null {
    return foundIn(this.lookUp(signalId))?.order ?? null;
  }

  /** The number of the order that went out under this ID, or null. */
  numberOf(signalId: string): number | null {
    return this.orderOf(signalId)?.number ?? null;
  }

  /** @param history the EA sent it before this connection (W16) */
  received(signalId: string, report: ExecutionReport, history: boolean): void {
    const entry = this.recall(signalId);
    if (entry === null) {
      this.alarm(this.unasked(signalId, report, history));
      return;
    }
    this.answered(entry);
    const { answers } = this.apply(entry, {
      type: 'report',
      report,
      roundTripMs: this.sinceSent(entry),
      positions: this.positionFacts(entry.order),
      resent: this.ea.resends(),
    });
    if (answers && !history) this.ea.askStatus();
  }

  /** A report of an order that was never sent from here. */
  private unasked(signalId: string, report: ExecutionReport, history: boolean): AlarmText {
    const elsewhere = signalId === '' ? null : foundIn(this.lookUpOnAny(signalId));
    if (elsewhere !== null) return feedbackAlarms.ofOtherBridge(elsewhere, report);
    return history ? feedbackAlarms.fromBefore() : feedbackAlarms.unasked(signalId, report);
  }

  private positionFacts({ number }: Order): PositionFacts {
    const { positions } = this.known;
    const { count } = positions;
    return {
      told: count !== null,
      risen: positions.hasRisen(number),
      known: count === null ? null : count + positions.knownFills,
    };
  }

  /** W13: a frame that can't be read names this order. It settles nothing; a person can read it. */
  unreadable(signalId: string, text: string): void {
    const entry = this.recall(signalId);
    if (entry !== null) this.apply(entry, { type: 'unreadable_report', text });
  }

  /** Something else happened to an order that is at hand. */
  happened(entry: SentOrder, event: Exclude<OrderEvent, { type: 'report' | 'unreadable_report' }>): void {
    this.apply(entry, event);
  }

  /** Telemetry agrees with a close that the EA has reported. */
  closeConfirmed(number: number, remaining: number): void {
    const entry = this.known.sentOrders.byNumber(number);
    if (entry !== null) this.apply(entry, { type: 'close_agreed', remaining });
  }

  /** Positions say something of an order that may be older than those at hand. */
  positionsSay({ number, signalId }: Order, event: OrderEvent & { type: 'positions_rose' | 'positions_quiet' }): void {
    const entry = this.known.sentOrders.byNumber(number) ?? this.recall(signalId);
    if (entry !== null) this.apply(entry, event);
  }

  /**
   * A person has looked in MT5.
   * @throws ContractFailure when the order is not unknown
   */
  settleByHand({ order: number, found, note }: SettlementRequest, by: PersonSource): Order {
    const entry = this.known.sentOrders.byNumber(number);
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
    this.apply(entry, { type: 'settled_by_hand', found, settledBy: { by, at: this.platform.clock.now(), note } });
    this.platform.journalWriter.flush();
    return entry.order;
  }

  /** An order under this ID that may have left. */
  lookUp(signalId: string): LookUp<SentOrder> {
    return lookUp(() => this.known.sentOrders.find(signalId));
  }

  /** As {@link lookUp}, on any bridge that ever was in the journal: its EA may be another bridge's by now. */
  lookUpOnAny(signalId: string): LookUp<Order> {
    return lookUp(() => this.known.sentOrders.findOnAny(signalId));
  }

  /** What a report is about. A journal that can't say must not cost the frame: it is alarmed like an unknown one. */
  private recall(signalId: string): SentOrder | null {
    const known = this.lookUp(signalId);
    if (!known.readable) {
      this.alarm(tradingAlarms.journalFailed(known.why));
      return null;
    }
    const { found } = known;
    return found === null ? null : (this.repeats.pending(found.order.number) ?? found);
  }

  /** Its time is up without a report, or without telemetry that agrees with a close. */
  timedOut(entry: SentOrder): void {
    this.apply(entry, { type: 'timed_out', remaining: this.known.positions.count });
  }

  /** Writes what was counted of repeats. Called a few times a second. @param all at the end */
  writeRepeats(all = false): void {
    this.repeats.flush(all ? Number.POSITIVE_INFINITY : undefined);
  }

  private apply(entry: SentOrder, event: OrderEvent): Transition {
    const next = transition(entry.order, event);
    const { order, write, timer, settledAt, positions, alarms, answers } = next;
    if (timer !== 'keep') entry.cancelTimeout();
    if (timer === 'restart') this.startTimer(entry);
    if (settledAt !== null) entry.settledAt = settledAt === 'now' ? this.platform.clock.monotonic() : null;
    if (answers) this.noteAnswer(entry);
    if (write === 'now') this.update(entry, order);
    else if (write === 'with_repeats') {
      entry.order = order;
      this.repeats.count(entry);
    }
    for (const step of positions) this.reconcile(order, step);
    for (const alarm of alarms) this.alarm(alarm);
    return next;
  }

  /** A close that the EA has reported: telemetry has so long to agree. */
  private startTimer(entry: SentOrder): void {
    entry.cancelTimeout = this.platform.clock.after(feedbackTimeoutMs, () => {
      this.timedOut(entry);
    });
  }

  /** The EA has said something of it for the first time. */
  private noteAnswer(entry: SentOrder): void {
    const { firedAt, timing } = entry;
    if (timing?.feedbackMs !== null) return;
    entry.timing = { ...timing, feedbackMs: this.platform.clock.monotonic() - firedAt };
  }

  private reconcile(order: Order, step: PositionStep): void {
    const { positions } = this.known;
    switch (step.type) {
      case 'doubted':
        positions.doubted(order);
        break;
      case 'filled':
        positions.filled(order, step.proved);
        break;
      case 'follow':
        positions.follow(order, step.interest);
        break;
      case 'unclear':
        positions.unclear(order);
        break;
      case 'close_reported':
        positions.closeReported(order, step.words);
        break;
      case 'close_ended':
        positions.closeEnded(order.number);
        break;
    }
  }

  private alarm(alarm: AlarmText): void {
    this.emit({ type: 'alarm', alarm });
  }

  private sinceSent({ sentAt }: SentOrder): number {
    return this.platform.clock.monotonic() - sentAt;
  }

  private update(entry: SentOrder, changed: Order): void {
    // With what is written anyway: the times need no commit of their own.
    entry.order = { ...changed, timing: entry.timing };
    // However old it is: it counts as open, holds back its symbol, and can be settled by hand.
    if (changed.state === 'unknown') this.known.sentOrders.add(entry);
    this.platform.journalWriter.record({ type: 'order', order: entry.order, frame: null });
    this.emit({ type: 'order', order: entry.order });
  }
}
