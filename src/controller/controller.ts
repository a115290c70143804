import type { FireRequest, SettlementRequest } from '../api/contract.ts';
import { ContractFailure } from '../api/contractFailure.ts';
import type { ProofOrderRequest } from '../api/queries/trialOrderPlan.ts';
import { asError, attempt, doAll, faultsOf, type OnFault } from '../base/guard.ts';
import type { AppEvent, SequencedEvent, Snapshot } from '../api/state/events.ts';
import type { Order, PersonSource, TimelineEntry } from '../domain/orders/order.ts';
import type { OrderRef } from '../domain/orders/orderRef.ts';
import { type AppState, keepUnreadable, type PaperFault } from '../api/state/state.ts';
import { AlarmLog } from './alarmLog.ts';
import { Bridge } from './bridge/bridge.ts';
import { BridgePublisher } from './bridge/bridgePublisher.ts';
import { Bridges } from './bridge/bridges.ts';
import type { BridgeConfig } from './bridge/bridgeConfig.ts';
import { ClockWatch } from './account/clockWatch.ts';
import { ExternalSignals } from './signals/externalSignals.ts';
import { EventStream } from './eventStream.ts';
import { guardedClock } from './ports/guardedClock.ts';
import { KillSwitch, killSwitchKey } from './risk/killSwitch.ts';
import { byPerson } from './orders/newOrder.ts';
import { locateOrder } from './orders/locateOrder.ts';
import { Orphans } from './orders/orphans.ts';
import type { Journal } from './ports/journal.ts';
import type { KillMark } from './ports/killMark.ts';
import { proofOrder } from './bridge/trialOrder.ts';
import { publishedOrder } from './orders/publishedOrder.ts';
import { RecentOrders } from './orders/recentOrders.ts';
import { JournalWriter } from './records/journalWriter.ts';
import { tradingAlarms } from './alarms/tradingAlarms.ts';
import type { AlarmText } from './alarms/alarm.ts';
import type { Unsubscribe } from '../base/unsubscribe.ts';
import type { Clock } from './ports/clock.ts';
import type { Link } from './ports/link.ts';
import type { EngineStore, FeedStore, Publication, RandomBytes, Sha256 } from './ports/stores.ts';
import type { Settings } from '../api/settings/appSettings.ts';

export interface ControllerOptions {
  clock: Clock;
  random: RandomBytes;
  sha256: Sha256;
  journal: Journal;
  /** IDs of the bridges that are going to be added: their orders are no orphans while they aren't there yet. */
  bridges?: readonly string[];
  app: Omit<AppState['app'], 'paperFault'>;
  settings: Settings;
  engines: EngineStore;
  feeds: FeedStore;
  publication: Publication;
  /** Left out: the journal alone keeps the kill switch. */
  killMark?: KillMark;
  /** S11. Left out: one; benches alone raise it. */
  mostUnanswered?: number;
  /** One sentence for the log. */
  logError: (sentence: string, error?: unknown) => void;
}

/** How often what is published in batches goes out, in ms. */
const pulseMs = 250;

/** The core of the app: its bridges, what happened on them, and the stream of events about it. */
export class Controller {
  private readonly clock: Clock;
  private readonly options: ControllerOptions;
  private readonly feed: EventStream;
  private readonly journalWriter: JournalWriter;
  private readonly alarms: AlarmLog;
  private readonly killSwitch: KillSwitch;
  private readonly orphans: Orphans;
  private readonly clockWatch: ClockWatch;
  readonly external: ExternalSignals;
  private readonly recent = new RecentOrders();
  private readonly bridges = new Bridges();
  /** Those that were removed. */
  private readonly gone = new Set<string>();
  private readonly bridgePublisher = new BridgePublisher((event) => {
    this.publish(event);
  });
  private settings: Settings;
  private paperFault: PaperFault | null = null;
  private lastOrderNumber: number;
  private readonly stopPulse: Unsubscribe;
  private readonly onTimerFault: OnFault;
  private readonly onOrderFault: OnFault;

