import { attempt, type OnFault } from '../../base/guard.ts';
import type { AppEvent } from '../../api/state/events.ts';
import type { EngineSettings, FeedSettings } from '../../api/state/engines.ts';
import type { Order, PersonSource } from '../../domain/orders/order.ts';
import type { SeenOrder } from '../../domain/orders/seen.ts';
import type { EngineClient } from './replyRouter.ts';
import type { AppState } from '../../api/state/state.ts';
import type { SignalTarget } from './signalTarget.ts';
import { EngineLists } from './engineLists.ts';
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

/** All outside sources of orders besides persons: engines at the gateway, and feeds. */
export class ExternalSignals {
  private readonly router: SignalRouter;
  readonly engines: EngineSignals;
  private readonly gateway: GatewayRequests;
  private readonly feeds: FeedSubscriptions;
  private readonly context: ExternalSignalsContext;
  private readonly enginesNews = new EnginesNews();
  private feedsChanged = false;

  constructor(context: ExternalSignalsContext) {
    this.context = context;
    this.router = new SignalRouter({
      ...context,
      waitingChanged: () => {
        context.publish({ type: 'waiting', signals: this.router.waiting() });
      },
    });
    const { router: signals } = this;
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
    const lists = new EngineLists({
      ...context,
      log: (sentence) => {
        this.engines.log(sentence);
      },
      changed: () => {
        this.enginesNews.change();
      },
    });
    this.gateway = new GatewayRequests({ ...context, engines: this.engines, lists });
  }

  state(): Pick<AppState, 'engines' | 'feeds' | 'waiting'> {
    return { engines: this.engines.states(), feeds: this.feeds.states(), waiting: this.router.waiting() };
  }

  /** Handles one request of the gateway. Never throws for its content. */
  request(frame: Uint8Array, client: EngineClient): void {
    this.gateway.request(frame, client);
  }

  /**
   * @returns its token, which is not stored
   * @throws ContractFailure
   */
  addEngine(name: string, settings: EngineSettings, by: PersonSource): string {
    return this.engines.registry.add(name, settings, by);
  }

  /** @throws ContractFailure `not_found` */
  engineSettings(name: string): EngineSettings {
    return this.engines.registry.get(name).settings;
  }

  /** @throws ContractFailure when it can't be saved; tightened settings are in force all the same */
  configureEngine(name: string, settings: EngineSettings, by: PersonSource): void {
    this.engines.registry.configure(name, settings, by);
  }

  /**
   * Makes the engine refuse everything until a person resumes it.
   * @throws ContractFailure
   */
  pauseEngine(name: string, by: PersonSource): void {
    this.engines.registry.pause(name, by);
  }

  /**
   * Resumes an engine, also after it was halted.
   * @throws ContractFailure when it can't be saved
   */
  resumeEngine(name: string, by: PersonSource): void {
    this.engines.registry.resume(name, by);
  }

  /**
   * Removes an engine: its token is invalid at once, and its waiting signals are refused.
   * @throws ContractFailure `not_found`
   */
  removeEngine(name: string, by: PersonSource): void {
    this.engines.remove(name, by);
  }

  /** @throws ContractFailure when the name is taken, or it can't be saved */
  addFeed(settings: FeedSettings, by: PersonSource): void {
    this.feeds.add(settings, by);
  }

  /** @throws ContractFailure `not_found` */
  removeFeed(name: string, by: PersonSource): void {
    this.feeds.remove(name, by);
  }

  /**
   * Fires a waiting signal for a person.
   * @param on the bridge, where the signal names none
   * @param seen the order that the person saw: it leaves exactly so, or not at all; null: as listed
   * @throws ContractFailure `not_found`, `not_possible` while it is being fired
   */
  fireWaiting(number: number, on: string | null, by: PersonSource, seen: SeenOrder | null = null): Promise<Order> {
    return this.router.fireWaiting(number, on, by, seen);
  }

  /**
   * Dismisses a waiting signal.
   * @throws ContractFailure `not_found`
   */
  dismissWaiting(number: number): void {
    this.router.dismiss(number);
  }

  /** Counts what engines have traded on a new bridge before. */
  bridgeAdded(bridge: SignalTarget): void {
    this.engines.bridgeAdded(bridge);
  }

  /**
   * Follows any order.
   * @param isCounted false: its bridge is being removed, and its last orders are not counted
   */
  orderChanged(order: Order, isCounted: boolean): void {
    this.router.orderChanged(order);
    if (isCounted) this.engines.orderChanged(order);
  }

  /** Publishes changes since the last call. */
  pulse(): void {
    this.router.renew();
    const engines = this.enginesNews.changes(() => this.engines.states());
    if (engines !== null) this.context.publish({ type: 'engines', engines });
    if (!this.feedsChanged) return;
    this.feedsChanged = false;
    this.context.publish({ type: 'feeds', feeds: this.feeds.states() });
  }

  /** Ends the app's service: waiting clients are told. */
  stop(): void {
    for (const part of [this.feeds, this.engines.registry, this.router]) {
      attempt(this.context.onFault, () => {
        part.stop();
      });
    }
  }
}
