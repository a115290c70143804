import type { Order } from '../api/order.ts';
import { engineReplies, finalReply } from '../protocol/engineReply.ts';

/** Who hears of one order or waiting signal at a time; an engine that asks again and again takes its own earlier places. */
export const mostClients = 16;

/** Who asked, and hears what becomes of it (G3). */
export interface EngineClient {
  /** @param final a REQ client gets only this one */
  reply(text: string, final: boolean): void;
}

interface Watch {
  order: number | null;
  clients: EngineClient[];
  acknowledged: boolean;
}

/** Engines that wait for what becomes of their orders: at first `sent`, then the result. */
export class ReplyBook {
  /** By bridge and signal ID, as an order has no number before it is fired. */
  private readonly watches = new Map<string, Watch>();

  /** From before an order is fired: its first event may be its last. */
  watch(bridge: string, signalId: string, clients: readonly EngineClient[]): void {
    const known = this.watches.get(keyOf(bridge, signalId));
    if (known !== undefined) known.clients.push(...clients);
    else this.watches.set(keyOf(bridge, signalId), { order: null, clients: [...clients], acknowledged: false });
  }

  /** Tells somebody who asks again how an order stands, and what becomes of it. */
  tell(order: Order, client: EngineClient): void {
    const final = finalReply(order);
    if (final !== null) {
      client.reply(final, true);
      return;
    }
    const key = keyOf(order.bridge, order.signalId);
    const known = this.watches.get(key);
    if (known !== undefined && (known.order ?? order.number) === order.number) {
      known.clients.push(client);
      if (known.clients.length > mostClients) known.clients.shift()?.reply(engineReplies.sent(order), true);
      if (!known.acknowledged) return;
    } else this.watches.set(key, { order: order.number, clients: [client], acknowledged: true });
    client.reply(engineReplies.sent(order), false);
  }

  /** The order is in the socket. */
  sent(order: Order): void {
    const watch = this.watches.get(keyOf(order.bridge, order.signalId));
    if (watch !== undefined) this.acknowledge(watch, order);
  }

  /** The order as it is now. */
  changed(order: Order): void {
    const key = keyOf(order.bridge, order.signalId);
    const watch = this.watches.get(key);
    if (watch === undefined || (watch.order ?? order.number) !== order.number) return;
    watch.order = order.number;
    const final = finalReply(order);
    if (final === null) return;
    this.watches.delete(key);
    if (order.state !== 'refused') this.acknowledge(watch, order);
    for (const client of watch.clients) client.reply(final, true);
  }

  private acknowledge(watch: Watch, order: Order): void {
    if (watch.acknowledged) return;
    watch.acknowledged = true;
    for (const client of watch.clients) client.reply(engineReplies.sent(order), false);
  }
}

function keyOf(bridge: string, signalId: string): string {
  return `${signalId} ${bridge}`;
}
