import { attempt, type LogError, type OnFault } from '../base/guard.ts';
import type { AlarmLog } from './alarmLog.ts';
import { Bridge } from './bridge/bridge.ts';
import type { BridgeConfig } from './bridge/bridgeConfig.ts';
import type { SharedTrading } from './bridge/sharedTrading.ts';
import { sidesOpen } from './bridge/sidesOpen.ts';
import type { Bridges } from './bridge/bridges.ts';
import type { Orphans } from './orders/orphans.ts';
import type { RecentOrders } from './orders/recentOrders.ts';
import type { Clock } from './ports/clock.ts';
import type { Journal } from './ports/journal.ts';
import type { Link } from './ports/link.ts';
import type { Publication, RandomBytes } from './ports/stores.ts';
import type { Publisher } from './publisher.ts';
import type { BridgeEvent } from './records/bridgeEvent.ts';
import { JournalWriter } from './records/journalWriter.ts';
import type { ExternalSignals } from './signals/externalSignals.ts';

/** Services of the app that every bridge uses. */
export interface BridgeServices extends Pick<SharedTrading, 'killed' | 'lookAtClock' | 'mostUnanswered' | 'epoch'> {
  clock: Clock;
  random: RandomBytes;
  publication: Publication;
  /** The app's own journal, which bridges share. */
  journal: Journal;
  journalWriter: JournalWriter;
  /** IDs of bridges still to be added: their orders are no orphans meanwhile. */
  expected: readonly string[];
  logError: LogError;
}

/** Parts of the app that react to a bridge's events. */
export interface BridgeListeners {
  bridges: Bridges;
  recent: RecentOrders;
  orphans: Orphans;
  signals: ExternalSignals;
  publisher: Publisher;
  alarms: AlarmLog;
  /** Called with a bug in a reaction to a change. */
  onFault: OnFault;
}

/** Adds and removes bridges, and dispatches their events. */
export class BridgeSetup {
  private readonly services: BridgeServices;
  private readonly listeners: BridgeListeners;
  /** IDs of removed bridges. */
  private readonly gone = new Set<string>();
  private lastOrderNumber: number;

  constructor(services: BridgeServices, listeners: BridgeListeners) {
    this.services = services;
    this.listeners = listeners;
    this.lastOrderNumber = services.journal.lastOrderNumber();
  }

  /** @param journal a journal of the bridge's own; null: the app's */
  add(config: BridgeConfig, link: Link, journal: Journal | null): Bridge {
    const { bridges, orphans, publisher, recent, signals } = this.listeners;
    const { id } = config;
    if (bridges.find(id) !== undefined) throw new Error(`There is a bridge ${id} already.`);
    const own = journal ?? this.services.journal;
    const journalWriter = journal === null ? this.services.journalWriter : this.writerOf(id, journal);
    this.lastOrderNumber = Math.max(this.lastOrderNumber, own.lastOrderNumber());
    if (journal === null) orphans.look((each) => each === id || this.isThere(each));
    const ofGone = journal === null ? null : journal.ordersInDoubt(null).filter((order) => order.bridge !== id);
    const { clock, random, publication, killed, lookAtClock, mostUnanswered, epoch, logError } = this.services;
    const shared: SharedTrading = {
      nextOrderNumber: () => (this.lastOrderNumber += 1),
      killed,
      orphans: () => ofGone ?? orphans.list(),
      sidesOf: (asking, symbol) => sidesOpen(bridges, bridges.get(asking), symbol),
      lookAtClock,
      mostUnanswered,
      epoch,
    };
    const platform = { clock, random, journalWriter, logError };
    const bridge = new Bridge(config, link, { platform, journal: own, publication, shared }, (event) => {
      this.handle(id, event);
    });
    bridges.add(bridge);
    this.gone.delete(id);
    for (const order of recent.addEarlier(id, own)) publisher.event({ type: 'order', order });
    signals.bridgeAdded(bridge);
    bridge.start();
    journalWriter.flush();
    publisher.bridge(bridge);
    return bridge;
  }

  /**
   * Removes a bridge. Its orders without a result become `unknown`, and their waiting clients are told.
   * @throws ContractFailure `not_found`
   */
  async remove(id: string): Promise<void> {
    const { bridges, orphans, publisher } = this.listeners;
    const bridge = bridges.get(id);
    bridge.leave();
    bridges.remove(id);
    publisher.forget(id);
    await bridge.stop();
    publisher.event({ type: 'bridge_removed', id });
    this.gone.add(id);
    // Whoever follows has lost a bridge that was added under the same ID meanwhile: its changes alone don't bring it back.
    const next = bridges.find(id);
    if (next !== undefined) {
      publisher.forget(id);
      publisher.bridge(next);
    }
    orphans.look((each) => this.isThere(each));
  }

  private writerOf(id: string, journal: Journal): JournalWriter {
    const { clock, logError } = this.services;
    return new JournalWriter(clock, journal, logError, (alarm) => {
      this.listeners.alarms.raise(id, alarm);
    });
  }

  private handle(id: string, event: BridgeEvent): void {
    const { alarms, bridges, onFault, publisher, signals } = this.listeners;
    switch (event.type) {
      case 'order':
        publisher.order(event.order);
        return;
      case 'unlisted_refusal':
        signals.orderChanged(event.order, bridges.find(id) !== undefined);
        return;
      case 'alarm':
        alarms.raise(id, event.alarm);
        return;
      case 'changed':
        attempt(onFault, () => {
          const bridge = bridges.find(id);
          if (bridge !== undefined) publisher.bridge(bridge);
        });
    }
  }

  /** Whether a bridge of the app's journal runs or is about to. */
  private isThere(id: string): boolean {
    return this.listeners.bridges.find(id) !== undefined || (this.services.expected.includes(id) && !this.gone.has(id));
  }
}
