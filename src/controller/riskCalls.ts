import { ContractFailure } from '../api/contractFailure.ts';
import type { AppEvent } from '../api/state/events.ts';
import { attempt, type OnFault } from '../base/guard.ts';
import type { PersonSource } from '../domain/orders/order.ts';
import type { AlarmText } from './alarms/alarm.ts';
import { tradingAlarms } from './alarms/tradingAlarms.ts';
import type { Bridges } from './bridge/bridges.ts';
import type { JournalWriter } from './records/journalWriter.ts';
import type { KillSwitch } from './risk/killSwitch.ts';

/** Listeners of the risk calls. */
interface RiskNews {
  alarm: (alarm: AlarmText) => void;
  publish: (event: AppEvent) => void;
  /** Called with a bug in one bridge; the others go on. */
  onFault: OnFault;
}

/** Calls that permit or stop trading: arming, kill switch, account, equity baseline. */
export class RiskCalls {
  private readonly bridges: Bridges;
  private readonly killSwitch: KillSwitch;
  private readonly journalWriter: JournalWriter;
  private readonly news: RiskNews;

  constructor(bridges: Bridges, killSwitch: KillSwitch, journalWriter: JournalWriter, news: RiskNews) {
    this.bridges = bridges;
    this.killSwitch = killSwitch;
    this.journalWriter = journalWriter;
    this.news = news;
  }

  /** @throws ContractFailure `not_possible` with the reason and the next step */
  arm(bridge: string, by: PersonSource): void {
    this.bridges.get(bridge).orderManager.arm(by);
  }

  disarm(bridge: string, by: PersonSource): void {
    this.bridges.get(bridge).orderManager.disarm(null, by);
  }

  /** Stops every buy and sell on every bridge, at once and over restarts. */
  kill(by: PersonSource): void {
    if (!this.killSwitch.press(by)) return;
    this.news.alarm(tradingAlarms.killed(by));
    for (const bridge of this.bridges) {
      attempt(this.news.onFault, () => {
        bridge.killSwitch.pressed(by);
      });
    }
    this.news.publish({ type: 'kill_switch', killSwitch: this.killSwitch.state });
  }

  /**
   * Releases the kill switch, and every EA that is closed for entries, also by another desk; bridges stay disarmed.
   * @throws ContractFailure `not_possible` when that can't be written: the switch stays on
   */
  release(by: PersonSource): void {
    const { released, why } = this.killSwitch.release(by);
    if (why !== null) {
      const message = `The kill switch stays on, as its release can't be written down: ${why.replace(/\.$/, '')}. Make room on the disk, then release it again.`;
      throw new ContractFailure({ code: 'not_possible', message });
    }
    if (!released) {
      for (const bridge of this.bridges) if (bridge.killSwitch.isEaClosed) bridge.killSwitch.releaseEa(by);
      return;
    }
    this.news.publish({ type: 'kill_switch', killSwitch: null });
    for (const bridge of this.bridges) {
      attempt(this.news.onFault, () => {
        bridge.killSwitch.released();
      });
    }
  }

  /**
   * Releases one EA that is closed for entries though no kill switch is on (N9), and disarms its bridge.
   * @throws ContractFailure `not_possible` with the reason and the next step
   */
  releaseEa(bridge: string, by: PersonSource): void {
    const follower = this.bridges.get(bridge).killSwitch;
    const message = this.killSwitch.on
      ? 'The kill switch was pressed meanwhile: it closes every EA. Release it first.'
      : 'The EA is not closed for entries any more. Look again what it says.';
    if (this.killSwitch.on || !follower.isEaClosed) throw new ContractFailure({ code: 'not_possible', message });
    follower.releaseEa(by);
  }

  /**
   * Accepts the EA's current account.
   * @throws ContractFailure when the EA has changed the account again
   */
  acceptAccount(bridge: string, account: string, by: PersonSource): void {
    this.bridges.get(bridge).orderManager.accountWatch.accept(account, by);
  }

  /**
   * Names an account whose EA reports no name.
   * @throws ContractFailure
   */
  nameAccount(bridge: string, name: string, by: PersonSource): void {
    this.bridges.get(bridge).orderManager.identity.namedByPerson(name, by);
  }

  /**
   * Restarts day start and peak at the current equity.
   * @throws ContractFailure without an equity
   */
  rebase(bridge: string, note: string, by: PersonSource): void {
    this.bridges.get(bridge).orderManager.accountWatch.rebase(by, note);
  }

  /**
   * Sets the equity that the day started with.
   * @throws ContractFailure without a named account
   */
  setDayStart(bridge: string, equity: number, note: string, by: PersonSource): void {
    this.bridges.get(bridge).orderManager.accountWatch.setDayStart(equity, by, note);
  }

  /**
   * Sets what a rule of losses is measured from: the figures of the day's beginning, or the peak.
   * @throws ContractFailure `not_possible` with the reason
   */
  setRuleBase(bridge: string, rule: string, value: number, note: string, by: PersonSource): void {
    this.bridges.get(bridge).orderManager.accountRules.byPerson.setBase(rule, value, by, note);
  }

  /**
   * Ends the lock of a rule that has closed everything.
   * @throws ContractFailure `not_possible` with the reason
   */
  unlockAccount(bridge: string, rule: string, note: string, by: PersonSource): void {
    this.bridges.get(bridge).orderManager.accountRules.byPerson.unlock(rule, by, note);
  }

  /**
   * Reacts to a bug that no entry point's guard has caught, with unknown consequences: disarms every bridge until a
   * person arms again. Sockets are read and closes work as before.
   * @returns why the app can't go on, as the end of a sentence; null: it can
   */
  distrust(): string | null {
    for (const bridge of this.bridges) {
      attempt(this.news.onFault, () => {
        bridge.orderManager.disarm('A bug in the desk came past every guard.');
      });
    }
    this.news.alarm(tradingAlarms.bugFound());
    this.journalWriter.flush();
    if (this.journalWriter.failure !== null) return `the journal can't be written (${this.journalWriter.failure})`;
    for (const bridge of this.bridges) {
      const broken = bridge.selfCheck();
      if (broken !== null) return broken;
    }
    return null;
  }
}
