import { attempt, type OnFault } from '../../base/guard.ts';
import type { AppEvent } from '../../api/state/events.ts';
import type { Order } from '../../domain/orders/order.ts';
import type { AppState } from '../../api/state/state.ts';
import type { SignalTarget } from './signalTarget.ts';
import { EngineSignals } from './engineSignals.ts';
import { GatewayRequests } from './gatewayRequests.ts';
import { EnginesNews } from './engineUpdates.ts';
import { FeedSubscriptions } from './feedSubscriptions.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import { SignalRouter } from './signalRouter.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import type { Clock } from '../ports/clock.ts';
import type { EngineStore, FeedStore, Sha256 } from '../ports/stores.ts';

export interface ExternalSignalsContext {
  clock: Clock;
  journalWriter: JournalWriter;
  sha256: Sha256;
  engineStore: EngineStore;
  feedStore: FeedStore;
  bridges: () => Iterable<SignalTarget>;
  /** @param id null: the only one @throws ContractFailure */
  bridge: (id: string | null) => SignalTarget;
  alarm: (alarm: AlarmText) => void;
  publish: (event: AppEvent) => void;
  /** One sentence for the log about a request that was refused before it became an order. */
  onRefused: (sentence: string) => void;
  onFault: OnFault;
}

/** All that asks for orders from outside, and is no person: engines at the gateway, and feeds. */
export class ExternalSignals {
  /** Signals on their way, and those that wait for a person. */
  readonly signals: SignalRouter;
  readonly engines: EngineSignals;
  /** What comes through the gateway. */
  readonly door: GatewayRequests;
  readonly feeds: FeedSubscriptions;
  private readonly context: ExternalSignalsContext;
  private readonly enginesNews = new EnginesNews();
  private feedsChanged = false;

  constructor(context: ExternalSignalsContext) {
    this.context = context;
    this.signals = new SignalRouter({
      ...context,
      waitingChanged: () => {
        context.publish({ type: 'waiting', signals: this.signals.waiting() });
      },
    });
    const { signals } = this;
    this.engines = new EngineSignals({
      ...context,
      signals,
      store: context.engineStore,
      changed: () => {
        this.enginesNews.change();
      },
    });
    this.feeds = new FeedSubscriptions({
      ...context,
      signals,
      store: context.feedStore,
      changed: () => {
        this.feedsChanged = true;
      },
    });
    this.door = new GatewayRequests({ ...context, engines: this.engines });
  }

  state(): Pick<AppState, 'engines' | 'feeds' | 'waiting'> {
    return { engines: this.engines.states(), feeds: this.feeds.states(), waiting: this.signals.waiting() };
  }

  /** Takes what engines have traded on a bridge before into account. */
  bridgeAdded(bridge: SignalTarget): void {
    this.engines.bridgeAdded(bridge);
  }

  /** Of any order. @param isCounted its bridge is there: one that is being removed has last words, which nobody counts */
  orderChanged(order: Order, isCounted: boolean): void {
    this.signals.orderChanged(order);
    if (isCounted) this.engines.orderChanged(order);
  }

  /** Publishes what has changed since the last time. */
  pulse(): void {
    this.signals.renew();
    const engines = this.enginesNews.changes(() => this.engines.states());
    if (engines !== null) this.context.publish({ type: 'engines', engines });
    if (!this.feedsChanged) return;
    this.feedsChanged = false;
    this.context.publish({ type: 'feeds', feeds: this.feeds.states() });
  }

  /** The app ends: who waits is told. */
  stop(): void {
    for (const part of [this.feeds, this.engines.registry, this.signals]) {
      attempt(this.context.onFault, () => {
        part.stop();
      });
    }
  }
}
