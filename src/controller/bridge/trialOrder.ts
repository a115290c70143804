import type { FireRequest } from '../../api/contract.ts';
import { ContractFailure } from '../../api/contractFailure.ts';
import { planProofOrder, proofOrderRefusal, type ProofOrderRequest } from '../../api/queries/trialOrderPlan.ts';
import type { Bridge } from './bridge.ts';

/**
 * Makes the order of a connection check.
 * @throws ContractFailure where it is impossible
 */
export function proofOrder(
  bridge: Pick<Bridge, 'state' | 'quotes'>,
  { bridge: id, symbol, sl, signalId, live }: ProofOrderRequest,
): FireRequest {
  const state = bridge.state();
  const refusal = proofOrderRefusal(state, live);
  if (refusal !== null) throw new ContractFailure({ code: 'not_possible', message: refusal });
  const plan = planProofOrder(state, bridge.quotes(), symbol);
  const stop = sl ?? plan.sl;
  if (stop === null) {
    const message = `There is no price of ${symbol} to put a stop loss to. Wait for a quote, or say the stop loss.`;
    throw new ContractFailure({ code: 'not_possible', message });
  }
  return { bridge: id, action: 'buy', symbol, lot: plan.lot, sl: stop, tp: 0, signalId, confirmed: [] };
}
