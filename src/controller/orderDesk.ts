import type { FireRequest, SettlementRequest } from '../api/contract.ts';
import { ContractFailure } from '../api/contractFailure.ts';
import type { Order, OrderSource } from '../api/state.ts';
import { encodeSignal } from '../protocol/commandFrame.ts';
import { feedbackTimeoutMs, type Doubt } from '../protocol/order.ts';
import { sameOutcome, type Outcome } from '../protocol/outcome.ts';
import { invalidRefusal, refusals, type Refusal } from '../protocol/refusal.ts';
import { checkSignal, isClose, type SignalRules } from '../protocol/signal.ts';
import type { AlarmText } from './alarmBook.ts';
import { feedbackAlarms } from './feedbackAlarms.ts';
import { newOrder } from './newOrder.ts';
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
import type { Clock, Link, RandomBytes } from './ports.ts';
import type { PositionWatch } from './positionWatch.ts';
import type { Recorder } from './recorder.ts';
import { tradingAlarms } from './tradingAlarms.ts';

export interface OrderDeskContext {
  bridge: string;
  /** What the EA takes of a symbol. */
  rules: (symbol: string) => SignalRules;
  clock: Clock;
  random: RandomBytes;
  recorder: Recorder;
  link: Pick<Link, 'send' | 'endpoints'>;
  book: OrderBook;
  positions: PositionWatch;
  nextOrderNumber: () => number;
  accountKey: () => string | null;
  /** Why an order must not leave now: guards and limits (ARCHITECTURE rule 3). */
  gate: (order: Order, confirmed: readonly string[]) => Refusal | null;
  /** Why an order that is about to be put on the wire must stay here after all. */
  stopped: (order: Order) => Refusal | null;
  publish: (order: Order) => void;
  alarm: (alarm: AlarmText) => void;
  /** Asks the EA for a sign of life. */
  probe: () => void;
  /** Asks the EA for its positions. */
  askStatus: () => void;
}

/** Sends orders, and decides what became of each (ARCHITECTURE rules 1 to 3). */
export class OrderDesk {
  private readonly context: OrderDeskContext;
  private unprovedOrder: SentOrder | null = null;

  constructor(context: OrderDeskContext) {
    this.context = context;
  }

  /** S11: the buy or sell that the EA has not been seen to get past. */
  get unanswered(): string | null {
    return this.unprovedOrder?.order.signalId ?? null;
  }

  /** What a start finds from before: what was `sent` is `unknown` from now on. */
  restore(inDoubt: readonly Order[], settled: readonly Order[]): void {
    const { book } = this.context;
    for (const order of settled) book.add(book.earlier(order));
    for (const order of inDoubt) {
      const entry = book.earlier(order);
      book.add(entry);
      if (order.state === 'sent') this.doubt(entry, 'restart');
    }
  }

  async fire(request: FireRequest, source: OrderSource): Promise<Order> {
    const { context } = this;
    const rules = context.rules(request.symbol);
    const order = newOrder(request, source, context.nextOrderNumber(), rules.stopUnit, context);
    const refusal = this.check(order, request.confirmed);
    if (refusal !== null) return this.refuse(order, refusal);
    const { action, symbol, lot, tp, sl, signalId } = order;
    const encoded = encodeSignal({ action, symbol, lot, tp, sl, signal_id: signalId }, rules);
    if (!encoded.ok) return this.refuse(order, invalidRefusal(encoded.problem));

    const failure = context.recorder.commit({ type: 'order', order, frame: new TextEncoder().encode(encoded.text) });
    if (failure !== null) return this.refuse(order, refusals.journalFailed(failure));
    const entry = this.track(order);
    const taken = context.link.send(encoded.text, () => context.stopped(order) === null);
    context.publish(order);
    if (!(await taken) && entry.order.state === 'sent') {
      this.forget(entry);
      const why = context.stopped(order) ?? refusals.noEa('command', context.link.endpoints.command);
      const refused = this.refuse(entry.order, why);
      // Until this is written, the journal would know the ID as sent.
      context.recorder.flush();
      return refused;
    }
    return entry.order;
  }