  constructor(options: ControllerOptions) {
    this.options = options;
    this.onTimerFault = faultsOf('timer', options.logError);
    this.onOrderFault = faultsOf('order', options.logError);
    this.clock = guardedClock(options.clock, this.onTimerFault);
    this.settings = options.settings;
    this.feed = new EventStream(this.clock, faultsOf('follower', options.logError));
    this.journalWriter = new JournalWriter(this.clock, options.journal, options.logError, (alarm) => {
      this.alarms.raise(null, alarm);
    });
    this.alarms = new AlarmLog(this.clock, this.feed, this.journalWriter);
    this.killSwitch = new KillSwitch({
      clock: this.clock,
      journalWriter: this.journalWriter,
      remembered: options.journal.remembered(killSwitchKey),
      mark: options.killMark ?? { found: null, write: () => undefined },
      alarm: (alarm) => {
        this.alarms.raise(null, alarm);
      },
    });
    this.clockWatch = new ClockWatch(this.clock, pulseMs);
    this.lastOrderNumber = options.journal.lastOrderNumber();
    this.orphans = new Orphans({
      clock: this.clock,
      journal: options.journal,
      journalWriter: this.journalWriter,
      publish: (order) => {
        if (this.recent.find(order)?.state === order.state) return;
        this.recent.put(order);
        this.publish({ type: 'order', order });
      },
      alarm: (alarm) => {
        this.alarms.raise(null, alarm);
      },
    });
    this.external = new ExternalSignals({
      clock: this.clock,
      journalWriter: this.journalWriter,
      sha256: options.sha256,
      engineStore: options.engines,
      feedStore: options.feeds,
      bridges: () => this.bridges,
      bridge: (id) => this.bridges.getOrOnly(id),
      alarm: (alarm) => {
        this.alarms.raise(null, alarm);
      },
      publish: (event) => {
        this.publish(event);
      },
      onRefused: options.logError,
      onFault: faultsOf('signal', options.logError),
    });
    this.stopPulse = this.clock.every(pulseMs, () => {
      this.pulse();
    });
  }

  /** @param journal of the bridge's own, where it doesn't share the app's */
  addBridge(config: BridgeConfig, link: Link, journal: Journal = this.options.journal): Bridge {
    if (this.hasBridge(config.id)) throw new Error(`There is a bridge ${config.id} already.`);
    const shared = journal === this.options.journal;
    const alarm = (text: AlarmText): void => {
      this.alarms.raise(config.id, text);
    };
    const journalWriter = shared
      ? this.journalWriter
      : new JournalWriter(this.clock, journal, this.options.logError, alarm);
    this.lastOrderNumber = Math.max(this.lastOrderNumber, journal.lastOrderNumber());
    if (shared) this.orphans.look((id) => id === config.id || this.isThere(id));
    const ofGone = shared ? [] : journal.ordersInDoubt(null).filter(({ bridge: id }) => id !== config.id);
    const bridge: Bridge = new Bridge(config, link, {
      clock: this.clock,
      random: this.options.random,
      journal,
      journalWriter,
      nextOrderNumber: () => (this.lastOrderNumber += 1),
      orphans: () => (shared ? this.orphans.list() : ofGone),
      killed: () => this.killSwitch.on,
      lookAtClock: () => {
        this.lookAtClock();
      },
      publishOrder: (order) => {
        this.publishOrder(order);
      },
      tellRefusal: (order) => {
        this.external.orderChanged(order, this.hasBridge(order.bridge));
      },
      alarm,
      publication: this.options.publication,
      mostUnanswered: this.options.mostUnanswered ?? 1,
      changed: () => {
        attempt(this.onOrderFault, () => {
          this.publishBridge(bridge);
        });
      },
      onFault: faultsOf('command', this.options.logError),
      logError: this.options.logError,
    });
    this.bridges.add(bridge);
    this.gone.delete(config.id);
    for (const order of this.recent.addEarlier(config.id, journal)) this.publish({ type: 'order', order });
    this.external.bridgeAdded(bridge);
    bridge.start();
    journalWriter.flush();
    this.publishBridge(bridge);
    return bridge;
  }

  /** Its orders without a result are unknown from now on, and whoever waits for one hears it. */
  async removeBridge(id: string): Promise<void> {
    const bridge = this.bridge(id);
    bridge.leave();
    this.bridges.remove(id);
    this.bridgePublisher.forget(id);
    await bridge.stop();
    this.publish({ type: 'bridge_removed', id });
    this.gone.add(id);
    this.orphans.look((each) => this.isThere(each));
  }

  /** @throws ContractFailure `not_found` */
  bridge(id: string): Bridge {
    return this.bridges.get(id);
  }

  hasBridge(id: string): boolean {
    return this.bridges.find(id) !== undefined;
  }

  /** The TCP ports of every bridge's sockets, of the gateway and of the publication. */
  ports(): number[] {
    const { gateway, publish } = this.options.app;
    const ofApp = [gateway, publish].filter((endpoint) => endpoint !== null);
    const endpoints = [...this.bridges].flatMap((bridge) => Object.values(bridge.state().endpoints));
    return [...new Set([...endpoints, ...ofApp])].map((endpoint) =>
      Number(endpoint.slice(endpoint.lastIndexOf(':') + 1)),
    );
  }

