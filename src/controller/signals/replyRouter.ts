import { feedbackTimeoutMs, type Order } from '../../domain/orders/order.ts';
import { engineReplies, finalReply, isUnverified } from '../../protocol/gateway/engineReply.ts';
import type { Clock } from '../ports/clock.ts';

/** Most clients waiting for one order or signal; an engine that keeps asking replaces its own earlier clients. */
export const mostClients = 16;

/** Most unverified orders whose engines wait for the outcome; the oldest are dropped. */
const mostUnverified = 1_000;

/** A client that waits for an outcome (G3). */
export interface EngineClient {
  /** A REQ client: it must get exactly one reply. */
  readonly single?: boolean;
  /** @param final a REQ client gets only a final reply */
  reply(text: string, final: boolean): void;
}

interface Watch {
  order: number | null;
  clients: EngineClient[];
  acknowledged: boolean;
  /** Last reply about an unverified success; null: none yet. */
  unverified: string | null;
}

/** Routes replies to the engines that wait for their orders: first `sent`, then the result. */
export class ReplyRouter {
  private readonly clock: Clock;
  /** Watches by bridge and signal ID, since an order has no number before it is fired. */
  private readonly watches = new Map<string, Watch>();
  private readonly unverified = new Set<string>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Starts before the order is fired: its first event may be its last. */
  watch(bridge: string, signalId: string, clients: readonly EngineClient[]): void {
    const known = this.watches.get(keyOf(bridge, signalId));
    if (known !== undefined) known.clients.push(...clients);
    else this.keep(keyOf(bridge, signalId), null, [...clients]);
  }

  /** Replies with an order's state, now and when it changes. */
  tell(order: Order, client: EngineClient): void {
    const final = finalReply(order);
    const unverified = isUnverified(order);
    // One reply is enough now.
    if (final !== null && (!unverified || client.single === true)) {
      client.reply(final, true);
      return;
    }
    const key = keyOf(order.bridge, order.signalId);
    const known = this.watches.get(key);
    const said = final ?? engineReplies.sent(order);
    if (known !== undefined && (known.order ?? order.number) === order.number) {
      known.clients.push(client);
      if (known.clients.length > mostClients) known.clients.shift()?.reply(said, true);
      if (!known.acknowledged) return;
    } else {
      const watch = this.keep(key, order.number, [client]);
      watch.acknowledged = true;
      watch.unverified = unverified ? final : null;
      if (unverified) this.follow(key);
    }
    client.reply(said, false);
  }

  /** The order is in the socket: sends the `ack`. */
  sent(order: Order): void {
    const watch = this.watches.get(keyOf(order.bridge, order.signalId));
    if (watch !== undefined) this.acknowledge(watch, order);
  }

  /** Sends replies about an order's new state. */
  changed(order: Order): void {
    const key = keyOf(order.bridge, order.signalId);
    const watch = this.watches.get(key);
    if (watch === undefined || (watch.order ?? order.number) !== order.number) return;
    watch.order = order.number;
    const final = finalReply(order);
    if (final === null) return;
    if (order.state !== 'refused') this.acknowledge(watch, order);
    if (isUnverified(order)) {
      this.tellUnverified(key, watch, order, final);
      return;
    }
    this.forget(key);
    for (const client of watch.clients) client.reply(final, true);
  }

  /** At the app's end every client that waits for one reply gets the last state. */
  stop(): void {
    for (const key of this.unverified) this.endWaits(key);
  }

  /** D22: positions may still confirm it. Clients of one reply wait for that as long as for any result. */
  private tellUnverified(key: string, watch: Watch, order: Order, reply: string): void {
    const before = watch.unverified;
    if (before === reply) return;
    watch.unverified = reply;
    for (const client of watch.clients) client.reply(reply, false);
    if (before !== null) return;
    this.follow(key);
    this.clock.after(Math.max(0, feedbackTimeoutMs - (order.roundTripMs ?? 0)), () => {
      if (this.watches.get(key) === watch) this.endWaits(key);
    });
  }

  /** Ends the wait of clients that get one reply. */
  private endWaits(key: string): void {
    const watch = this.watches.get(key);
    const unverified = watch?.unverified ?? null;
    if (watch === undefined || unverified === null) return;
    const [single, others] = [watch.clients.filter(isSingle), watch.clients.filter((client) => !isSingle(client))];
    watch.clients = others;
    for (const client of single) client.reply(unverified, true);
  }

  private follow(key: string): void {
    this.unverified.add(key);
    const [oldest] = this.unverified;
    if (this.unverified.size <= mostUnverified || oldest === undefined) return;
    this.endWaits(oldest);
    this.forget(oldest);
  }

  private keep(key: string, order: number | null, clients: EngineClient[]): Watch {
    const watch = { order, clients, acknowledged: false, unverified: null };
    this.watches.set(key, watch);
    return watch;
  }

  private forget(key: string): void {
    this.watches.delete(key);
    this.unverified.delete(key);
  }

  private acknowledge(watch: Watch, order: Order): void {
    if (watch.acknowledged) return;
    watch.acknowledged = true;
    for (const client of watch.clients) client.reply(engineReplies.sent(order), false);
  }
}

const isSingle = ({ single }: EngineClient): boolean => single === true;

function keyOf(bridge: string, signalId: string): string {
  return `${signalId} ${bridge}`;
}
