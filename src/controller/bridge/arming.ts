import { ContractFailure } from '../../api/contractFailure.ts';
import type { Order, PersonSource } from '../../domain/orders/order.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import { tradingAlarms } from '../alarms/tradingAlarms.ts';
import type { Emit } from '../records/bridgeEvent.ts';
import type { Platform } from '../records/platform.ts';

/** Whether a bridge may send buys and sells. Off at every start unless the start asks for it. */
export class Arming {
  private readonly bridge: string;
  private readonly platform: Platform;
  private readonly emit: Emit;
  private armed = false;

  constructor(bridge: string, platform: Platform, emit: Emit) {
    this.bridge = bridge;
    this.platform = platform;
    this.emit = emit;
  }

  get on(): boolean {
    return this.armed;
  }

  /**
   * Arms at the start if asked for, except under the kill switch or with orders in doubt (ARCHITECTURE rule 3).
   * @param unsettled orders in doubt, including those of removed bridges
   */
  atStart(killed: boolean, unsettled: readonly Order[]): void {
    if (killed) this.notArmed('The kill switch is on.');
    else if (unsettled.length > 0) {
      const ids = unsettled.map(({ signalId }) => signalId).join(', ');
      this.notArmed(`What became of ${ids} is unknown.`);
    } else this.set(true, 'app', 'asked for at the start');
  }

  /**
   * @param refusal why arming is impossible; null: it is possible
   * @throws ContractFailure `not_possible` with its reason and next step
   */
  arm(by: PersonSource, refusal: Refusal | null): void {
    if (refusal !== null) {
      throw new ContractFailure({ code: 'not_possible', message: `${refusal.reason} ${refusal.nextStep}` });
    }
    this.set(true, by, null);
  }

  /** @param why reason; null: a person asked for it */
  disarm(why: string | null, by: PersonSource | 'app'): void {
    this.set(false, by, why);
  }

  private notArmed(why: string): void {
    this.emit({ type: 'alarm', alarm: tradingAlarms.notArmed(why) });
  }

  private set(armed: boolean, by: PersonSource | 'app', why: string | null): void {
    if (armed === this.armed) return;
    this.armed = armed;
    this.platform.journalWriter.record({ type: 'armed', bridge: this.bridge, armed, by, why });
    this.emit({ type: 'changed' });
  }
}
