import type { BridgeState, BridgeStatus, BridgeTold, BridgeTrades } from '../../api/state/state.ts';
import type { ReportedFigures } from '../account/reportedFigures.ts';
import type { Link } from '../ports/link.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import type { EaConnection } from './eaConnection.ts';
import type { SettingsChanges } from './settingsChanges.ts';

/** A bridge's state as the contract has it: settings, status, what the EA tells, and what is open. */
export class BridgeSnapshot {
  private readonly settings: SettingsChanges;
  private readonly link: Link;
  private readonly account: ReportedFigures;
  private readonly connection: EaConnection;
  private readonly journalWriter: JournalWriter;

  constructor(
    settings: SettingsChanges,
    link: Link,
    account: ReportedFigures,
    connection: EaConnection,
    journalWriter: JournalWriter,
  ) {
    this.settings = settings;
    this.link = link;
    this.account = account;
    this.connection = connection;
    this.journalWriter = journalWriter;
  }

  /** The whole of it. */
  state(): BridgeState {
    const { endpoints, patterns } = this.link;
    return {
      ...this.settings.inForce,
      ...this.status(),
      ...this.told(),
      ...this.trades(),
      endpoints: { ...endpoints },
      running: patterns,
    };
  }

  /** The part that is neither settings nor fixed. */
  status(): BridgeStatus {
    const { connection } = this;
    return {
      ...connection.orderManager.state(),
      ...connection.status.shown(),
      account: this.accountState(),
      journalFailure: this.journalWriter.failure,
    };
  }

  /** What the EA tells of its terminal. */
  told(): BridgeTold {
    return { toldSymbols: this.account.symbols.all };
  }

  /** What the account has open. */
  trades(): BridgeTrades {
    return { openTrades: this.connection.orderManager.listed.shown.now };
  }

  /** Fills count as positions until the EA's next report. */
  private accountState(): BridgeState['account'] {
    const account = this.account.state();
    if (account.positions === null) return account;
    return { ...account, positions: account.positions + this.connection.orderManager.positions.knownFills };
  }
}
