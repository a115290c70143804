import type { Confirmations, FireRequest } from '../../api/contract.ts';
import { feedbackTimeoutMs, type Order } from '../../domain/orders/order.ts';
import { invalidRefusal, type Refusal } from '../../domain/orders/refusal.ts';
import { refusals } from '../../domain/orders/refusals.ts';
import { encodeOrder } from './encodeOrder.ts';
import { RefusedOrders, told } from './refusedOrders.ts';
import { LeavingOrders } from './leavingOrders.ts';
import { isGuarded, type OrderOrigin } from './newOrder.ts';
import { type ChangeDraft, OrderDrafts } from './orderDrafts.ts';
import type { AskAgain, ExecutingEa, Leaving, OrderGuards, OrdersAtHand, OrderTerms } from './orderPorts.ts';
import type { SentOrder } from './sentOrders.ts';
import { ExecutionReports } from './executionReports.ts';
import { isChange, isEntry } from '../../domain/tradeTerms.ts';
import type { Emit } from '../records/bridgeEvent.ts';
import type { Platform } from '../records/platform.ts';

const encoder = new TextEncoder();

const nothingConfirmed: Confirmations = { confirmed: [] };

/** Longest time from the decision to fire until the socket takes the order, ms: later the price has moved on. */
const mostDelayMs = 500;

/** Sends orders, each written to the journal first (ARCHITECTURE rules 1 and 3). */
export class OrderSender {
  readonly reports: ExecutionReports;
  private readonly refusals: RefusedOrders;
  private readonly drafts: OrderDrafts;
  private readonly platform: Platform;
  private readonly terms: OrderTerms;
  private readonly known: OrdersAtHand;
  private readonly guards: OrderGuards;
  private readonly ea: ExecutingEa;
  private readonly emit: Emit;
  /** Buys and sells that the EA's loop is not proved to have passed, oldest first. */
  private readonly unproved = new Set<SentOrder>();
  private readonly leaving = new LeavingOrders();

  constructor(
    platform: Platform,
    terms: OrderTerms,
    known: OrdersAtHand,
    guards: OrderGuards,
    ea: ExecutingEa,
    emit: Emit,
  ) {
    this.platform = platform;
    this.terms = terms;
    this.known = known;
    this.guards = guards;
    this.ea = ea;
    this.emit = emit;
    this.refusals = new RefusedOrders(platform, emit);
    this.reports = new ExecutionReports(platform, known, ea, emit, (entry) => {
      this.unproved.delete(entry);
    });
    this.drafts = new OrderDrafts(platform, terms, (signalId) => {
      const known = this.reports.lookUpOnAny(signalId);
      return !known.readable || known.found !== null;
    });
  }

  /** S11: ID of the unanswered buy or sell that blocks the next one; null: none. */
  get unanswered(): string | null {
    const unanswered = [...[...this.unproved].map(({ order }) => order), ...this.leaving.trades()];
    return unanswered.length < this.guards.mostUnanswered ? null : (unanswered[0]?.signalId ?? null);
  }

  /** @param again called with the guards right before the order is sent */
  async fire(request: FireRequest, origin: OrderOrigin, again: AskAgain): Promise<Order> {
    const { ea } = this;
    const { clock } = this.platform;
    const firedAt = clock.monotonic();
    const { order: intended, rules } = this.drafts.signal(request, origin);
    const at = { deviation: this.terms.slippage(), sentAt: clock.now() };
    const encoded = encodeOrder(intended, rules, ea.session(), at);
    if (!encoded.ok) {
      const unset = rules.stopUnit === null && isEntry(intended.action);
      return this.refused(intended, unset ? refusals.stopUnitUnset() : invalidRefusal(encoded.problem));
    }
    const refusal = this.check(intended, request) ?? again(intended);
    if (refusal !== null) return this.refused(intended, refusal);
    const checkAgain = (order: Order): Refusal | null => this.checkAgain(order, request, firedAt) ?? again(order);
    const [sent] = this.sendAll([{ intended, encoded, firedAt, checkAgain }]);
    return sent ?? intended;
  }

