import { useEffect, useState } from 'react';
import type { Order } from '../../../src/api/state.ts';
import { useApp, useAppState } from '../../store/hooks.ts';

/** An order by its number; one that is too old for the list is read from the journal. Null until it is known. */
export function useOrder(number: number | null): Order | null {
  const listed = useAppState(({ orders }) => orders.find((each) => each.number === number)) ?? null;
  const client = useApp((store) => store.client);
  const [read, setRead] = useState<Order | null>(null);
  const missing = number !== null && listed === null;
  useEffect(() => {
    if (!missing || client === null) return undefined;
    let wanted = true;
    client.call('timeline', { order: number }).then(
      (entries) => {
        const last = entries.findLast((entry) => entry.type === 'order');
        if (wanted) setRead(last?.order ?? null);
      },
      () => {
        // The connection is lost, which is shown elsewhere; a new one asks again.
      },
    );
    return () => {
      wanted = false;
    };
  }, [client, missing, number]);
  return listed ?? (read?.number === number ? read : null);
}
