import { ContractFailure } from '../api/contractFailure.ts';
import type { AppEvent } from '../api/state/events.ts';
import { attempt, type OnFault } from '../base/guard.ts';
import type { PersonSource } from '../domain/orders/order.ts';
import type { AlarmText } from './alarms/alarm.ts';
import { tradingAlarms } from './alarms/tradingAlarms.ts';
import type { Bridge } from './bridge/bridge.ts';
import type { Bridges } from './bridge/bridges.ts';
import type { JournalWriter } from './records/journalWriter.ts';
import type { KillSwitch } from './risk/killSwitch.ts';

/** Listeners of the risk calls. */
interface RiskNews {
  alarm: (alarm: AlarmText) => void;
  publish: (event: AppEvent) => void;
  /** A bridge may trade again or no more. */
  bridgeChanged: (bridge: Bridge) => void;
  /** Told of a bug in one bridge, which keeps the others from nothing. */
  onFault: OnFault;
}

/** Calls that decide whether may be traded: arming, the kill switch, whose account it is, what losses are measured from. */
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

  /** @throws ContractFailure `not_possible` with why not, and what to do */
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
    for (const bridge of this.bridges) bridge.orderManager.disarm('The kill switch was pressed.', by);
    this.news.publish({ type: 'kill_switch', killSwitch: this.killSwitch.state });
  }

  /**
   * Trading is possible again; every bridge is armed by itself.
   * @throws ContractFailure `not_possible` where it can't be written down: the switch stays on
   */
  release(by: PersonSource): void {
    const { released, why } = this.killSwitch.release(by);
    if (why !== null) {
      const message = `The kill switch stays on, as its release can't be written down: ${why.replace(/\.$/, '')}. Make room on the disk, then release it again.`;
      throw new ContractFailure({ code: 'not_possible', message });
    }
    if (!released) return;
    this.news.publish({ type: 'kill_switch', killSwitch: null });
    for (const bridge of this.bridges) this.news.bridgeChanged(bridge);
  }

  /** A person says that the account of now is the right one. @throws ContractFailure when the EA is on another one by now */
  acceptAccount(bridge: string, account: string, by: PersonSource): void {
    this.bridges.get(bridge).orderManager.accountWatch.accept(account, by);
  }

  /** A person names an account that its EA does not name. @throws ContractFailure */
  nameAccount(bridge: string, name: string, by: PersonSource): void {
    this.bridges.get(bridge).orderManager.identity.namedByPerson(name, by);
  }

  /** Measures losses anew from the equity of now. @throws ContractFailure when there is none to begin from */
  rebase(bridge: string, note: string, by: PersonSource): void {
    this.bridges.get(bridge).orderManager.accountWatch.rebase(by, note);
  }

  /**
   * A bug came past every guard, and nobody knows what it left half done: nothing is bought or sold until a person arms
   * again. Sockets are read and closes work as before.
   * @returns why even that can't go on, as the end of a sentence
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
