import type { FireRequest } from '../api/contract.ts';
import type { Order, OrderSource } from '../api/state.ts';
import type { Undo } from '../api/transport.ts';
import { encodeSignal } from '../protocol/commandFrame.ts';
import { feedbackTimeoutMs, type Doubt } from '../protocol/order.ts';
import { sameOutcome, type Outcome } from '../protocol/outcome.ts';
import { invalidRefusal, refusals, type Refusal } from '../protocol/refusal.ts';
import { isClose, type SignalRules } from '../protocol/signal.ts';
import { generateSignalId, signalIdRandomBytes } from '../protocol/signalId.ts';
import type { AlarmText } from './alarmBook.ts';
import type { Clock, Link, RandomBytes } from './ports.ts';
import type { Recorder } from './recorder.ts';
import { doubt, feedbackAlarms, refuse, settle } from './orderTransitions.ts';

export interface OrderDeskContext {
  bridge: string;
  rules: SignalRules;
  clock: Clock;
  random: RandomBytes;
  recorder: Recorder;
  link: Pick<Link, 'send' | 'endpoints'>;
  nextNumber: () => number;
  accountKey: () => string | null;
  /** Why an order of this action must not leave now. */
  obstacle: (action: Order['action']) => Refusal | null;
  publish: (order: Order) => void;
  alarm: (alarm: AlarmText) => void;
  /** Asks the EA for a sign of life after an order went without feedback. */
  probe: () => void;
}

interface SentOrder {
  order: Order;
  sentAt: number;
  outcome: Outcome | null;
  cancelTimeout: Undo;
}

/** Sends orders, and decides what became of each (ARCHITECTURE rules 1 to 3). */
export class OrderDesk {
  private readonly context: OrderDeskContext;
  /** Every order that may have left, by its signal_id: the EA would trade a second one (W4). */
  private readonly sent = new Map<string, SentOrder>();
  private readonly open = new Set<SentOrder>();
  private unprovedOrder: SentOrder | null = null;

  constructor(context: OrderDeskContext) {
    this.context = context;
  }

  /** S11: the buy or sell that the EA has not been seen to get past. */
  get unanswered(): string | null {
    return this.unprovedOrder?.order.signalId ?? null;
  }

  async fire(request: FireRequest, source: OrderSource): Promise<Order> {
    const { context } = this;
    const order = this.newOrder(request, source);
    const { action, symbol, lot, tp, sl, signalId } = order;
    const encoded = encodeSignal({ action, symbol, lot, tp, sl, signal_id: signalId }, context.rules);
    if (!encoded.ok) return this.refuse(order, invalidRefusal(encoded.problem));
    if (this.sent.has(signalId)) return this.refuse(order, refusals.duplicateId(signalId));
    const obstacle = context.obstacle(action);
    if (obstacle !== null) return this.refuse(order, obstacle);

    const failure = context.recorder.record({ type: 'order', order });
    if (failure !== null) return this.refuse(order, refusals.journalFailed(failure));
    const entry = this.track(order);
    const taken = context.link.send(encoded.text);
    context.publish(order);
    if (!(await taken) && entry.outcome === null) {
      this.forget(entry);
      return this.refuse(entry.order, refusals.noEa('command', context.link.endpoints.command));
    }
    return entry.order;
  }

  /** Feedback for a signal_id. `history`: the EA sent it before this connection (W16). */
  feedback(signalId: string, outcome: Outcome, history: boolean): Order | null {
    const entry = this.sent.get(signalId);
    if (entry === undefined) {
      this.context.alarm(history ? feedbackAlarms.fromBefore() : feedbackAlarms.unasked(signalId, outcome));
      return null;
    }
    const { order } = entry;
    if (this.unprovedOrder === entry) this.unprovedOrder = null;
    if (entry.outcome === null || (order.state === 'unknown' && outcome.state !== 'unknown')) {
      const late = order.state === 'unknown';
      entry.outcome = outcome;
      this.close(entry);
      this.update(entry, settle(order, outcome, this.context.clock.monotonic() - entry.sentAt));
      if (late) this.context.alarm(feedbackAlarms.late(entry.order));
    } else if (sameOutcome(entry.outcome, outcome)) {
      this.update(entry, { ...order, repeats: order.repeats + 1 });
      this.context.alarm(feedbackAlarms.repeated(order));
    } else {
      this.update(entry, { ...order, repeats: order.repeats + 1, contradicted: true });
      this.context.alarm(feedbackAlarms.contradicted(order, outcome));
    }
    return entry.order;
  }

  /** What left before this moment may or may not have arrived. */
  connectionLost(): void {
    for (const entry of [...this.open]) this.doubt(entry, 'connection_lost');
  }

  /** The EA's loop answered something that was sent at `since` (monotonic ms), so it has got past what was sent before. */
  loopProved(since: number): void {
    if (this.unprovedOrder !== null && this.unprovedOrder.order.state !== 'sent' && this.unprovedOrder.sentAt < since) {
      this.unprovedOrder = null;
    }
  }

  stop(): void {
    for (const entry of this.open) entry.cancelTimeout();
    this.open.clear();
  }

  private newOrder(request: FireRequest, source: OrderSource): Order {
    const { bridge, rules, clock, random } = this.context;
    return {
      number: this.context.nextNumber(),
      bridge,
      account: this.context.accountKey(),
      signalId:
        request.signalId === '' ? generateSignalId(request.symbol, random(signalIdRandomBytes)) : request.signalId,
      source,
      action: request.action,
      symbol: request.symbol,
      lot: request.lot,
      sl: request.sl,
      tp: request.tp,
      stopUnit: rules.stopUnit,
      state: 'sent',
      at: clock.now(),
      refusal: null,
      doubt: null,
      ticket: null,
      price: null,
      unverified: false,
      message: null,
      roundTripMs: null,
      late: false,
      repeats: 0,
      contradicted: false,
    };
  }

  private track(order: Order): SentOrder {
    const { clock } = this.context;
    const cancelTimeout = clock.after(feedbackTimeoutMs, () => {
      this.doubt(entry, 'no_feedback');
      this.context.probe();
    });
    const entry: SentOrder = { order, sentAt: clock.monotonic(), outcome: null, cancelTimeout };
    this.sent.set(order.signalId, entry);
    this.open.add(entry);
    if (!isClose(order.action)) this.unprovedOrder = entry;
    return entry;
  }

  /** The socket took nothing: the order is as if it had never been sent. */
  private forget(entry: SentOrder): void {
    this.close(entry);
    this.sent.delete(entry.order.signalId);
    if (this.unprovedOrder === entry) this.unprovedOrder = null;
  }

  private close(entry: SentOrder): void {
    entry.cancelTimeout();
    this.open.delete(entry);
  }

  private doubt(entry: SentOrder, reason: Doubt): void {
    this.close(entry);
    this.update(entry, doubt(entry.order, reason));
    this.context.alarm(feedbackAlarms.doubtful(entry.order));
  }

  private refuse(order: Order, refusal: Refusal): Order {
    const refused = refuse(order, refusal);
    this.context.recorder.record({ type: 'order', order: refused });
    this.context.publish(refused);
    return refused;
  }

  private update(entry: SentOrder, order: Order): void {
    entry.order = order;
    this.context.recorder.record({ type: 'order', order });
    this.context.publish(order);
  }
}
