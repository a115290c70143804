import type { FireRequest } from '../../../../src/api/contract.ts';
import { ContractFailure } from '../../../../src/api/contractFailure.ts';
import type { OrderRef } from '../../../../src/domain/orders/orderRef.ts';
import { generateSignalId, signalIdRandomBytes } from '../../../../src/domain/signalId.ts';
import { appStore } from '../../../store/appStore.ts';

/** Outcome of the ticket's last order. */
export type TicketResult =
  | { kind: 'sending'; signalId: string }
  /**
   * The order is in the list, which shows its state. `changed`: it was refused because it differed from what was seen.
   */
  | ({ kind: 'order'; changed?: string } & OrderRef)
  /** The answer never came. Once the list is back, the order is looked up in it by its ID. */
  | { kind: 'unknown'; bridge: string | null; signalId: string; text: string }
  | { kind: 'failed'; text: string };

/** Random part of the next order's ID, made in advance, so that the frame can be shown. */
export function newSeed(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(signalIdRandomBytes));
}

/** Makes the order's ID here, so that an order whose answer is lost can be found again. */
export function signalIdOf(seed: Uint8Array): (symbol: string) => string {
  return (symbol) => generateSignalId(symbol, seed);
}

/** Fires once and never again, whatever happens. */
export async function fireOrder(request: FireRequest): Promise<TicketResult> {
  const { client } = appStore.getState();
  if (client === null)
    return { kind: 'failed', text: 'The app is not connected, so nothing was sent. Wait until it is back.' };
  try {
    const order = await client.call('fire', request);
    const { bridge, number, refusal } = order;
    return { kind: 'order', bridge, number, ...(refusal?.code === 'changed' ? { changed: refusal.reason } : {}) };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (error instanceof ContractFailure && error.code === 'connection_lost') {
      return { kind: 'unknown', bridge: request.bridge, signalId: request.signalId, text };
    }
    return { kind: 'failed', text };
  }
}
