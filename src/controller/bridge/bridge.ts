import type { ConnectionHistory } from '../../api/state/connectionHistory.ts';
import { ContractFailure } from '../../api/contractFailure.ts';
import { asError, doAll } from '../../base/guard.ts';
import type { PersonSource } from '../../domain/orders/order.ts';
import type { Quote } from '../../domain/market/quote.ts';
import type {
  BridgeState,
  BridgeStatus,
  BridgeTold,
  BridgeTrades,
  Sample,
  UnreadableFrame,
} from '../../api/state/state.ts';
import { type PlanningContext, planningContext } from '../../domain/orders/planningContext.ts';
import { findSymbol } from '../../domain/market/symbolTable.ts';
import type { BarTable } from '../account/barTable.ts';
import { ReportedFigures } from '../account/reportedFigures.ts';
import { type BridgeConfig, type BridgeTerms, limitsKey } from './bridgeConfig.ts';
import type { BridgeParts } from './bridgeParts.ts';
import { EaConnection } from './eaConnection.ts';
import { JournalQueries } from '../records/journalQueries.ts';
import { settingsEntry } from '../records/settingsEntry.ts';
import type { ClockJump } from '../account/clockWatch.ts';
import type { ConnectionCheck } from '../diagnostics/connectionCheck.ts';
import { aliveKey } from '../diagnostics/connectionLog.ts';
import { connectionHistory, historyMs, leadMs } from '../diagnostics/connectionSpans.ts';
import { connectionAlarms } from '../alarms/connectionAlarms.ts';
import { JournalAlarm } from '../alarms/journalAlarm.ts';
import { tradesSpanMs } from '../risk/tradeCounter.ts';
import { OrderManager } from './orderManager.ts';
import { type FilledTerms, noTerms, SettingsInForce } from './settingsInForce.ts';
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
  private readonly settings: SettingsInForce;
  private readonly parts: BridgeParts;
  private readonly emit: Emit;
  private readonly link: Link;
  private readonly account: ReportedFigures;
  private readonly connection: EaConnection;
  private readonly journalAlarm: JournalAlarm;

  /** @param emit called with the bridge's events */
  constructor(config: BridgeConfig, link: Link, parts: BridgeParts, emit: Emit) {
    const { journal, platform, shared } = parts;
    const { id } = config;
    this.settings = new SettingsInForce(config);
    this.parts = parts;
    this.emit = emit;
    this.link = link;
    this.records = new JournalQueries(id, () => this.config.limits.day, { ...platform, journal });
    const account = new ReportedFigures(platform.clock, (symbol) => findSymbol(this.config, symbol) !== null);
    this.account = account;
    this.bars = account.bars;
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
          // An EA of protocol 8 takes stops in points, whatever else it takes.
          this.fill(isGreeted ? { stopUnit: 'points', positionMode: account.positionMode } : noTerms);
        },
        makeOrders: (ea) =>
          new OrderManager({ id, settings: () => this.terms(), journal }, platform, account, ea, shared, (event) => {
            if (event.type === 'order') this.check.follow(event.order);
            emit(event);
          }),
      },
      link,
      parts,
      emit,
    );
    this.orderManager = this.connection.orderManager;
  }

  /** Restores the orders and figures of earlier starts, and starts listening. Called once. */
  start(): void {
    const { journal } = this.parts;
    this.connection.peers.begin(journal.remembered(aliveKey(this.config.id)));
    this.orderManager.restore();
    const knownLimits = journal.remembered(limitsKey(this.config.id));
    if (JSON.stringify(knownLimits) !== JSON.stringify(this.config.limits)) this.rememberLimits();
    if (this.config.armed) this.orderManager.armAtStart();
    this.connection.listen();
  }

  /** The settings in force. */
  get config(): BridgeConfig {
    return this.settings.config;
  }

  /** The settings without what the EA fills: those to be stored. */
  get setByPerson(): BridgeConfig {
    return this.settings.byPerson;
  }

  /** Applies new settings, from the next order on. A change of an order's meaning disarms the bridge. */
  configure(changes: Partial<BridgeSettings>, by: PersonSource): void {
    const change = this.settings.configure(changes);
    if (change === null) return;
    const { before, changed, meaning } = change;
    this.parts.platform.journalWriter.record(settingsEntry<BridgeSettings>(before.id, by, before, changed));
    if (changed.limits !== undefined) this.rememberLimits();
    if (meaning !== null) this.orderManager.disarm(meaning);
    this.emit({ type: 'changed' });
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

  /** Stops the bridge at the press of the kill switch, and closes its EA for entries (N9). */
  killed(by: PersonSource): void {
    this.orderManager.disarm('The kill switch was pressed.', by);
    this.connection.closeOnlySwitch.pressed();
  }

  /** Opens the EA for entries after a release of the kill switch. The bridge stays disarmed. */
  released(): void {
    this.connection.closeOnlySwitch.released();
    this.emit({ type: 'changed' });
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

  /** Whether the EA takes closes alone, or may do so. */
  get isEaClosed(): boolean {
    return this.connection.closeOnlySwitch.holdsEntries;
  }

  /**
   * Opens an EA that is closed for entries though no kill switch is on, and disarms.
   * @throws ContractFailure `not_possible` when that can't be written: the EA stays closed
   */
  releaseEa(by: PersonSource): void {
    const { id } = this.config;
    this.orderManager.disarm('The EA was released.', by);
    const entry = { type: 'settings', bridge: id, by, changes: { releasedEa: true } } as const;
    const why = this.parts.platform.journalWriter.commit(entry);
    if (why !== null) {
      const message = `The EA stays closed for entries, as its release can't be written down: ${why.replace(/\.$/, '')}. Make room on the disk, then release it again.`;
      throw new ContractFailure({ code: 'not_possible', message });
    }
    this.released();
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
    const { account, config } = this;
    const sources = {
      settings: this.terms(),
      terms: account.terms.with(config),
      figures: account.aged(),
      eaVersion: account.eaVersion,
      quoteOf: (name: string) => account.quotes.of(name),
      wasKnown: (name: string) => account.quotes.wasKnown(name),
      now: this.parts.platform.clock.now(),
    };
    return planningContext(sources, symbol);
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
    const { endpoints, patterns } = this.link;
    return {
      ...this.config,
      ...this.status(),
      ...this.told(),
      ...this.trades(),
      endpoints: { ...endpoints },
      running: patterns,
    };
  }

  /** The part of `state()` that is neither settings nor fixed. */
  status(): BridgeStatus {
    return {
      ...this.orderManager.state(),
      ...this.connection.status(),
      account: this.accountState(),
      journalFailure: this.parts.platform.journalWriter.failure,
    };
  }

  /** What the EA tells of its terminal. */
  told(): BridgeTold {
    return { toldSymbols: this.account.symbols.all };
  }

  /** What the account has open. */
  trades(): BridgeTrades {
    return { openTrades: this.orderManager.listed.shown.now };
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
    return this.connection.unreadableFrames();
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
    this.leaveFilled();
    journalWriter.retry();
    this.journalAlarm.look(journalWriter.failure);
    return { sample, unreadable: this.connection.freshUnreadable() };
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

  private terms(): BridgeTerms {
    return this.settings.with(this.told());
  }

  /** Fills settings that nobody has set with what the EA tells (N1), for as long as it is there. */
  private fill(filled: FilledTerms): void {
    const change = this.settings.fillWith(filled);
    if (change === null) return;
    const { before, changed, meaning } = change;
    this.parts.platform.journalWriter.record(settingsEntry<BridgeSettings>(before.id, 'app', before, changed));
    if (meaning !== null) this.orderManager.disarm(meaning);
    this.emit({ type: 'changed' });
  }

  /** Forgets the position mode of an account that the EA has left, and not said hello of the next. */
  private leaveFilled(): void {
    const { stopUnit, positionMode } = this.settings.filled;
    const isForgotten = positionMode !== null && this.account.positionMode === null;
    if (isForgotten && this.connection.isCurrent) this.fill({ stopUnit, positionMode: null });
  }

  /** Stores the limits for a start without settings. */
  private rememberLimits(): void {
    const { id, limits } = this.config;
    this.parts.platform.journalWriter.record({ type: 'remember', key: limitsKey(id), value: limits });
  }

  /** Fills count as positions until the EA's next report. */
  private accountState(): BridgeState['account'] {
    const account = this.account.state();
    if (account.positions === null) return account;
    return { ...account, positions: account.positions + this.orderManager.positions.knownFills };
  }
}