  /**
   * Changes positions or pending orders, of which no two are the same: written with one commit, then sent one after the other.
   * @param check called with the guards before they are written, and again right before a guarded one is sent
   */
  async change(drafts: readonly ChangeDraft[], origin: OrderOrigin, check: AskAgain): Promise<Order[]> {
    const prepared = drafts.map((draft) => this.prepare(draft, origin, check));
    const sent = await Promise.all(this.sendAll(prepared.filter((each) => 'encoded' in each)));
    return prepared.map((each) => ('encoded' in each ? (sent.shift() ?? each.intended) : each));
  }

  /** @returns the order, where it is refused */
  private prepare(draft: ChangeDraft, origin: OrderOrigin, check: AskAgain): Leaving | Order {
    const { guards, ea } = this;
    const { clock } = this.platform;
    const firedAt = clock.monotonic();
    const intended = this.drafts.change(draft, origin);
    const look = (order: Order): Refusal | null => guards.check(order, nothingConfirmed) ?? check(order);
    const refusal = this.usedId(intended) ?? look(intended);
    if (refusal !== null) return this.refused(intended, refusal);
    const at = { deviation: this.terms.slippage(), sentAt: clock.now() };
    const encoded = encodeOrder(intended, this.terms.rules(intended.symbol), ea.session(), at);
    if (!encoded.ok) return this.refused(intended, invalidRefusal(encoded.problem));
    return { intended, encoded, firedAt, checkAgain: (order) => this.tooLate(order, firedAt) ?? look(order) };
  }

  /** Writes orders with one commit, then sends them one after the other. */
  private sendAll(leaving: readonly Leaving[]): Promise<Order>[] {
    if (leaving.length === 0) return [];
    const { guards, ea } = this;
    const written = leaving.map(({ intended, encoded }) => ({
      type: 'order' as const,
      order: { ...intended, session: ea.session(), unchecked: guards.unchecked(intended) },
      frame: encoded.bytes ?? encoder.encode(encoded.text),
    }));
    const failure = this.platform.journalWriter.commit(...written);
    return leaving.map((each, index) => this.leave(written[index]?.order ?? each.intended, each, failure));
  }

  /** Sends an order that is written. @param failure why it could not be written; null: it is */
  private async leave(order: Order, { encoded, firedAt, checkAgain }: Leaving, failure: string | null): Promise<Order> {
    const { guards, ea } = this;
    const { clock } = this.platform;
    if (failure !== null) return this.refused(order, refusals.journalFailed(failure));
    const durableMs = clock.monotonic() - firedAt;
    if (isGuarded(order)) {
      const why = (await this.turn(order)) ?? checkAgain(order);
      if (why !== null) return this.takeBack(order, why);
    } else if (!isChange(order.action)) this.leaving.overtake(order);
    const entry = this.track(order, firedAt, durableMs);
    const stopped = (): Refusal | null => guards.stopped(order) ?? this.tooLate(order, firedAt);
    const summary = { kind: 'signal', note: order.action, signalId: order.signalId };
    const taken = ea.link.send(encoded.bytes ?? encoded.text, summary, () => stopped() === null);
    this.emit({ type: 'order', order });
    const handed = await taken;
    if (handed && entry.timing !== null) {
      entry.timing = { ...entry.timing, handedMs: clock.monotonic() - firedAt };
    }
    if (!handed && entry.order.state === 'sent') {
      this.forget(entry);
      return this.takeBack(entry.order, stopped() ?? refusals.noEa('command', ea.link.endpoints.command));
    }
    return entry.order;
  }

  /** Records an order that was refused before any check. */
  refuse(asked: FireRequest | ChangeDraft, origin: OrderOrigin, refusal: Refusal): Order {
    const { drafts } = this;
    const order = 'change' in asked ? drafts.change(asked, origin) : drafts.signal(asked, origin).order;
    return this.refused(order, refusal);
  }

