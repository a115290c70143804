import type { Database, Statement } from 'better-sqlite3';
import type { Order } from '../../domain/orders/order.ts';
import type { JournalRow } from '../../controller/ports/journal.ts';
import { preparePutDeal } from '../rows/dealRows.ts';
import { entryColumns } from '../rows/entryColumns.ts';
import { parseOrder } from '../rows/parseOrder.ts';
import { hourOf, minuteOf } from '../rows/samples.ts';

type Body = Statement<unknown[], string>;

/** An order in the state of its newest entry. */
export interface ListedOrder {
  order: Order;
  seq: number | bigint;
  body: string;
}

/** Prepared statements of a connection. */
export interface Statements {
  begin: Statement;
  commit: Statement;
  rollback: Statement;
  /** Writes a row, inside a transaction. @returns the order for the list of orders, if the row is one */
  put: (row: JournalRow) => ListedOrder | null;
  /** Writes an order to the list, inside a transaction. */
  list: (order: ListedOrder) => void;
  /** Orders of entries that are not in the list yet, the oldest first. */
  unlisted: () => ListedOrder[];
  lastOrders: Body;
  lastOrderNumber: Statement<[], number | null>;
  lastSeq: Statement<[], number | null>;
  ordersInDoubt: Body;
  ordersPlaced: Body;
  allInDoubt: Body;
  /** Every bridge that has an order in the list. */
  bridges: Body;
  findSent: Body;
  findOrder: Body;
  tradesSince: Body;
  remembered: Body;
  lastLimits: Body;
  renameInstance: Body;
}

const figureColumns = 'account, balance, equity, low, high, margin, messages';

/** Merges figures with an existing row: the extremes of both, else the later figures. */
const mergeFigures = `
  low = min(low, excluded.low),
  high = max(high, excluded.high),
  balance = iif(excluded.at >= at, excluded.balance, balance),
  equity = iif(excluded.at >= at, excluded.equity, equity),
  account = iif(excluded.at >= at, excluded.account, account),
  margin = iif(excluded.at >= at, coalesce(excluded.margin, margin), coalesce(margin, excluded.margin)),
  messages = coalesce(messages + excluded.messages, messages, excluded.messages),
  at = max(at, excluded.at)`;

export function prepareStatements(db: Database): Statements {
  const body = (sql: string): Body => db.prepare<unknown[], string>(sql).pluck();
  return {
    begin: db.prepare('BEGIN IMMEDIATE'),
    commit: db.prepare('COMMIT'),
    rollback: db.prepare('ROLLBACK'),
    put: preparePut(db),
    list: prepareList(db),
    unlisted: prepareUnlisted(db),
    lastOrders: body('SELECT body FROM orders ORDER BY number DESC LIMIT ?'),
    lastSeq: db.prepare<[], number | null>('SELECT max(seq) FROM entries').pluck(),
    lastOrderNumber: db.prepare<[], number | null>('SELECT max(number) FROM orders').pluck(),
    ordersInDoubt: body("SELECT body FROM orders WHERE bridge = ? AND state IN ('sent', 'unknown') ORDER BY number"),
    ordersPlaced: body("SELECT body FROM orders WHERE bridge = ? AND state = 'placed' ORDER BY number"),
    // INDEXED BY: the planner would prefer the order of numbers, and read every order.
    allInDoubt: body(
      "SELECT body FROM orders INDEXED BY orders_in_doubt WHERE state IN ('sent', 'unknown') ORDER BY number",
    ),
    // Steps through the index value by value: DISTINCT would read all of it.
    bridges: body(
      `WITH RECURSIVE ids (id) AS (
         SELECT min(bridge) FROM orders
         UNION ALL SELECT (SELECT min(bridge) FROM orders WHERE bridge > id) FROM ids WHERE id IS NOT NULL
       ) SELECT id FROM ids WHERE id IS NOT NULL`,
    ),
    findSent: body(
      "SELECT body FROM orders WHERE bridge = ? AND signal_id = ? AND state <> 'refused' ORDER BY number DESC LIMIT 1",
    ),
    findOrder: body('SELECT body FROM orders WHERE number = ?'),
    tradesSince: body(
      "SELECT body FROM orders WHERE bridge = ? AND at >= ? AND action IN ('buy', 'sell') AND state <> 'refused' ORDER BY number",
    ),
    remembered: body('SELECT value FROM remembered WHERE key = ?'),
    lastLimits: body(
      `SELECT json_extract(body, '$.changes.limits') FROM entries
       WHERE type = 'settings' AND bridge = ? AND json_type(body, '$.changes.limits') = 'object' ORDER BY seq DESC LIMIT 1`,
    ),
    renameInstance: body('UPDATE identity SET instance = lower(hex(randomblob(8))) RETURNING instance'),
  };
}

