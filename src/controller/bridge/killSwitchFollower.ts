import { ContractFailure } from '../../api/contractFailure.ts';
import type { PersonSource } from '../../domain/orders/order.ts';
import type { Emit } from '../records/bridgeEvent.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import type { CloseOnlySwitch } from '../session/closeOnlySwitch.ts';
import type { OrderManager } from './orderManager.ts';

/** Follows the app's kill switch on one bridge: its orders, and its EA's own switch for closes alone (N9). */
export class KillSwitchFollower {
  private readonly bridge: string;
  private readonly orderManager: OrderManager;
  private readonly closeOnlySwitch: CloseOnlySwitch;
  private readonly journalWriter: JournalWriter;
  private readonly emit: Emit;

  constructor(
    bridge: string,
    orderManager: OrderManager,
    closeOnlySwitch: CloseOnlySwitch,
    journalWriter: JournalWriter,
    emit: Emit,
  ) {
    this.bridge = bridge;
    this.orderManager = orderManager;
    this.closeOnlySwitch = closeOnlySwitch;
    this.journalWriter = journalWriter;
    this.emit = emit;
  }

  /** Whether the EA takes closes alone, or may do so. */
  get isEaClosed(): boolean {
    return this.closeOnlySwitch.holdsEntries;
  }

  /** Stops the bridge at the press of the kill switch, and closes its EA for entries (N9). */
  pressed(by: PersonSource): void {
    this.orderManager.disarm('The kill switch was pressed.', by);
    this.closeOnlySwitch.pressed();
  }

  /** Opens the EA for entries after a release of the kill switch. The bridge stays disarmed. */
  released(): void {
    this.closeOnlySwitch.released();
    this.emit({ type: 'changed' });
  }

  /**
   * Opens an EA that is closed for entries though no kill switch is on, and disarms.
   * @throws ContractFailure `not_possible` when that can't be written: the EA stays closed
   */
  releaseEa(by: PersonSource): void {
    this.orderManager.disarm('The EA was released.', by);
    const entry = { type: 'settings', bridge: this.bridge, by, changes: { releasedEa: true } } as const;
    const why = this.journalWriter.commit(entry);
    if (why !== null) {
      const message = `The EA stays closed for entries, as its release can't be written down: ${why.replace(/\.$/, '')}. Make room on the disk, then release it again.`;
      throw new ContractFailure({ code: 'not_possible', message });
    }
    this.released();
  }
}