  /** Handles a lost connection: orders sent before may or may not have arrived. */
  connectionLost(): void {
    this.known.positions.stirred();
    for (const entry of this.known.sentOrders.open()) this.reports.happened(entry, { type: 'connection_lost' });
  }

  /** Handles a proof that the EA's loop has passed everything sent before `since`, monotonic ms. */
  loopProved(since: number): void {
    for (const entry of this.unproved) {
      if (entry.order.state !== 'sent' && entry.sentAt < since) this.unproved.delete(entry);
    }
  }

  /** Stops sending; resolves once the orders about to leave are written. */
  async stop(): Promise<void> {
    for (const { cancelTimeout } of this.known.sentOrders.open()) cancelTimeout();
    this.reports.placed.stop();
    this.reports.writeRepeats(true);
    if (!this.leaving.any) return;
    this.leaving.stop(refusals.ended());
    await this.platform.clock.turn();
  }

  private check(order: Order, confirmed: Confirmations): Refusal | null {
    // The ID of a person's close by symbol is unused by now, or newly made.
    const used = isGuarded(order) ? this.usedId(order) : null;
    return used ?? this.guards.check(order, confirmed);
  }

  /** Why an order can't have its ID: another one had it; null: it can. */
  private usedId({ signalId }: Order): Refusal | null {
    const known = this.reports.lookUpOnAny(signalId);
    if (!known.readable) return refusals.journalFailed(known.why);
    return known.found === null ? null : refusals.duplicateId(signalId);
  }

  /** Checks every guard again. A delay is reported in place of other refusals, since a delay also disarms. */
  private checkAgain(order: Order, confirmed: Confirmations, firedAt: number): Refusal | null {
    const refusal = this.guards.check(order, confirmed);
    return refusal?.code === 'kill_switch' ? refusal : (this.tooLate(order, firedAt) ?? refusal);
  }

  private refused(order: Order, why: Refusal): Order {
    return this.refusals.refuse(order, told(order, why));
  }

  /**
   * Lets the event loop read everything that waited while the order was written.
   * @returns what stopped the order; null: nothing
   */
  private async turn(order: Order): Promise<Refusal | null> {
    this.leaving.add(order);
    await this.platform.clock.turn();
    return this.leaving.finish(order);
  }

  private tooLate(order: Order, firedAt: number): Refusal | null {
    const delay = this.platform.clock.monotonic() - firedAt;
    return isGuarded(order) && delay > mostDelayMs ? refusals.tooLate(delay) : null;
  }

  /** Takes back an order written as sent. Until this is written, the journal knows the ID as sent. */
  private takeBack(order: Order, why: Refusal): Order {
    return this.refusals.takeBack(order, told(order, why));
  }

  private track(order: Order, firedAt: number, durableMs: number): SentOrder {
    const { clock } = this.platform;
    const { sentOrders, positions } = this.known;
    const cancelTimeout = clock.after(feedbackTimeoutMs, () => {
      this.reports.timedOut(entry);
      if (entry.order.closeReported === null) this.ea.probe();
    });
    const sentAt = clock.monotonic();
    const timing = { durableMs, handedMs: null, feedbackMs: null };
    const entry: SentOrder = { order, firedAt, sentAt, settledAt: null, timing, cancelTimeout };
    sentOrders.add(entry);
    positions.sent(order);
    if (isEntry(order.action)) this.unproved.add(entry);
    return entry;
  }

  /** Forgets an order that the socket did not take, as if it had never been sent. */
  private forget(entry: SentOrder): void {
    entry.cancelTimeout();
    this.known.sentOrders.remove(entry);
    this.unproved.delete(entry);
    if (isChange(entry.order.action)) this.known.positions.changeEnded(entry.order.number, false);
  }
}
