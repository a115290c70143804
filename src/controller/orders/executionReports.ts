import type { SettlementRequest } from '../../api/contract.ts';
import { ContractFailure } from '../../api/contractFailure.ts';
import { feedbackTimeoutMs, type Order, type PersonSource } from '../../domain/orders/order.ts';
import { byVerdict, type ExecutionReport, ofPending } from '../../protocol/ea/executionReport.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import { feedbackAlarms } from '../alarms/feedbackAlarms.ts';
import { tradingAlarms } from '../alarms/tradingAlarms.ts';
import type { Emit } from '../records/bridgeEvent.ts';
import type { Platform } from '../records/platform.ts';
import { transition, type OrderEvent } from './orderLifecycle.ts';
import type { OrdersAtHand, ReportingEa } from './orderPorts.ts';
import { applyPositionSteps } from './positionSteps.ts';
import { PlacedOrders } from './placedOrders.ts';
import { RepeatCounts } from './repeatCounts.ts';
import type { PositionFacts } from './reportTransition.ts';
import { foundIn, lookUp, type LookUp } from './lookUp.ts';
import type { SentOrder } from './sentOrders.ts';
import type { Transition } from './transition.ts';

/** Applies events to sent orders: {@link transition} decides; this class writes, publishes, times and alarms. */
export class ExecutionReports {
  readonly placed: PlacedOrders;
  private readonly platform: Platform;
  private readonly known: OrdersAtHand;
  private readonly ea: ReportingEa;
  private readonly emit: Emit;
  /** Called with the first report of an order. */
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
    this.placed = new PlacedOrders(platform.clock, known.sentOrders, this);
    this.repeats = new RepeatCounts(platform.clock, (entry) => {
      this.update(entry, entry.order);
    });
  }

  /** The order sent under this ID in its current state; null: none. */
  orderOf(signalId: string): Order | null {
    return foundIn(this.lookUp(signalId))?.order ?? null;
  }

  /** Number of the order sent under this ID; null: none. */
  numberOf(signalId: string): number | null {
    return this.orderOf(signalId)?.number ?? null;
  }

  /**
   * Applies a report.
   * @param history the EA sent it before this connection (W16)
   */
  received(signalId: string, report: ExecutionReport, history: boolean): void {
    const entry = this.recall(signalId);
    if (entry === null) {
      this.alarm(this.unasked(signalId, report, history));
      return;
    }
    this.answered(entry);
    // An EA that was sent the order in a session names its errors by codes, and marks what it tells again.
    const isSession = (entry.order.session ?? null) !== null;
    const told = (entry.order.entry ?? null) === null ? byVerdict : ofPending;
    const { answers } = this.apply(entry, {
      type: 'report',
      report: isSession ? told(report) : report,
      roundTripMs: this.sinceSent(entry),
      positions: this.positionFacts(entry.order),
      resent: this.ea.resends() || (isSession && report.repeat === true),
    });
    if (answers && !history) this.ea.askStatus();
  }

  /** Handles a report for an ID that was never sent from this bridge. */
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

  /** W13: handles an unreadable frame that names this order. The order stays as it is; a person can read the text. */
  unreadable(signalId: string, text: string): void {
    const entry = this.recall(signalId);
    if (entry !== null) this.apply(entry, { type: 'unreadable_report', text });
  }

  /** Orders whose outcome is unknown, oldest first. */
  inDoubt(): Order[] {
    return this.known.sentOrders.unknownOutcomes();
  }

  /** N8: the EA's intact store has never seen this order. */
  neverSeen(signalId: string): void {
    const entry = this.recall(signalId);
    if (entry === null) return;
    this.answered(entry);
    this.apply(entry, { type: 'never_seen' });
  }

  /** Applies an event to an order in memory. */
  happened(entry: SentOrder, event: Exclude<OrderEvent, { type: 'report' | 'unreadable_report' }>): void {
    this.apply(entry, event);
  }

  /** Applies that telemetry agrees with a reported close. */
  closeConfirmed(number: number, remaining: number): void {
    const entry = this.known.sentOrders.byNumber(number);
    if (entry !== null) this.apply(entry, { type: 'close_agreed', remaining });
  }

  /** Applies a finding of positions to an order, which may no longer be in memory. */
  positionsSay({ number, signalId }: Order, event: OrderEvent & { type: 'positions_rose' | 'positions_quiet' }): void {
    const entry = this.known.sentOrders.byNumber(number) ?? this.recall(signalId);
    if (entry !== null) this.apply(entry, event);
  }

  /**
   * Settles an unknown order with a person's finding in MT5.
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

  /** Finds the order under this ID that may have been sent. */
  lookUp(signalId: string): LookUp<SentOrder> {
    return lookUp(() => this.known.sentOrders.find(signalId));
  }

  /** Like {@link lookUp}, on every bridge that was ever in the journal: an order's EA may be on another bridge now. */
  lookUpOnAny(signalId: string): LookUp<Order> {
    return lookUp(() => this.known.sentOrders.findOnAny(signalId));
  }

  /**
   * Finds the order of a report. An unreadable journal must not lose the frame: the report is then alarmed like one of
   * no order.
   */
  private recall(signalId: string): SentOrder | null {
    const known = this.lookUp(signalId);
    if (!known.readable) {
      this.alarm(tradingAlarms.journalFailed(known.why));
      return null;
    }
    const { found } = known;
    return found === null ? null : (this.repeats.pending(found.order.number) ?? found);
  }

  /** Applies the time-out: no report, or no telemetry that agrees with a close. */
  timedOut(entry: SentOrder): void {
    this.apply(entry, { type: 'timed_out', remaining: this.known.positions.count });
  }

  /**
   * Writes counts of repeats. Called four times a second.
   * @param all true at the end
   */
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
    applyPositionSteps(this.known.positions, order, positions);
    for (const alarm of alarms) this.alarm(alarm);
    return next;
  }

  /** Starts the time in which telemetry must agree with a reported close. */
  private startTimer(entry: SentOrder): void {
    entry.cancelTimeout = this.platform.clock.after(feedbackTimeoutMs, () => {
      this.timedOut(entry);
    });
  }

  /** Records the EA's first report of an order. */
  private noteAnswer(entry: SentOrder): void {
    const { firedAt, timing } = entry;
    if (timing?.feedbackMs !== null) return;
    entry.timing = { ...timing, feedbackMs: this.platform.clock.monotonic() - firedAt };
  }

  private alarm(alarm: AlarmText): void {
    this.emit({ type: 'alarm', alarm });
  }

  private sinceSent({ sentAt }: SentOrder): number {
    return this.platform.clock.monotonic() - sentAt;
  }

  private update(entry: SentOrder, changed: Order): void {
    // Written together with the change: the times need no commit of their own.
    entry.order = { ...changed, timing: entry.timing };
    // Kept however old: it counts as open; an unknown one blocks its symbol, and can be settled by hand.
    if (changed.state === 'unknown' || changed.state === 'placed') this.known.sentOrders.add(entry);
    this.platform.journalWriter.record({ type: 'order', order: entry.order, frame: null });
    this.emit({ type: 'order', order: entry.order });
  }
}
