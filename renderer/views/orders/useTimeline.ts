import { useEffect, useState } from 'react';
import type { Order, TimelineEntry } from '../../../src/domain/orders/order.ts';
import type { OrderRef } from '../../../src/domain/orders/orderRef.ts';
import { useApp } from '../../store/hooks.ts';

export interface ReadTimeline {
  /** Oldest first; null until loaded. */
  entries: TimelineEntry[] | null;
  failure: string | null;
}

/**
 * The journal's entries of an order.
 * @param order in the app's state: each change loads them again
 */
export function useTimeline({ bridge, number }: OrderRef, order: Order | null): ReadTimeline {
  const client = useApp((store) => store.client);
  const [entries, setEntries] = useState<TimelineEntry[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    let wanted = true;
    client?.call('timeline', { order: number, bridge }).then(
      (read) => {
        if (!wanted) return;
        setEntries(read);
        setFailure(null);
      },
      (error: unknown) => {
        if (wanted) setFailure(error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      wanted = false;
    };
  }, [client, bridge, number, order]);
  return { entries, failure };
}