function preparePut(db: Database): Statements['put'] {
  const append = db.prepare(
    'INSERT INTO entries (at, type, bridge, order_number, signal_id, body, frame) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const remember = db.prepare(
    `INSERT INTO remembered (key, at, value) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET at = excluded.at, value = excluded.value`,
  );
  const addSample = db.prepare(
    `INSERT INTO samples (bridge, at, ${figureColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (bridge, at) DO UPDATE SET ${mergeFigures}`,
  );
  const addToMinute = db.prepare(
    `INSERT INTO minutes (bridge, minute, at, ${figureColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (bridge, minute) DO UPDATE SET ${mergeFigures}`,
  );
  const addToHour = db.prepare(
    `INSERT INTO hours (bridge, hour, at, ${figureColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (bridge, hour) DO UPDATE SET ${mergeFigures}`,
  );
  const putDeal = preparePutDeal(db);
  return ({ at, entry }) => {
    switch (entry.type) {
      case 'sample': {
        const { bridge, account, sample } = entry;
        const { balance, equity, equityLow, equityHigh, margin, messages } = sample;
        const figures = [account, balance, equity, equityLow, equityHigh, margin, messages];
        addSample.run(bridge, sample.at, ...figures);
        // Minute and hour grow with their samples: so the roll-up is whole at any time, and deleting samples is all that
        // is left to do for the worker.
        addToMinute.run(bridge, minuteOf(sample.at), sample.at, ...figures);
        addToHour.run(bridge, hourOf(sample.at), sample.at, ...figures);
        return null;
      }
      case 'deal':
        putDeal(entry);
        return null;
      case 'remember':
        remember.run(entry.key, at, JSON.stringify(entry.value ?? null));
        return null;
      default: {
        const { bridge, order, signalId, body, frame } = entryColumns(entry);
        const { lastInsertRowid } = append.run(at, entry.type, bridge, order, signalId, body, frame);
        return entry.type === 'order' ? { order: entry.order, seq: lastInsertRowid, body } : null;
      }
    }
  };
}

function prepareList(db: Database): Statements['list'] {
  const putOrder = db.prepare(
    `INSERT INTO orders (number, bridge, signal_id, action, state, at, seq, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (number) DO UPDATE SET state = excluded.state, seq = excluded.seq, body = excluded.body`,
  );
  return ({ order: { number, bridge, signalId, action, state, at }, seq, body }) => {
    putOrder.run(number, bridge, signalId, action, state, at, seq, body);
  };
}

function prepareUnlisted(db: Database): Statements['unlisted'] {
  // Goes back from the end to the first listed entry: all before it are listed too. A search for the list's highest seq would
  // read the whole list.
  const newest = db.prepare<[], { seq: number; body: string; listed: number | null }>(
    `SELECT e.seq, e.body, o.seq >= e.seq AS listed FROM entries AS e LEFT JOIN orders AS o ON o.number = e.order_number
     WHERE e.type = 'order' ORDER BY e.seq DESC`,
  );
  return () => {
    const found: ListedOrder[] = [];
    for (const { seq, body, listed } of newest.iterate()) {
      if (listed === 1) break;
      found.push({ order: parseOrder(body), seq, body });
    }
    return found.reverse();
  };
}
