import { defaultEngineSettings, type FeedState } from '../../api/state/engines.ts';
import type { Sender } from './approvalQueue.ts';

const { citadelBy, citadelFactors } = defaultEngineSettings;
const feedPermissions = { citadelScaling: false, citadelBy, citadelFactors } as const;

/** @param state returns the feed's current state */
export function feedSender(state: () => FeedState): Sender {
  return {
    source: `feed ${state().name}`,
    // A feed proves nobody's identity: its CITADEL figures scale nothing.
    permissions: () => ({ ...feedPermissions, riskPercent: state().riskPercent, maxLot: state().maxLot }),
    limit: () => null,
    unattended: () => null,
  };
}
