import type { Database } from 'better-sqlite3';
import type { ExportPage } from '../../api/queries/statistics.ts';
import { accountsKey, namerOf } from '../../controller/account/accountNames.ts';
import type { OrderGroup } from '../../controller/statistics/entryFold.ts';
import type { Tally } from '../../controller/statistics/orderTally.ts';
import type { ExportQuery } from '../../controller/ports/journalHistory.ts';
import { toHex } from '../../base/hex.ts';
import { joinGroups } from '../rows/joinGroups.ts';
import { parseOrder } from '../rows/parseOrder.ts';
import { prepareOldestSample, samplesKeptSince } from '../rows/samples.ts';

/** Rows read for a page, in some milliseconds, also when the filter leaves none of them. */
const rowsAPage = 1_000;
/** Characters at which a page ends: it crosses the contract as one message. */
const charactersAPage = 1_000_000;

type Row = ExportPage['rows'][number];
/** @param named present name of an account: an export uses one name an account, whatever it was called in a row */
type Pages = (query: ExportQuery, named: (account: string) => string, now: number) => ExportPage;

/** Exports in pages, each from the end of the one before. */
export function prepareExport(db: Database): (query: ExportQuery, now: number) => ExportPage {
  const pages: Record<ExportQuery['kind'], Pages> = {
    orders: prepareOrders(db),
    entries: prepareEntries(db),
    samples: prepareSamples(db),
    awards: prepareAwards(db),
    statistics: prepareGroups(db),
  };
  const remembered = db.prepare<[string], string>('SELECT value FROM remembered WHERE key = ?').pluck();
  return (query, now) => {
    const named = namerOf(JSON.parse(remembered.get(accountsKey(query.bridge)) ?? 'null'));
    return pages[query.kind](query, named, now);
  };
}

/** @param column with the table's rowid, which rises with time */
function prepareEnd(db: Database, table: string, column: string): () => number {
  const last = db.prepare<[], number | null>(`SELECT max(${column}) FROM ${table}`).pluck();
  return () => last.get() ?? 0;
}

/** A page of a table with a number for each row. Rows that come while an export runs are left to the next one. */
function numberedPage<Found>(
  { cursor }: ExportQuery,
  last: () => number,
  read: (after: number) => Iterable<Found>,
  take: (found: Found) => { number: number; row: Row | null; size: number },
): ExportPage {
  const [after = 0, end = last()] = cursor === null ? [] : (JSON.parse(cursor) as [number, number]);
  const rows: Row[] = [];
  let reached = after;
  let looked = 0;
  let size = 0;
  for (const found of read(after)) {
    const taken = take(found);
    if (taken.number > end) break;
    reached = taken.number;
    looked += 1;
    if (taken.row !== null) rows.push(taken.row);
    size += taken.row === null ? 0 : taken.size;
    if (size >= charactersAPage) break;
  }
  const more = reached < end && (looked === rowsAPage || size >= charactersAPage);
  return { rows, next: more ? JSON.stringify([reached, end]) : null, done: more ? reached / end : 1 };
}

function prepareOrders(db: Database): Pages {
  const end = prepareEnd(db, 'orders', 'number');
  const next = db.prepare<[number], { number: number; bridge: string; at: number; body: string }>(
    `SELECT number, bridge, at, body FROM orders WHERE number > ? ORDER BY number LIMIT ${String(rowsAPage)}`,
  );
  return (query, named) =>
    numberedPage(
      query,
      end,
      (after) => next.iterate(after),
      ({ number, bridge, at, body }) => {
        const wanted = bridge === query.bridge && at >= query.from && at < query.to;
        return { number, row: wanted ? renamed({ ...parseOrder(body) }, named) : null, size: body.length };
      },
    );
}

interface EntryRow {
  seq: number;
  at: number;
  type: string;
  bridge: string | null;
  order: number | null;
  signalId: string | null;
  body: string;
  frame: Uint8Array | null;
}

function renamed<Found extends Row>(row: Found, named: (account: string) => string): Found {
  const { account } = row;
  return typeof account === 'string' ? { ...row, account: named(account) } : row;
}

/** Entries; those about the whole app are in the export of each bridge. */
function prepareEntries(db: Database): Pages {
  const end = prepareEnd(db, 'entries', 'seq');
  const next = db.prepare<[number], EntryRow>(
    `SELECT seq, at, type, bridge, order_number AS "order", signal_id AS signalId, body, frame
     FROM entries WHERE seq > ? ORDER BY seq LIMIT ${String(rowsAPage)}`,
  );
  return (query) =>
    numberedPage(
      query,
      end,
      (after) => next.iterate(after),
      ({ body, frame, ...rest }) => {
        const { bridge, at, seq } = rest;
        const wanted = (bridge === null || bridge === query.bridge) && at >= query.from && at < query.to;
        const row = { ...rest, body: JSON.parse(body) as unknown, frame: frame === null ? null : toHex(frame) };
        return { number: seq, row: wanted ? row : null, size: body.length + 2 * (frame?.length ?? 0) };
      },
    );
}

