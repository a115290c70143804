import { isMoneyAtStake } from '../../src/api/state/accountStake.ts';
import type { BridgeState } from '../../src/api/state/state.ts';
import type { PressedBy } from '../ui/pressOnce.ts';

/** What opened a dialog. */
export type AskedBy = PressedBy | 'shortcut';

/** Where the focus begins in a dialog that sends: on the button that does only after a pointer, with nothing at stake. */
export function startOf(bridge: BridgeState, by: AskedBy): 'confirm' | 'cancel' {
  return by === 'pointer' && !isMoneyAtStake(bridge) ? 'confirm' : 'cancel';
}
