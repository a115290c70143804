import { ContractFailure } from '../../api/contractFailure.ts';
import type { OrderRef } from '../../domain/orders/orderRef.ts';

/**
 * Finds the bridge of an order that a call names by number and maybe bridge, without guessing.
 * @param having bridges with an order of this number
 * @throws ContractFailure `not_found`, or `invalid_input` where the number alone names several
 */
export function locateOrder(number: number, bridge: string | null, having: ReadonlySet<string>): OrderRef {
  const [only, ...others] = [...having].filter((id) => bridge === null || id === bridge);
  if (only === undefined) {
    const where = bridge === null ? '' : ` on bridge "${bridge}"`;
    throw new ContractFailure({ code: 'not_found', message: `There is no order number ${String(number)}${where}.` });
  }
  if (others.length === 0) return { bridge: only, number };
  const message = `There are several orders number ${String(number)}: say which bridge, ${[...having].join(' or ')}.`;
  throw new ContractFailure({ code: 'invalid_input', message });
}
