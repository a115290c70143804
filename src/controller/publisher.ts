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
  /** Where orders are published for other programs. */
  publication: Publication;
  /** Whoever fired an order hears of it. */
  orderChanged: (order: Order) => void;
  /** Told of a bug in what follows from an order. */
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

  /** Whatever follows from an order, the order itself goes on. */
  order(order: Order): void {
    const { bridges, onFault, orderChanged, publication, recent } = this.parts;
    recent.put(order);
    attempt(onFault, () => {
      // Before the order: it is asked about anew, at the price that it was compared with.
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
    // One that is being removed must not come back by its last words.
    if (this.parts.bridges.find(bridge.config.id) !== bridge) return;
    this.bridges.publish(bridge);
  }

  /** A bridge is removed. */
  forget(bridge: string): void {
    this.bridges.forget(bridge);
  }

  /** Publishes what is new of a bridge since the last call. */
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
