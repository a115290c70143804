import type { Database } from 'better-sqlite3';
import { lowerAscii, matchesAny, type OrdersPage, type OrderSortKey } from '../../api/queries/orderQuery.ts';
import type { OrdersQuery } from '../../controller/ports/journalHistory.ts';
import { parseOrder } from '../rows/parseOrder.ts';

/** Most cached views; each takes 4 bytes an order. */
const keptViews = 4;

/** Newest orders that a plain query answers, as many as a window shows first. */
const newestRows = 1_000;

const sortColumns: Record<OrderSortKey, string> = {
  number: 'number',
  signalId: 'signal_id',
  action: 'action',
  symbol: 'symbol',
  lot: 'lot',
  sl: 'sl',
  tp: 'tp',
  state: 'state',
  ticket: 'ticket',
  price: 'price',
  roundTripMs: 'round_trip',
};

export interface OrderPages {
  /** @param ready indexed part of the journal, 0 to 1 */
  (query: OrdersQuery, ready: number): OrdersPage;
  /** Whether a query needs no index: the newest first (or last), without a filter. */
  isPlain: (query: OrdersQuery) => boolean;
}

/**
 * Pages of orders. The result of a query is a view: the sorted numbers of its orders, cached for further pages. The orders are
 * looked up by number, so that a page shows their present state.
 */
export function prepareOrders(db: Database): OrderPages {
  const views = new Map<string, Uint32Array>();
  const body = db.prepare<[number], string>('SELECT body FROM orders WHERE number = ?').pluck();
  const lastNumber = db.prepare<[], number | null>('SELECT max(number) FROM orders').pluck();
  const newest = db
    .prepare<unknown[], string>(
      'SELECT body FROM orders NOT INDEXED WHERE bridge = ? ORDER BY number DESC LIMIT ? OFFSET ?',
    )
    .pluck();
  const count = db.prepare<[string], number>('SELECT count(*) FROM orders WHERE bridge = ?').pluck();
  // Uses a covering index.
  const all = db
    .prepare<[string, number], number>(
      'SELECT number FROM orders INDEXED BY orders_by_time WHERE bridge = ? AND number <= ?',
    )
    .pluck();
  const symbols = db.prepare<[string], string>(choice('symbol')).pluck();
  const sources = db.prepare<[string], string>(choice('source')).pluck();

  const isPlain = ({ sort, from, to, ...match }: OrdersQuery): boolean =>
    sort.by === 'number' && from <= 0 && to === Number.MAX_SAFE_INTEGER && matchesAny(match);

  const find = (query: OrdersQuery, upTo: number): Uint32Array => {
    if (!isPlain(query)) {
      const { sql, values } = findingSql(query, upTo);
      return Uint32Array.from(
        db
          .prepare<unknown[], number>(sql)
          .pluck()
          .all(...values),
      );
    }
    const numbers = Uint32Array.from(all.all(query.bridge, upTo)).sort();
    return query.sort.down ? numbers.reverse() : numbers;
  };

  const viewOf = (query: OrdersQuery, upTo: number): Uint32Array => {
    const { bridge, states, symbol, source, text, from, to, sort } = query;
    const key = JSON.stringify([bridge, states, symbol, source, text, from, to, sort, upTo]);
    const known = query.upTo === null ? undefined : views.get(key);
    const view = known ?? find(query, upTo);
    // Moves the view to the end: the least recently used one is dropped first.
    views.delete(key);
    views.set(key, view);
    for (const oldest of views.keys()) {
      if (views.size <= keptViews) break;
      views.delete(oldest);
    }
    return view;
  };

  const pages = (query: OrdersQuery, ready: number): OrdersPage => {
    const { bridge, offset, limit } = query;
    const upTo = query.upTo ?? lastNumber.get() ?? 0;
    const choices = query.upTo === null ? { symbols: symbols.all(bridge), sources: sources.all(bridge) } : null;
    if (ready < 1) return { upTo, total: 0, rows: [], choices, ready };
    if (query.upTo === null && isPlain(query) && query.sort.down && offset + limit <= newestRows) {
      // Before any search.
      const rows = newest.all(bridge, limit, offset).map(parseOrder);
      return { upTo, total: count.get(bridge) ?? 0, rows, choices, ready };
    }
    const view = viewOf(query, upTo);
    const rows = Array.from(view.subarray(offset, offset + limit)).flatMap((number) => {
      const found = body.get(number);
      return found === undefined ? [] : [parseOrder(found)];
    });
    return { upTo, total: view.length, rows, choices, ready };
  };
  return Object.assign(pages, { isPlain });
}

/** Values of a column, from the statistics, which have far fewer rows than the orders. */
function choice(column: 'symbol' | 'source'): string {
  return `SELECT DISTINCT ${column} FROM order_groups WHERE bridge = ? ORDER BY ${column}`;
}

function findingSql(
  { bridge, states, symbol, source, text, from, to, sort }: OrdersQuery,
  upTo: number,
): { sql: string; values: unknown[] } {
  const conditions: [sql: string, ...values: unknown[]][] = [
    ['number <= ?', upTo],
    ['bridge = ?', bridge],
  ];
  if (states.length > 0) conditions.push([`state IN (${states.map(() => '?').join(', ')})`, ...states]);
  if (symbol !== null) conditions.push(['symbol = ?', symbol]);
  if (source !== null) conditions.push(['source = ?', source]);
  if (from > 0) conditions.push(['at >= ?', from]);
  if (to < Number.MAX_SAFE_INTEGER) conditions.push(['at < ?', to]);
  if (text !== '') {
    const begins = `substr(CAST(ticket AS TEXT), 1, ?) = ?`;
    conditions.push([`(instr(lower(signal_id), ?) > 0 OR ${begins})`, lowerAscii(text), text.length, text]);
  }
  const column = sortColumns[sort.by];
  const way = sort.down ? 'DESC' : 'ASC';
  const order = column === 'number' ? `number ${way}` : `${column} IS NULL, ${column} ${way}, number ${way}`;
  return {
    sql: `SELECT number FROM order_index WHERE ${conditions.map(([sql]) => sql).join(' AND ')} ORDER BY ${order}`,
    values: conditions.flatMap(([, ...values]) => values),
  };
}