/** All minutes, then the single samples of the time for which they are kept. */
function prepareSamples(db: Database): Pages {
  const oldestSample = prepareOldestSample(db);
  const columns = 'bridge, account, balance, equity, low, high, margin, messages';
  const minutes = db.prepare<[string, number, number], Row & { at: number }>(
    `SELECT 'minute' AS span, minute AS at, ${columns} FROM minutes WHERE bridge = ? AND minute > ? AND minute < ?
     ORDER BY minute LIMIT ${String(rowsAPage)}`,
  );
  const samples = db.prepare<[string, number, number], Row & { at: number }>(
    `SELECT 'sample' AS span, at, ${columns} FROM samples WHERE bridge = ? AND at > ? AND at < ?
     ORDER BY at LIMIT ${String(rowsAPage)}`,
  );
  const first = db.prepare<[string], number | null>('SELECT min(minute) FROM minutes WHERE bridge = ?').pluck();
  return ({ bridge, cursor, from, to }, named, now) => {
    const border = samplesKeptSince(oldestSample(bridge), now);
    const start = Math.max(from, first.get(bridge) ?? now) - 1;
    const after = cursor === null ? start : Number(cursor);
    const rows = after < border - 1 ? minutes.all(bridge, after, Math.min(to, border)) : samples.all(bridge, after, to);
    const last = rows.length < rowsAPage ? null : (rows.at(-1)?.at ?? null);
    // After the last minute come the samples.
    const next = last ?? (after < border - 1 && border <= Math.min(to, now) ? border - 1 : null);
    const end = Math.min(to, now);
    const done = next === null ? 1 : (next - start) / Math.max(end - start, 1);
    return {
      rows: rows.map((row) => renamed(row, named)),
      next: next === null ? null : String(next),
      done: Math.min(Math.max(done, 0), 1),
    };
  };
}

function prepareAwards(db: Database): Pages {
  const end = prepareEnd(db, 'entries', 'seq');
  const next = db.prepare<unknown[], Row & { account: string; seq: number; reason: string }>(
    `SELECT seq, bridge, account, at, day, reason, points, order_number AS "order", signal_id AS signalId
     FROM xp_awards WHERE bridge = ? AND (account, seq, reason) > (?, ?, ?) AND day BETWEEN ? AND ?
     ORDER BY account, seq, reason LIMIT ${String(rowsAPage)}`,
  );
  return ({ bridge, cursor, fromDay, toDay }, named) => {
    const after = cursor === null ? ['', 0, ''] : (JSON.parse(cursor) as unknown[]);
    const found = next.all(bridge, ...after, fromDay, toDay);
    const rows = found.map((row) => renamed(row, named));
    const last = found.length < rowsAPage ? undefined : found.at(-1);
    if (last === undefined) return { rows, next: null, done: 1 };
    return {
      rows,
      next: JSON.stringify([last.account, last.seq, last.reason]),
      done: last.seq / Math.max(end(), last.seq),
    };
  };
}

/** One row for each account, source, symbol and day. A page ends with a day, so that an account's names of one meet in it. */
function prepareGroups(db: Database): Pages {
  const firstDay = db
    .prepare<[string, string, string], string | null>(
      'SELECT min(day) FROM order_groups WHERE bridge = ? AND day BETWEEN ? AND ?',
    )
    .pluck();
  const nextDay = db
    .prepare<[string, string, string], string | null>(
      'SELECT min(day) FROM order_groups WHERE bridge = ? AND day > ? AND day <= ?',
    )
    .pluck();
  const ofDay = db.prepare<[string, string], Omit<OrderGroup, 'bridge'> & { body: string }>(
    'SELECT day, account, source, symbol, body FROM order_groups WHERE bridge = ? AND day = ? ORDER BY account, source, symbol',
  );
  const count = db
    .prepare<[string, string, string], number>(
      'SELECT count(*) FROM order_groups WHERE bridge = ? AND day BETWEEN ? AND ?',
    )
    .pluck();
  return ({ bridge, cursor, fromDay, toDay }, named) => {
    const [passed = 0, total = count.get(bridge, fromDay, toDay) ?? 0, after = null] =
      cursor === null ? [] : (JSON.parse(cursor) as [number, number, string]);
    const groups: (OrderGroup & { tally: Tally })[] = [];
    let day = (after === null ? firstDay.get(bridge, fromDay, toDay) : nextDay.get(bridge, after, toDay)) ?? null;
    let last = '';
    while (day !== null && groups.length < rowsAPage) {
      for (const { body, ...group } of ofDay.iterate(bridge, day)) {
        groups.push({ bridge, ...group, tally: JSON.parse(body) as Tally });
      }
      last = day;
      day = nextDay.get(bridge, last, toDay) ?? null;
    }
    const rows = joinGroups(groups, named);
    if (day === null) return { rows, next: null, done: 1 };
    const reached = passed + groups.length;
    return { rows, next: JSON.stringify([reached, total, last]), done: reached / Math.max(total, reached) };
  };
}