  fire(request: FireRequest, source: PersonSource): Promise<Order> {
    return this.bridges.getOrOnly(request.bridge).orderManager.fire(request, byPerson(source));
  }

  /**
   * The order of a connection proof.
   * @throws ContractFailure `not_possible` where the account counts as live and was not confirmed twice
   */
  async fireProof(request: ProofOrderRequest, source: PersonSource): Promise<Order> {
    const bridge = this.bridge(request.bridge);
    const fired = await this.fire(proofOrder(bridge, request), source);
    // Its result may be there already.
    bridge.check.ordered(this.recent.find(fired) ?? fired);
    return fired;
  }

  /**
   * What a person found in MT5 about an unknown order.
   * @throws ContractFailure
   */
  settle(request: SettlementRequest, by: PersonSource): Order {
    const order = this.locate(request.order, request.bridge ?? null);
    const orphan = this.orphans.find(order);
    return orphan === null
      ? this.bridgeOfOrder(order).orderManager.settle(request, by)
      : this.orphans.settle(orphan, request, by);
  }

  /** @param bridge null: the only one that has an order of this number @throws ContractFailure */
  timeline(order: number, bridge: string | null = null): Promise<TimelineEntry[]> {
    const located = this.locate(order, bridge);
    if (!this.hasBridge(located.bridge) && this.ownerOf(order) === located.bridge) {
      return this.options.journal.timeline(order);
    }
    return this.bridgeOfOrder(located).records.timeline(order);
  }

  /** Stops every buy and sell on every bridge, at once and over restarts. */
  kill(by: PersonSource): void {
    if (!this.killSwitch.press(by)) return;
    this.alarms.raise(null, tradingAlarms.killed(by));
    for (const bridge of this.bridges) bridge.orderManager.disarm('The kill switch was pressed.', by);
    this.publish({ type: 'kill_switch', killSwitch: this.killSwitch.state });
  }

  /**
   * Trading is possible again; every bridge is armed by itself.
   * @throws ContractFailure where it can't be written down: the switch stays on
   */
  release(by: PersonSource): void {
    const { released, why } = this.killSwitch.release(by);
    if (why !== null) {
      const message = `The kill switch stays on, as its release can't be written down: ${why.replace(/\.$/, '')}. Make room on the disk, then release it again.`;
      throw new ContractFailure({ code: 'not_possible', message });
    }
    if (!released) return;
    this.publish({ type: 'kill_switch', killSwitch: null });
    for (const bridge of this.bridges) this.publishBridge(bridge);
  }

  /**
   * A bug came past every guard, and nobody knows what it left half done: nothing is bought or sold until a person arms
   * again. Sockets are read and closes work as before.
   * @returns why even that can't go on, as the end of a sentence
   */
  distrust(): string | null {
    for (const bridge of this.bridges) {
      attempt(this.onTimerFault, () => {
        bridge.orderManager.disarm('A bug in the desk came past every guard.');
      });
    }
    this.alarms.raise(null, tradingAlarms.bugFound());
    this.journalWriter.flush();
    if (this.journalWriter.failure !== null) return `the journal can't be written (${this.journalWriter.failure})`;
    for (const bridge of this.bridges) {
      const broken = bridge.selfCheck();
      if (broken !== null) return broken;
    }
    return null;
  }

  /** @param id the bridge that it is about; null: none */
  alarm(id: string | null, alarm: AlarmText): void {
    this.alarms.raise(id, alarm);
  }

  updateSettings(settings: Settings, by: PersonSource): void {
    this.settings = settings;
    this.journalWriter.record({ type: 'settings', bridge: null, by, changes: settings });
    this.publish({ type: 'settings', settings });
  }

  setPaperFault(fault: PaperFault | null): void {
    this.paperFault = fault;
    this.publish({ type: 'paper', fault });
  }

  /** Epoch ms, by the app's clock. */
  now(): number {
    return this.clock.now();
  }

  snapshot(): Snapshot {
    const bridges = [...this.bridges];
    const state: AppState = {
      app: { ...this.options.app, paperFault: this.paperFault },
      settings: this.settings,
      killSwitch: this.killSwitch.state,
      bridges: bridges.map((bridge) => bridge.state()),
      quotes: Object.fromEntries(bridges.map((bridge) => [bridge.config.id, bridge.quotes()])),
      orders: this.recent.list(),
      unreadable: keepUnreadable(
        bridges.flatMap((bridge) => bridge.unreadableFrames()).toSorted((one, other) => other.at - one.at),
      ),
      alarms: this.alarms.list(),
      ...this.external.state(),
    };
    return { seq: this.feed.seq, at: this.clock.now(), state };
  }

