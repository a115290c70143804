import type { Database } from 'better-sqlite3';
import { shownState, type Order } from '../../domain/orders/order.ts';
import { parseOrder } from '../rows/parseOrder.ts';

/** Entries read in one step: some 10 ms of reading, then a write of a few milliseconds. */
const chunk = 1_000;

/** Keeps the index of orders up to date with the entries. */
export interface OrderIndex {
  /** Takes the next entries, up to {@link chunk}. @returns whether there is more to do */
  step: () => boolean;
  /** Indexed part of the journal, 0 to 1. */
  counted: () => number;
}

/**
 * Follows the entries as the statistics do (ADR 011), in a table of its own: orders about to be sent don't wait for the index,
 * and a start after an update doesn't wait for it to be built.
 */
export function prepareOrderIndex(db: Database): OrderIndex {
  const reached = db.prepare<[], number>('SELECT seq FROM order_index_read').pluck();
  const lastSeq = db.prepare<[], number | null>('SELECT max(seq) FROM entries').pluck();
  const next = db.prepare<[number], { seq: number; body: string }>(
    `SELECT seq, body FROM entries WHERE seq > ? AND type = 'order' ORDER BY seq LIMIT ${String(chunk)}`,
  );
  const put = db.prepare(
    `INSERT OR REPLACE INTO order_index
       (number, bridge, at, state, action, symbol, source, signal_id, lot, sl, tp, ticket, price, round_trip)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const reach = db.prepare('UPDATE order_index_read SET seq = ?');

  const read = db.transaction((): { orders: Map<number, Order>; until: number } | null => {
    const after = reached.get() ?? 0;
    const last = lastSeq.get() ?? 0;
    if (last <= after) return null;
    const rows = next.all(after);
    const orders = new Map<number, Order>();
    for (const { body } of rows) {
      const order = parseOrder(body);
      orders.set(order.number, order);
    }
    return { orders, until: rows.length < chunk ? last : (rows.at(-1)?.seq ?? last) };
  });
  const write = db.transaction((orders: Iterable<Order>, until: number): void => {
    for (const each of orders) {
      const { number, bridge, at, action, symbol, source, signalId, lot, sl, tp } = each;
      const { ticket, price, roundTripMs } = each;
      const state = shownState(each);
      put.run(number, bridge, at, state, action, symbol, source, signalId, lot, sl, tp, ticket, price, roundTripMs);
    }
    reach.run(until);
  });

  return {
    step: () => {
      const step = read();
      if (step === null) return false;
      write.immediate(step.orders.values(), step.until);
      return step.until < (lastSeq.get() ?? 0);
    },
    counted: () => {
      const last = lastSeq.get() ?? 0;
      return last === 0 ? 1 : (reached.get() ?? 0) / last;
    },
  };
}
