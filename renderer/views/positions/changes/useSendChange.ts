import { useState } from 'react';
import type { ChangeRequest } from '../../../../src/api/queries/changeRequest.ts';
import { ContractFailure } from '../../../../src/api/contractFailure.ts';
import { generateSignalId, signalIdRandomBytes } from '../../../../src/domain/signalId.ts';
import { shownAccount } from '../../../../src/api/presentation/shownAccount.ts';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import type { Order } from '../../../../src/domain/orders/order.ts';
import { appStore } from '../../../store/appStore.ts';

type Asked = Pick<ChangeRequest, 'change' | 'seen'> & { away?: boolean };

interface SendChange {
  /** Why it was not sent; null: it was, or nothing was tried. */
  failure: string | null;
  /** @returns false: it was not sent, and can be asked for again */
  send: (asked: Asked) => Promise<boolean>;
}

const noApp = 'The app is not connected, so nothing was sent. Wait until it is back.';

/**
 * Sends a change of a position or pending order. An ID whose answer was lost is used again, so that nothing is sent twice.
 * @param onSent called with the order that was sent
 */
export function useSendChange(bridge: BridgeState, onSent: (order: Order) => void): SendChange {
  const [failure, setFailure] = useState<string | null>(null);
  const [lostId, setLostId] = useState<string | null>(null);
  // Of the account that was on the screen when the dialog opened: its numbers are of that one.
  const [account] = useState(() => shownAccount(bridge));
  const send = async ({ change, seen, away = false }: Asked): Promise<boolean> => {
    const { client } = appStore.getState();
    if (client === null) {
      setFailure(noApp);
      return false;
    }
    const random = crypto.getRandomValues(new Uint8Array(signalIdRandomBytes));
    const signalId = lostId ?? generateSignalId(seen.symbol, random);
    const { id } = bridge;
    try {
      const order = await client.call('change', { bridge: id, change, seen, account, away, signalId });
      setLostId(null);
      if (order.state !== 'refused') {
        onSent(order);
        return true;
      }
      const { reason = '', nextStep = '' } = order.refusal ?? {};
      setFailure(`Not sent. ${reason} ${nextStep}`);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      const isLost = error instanceof ContractFailure && error.code === 'connection_lost';
      if (isLost) setLostId(signalId);
      setFailure(isLost ? `${text} Look for ${signalId} in Executions before you try again.` : text);
    }
    return false;
  };
  return { failure, send };
}
