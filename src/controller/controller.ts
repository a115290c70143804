import { asError, doAll, faultsOf, type OnFault } from '../base/guard.ts';
import type { AppEvent, SequencedEvent, Snapshot } from '../api/state/events.ts';
import type { PersonSource } from '../domain/orders/order.ts';
import { type AppState, keepUnreadable, type PaperFault } from '../api/state/state.ts';
import { AlarmLog } from './alarmLog.ts';
import type { Bridge } from './bridge/bridge.ts';
import { BridgeSetup } from './bridgeSetup.ts';
import { Bridges } from './bridge/bridges.ts';
import type { BridgeConfig } from './bridge/bridgeConfig.ts';
import { ConnectionCalls } from './connectionCalls.ts';
import { ExternalSignals } from './signals/externalSignals.ts';
import { EventStream } from './eventStream.ts';
import { guardedClock } from './ports/guardedClock.ts';
import { JournalCalls } from './journalCalls.ts';
import { KillSwitch, killSwitchKey } from './risk/killSwitch.ts';
import { OrderCalls } from './orderCalls.ts';
import { Orphans } from './orders/orphans.ts';
import type { Journal } from './ports/journal.ts';
import { Publisher } from './publisher.ts';
import { Pulse } from './pulse.ts';
import { RecentOrders } from './orders/recentOrders.ts';
import { settingsEntry } from './records/settingsEntry.ts';
import { JournalWriter } from './records/journalWriter.ts';
import { RiskCalls } from './riskCalls.ts';
import type { AlarmText } from './alarms/alarm.ts';
import type { Unsubscribe } from '../base/unsubscribe.ts';
import type { Clock } from './ports/clock.ts';
import type { ControllerOptions } from './controllerOptions.ts';
import type { Link } from './ports/link.ts';
import type { Settings } from '../api/settings/appSettings.ts';

/** The core of the app: bridges, their records, and the stream of events about them. */
export class Controller {
  private readonly clock: Clock;
  private readonly options: ControllerOptions;
  private readonly feed: EventStream;
  private readonly journalWriter: JournalWriter;
  private readonly alarms: AlarmLog;
  private readonly killSwitch: KillSwitch;
  private readonly orphans: Orphans;
  private readonly publisher: Publisher;
  private readonly setup: BridgeSetup;
  readonly orders: OrderCalls;
  readonly risk: RiskCalls;
  readonly connections: ConnectionCalls;
  readonly journal: JournalCalls;
  /** Engines, feeds, and signals that wait for a person. */
  readonly signals: ExternalSignals;
  private readonly recent = new RecentOrders();
  private readonly bridges = new Bridges();
  private settings: Settings;
  private paperFault: PaperFault | null = null;
  private readonly pulse: Pulse;
  private readonly onTimerFault: OnFault;
  private readonly onOrderFault: OnFault;

