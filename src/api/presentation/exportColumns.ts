import { uncheckedWords } from '../../domain/orders/unchecked.ts';
import type { Order } from '../../domain/orders/order.ts';
import type { ExportKind } from '../queries/statistics.ts';

/** A header and the path of its value in a row. Times are written by ISO 8601, in UTC. */
type Column = readonly [header: string, path: string];

const time: Column = ['time', 'at'];
const group: Column[] = ['bridge', 'day', 'account', 'source', 'symbol'].map((name) => [name, name]);

/** Columns of a CSV of each kind, in this order. NDJSON has the rows as they are. */
const columns: Record<ExportKind, Column[]> = {
  orders: [
    ['number', 'number'],
    time,
    ['day', 'day'],
    ['bridge', 'bridge'],
    ['account', 'account'],
    ['signal_id', 'signalId'],
    ['source', 'source'],
    ['action', 'action'],
    ['symbol', 'symbol'],
    ['lots', 'lot'],
    ['traded_lots', 'tradedLot'],
    ['sl', 'sl'],
    ['tp', 'tp'],
    ['stop_unit', 'stopUnit'],
    ['state', 'state'],
    ['refusal', 'refusal.code'],
    ['refusal_reason', 'refusal.reason'],
    ['doubt', 'doubt'],
    ['ticket', 'ticket'],
    ['price', 'price'],
    ['unverified', 'unverified'],
    ['message', 'message'],
    ['round_trip_ms', 'roundTripMs'],
    ['bid_at_firing', 'quote.bid'],
    ['ask_at_firing', 'quote.ask'],
    ['point', 'quote.point'],
    ['late', 'late'],
    ['repeats', 'repeats'],
    ['contradicted', 'contradicted'],
    ['settled_by', 'settledBy.by'],
    ['settled_note', 'settledBy.note'],
    ['long_id', 'longId'],
    ['unchecked', 'unchecked'],
    ['position', 'change.position'],
    ['closed_by_position', 'change.by'],
    ['pending_order', 'change.order'],
    ['entry', 'entry.kind'],
    ['entry_price', 'entry.price'],
    ['entry_limit_price', 'entry.limitPrice'],
    ['expires', 'entry.until'],
  ],
  entries: [
    ['seq', 'seq'],
    time,
    ['type', 'type'],
    ['bridge', 'bridge'],
    ['order', 'order'],
    ['signal_id', 'signalId'],
    ['body', 'body'],
    ['frame', 'frame'],
  ],
  samples: [
    time,
    ['span', 'span'],
    ['bridge', 'bridge'],
    ['account', 'account'],
    ['balance', 'balance'],
    ['equity', 'equity'],
    ['equity_low', 'low'],
    ['equity_high', 'high'],
    ['margin', 'margin'],
    ['messages', 'messages'],
  ],
  awards: [
    ['seq', 'seq'],
    time,
    ['day', 'day'],
    ['bridge', 'bridge'],
    ['account', 'account'],
    ['reason', 'reason'],
    ['points', 'points'],
    ['order', 'order'],
    ['signal_id', 'signalId'],
  ],
  statistics: [
    ...group,
    ...['orders', 'sent', 'filled', 'rejected', 'refused', 'unknown', 'dismissed'].map((name): Column => [name, name]),
    ['fill_rate', 'fillRate'],
    ['settled_late_filled', 'settledLate.filled'],
    ['settled_late_rejected', 'settledLate.rejected'],
    ['settled_by_hand_filled', 'settledByHand.filled'],
    ['settled_by_hand_rejected', 'settledByHand.rejected'],
    ['repeats', 'repeats'],
    ['contradicted', 'contradicted'],
    ['round_trip_p50_ms', 'roundTrip.p50'],
    ['round_trip_p95_ms', 'roundTrip.p95'],
    ...(['Points', 'Price'] as const).flatMap((unit) =>
      ['count', 'mean', 'min', 'max'].map((name): Column => [
        `slippage_${unit.toLowerCase()}_${name}`,
        `slippage${unit}.${name}`,
      ]),
    ),
  ],
};

export function exportHeaders(kind: ExportKind): string[] {
  return columns[kind].map(([header]) => header);
}

export function exportValues(kind: ExportKind, row: Record<string, unknown>): unknown[] {
  return columns[kind].map(([, path]) => {
    const value = path.split('.').reduce<unknown>((object, name) => memberOf(object, name), row);
    if (path === 'unchecked') return uncheckedWords(Array.isArray(value) ? (value as Order['unchecked']) : []);
    return path === 'at' && typeof value === 'number' ? new Date(value).toISOString() : value;
  });
}

function memberOf(object: unknown, name: string): unknown {
  return typeof object === 'object' && object !== null ? (object as Record<string, unknown>)[name] : null;
}
