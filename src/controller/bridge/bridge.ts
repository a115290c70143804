import type { ConnectionHistory } from '../../api/state/connectionHistory.ts';
import { asError, doAll } from '../../base/guard.ts';
import type { PersonSource } from '../../domain/orders/order.ts';
import type { Quote } from '../../domain/market/quote.ts';
import type { BridgeState, Sample, UnreadableFrame } from '../../api/state/state.ts';
import type { PlanningContext } from '../../domain/orders/planningContext.ts';
import { findSymbol } from '../../domain/market/symbolTable.ts';
import type { BarTable } from '../account/barTable.ts';
import { ReportedFigures } from '../account/reportedFigures.ts';
import { type BridgeConfig, type BridgeTerms, limitsKey } from './bridgeConfig.ts';
import type { BridgeParts } from './bridgeParts.ts';
import { BridgeSnapshot } from './bridgeSnapshot.ts';
import { EaConnection } from './eaConnection.ts';
import { KillSwitchFollower } from './killSwitchFollower.ts';
import { JournalQueries } from '../records/journalQueries.ts';
import type { ClockJump } from '../account/clockWatch.ts';
import type { ConnectionCheck } from '../diagnostics/connectionCheck.ts';
import { aliveKey } from '../diagnostics/connectionLog.ts';
import { connectionHistory, historyMs, leadMs } from '../diagnostics/connectionSpans.ts';
import { connectionAlarms } from '../alarms/connectionAlarms.ts';
import { JournalAlarm } from '../alarms/journalAlarm.ts';
import { tradesSpanMs } from '../risk/tradeCounter.ts';
import { OrderManager } from './orderManager.ts';
import { planningInputs } from './planningInputs.ts';
import { SettingsChanges } from './settingsChanges.ts';
import { tradingAlarms } from '../alarms/tradingAlarms.ts';
import type { FrameLog } from '../session/frameLog.ts';
import type { Link } from '../ports/link.ts';
import type { BridgeSettings } from '../../api/settings/bridgeSettings.ts';
import type { Emit } from '../records/bridgeEvent.ts';
import type { CountedBridge } from '../signals/signalTarget.ts';

/** A bridge: its settings, EA, account and orders. */
export class Bridge {
  readonly orderManager: OrderManager;
  readonly records: JournalQueries;
  readonly bars: BarTable;
  readonly killSwitch: KillSwitchFollower;
  readonly snapshot: BridgeSnapshot;
  private readonly settings: SettingsChanges;
  private readonly parts: BridgeParts;
  private readonly emit: Emit;
  private readonly link: Link;
  private readonly account: ReportedFigures;
  private readonly connection: EaConnection;
  private readonly journalAlarm: JournalAlarm;

  /** @param emit called with the bridge's events */
  constructor(config: BridgeConfig, link: Link, parts: BridgeParts, emit: Emit) {
    const { journal, platform, shared } = parts;
    const { journalWriter } = platform;
    const { id } = config;
    this.parts = parts;
    this.emit = emit;
    this.link = link;
    this.records = new JournalQueries(id, () => this.config.limits.day, { ...platform, journal });
    const account = new ReportedFigures(platform.clock, (symbol) => findSymbol(this.config, symbol) !== null);
    this.account = account;
    this.bars = account.bars;
    this.settings = new SettingsChanges(config, account, journalWriter, emit, (why) => {
      this.orderManager.disarm(why);
    });
    const settings = (): BridgeTerms => this.settings.terms;
    this.journalAlarm = new JournalAlarm((alarm) => {
      emit({ type: 'alarm', alarm });
    });
    this.connection = new EaConnection(
      {
        id,
        config: () => this.config,
        state: () => this.state(),
        account,
        caughtUp: (isGreeted) => {
          this.settings.caughtUp(isGreeted);
        },
        makeOrders: (ea) =>
          new OrderManager({ id, settings, journal }, platform, account, ea, shared, (event) => {
            if (event.type === 'order') this.check.follow(event.order);
            emit(event);
          }),
      },
      link,
      parts,
      emit,
    );
    const { closeOnlySwitch, orderManager } = this.connection;
    this.orderManager = orderManager;
    this.killSwitch = new KillSwitchFollower(id, orderManager, closeOnlySwitch, journalWriter, emit);
    this.snapshot = new BridgeSnapshot(this.settings, link, account, this.connection, journalWriter);
  }

  /** Restores the orders and figures of earlier starts, and starts listening. Called once. */
  start(): void {
    const { journal } = this.parts;
    this.connection.peers.begin(journal.remembered(aliveKey(this.config.id)));
    this.orderManager.restore();
    this.settings.keepLimits(journal.remembered(limitsKey(this.config.id)));
    if (this.config.armed) this.orderManager.armAtStart();
    this.connection.listen();
  }

  /** The settings in force. */
  get config(): BridgeConfig {
    return this.settings.inForce;
  }

  /** The settings without what the EA fills: those to be stored. */
  get setByPerson(): BridgeConfig {
    return this.settings.byPerson;
  }

