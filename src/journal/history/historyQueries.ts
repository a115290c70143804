import type { Database } from 'better-sqlite3';
import type { TimelineEntry } from '../../domain/orders/order.ts';
import type { Sample } from '../../api/state/state.ts';
import type { HistoryQuery } from '../../controller/ports/journalHistory.ts';
import { timelineEntry, type OrderRow } from '../rows/entryColumns.ts';
import { hourMs, minuteMs, prepareOldestSample, samplesKeptSince } from '../rows/samples.ts';

/** Epoch ms, both included. */
interface Span {
  bridge: string;
  from: number;
  to: number;
}

/** Queries on a table of figures. */
interface Figures {
  /** The first samples, oldest first. */
  first: (span: Span, limit: number) => Sample[];
  last: (span: Span) => Sample | null;
  /** All samples merged into one: the last figures and the extremes; null: there are none. */
  merged: (span: Span) => Sample | null;
}

/** Roll-up tables: key column, and span of a row. */
const rollUps = { minutes: { key: 'minute', ms: minuteMs }, hours: { key: 'hour', ms: hourMs } } as const;

/** Roll-ups a point from which the coarser table is used. */
const rollUpsAPoint = 4;

function prepareFigures(db: Database, table: 'samples' | keyof typeof rollUps): Figures {
  const rollUp = table === 'samples' ? null : rollUps[table];
  const key = rollUp?.key ?? 'at';
  // A roll-up's key is its beginning and `at` lies somewhere within it, hence both conditions.
  const byKey = rollUp === null ? '' : `AND ${key} > @from - ${String(rollUp.ms)} AND ${key} <= @to`;
  const where = `FROM ${table} WHERE bridge = @bridge AND at BETWEEN @from AND @to ${byKey}`;
  const columns = 'at, balance, equity, low AS equityLow, high AS equityHigh, margin, messages';
  const first = db.prepare<[Span & { limit: number }], Sample>(
    `SELECT ${columns} ${where} ORDER BY ${key} LIMIT @limit`,
  );
  const last = db.prepare<[Span], Sample>(`SELECT ${columns} ${where} ORDER BY ${key} DESC LIMIT 1`);
  const extremes = db.prepare<[Span], { low: number; high: number; messages: number | null }>(
    `SELECT min(low) AS low, max(high) AS high, sum(messages) AS messages ${where}`,
  );
  const margin = db
    .prepare<[Span], number>(`SELECT margin ${where} AND margin IS NOT NULL ORDER BY ${key} DESC LIMIT 1`)
    .pluck();
  return {
    first: (span, limit) => first.all({ ...span, limit }),
    last: (span) => last.get(span) ?? null,
    merged: (span) => {
      const newest = last.get(span);
      const found = newest === undefined ? undefined : extremes.get(span);
      if (newest === undefined || found === undefined) return null;
      const { low: equityLow, high: equityHigh, messages } = found;
      return { ...newest, equityLow, equityHigh, messages, margin: newest.margin ?? margin.get(span) ?? null };
    },
  };
}

/**
 * At most `points` samples: the first, then one for each of equal spans that has any. The extremes are looked up span by span,
 * because GROUP BY would sort all rows first.
 */
function thin(figures: Figures, span: Span, points: number): Sample[] {
  const all = figures.first(span, points + 1);
  const [first] = all;
  const last = figures.last(span);
  if (all.length <= points || first === undefined || last === null) return all;
  if (points < 2) return [figures.merged(span)].filter((sample) => sample !== null);
  const parts = points - 1;
  const width = (last.at - first.at) / parts;
  const edge = (part: number): number => (part === parts ? last.at : Math.floor(first.at + part * width));
  const thinned = [first];
  for (let part = 0; part < parts; part += 1) {
    const merged = figures.merged({ bridge: span.bridge, from: edge(part) + 1, to: edge(part + 1) });
    if (merged !== null) thinned.push(merged);
  }
  return thinned;
}

export interface HistoryQueries {
  /** @param now epoch ms */
  history: (query: HistoryQuery, now: number) => Sample[];
  timeline: (order: number) => TimelineEntry[];
}

export function prepareHistory(db: Database): HistoryQueries {
  const samples = prepareFigures(db, 'samples');
  const minutes = prepareFigures(db, 'minutes');
  const hours = prepareFigures(db, 'hours');
  const oldestSample = prepareOldestSample(db);
  const entries = db.prepare<[number], OrderRow>(
    'SELECT seq, at, type, body, frame FROM entries WHERE order_number = ? ORDER BY seq',
  );

  /** Samples as far back as they are kept, minutes before that. */
  const history = ({ bridge, from, to, points }: HistoryQuery, now: number): Sample[] => {
    const whole = { bridge, from, to };
    const border = samplesKeptSince(oldestSample(bridge), now);
    const early = { bridge, from, to: Math.min(to, border - 1) };
    const late = { bridge, from: Math.max(from, border), to };
    const all = [...minutes.first(early, points + 1), ...samples.first(late, points + 1)];
    const [first] = all;
    const last = samples.last(late) ?? minutes.last(early);
    if (all.length <= points || first === undefined || last === null) return all;
    const width = (last.at - first.at) / points;
    if (width >= rollUpsAPoint * hourMs && points >= 2) return thin(hours, whole, points);
    // When a point spans a minute or more, the minutes give the same result from far fewer rows.
    if (width >= minuteMs || points < 2) return thin(minutes, whole, points);
    if (first.at >= border) return thin(samples, late, points);
    if (last.at < border) return thin(minutes, early, points);
    const earlyPoints = Math.min(Math.max(Math.round((border - first.at) / width), 1), points - 1);
    return [...thin(minutes, early, earlyPoints), ...thin(samples, late, points - earlyPoints)];
  };

  return { history, timeline: (order) => entries.all(order).map(timelineEntry) };
}