  follow(listener: (event: SequencedEvent) => void): Unsubscribe {
    return this.feed.follow(listener);
  }

  /** What can't be stopped keeps no order from being written down. @throws the first thing that went wrong */
  async stop(): Promise<void> {
    await doAll([
      this.stopPulse,
      () => {
        this.external.stop();
      },
      () => this.stopBridges(),
      () => {
        this.killSwitch.stop();
      },
      () => {
        this.journalWriter.flush();
      },
    ]);
  }

  /** All at once, so that none goes on trading while another ends. */
  private async stopBridges(): Promise<void> {
    for (const end of await Promise.allSettled([...this.bridges].map((bridge) => bridge.stop()))) {
      if (end.status === 'rejected') throw asError(end.reason);
    }
  }

  private publish(event: AppEvent): void {
    this.feed.publish(event);
  }

  /** Whatever follows from an order, the order itself goes on. */
  private publishOrder(order: Order): void {
    this.recent.put(order);
    attempt(this.onOrderFault, () => {
      // Before the order: it is asked about anew, at the price that it was compared with.
      const bridge = order.refusal?.code === 'changed' ? this.bridges.find(order.bridge) : undefined;
      if (bridge !== undefined) this.publishQuotes(bridge);
    });
    this.publish({ type: 'order', order });
    attempt(this.onOrderFault, () => {
      this.external.orderChanged(order, this.hasBridge(order.bridge));
    });
    attempt(this.onOrderFault, () => {
      const { publication } = this.options;
      if (publication.heard) publication.publish(publishedOrder(order));
    });
  }

  private publishBridge(bridge: Bridge): void {
    // One that is being removed must not come back by its last words.
    if (this.bridges.find(bridge.config.id) !== bridge) return;
    this.bridgePublisher.publish(bridge);
  }

  private lookAtClock(): void {
    const jump = this.clockWatch.look();
    if (jump !== null) for (const bridge of this.bridges) bridge.clockJumped(jump);
  }

  /** What fails for one part is done for the others. */
  private pulse(): void {
    const parts = [
      () => {
        this.lookAtClock();
      },
      () => {
        this.journalWriter.retry();
      },
      () => {
        this.external.pulse();
      },
      ...[...this.bridges].map((bridge) => () => {
        this.publishBatch(bridge);
      }),
    ];
    for (const part of parts) attempt(this.onTimerFault, part);
  }

  private publishBatch(bridge: Bridge): void {
    const { id } = bridge.config;
    const { sample, unreadable } = bridge.takeBatch();
    this.publishQuotes(bridge);
    if (sample !== null) this.publish({ type: 'samples', bridge: id, samples: [sample] });
    if (unreadable.length > 0) this.publish({ type: 'unreadable', frames: unreadable });
    this.publishBridge(bridge);
  }

  private publishQuotes(bridge: Bridge): void {
    const quotes = bridge.changedQuotes();
    if (quotes.length > 0) this.publish({ type: 'quotes', bridge: bridge.config.id, quotes });
  }

  /** Whether a bridge runs on the app's journal, or is about to. */
  private isThere(id: string): boolean {
    return this.hasBridge(id) || (this.options.bridges?.includes(id) === true && !this.gone.has(id));
  }

  /** The bridge whose order has this number in the app's journal. */
  private ownerOf(number: number): string | null {
    this.journalWriter.flush();
    return this.options.journal.findOrder(number)?.bridge ?? null;
  }

  /** @param bridge null: the only one that has an order of this number @throws ContractFailure */
  private locate(number: number, bridge: string | null): OrderRef {
    const recent = this.recent.bridgesOf(number);
    // What is at hand by its full name is found also while the journal can't be read.
    if (bridge !== null && recent.includes(bridge)) return { bridge, number };
    const running = [...this.bridges].filter(({ records }) => records.has(number)).map(({ config }) => config.id);
    const owner = this.ownerOf(number);
    return locateOrder(number, bridge, new Set([...running, ...(owner === null ? [] : [owner]), ...recent]));
  }

  /** @throws ContractFailure where its bridge has ended */
  private bridgeOfOrder({ bridge: id, number }: OrderRef): Bridge {
    const bridge = this.bridges.find(id);
    if (bridge !== undefined) return bridge;
    const message = `Order number ${String(number)} is of bridge "${id}", which doesn't run. Start it first.`;
    throw new ContractFailure({ code: 'not_possible', message });
  }
}
