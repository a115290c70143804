import type { FireRequest } from '../api/contract.ts';
import type { Order, OrderQuote, Unchecked } from '../api/order.ts';
import { encodeSignal } from '../protocol/commandFrame.ts';
import { feedbackTimeoutMs } from '../protocol/order.ts';
import { invalidRefusal, refusals, type Refusal } from '../protocol/refusal.ts';
import { isClose, type SignalRules } from '../protocol/signal.ts';
import { newOrder, type OrderOrigin } from './newOrder.ts';
import type { SentOrder } from './orderBook.ts';
import { OrderOutcomes, type OrderOutcomesContext } from './orderOutcomes.ts';
import type { Link, RandomBytes } from './ports.ts';

const encoder = new TextEncoder();

export interface OrderDeskContext extends OrderOutcomesContext {
  bridge: string;
  /** What the EA takes of a symbol. */
  rules: (symbol: string) => SignalRules;
  /** The broker's name of a symbol. */
  brokerSymbol: (symbol: string) => string;
  random: RandomBytes;
  /** S11: how many buys and sells may be unanswered at a time. */
  mostUnanswered: number;
  link: Pick<Link, 'send' | 'endpoints'>;
  nextOrderNumber: () => number;
  accountKey: () => string | null;
  quote: (symbol: string) => OrderQuote | null;
  tradingDay: (at: number) => string;
  /** What of an order that may leave could not be checked. */
  unchecked: (order: Order) => readonly Unchecked[];
  /** Why an order must not leave now: guards and limits (ARCHITECTURE rule 3). */
  gate: (order: Order, confirmed: readonly string[]) => Refusal | null;
  /** Why an order that is about to be put on the wire must stay here after all. */
  stopped: (order: Order) => Refusal | null;
  /** Asks the EA for a sign of life. */
  probe: () => void;
}

/** Sends orders, each written down before (ARCHITECTURE rules 1 and 3). */
export class OrderDesk {
  readonly outcomes: OrderOutcomes;
  private readonly context: OrderDeskContext;
  /** Buys and sells that the EA has not been seen to get past, the oldest first. */
  private readonly unproved = new Set<SentOrder>();

  constructor(context: OrderDeskContext) {
    this.context = context;
    this.outcomes = new OrderOutcomes(context, (entry) => {
      this.unproved.delete(entry);
    });
  }

  /** S11: the buy or sell that the EA has not been seen to get past, and that stands in the way of the next. */
  get unanswered(): string | null {
    if (this.unproved.size < this.context.mostUnanswered) return null;
    return this.unproved.values().next().value?.order.signalId ?? null;
  }

  /** What a start finds from before: what was `sent` is `unknown` from now on. */
  restore(inDoubt: readonly Order[], settled: readonly Order[]): void {
    const { book } = this.context;
    for (const order of settled) book.add(book.earlier(order));
    for (const order of inDoubt) {
      const entry = book.earlier(order);
      book.add(entry);
      if (order.state === 'sent') this.outcomes.doubt(entry, 'restart');
    }
  }

  async fire(request: FireRequest, origin: OrderOrigin): Promise<Order> {
    const { context, outcomes } = this;
    const firedAt = context.clock.monotonic();
    const { order: wished, rules } = this.begin(request, origin);
    const { action, symbol, lot, tp, sl, signalId } = wished;
    const encoded = encodeSignal({ action, symbol, lot, tp, sl, signal_id: signalId }, rules);
    if (!encoded.ok) {
      const unset = rules.stopUnit === null && !isClose(action);
      return outcomes.refuse(wished, unset ? refusals.stopUnitUnset() : invalidRefusal(encoded.problem));
    }
    const refusal = this.check(wished, request.confirmed);
    if (refusal !== null) return outcomes.refuse(wished, refusal);
    const order = { ...wished, unchecked: context.unchecked(wished) };

    const failure = context.recorder.commit({
      type: 'order',
      order,
      frame: encoded.bytes ?? encoder.encode(encoded.text),
    });
    if (failure !== null) return outcomes.refuse(order, refusals.journalFailed(failure));
    const entry = this.track(order, firedAt);
    const taken = context.link.send(encoded.bytes ?? encoded.text, () => context.stopped(order) === null);
    context.publish(order);
    const handed = await taken;
    if (handed && entry.timing !== null) {
      entry.timing = { ...entry.timing, handedMs: context.clock.monotonic() - firedAt };
    }
    if (!handed && entry.order.state === 'sent') {
      this.forget(entry);
      const why = context.stopped(order) ?? refusals.noEa('command', context.link.endpoints.command);
      const refused = outcomes.refuse(entry.order, why);
      // Until this is written, the journal would know the ID as sent.
      context.recorder.flush();
      return refused;
    }
    return entry.order;
  }

  /** An order that was refused before it could be tried. */
  refuse(request: FireRequest, origin: OrderOrigin, refusal: Refusal): Order {
    return this.outcomes.refuse(this.begin(request, origin).order, refusal);
  }

  /** What left before this moment may or may not have arrived. */
  connectionLost(): void {
    this.context.positions.stirred();
    for (const entry of this.context.book.open()) this.outcomes.doubt(entry, 'connection_lost');
  }

  /** The EA's loop answered something that was sent at `since` (monotonic ms), so it has got past what was sent before. */
  loopProved(since: number): void {
    for (const entry of this.unproved) {
      if (entry.order.state !== 'sent' && entry.sentAt < since) this.unproved.delete(entry);
    }
  }

  stop(): void {
    for (const { cancelTimeout } of this.context.book.open()) cancelTimeout();
    this.outcomes.writeRepeats(true);
  }

  private begin(fired: FireRequest, origin: OrderOrigin): { order: Order; rules: SignalRules } {
    const { context } = this;
    // Here, so that whoever fires may say XAUUSD and the EA gets XAUUSD.m; `close_all` carries no symbol of the broker's.
    const request = fired.action === 'close_all' ? fired : { ...fired, symbol: context.brokerSymbol(fired.symbol) };
    const rules = context.rules(request.symbol);
    return { order: newOrder(request, origin, context.nextOrderNumber(), rules.stopUnit, context), rules };
  }

  private check(order: Order, confirmed: readonly string[]): Refusal | null {
    const known = this.outcomes.lookUpOnAny(order.signalId);
    if (typeof known === 'string') return refusals.journalFailed(known);
    return known === null ? this.context.gate(order, confirmed) : refusals.duplicateId(order.signalId);
  }

  private track(order: Order, firedAt: number): SentOrder {
    const { book, clock, positions } = this.context;
    const cancelTimeout = clock.after(feedbackTimeoutMs, () => {
      this.outcomes.timedOut(entry);
      if (entry.order.closeReported === null) this.context.probe();
    });
    const sentAt = clock.monotonic();
    const timing = { durableMs: sentAt - firedAt, handedMs: null, feedbackMs: null };
    const entry: SentOrder = { order, sentAt, settledAt: null, timing, cancelTimeout };
    book.add(entry);
    positions.sent(order);
    if (!isClose(order.action)) this.unproved.add(entry);
    return entry;
  }

  /** The socket took nothing: the order is as if it had never been sent. */
  private forget(entry: SentOrder): void {
    entry.cancelTimeout();
    this.context.book.remove(entry);
    this.unproved.delete(entry);
  }
}