  constructor(options: ControllerOptions) {
    this.options = options;
    this.onTimerFault = faultsOf('timer', options.logError);
    this.onOrderFault = faultsOf('order', options.logError);
    this.clock = guardedClock(options.clock, this.onTimerFault);
    this.settings = options.settings;
    const alarm = (text: AlarmText): void => {
      this.alarms.raise(null, text);
    };
    const publish = (event: AppEvent): void => {
      this.feed.publish(event);
    };
    const { bridges, recent } = this;
    this.feed = new EventStream(this.clock, faultsOf('follower', options.logError));
    this.journalWriter = new JournalWriter(this.clock, options.journal, options.logError, alarm);
    this.alarms = new AlarmLog(this.clock, this.feed, this.journalWriter);
    this.killSwitch = new KillSwitch({
      clock: this.clock,
      journalWriter: this.journalWriter,
      remembered: options.journal.remembered(killSwitchKey),
      mark: options.killMark ?? { found: null, write: () => undefined },
      alarm,
    });
    this.orphans = new Orphans({
      clock: this.clock,
      journal: options.journal,
      journalWriter: this.journalWriter,
      publish: (order) => {
        if (recent.find(order)?.state === order.state) return;
        recent.put(order);
        publish({ type: 'order', order });
      },
      alarm,
    });
    this.signals = new ExternalSignals({
      clock: this.clock,
      journalWriter: this.journalWriter,
      sha256: options.sha256,
      engineStore: options.engines,
      feedStore: options.feeds,
      bridges: () => bridges,
      bridge: (id) => bridges.getOrOnly(id),
      alarm,
      publish,
      onRefused: options.logError,
      onFault: faultsOf('signal', options.logError),
    });
    this.publisher = new Publisher({
      events: this.feed,
      recent,
      bridges,
      publication: options.publication,
      orderChanged: (order) => {
        this.signals.orderChanged(order, this.hasBridge(order.bridge));
      },
      onFault: this.onOrderFault,
    });
    this.pulse = new Pulse({
      clock: this.clock,
      bridges,
      journalWriter: this.journalWriter,
      signals: this.signals,
      publisher: this.publisher,
      onFault: this.onTimerFault,
    });
    this.setup = new BridgeSetup(
      {
        clock: this.clock,
        random: options.random,
        publication: options.publication,
        journal: options.journal,
        journalWriter: this.journalWriter,
        expected: options.bridges ?? [],
        killed: () => this.killSwitch.on,
        lookAtClock: () => {
          this.pulse.lookAtClock();
        },
        mostUnanswered: options.mostUnanswered ?? 1,
        epoch: options.epoch ?? { current: 1, raise: () => undefined },
        logError: options.logError,
      },
      {
        bridges,
        recent,
        orphans: this.orphans,
        signals: this.signals,
        publisher: this.publisher,
        alarms: this.alarms,
        onFault: this.onOrderFault,
      },
    );
    this.orders = new OrderCalls(bridges, recent, this.orphans, {
      journal: options.journal,
      journalWriter: this.journalWriter,
    });
    this.risk = new RiskCalls(bridges, this.killSwitch, this.journalWriter, {
      alarm,
      publish,
      onFault: this.onTimerFault,
    });
    this.connections = new ConnectionCalls(bridges, [options.app.gateway, options.app.publish]);
    this.journal = new JournalCalls(bridges, this.alarms);
  }

  /** @param journal a journal of the bridge's own; left out: the app's */
  addBridge(config: BridgeConfig, link: Link, journal: Journal = this.options.journal): Bridge {
    return this.setup.add(config, link, journal === this.options.journal ? null : journal);
  }

  /** Removes a bridge. Its orders without a result become `unknown`, and their waiting clients are told. */
  removeBridge(id: string): Promise<void> {
    return this.setup.remove(id);
  }

  /** @throws ContractFailure `not_found` */
  bridge(id: string): Bridge {
    return this.bridges.get(id);
  }

  hasBridge(id: string): boolean {
    return this.bridges.find(id) !== undefined;
  }

  /** @param id bridge of the alarm; null: the whole app */
  alarm(id: string | null, alarm: AlarmText): void {
    this.alarms.raise(id, alarm);
  }

  updateSettings(settings: Settings, by: PersonSource): void {
    this.journalWriter.record(settingsEntry(null, by, this.settings, settings));
    this.settings = settings;
    this.publisher.event({ type: 'settings', settings });
  }

  setPaperFault(fault: PaperFault | null): void {
    this.paperFault = fault;
    this.publisher.event({ type: 'paper', fault });
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
      ...this.signals.state(),
    };
    return { seq: this.feed.seq, at: this.clock.now(), state };
  }

  follow(listener: (event: SequencedEvent) => void): Unsubscribe {
    return this.feed.follow(listener);
  }

  /** Stops every part, also after one has failed, so that orders still get written. @throws the first failure */
  async stop(): Promise<void> {
    await doAll([
      () => {
        this.pulse.stop();
      },
      () => {
        this.signals.stop();
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

  /** Stops all bridges at once, so that none trades while another ends. */
  private async stopBridges(): Promise<void> {
    for (const end of await Promise.allSettled([...this.bridges].map((bridge) => bridge.stop()))) {
      if (end.status === 'rejected') throw asError(end.reason);
    }
  }
}
