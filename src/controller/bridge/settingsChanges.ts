import type { BridgeSettings } from '../../api/settings/bridgeSettings.ts';
import type { PersonSource } from '../../domain/orders/order.ts';
import type { ReportedFigures } from '../account/reportedFigures.ts';
import type { Emit } from '../records/bridgeEvent.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import { settingsEntry } from '../records/settingsEntry.ts';
import { type BridgeConfig, type BridgeTerms, limitsKey } from './bridgeConfig.ts';
import { type FilledTerms, noTerms, type SettingsChange, SettingsInForce } from './settingsInForce.ts';

/** Changes a bridge's settings, for a person or by what its EA tells, and records each change in the journal. */
export class SettingsChanges {
  private readonly settings: SettingsInForce;
  private readonly account: ReportedFigures;
  private readonly journalWriter: JournalWriter;
  private readonly emit: Emit;
  private readonly disarm: (why: string) => void;

  /** @param disarm called where an order is read otherwise than before, with the reason */
  constructor(
    config: BridgeConfig,
    account: ReportedFigures,
    journalWriter: JournalWriter,
    emit: Emit,
    disarm: (why: string) => void,
  ) {
    this.settings = new SettingsInForce(config);
    this.account = account;
    this.journalWriter = journalWriter;
    this.emit = emit;
    this.disarm = disarm;
  }

  /** The settings in force. */
  get inForce(): BridgeConfig {
    return this.settings.config;
  }

  /** The settings without what the EA fills: those to be stored. */
  get byPerson(): BridgeConfig {
    return this.settings.byPerson;
  }

  /** The settings in force with the EA's symbols. */
  get terms(): BridgeTerms {
    return this.settings.with({ toldSymbols: this.account.symbols.all });
  }

  /** Stores the limits where the journal has others. @param known limits in the journal */
  keepLimits(known: unknown): void {
    if (JSON.stringify(known) !== JSON.stringify(this.inForce.limits)) this.storeLimits();
  }

  /** Applies new settings, from the next order on. A change of an order's meaning disarms the bridge. */
  configure(changes: Partial<BridgeSettings>, by: PersonSource): void {
    this.apply(this.settings.configure(changes), by);
  }

  /**
   * Fills settings that nobody has set with what the EA tells (N1), for as long as it is there.
   * @param isGreeted whether it has said hello
   */
  caughtUp(isGreeted: boolean): void {
    // An EA of protocol 8 takes stops in points, whatever else it takes.
    this.fill(isGreeted ? { stopUnit: 'points', positionMode: this.account.positionMode } : noTerms);
  }

  /** Forgets the position mode of an account that the EA has left, and not said hello of the next. */
  leaveFilled(): void {
    const { stopUnit, positionMode } = this.settings.filled;
    if (positionMode !== null && this.account.positionMode === null) this.fill({ stopUnit, positionMode: null });
  }

  private fill(filled: FilledTerms): void {
    this.apply(this.settings.fillWith(filled), 'app');
  }

  private apply(change: SettingsChange | null, by: PersonSource | 'app'): void {
    if (change === null) return;
    const { before, changed, meaning } = change;
    this.journalWriter.record(settingsEntry<BridgeSettings>(before.id, by, before, changed));
    if (changed.limits !== undefined) this.storeLimits();
    if (meaning !== null) this.disarm(meaning);
    this.emit({ type: 'changed' });
  }

  /** Stores the limits for a start without settings. */
  private storeLimits(): void {
    const { id, limits } = this.inForce;
    this.journalWriter.record({ type: 'remember', key: limitsKey(id), value: limits });
  }
}
