import { ContractFailure } from '../api/contractFailure.ts';
import type { AppEvent } from '../api/state/events.ts';
import type { PersonSource } from '../domain/orders/order.ts';
import type { AlarmText } from './alarms/alarm.ts';
import { tradingAlarms } from './alarms/tradingAlarms.ts';
import type { Bridge } from './bridge/bridge.ts';
import type { Bridges } from './bridge/bridges.ts';
import type { KillSwitch } from './risk/killSwitch.ts';

/** What risk calls tell the rest of the app. */
interface RiskNews {
  alarm: (alarm: AlarmText) => void;
  publish: (event: AppEvent) => void;
  /** A bridge may trade again or no more. */
  bridgeChanged: (bridge: Bridge) => void;
}

/** Calls that decide whether may be traded: arming, the kill switch, whose account it is, what losses are measured from. */
export class RiskCalls {
  private readonly bridges: Bridges;
  private readonly killSwitch: KillSwitch;
  private readonly news: RiskNews;

  constructor(bridges: Bridges, killSwitch: KillSwitch, news: RiskNews) {
    this.bridges = bridges;
    this.killSwitch = killSwitch;
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
}
