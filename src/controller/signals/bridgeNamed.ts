import { ContractFailure } from '../../api/contractFailure.ts';
import type { RequestProblem } from '../../protocol/gateway/requestFields.ts';
import type { SignalTarget } from './signalTarget.ts';

/** The bridge that a request names, or why there is none. @param id null: the only one */
export function bridgeNamed(
  find: (id: string | null) => SignalTarget,
  id: string | null,
): SignalTarget | RequestProblem {
  try {
    return find(id);
  } catch (error) {
    if (!(error instanceof ContractFailure)) throw error;
    return { code: 'invalid_bridge', field: 'bridge', reason: error.message };
  }
}
