import { assertNever } from '../../base/assertNever.ts';
import type { TimelineEntry } from '../../domain/orders/order.ts';
import { toHex } from '../../base/hex.ts';
import type { JournalEntry } from '../../controller/ports/journalEntry.ts';
import { parseOrder } from './parseOrder.ts';

/** The entries that become rows of the append-only table. */
export type AppendedEntry = Exclude<JournalEntry, { type: 'sample' | 'deal' | 'remember' }>;

/** Whether an entry becomes a row of the append-only table; others have tables of their own. */
export function isAppended(entry: JournalEntry): entry is AppendedEntry {
  return entry.type !== 'sample' && entry.type !== 'deal' && entry.type !== 'remember';
}

export interface EntryColumns {
  bridge: string | null;
  order: number | null;
  signalId: string | null;
  /** JSON. */
  body: string;
  frame: Uint8Array | null;
}

const nothing = { bridge: null, order: null, signalId: null, frame: null };

/** Columns of an entry. Frames stay bytes; fields that no query uses go into the body. */
export function entryColumns(entry: AppendedEntry): EntryColumns {
  switch (entry.type) {
    case 'order': {
      const { order, frame } = entry;
      return {
        bridge: order.bridge,
        order: order.number,
        signalId: order.signalId,
        body: JSON.stringify(order),
        frame,
      };
    }
    case 'feedback': {
      const { bridge, order, signalId, frame, history } = entry;
      return { bridge, order, signalId, frame, body: JSON.stringify({ history }) };
    }
    case 'broken_feedback': {
      const { bridge, order, signalId, frame, reason } = entry;
      return { bridge, order, signalId, frame, body: JSON.stringify({ reason }) };
    }
    case 'history_frame':
      return { ...nothing, bridge: entry.bridge, frame: entry.frame, body: '{}' };
    case 'armed':
    case 'account':
    case 'rebased':
    case 'settings':
    case 'milestone':
    case 'connection':
      return { ...nothing, bridge: entry.bridge, body: JSON.stringify(entry) };
    case 'signal':
      return { ...nothing, bridge: entry.bridge, signalId: entry.signalId, body: JSON.stringify(entry) };
    case 'engine':
    case 'feed':
    case 'kill_switch':
    case 'acknowledged':
      return { ...nothing, body: JSON.stringify(entry) };
    case 'alarm':
      return { ...nothing, bridge: entry.alarm.bridge, body: JSON.stringify(entry.alarm) };
    default:
      return assertNever(entry);
  }
}

/** A row of the append-only table that belongs to an order. */
export interface OrderRow {
  seq: number;
  at: number;
  type: TimelineEntry['type'];
  /** JSON. */
  body: string;
  frame: Uint8Array | null;
}

export function timelineEntry({ seq, at, type, body, frame }: OrderRow): TimelineEntry {
  const hex = frame === null ? null : toHex(frame);
  if (type === 'order') return { seq, at, type, order: parseOrder(body), frame: hex };
  const parsed: unknown = JSON.parse(body);
  // Written by entryColumns() above, so the body is of its type.
  return { seq, at, type, ...(parsed as object), frame: hex ?? '' } as TimelineEntry;
}
