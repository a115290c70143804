import { ContractFailure } from '../../api/contractFailure.ts';
import type { Sample } from '../../api/state/state.ts';
import type { PersonSource } from '../../domain/orders/order.ts';
import { AccountIdentity, accountKey } from '../account/accountIdentity.ts';
import { accountsKey } from '../account/accountNames.ts';
import { DayWatch } from '../account/dayWatch.ts';
import { Milestones } from '../account/milestones.ts';
import type { ReportedFigures } from '../account/reportedFigures.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import { tradingAlarms } from '../alarms/tradingAlarms.ts';
import type { JournalRows } from '../ports/journal.ts';
import type { Emit } from '../records/bridgeEvent.ts';
import type { Platform } from '../records/platform.ts';
import { EquityBaseline } from '../risk/equityBaseline.ts';
import type { BridgeTerms } from './bridgeConfig.ts';

export interface WatchedAccount {
  /** ID of the bridge. */
  id: string;
  settings: () => BridgeTerms;
  journal: Pick<JournalRows, 'remembered'>;
  /** Reports of the EA. */
  figures: ReportedFigures;
}

/** Listener for changes of a bridge's account. */
export interface AccountListener {
  /** Called when the EA may be on another account: what is known of positions doesn't apply to it. */
  other: () => void;
  /** Called when the account is not the one that a person has accepted. */
  changed: () => void;
}

/** Account, trading day and equity baseline of a bridge. */
export class AccountWatch {
  readonly identity: AccountIdentity;
  /** The current trading day. */
  readonly days: DayWatch;
  readonly baseline: EquityBaseline;
  private readonly account: WatchedAccount;
  private readonly platform: Platform;
  private readonly emit: Emit;
  private readonly milestones: Milestones;
  /** Difference between set and reported terms, as last alarmed. */
  private conflict: string | null = null;

  constructor(account: WatchedAccount, platform: Platform, emit: Emit, listener: AccountListener) {
    this.account = account;
    this.platform = platform;
    this.emit = emit;
    const { id, figures, journal, settings } = account;
    const { clock, journalWriter } = platform;
    this.identity = new AccountIdentity(
      {
        bridge: id,
        clock,
        journalWriter,
        other: () => {
          figures.forgetEarlier();
          listener.other();
          this.baseline.forget();
        },
        changed: (known, now) => {
          this.alarm(tradingAlarms.accountChanged(known, now));
          listener.changed();
        },
      },
      journal.remembered(accountKey(id)),
      journal.remembered(accountsKey(id)),
    );
    this.days = new DayWatch({
      clock,
      day: () => settings().limits.day,
      hasFigures: () => figures.figuresAgeMs() !== null,
      begins: (date) => {
        this.baseline.begins(date);
      },
    });
    const today = (): string => this.days.today().date;
    this.baseline = new EquityBaseline({ bridge: id, clock, journalWriter, today });
    this.milestones = new Milestones({ bridge: id, journalWriter, today });
  }

  /** Compares the account that the EA names with the known one. */
  look(): void {
    this.identity.observe(this.account.figures.name);
  }

  /**
   * Takes the figures of a pulse.
   * @param sample null: none came
   */
  observe(sample: Sample | null): void {
    this.look();
    if (sample === null || !this.identity.isRight) return;
    const { key, names } = this.identity;
    if (key === null) return;
    this.baseline.observe(key, names, sample);
    this.milestones.observe(key, names, sample);
  }

  /**
   * Accepts the current account by a person's decision.
   * @param account name that the person saw
   * @throws ContractFailure when the EA has changed the account again
   */
  accept(account: string, by: PersonSource): void {
    const { problem } = this.identity;
    const now = problem?.kind === 'changed' ? problem.now : this.identity.key;
    if (now !== account) {
      const message = `The EA is not on account ${account} any more. Look which one it is on now.`;
      throw new ContractFailure({ code: 'not_possible', message });
    }
    this.identity.accept(by);
    this.emit({ type: 'changed' });
  }

  /** @throws ContractFailure without an equity to start from */
  rebase(by: PersonSource, note: string): void {
    const { equity } = this.account.figures.freshFigures();
    const { key, names } = this.identity;
    if (equity === null || equity <= 0 || key === null) {
      const message = 'There is no equity of a named account to begin from. Try again when the Telemetry lamp is live.';
      throw new ContractFailure({ code: 'not_possible', message });
    }
    this.baseline.useAccount(key, names);
    this.baseline.rebase(equity);
    const { id: bridge } = this.account;
    this.platform.journalWriter.record({ type: 'rebased', bridge, account: key, equity, by, note });
    this.alarm(tradingAlarms.rebased(equity));
    this.emit({ type: 'changed' });
  }

  /** @throws ContractFailure without a named account */
  setDayStart(equity: number, by: PersonSource, note: string): void {
    const { key, names } = this.identity;
    if (key === null) {
      const message = 'The account is not named yet. Try again when the Telemetry lamp is live.';
      throw new ContractFailure({ code: 'not_possible', message });
    }
    this.baseline.useAccount(key, names);
    const before = this.baseline.base?.dayStartEquity ?? null;
    this.baseline.setDayStart(equity);
    const { id: bridge } = this.account;
    const { journalWriter } = this.platform;
    journalWriter.record({ type: 'rebased', bridge, account: key, equity, by, note, dayStart: { before } });
    this.alarm(tradingAlarms.dayStartSet(before, equity));
    this.emit({ type: 'changed' });
  }

  /** Raises an alarm where the set currency or leverage differs from the EA's report. */
  lookAtTerms(): void {
    const { figures, settings } = this.account;
    const { conflict } = figures.terms.with(settings());
    const missing = conflict?.missing ?? null;
    if (conflict !== null && missing !== this.conflict) this.alarm(tradingAlarms.termsDiffer(conflict));
    this.conflict = missing;
  }

  private alarm(alarm: AlarmText): void {
    this.emit({ type: 'alarm', alarm });
  }
}