  /** Applies new settings, from the next order on. A change of an order's meaning disarms the bridge. */
  configure(changes: Partial<BridgeSettings>, by: PersonSource): void {
    this.settings.configure(changes, by);
  }

  get check(): ConnectionCheck {
    return this.connection.peers.check;
  }

  get wire(): FrameLog {
    return this.connection.wire;
  }

  /** Resumes trading once the second EA is removed. @throws ContractFailure `not_possible` with the reason */
  resumeTrading(by: PersonSource): void {
    this.connection.peers.resumeTrading(by);
  }

  /** Takes over an EA of another or a newer desk (N1). @throws ContractFailure `not_possible` with the reason */
  takeOverEa(theirs: number, by: PersonSource): void {
    this.orderManager.disarm('The EA was taken over from another desk.', by);
    this.connection.takeOver(theirs, by);
  }

  /**
   * Opens the command port anew for the EA's kind. Called while the bridge is disarmed and no order is open.
   * @throws Error the port can't be bound; it is tried again until it can
   */
  async rebindCommand(): Promise<void> {
    try {
      await this.link.rebindCommand?.(this.config.eaKind);
    } catch (error) {
      this.emit({ type: 'alarm', alarm: connectionAlarms.commandPortLost(asError(error).message) });
      throw error;
    }
  }

  /** Accepts an EA that answers no pings, after a person has checked it. @throws ContractFailure `not_possible` */
  acceptSilentEa(by: PersonSource): void {
    this.connection.acceptSilentEa(by);
  }

  /** ARCHITECTURE rule 7: handles a jump of the clock; earlier figures are no longer trusted. */
  clockJumped({ what, forwardMs }: ClockJump): void {
    this.account.age();
    this.account.quotes.age(forwardMs);
    this.emit({ type: 'alarm', alarm: tradingAlarms.disarmed(what) });
    this.orderManager.disarm(what);
  }

  /** Inputs for sizing a signal; stale values are null. */
  ground(symbol: string): PlanningContext {
    return planningInputs(this.settings.terms, this.account, symbol, this.parts.platform.clock.now());
  }

  /** Facts for an engine that counts its orders. */
  get counted(): CountedBridge {
    const { id } = this.config;
    const { journal, platform } = this.parts;
    return {
      id,
      dayFrom: () => this.orderManager.accountWatch.days.today().from,
      tradesBy: (source) =>
        journal.tradesSince(id, platform.clock.now() - tradesSpanMs).filter((order) => order.source === source),
    };
  }

  async connectionHistory(): Promise<ConnectionHistory> {
    const to = this.parts.platform.clock.now();
    const from = to - historyMs;
    // The newest rows are not in the journal yet.
    const unwritten = this.connection.peers.unwritten();
    const rows = await this.records.connections(from - leadMs);
    return connectionHistory([...rows, ...unwritten], from, to);
  }

  state(): BridgeState {
    return this.snapshot.state();
  }

  /** Why the bridge can't read its EA, write the journal or stay disarmed, as the end of a sentence; null: it can. */
  selfCheck(): string | null {
    const { journalWriter } = this.parts.platform;
    const { id } = this.config;
    journalWriter.flush();
    if (journalWriter.failure !== null)
      return `the journal of bridge ${id} can't be written (${journalWriter.failure})`;
    if (this.orderManager.state().armed) return `bridge ${id} can't be disarmed`;
    const broken = this.link.check?.() ?? null;
    return broken === null ? null : `${broken} (bridge ${id})`;
  }

  quotes(): Quote[] {
    return this.account.quotes.all();
  }

  /** Quotes that changed since the last publication. */
  changedQuotes(): Quote[] {
    return this.account.quotes.takeChanged();
  }

  unreadableFrames(): UnreadableFrame[] {
    return this.connection.unreadable.list();
  }

  /** Batch of changes since the last call. Called four times a second. */
  takeBatch(): { sample: Sample | null; unreadable: UnreadableFrame[] } {
    const { journalWriter } = this.parts.platform;
    const sample = this.account.takeSample(this.connection.peers.received);
    this.orderManager.observe(sample);
    if (sample !== null) {
      const account = this.orderManager.identity.key;
      journalWriter.record({ type: 'sample', bridge: this.config.id, account, sample });
    }
    this.connection.peers.look();
    if (this.connection.isCurrent) this.settings.leaveFilled();
    journalWriter.retry();
    this.journalAlarm.look(journalWriter.failure);
    return { sample, unreadable: this.connection.unreadable.takeFresh() };
  }

  /** Leaves the app: nobody will read further results, so orders without one become `unknown`, in the journal too. */
  leave(): void {
    this.connection.leave();
    this.parts.platform.journalWriter.flush();
  }

  /** @throws the first failure */
  async stop(): Promise<void> {
    await doAll([
      () => this.connection.stop(),
      () => {
        this.parts.platform.journalWriter.flush();
      },
    ]);
  }
}
