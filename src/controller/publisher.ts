import type { AppEvent } from '../api/state/events.ts';
import { attempt, type OnFault } from '../base/guard.ts';
import type { Order } from '../domain/orders/order.ts';
import type { Bridge } from './bridge/bridge.ts';
import { BridgePublisher } from './bridge/bridgePublisher.ts';
import type { Bridges } from './bridge/bridges.ts';
import type { EventStream } from './eventStream.ts';
import { publishedOrder } from './orders/publishedOrder.ts';
import type { RecentOrders } from './orders/recentOrders.ts';
import type { Publication } from './ports/stores.ts';

export interface PublisherParts {
  events: EventStream;
  recent: RecentOrders;
  bridges: Bridges;
  /** Publication of orders on port 5560. */
  publication: Publication;
  /** Tells the senders of an order about its new state. */
  orderChanged: (order: Order) => void;
  /** Called with a bug in a reaction to an order. */
  onFault: OnFault;
}

/** Publishes bridges and orders to the app's followers and, on port 5560, to other programs. */
export class Publisher {
  private readonly parts: PublisherParts;
  private readonly bridges: BridgePublisher;

  constructor(parts: PublisherParts) {
    this.parts = parts;
    this.bridges = new BridgePublisher((event) => {
      this.event(event);
    });
  }

  event(event: AppEvent): void {
    this.parts.events.publish(event);
  }

  /** Publishes an order. A failed reaction doesn't stop the order itself. */
  order(order: Order): void {
    const { bridges, onFault, orderChanged, publication, recent } = this.parts;
    recent.put(order);
    attempt(onFault, () => {
      // Published before the order: the window asks again, at the price that the order was compared with.
      const bridge = order.refusal?.code === 'changed' ? bridges.find(order.bridge) : undefined;
      if (bridge !== undefined) this.quotes(bridge);
    });
    this.event({ type: 'order', order });
    attempt(onFault, () => {
      orderChanged(order);
    });
    attempt(onFault, () => {
      if (publication.hasSubscribers) publication.publish(publishedOrder(order));
    });
  }

  bridge(bridge: Bridge): void {
    // A bridge being removed must not reappear with its last events.
    if (this.parts.bridges.find(bridge.config.id) !== bridge) return;
    this.bridges.publish(bridge);
  }

  /** Forgets a removed bridge. */
  forget(bridge: string): void {
    this.bridges.forget(bridge);
  }

  /** Publishes a bridge's changes since the last call. */
  batch(bridge: Bridge): void {
    const { id } = bridge.config;
    const { sample, unreadable } = bridge.takeBatch();
    this.quotes(bridge);
    if (sample !== null) this.event({ type: 'samples', bridge: id, samples: [sample] });
    if (unreadable.length > 0) this.event({ type: 'unreadable', frames: unreadable });
    this.bridge(bridge);
  }

  private quotes(bridge: Bridge): void {
    const quotes = bridge.changedQuotes();
    if (quotes.length > 0) this.event({ type: 'quotes', bridge: bridge.config.id, quotes });
  }
}