  /** Feedback for a signal_id. `history`: the EA sent it before this connection (W16). */
  feedback(signalId: string, outcome: Outcome, history: boolean): Order | null {
    const { alarm, positions } = this.context;
    const entry = this.recall(signalId);
    if (entry === null) {
      alarm(history ? feedbackAlarms.fromBefore() : feedbackAlarms.unasked(signalId, outcome));
      return null;
    }
    const { order } = entry;
    if (this.unprovedOrder === entry) this.unprovedOrder = null;
    const reported = outcomeOf(order);
    if (
      reported === null ||
      (order.state === 'unknown' && order.closeReported === null && outcome.state !== 'unknown')
    ) {
      if (outcome.state === 'filled' && isClose(order.action)) {
        positions.closeReported(order);
        this.update(entry, awaitPositions(order, outcome, this.sinceSent(entry)));
        this.context.askStatus();
      } else {
        this.settle(entry, settle(order, outcome, this.sinceSent(entry)));
      }
    } else if (sameOutcome(reported, outcome)) {
      this.update(entry, { ...order, repeats: order.repeats + 1 });
      alarm(feedbackAlarms.repeated(order));
    } else {
      this.update(entry, { ...order, repeats: order.repeats + 1, contradicted: true });
      alarm(feedbackAlarms.contradicted(order, outcome));
    }
    return entry.order;
  }

  /** W13: a frame that can't be read names this order. It settles nothing; a person can read it. */
  brokenFeedback(signalId: string, text: string): Order | null {
    const entry = this.recall(signalId);
    if (entry === null) return null;
    this.update(entry, { ...entry.order, brokenFeedback: text.slice(0, 512) });
    this.context.alarm(feedbackAlarms.broken(entry.order));
    return entry.order;
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
  settleByHand({ order: number, found, note }: SettlementRequest, by: OrderSource): Order {
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
    if (this.unprovedOrder === entry) this.unprovedOrder = null;
    this.settle(entry, settleByHand(entry.order, found, { by, at: this.context.clock.now(), note }));
    this.context.recorder.flush();
    return entry.order;
  }

  /** What left before this moment may or may not have arrived. */
  connectionLost(): void {
    for (const entry of this.context.book.open()) this.doubt(entry, 'connection_lost');
  }

  /** The EA's loop answered something that was sent at `since` (monotonic ms), so it has got past what was sent before. */
  loopProved(since: number): void {
    const entry = this.unprovedOrder;
    if (entry !== null && entry.order.state !== 'sent' && entry.sentAt < since) this.unprovedOrder = null;
  }

  stop(): void {
    for (const { cancelTimeout } of this.context.book.open()) cancelTimeout();
  }

  private check(order: Order, confirmed: readonly string[]): Refusal | null {
    const { gate } = this.context;
    const { action, symbol, lot, tp, sl, signalId } = order;
    const problem = checkSignal({ action, symbol, lot, tp, sl, signal_id: signalId }, this.context.rules(symbol));
    if (problem !== null) return invalidRefusal(problem);
    const known = this.lookUp(signalId);
    if (typeof known === 'string') return refusals.journalFailed(known);
    return known === null ? gate(order, confirmed) : refusals.duplicateId(signalId);
  }

  /** An order under this ID that may have left; a sentence when the journal can't say. */
  private lookUp(signalId: string): SentOrder | string | null {
    try {
      return this.context.book.find(signalId);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** What feedback is about. A journal that can't say must not cost the frame: it is alarmed like an unknown one. */
  private recall(signalId: string): SentOrder | null {
    const known = this.lookUp(signalId);
    if (typeof known !== 'string') return known;
    this.context.alarm(tradingAlarms.journalFailed(known));
    return null;
  }

  private track(order: Order): SentOrder {
    const { book, clock, positions } = this.context;
    const cancelTimeout = clock.after(feedbackTimeoutMs, () => {
      this.timedOut(entry);
    });
    const entry: SentOrder = { order, sentAt: clock.monotonic(), settledAt: null, cancelTimeout };
    book.add(entry);
    positions.sent(order);
    if (!isClose(order.action)) this.unprovedOrder = entry;
    return entry;
  }

  private timedOut(entry: SentOrder): void {
    const { positions, probe } = this.context;
    if (entry.order.closeReported !== null) {
      entry.cancelTimeout();
      this.update(entry, breakOff(entry.order, positions.count));
      this.context.alarm(feedbackAlarms.doubtful(entry.order));
      return;
    }
    this.doubt(entry, 'no_feedback');
    probe();
  }

  /** The socket took nothing: the order is as if it had never been sent. */
  private forget(entry: SentOrder): void {
    entry.cancelTimeout();
    this.context.book.remove(entry);
    if (this.unprovedOrder === entry) this.unprovedOrder = null;
  }

  private doubt(entry: SentOrder, reason: Doubt): void {
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

  private sinceSent({ sentAt }: SentOrder): number {
    return this.context.clock.monotonic() - sentAt;
  }

  private refuse(order: Order, refusal: Refusal): Order {
    const refused = refuse(order, refusal);
    this.context.recorder.record({ type: 'order', order: refused, frame: null });
    this.context.publish(refused);
    return refused;
  }

  private update(entry: SentOrder, order: Order): void {
    entry.order = order;
    this.context.recorder.record({ type: 'order', order, frame: null });
    this.context.publish(order);
  }
}
