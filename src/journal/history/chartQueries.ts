import type { Database } from 'better-sqlite3';
import { markKinds, mostMarks, type OrderMarks } from '../../api/queries/history.ts';
import { orderMark } from '../../api/queries/orderMark.ts';
import type { FillsQuery, RecordedQuery, Recorded } from '../../controller/ports/journalHistory.ts';
import { parseOrder } from '../rows/parseOrder.ts';
import { hourMs, hourOf, minuteMs, minuteOf } from '../rows/samples.ts';

export interface ChartQueries {
  recorded: (query: RecordedQuery) => Recorded;
  fills: (query: FillsQuery) => OrderMarks;
}

export function prepareCharts(db: Database): ChartQueries {
  return { recorded: prepareRecorded(db), fills: prepareFills(db) };
}

function prepareRecorded(db: Database): ChartQueries['recorded'] {
  const first = db.prepare<[string], number>('SELECT at FROM minutes WHERE bridge = ? ORDER BY minute LIMIT 1').pluck();
  const highest = (table: 'minutes' | 'hours', key: string) =>
    db
      .prepare<[string, number, number], number | null>(
        `SELECT max(high) FROM ${table} WHERE bridge = ? AND ${key} >= ? AND ${key} < ?`,
      )
      .pluck();
  const ofMinutes = highest('minutes', 'minute');
  const ofHours = highest('hours', 'hour');

  /** Highest equity of a span: from whole hours, and from minutes at both ends. Null: no figures. */
  const peak = (bridge: string, from: number, to: number): number | null => {
    const begin = minuteOf(from + minuteMs - 1);
    const end = minuteOf(to);
    const firstHour = Math.min(hourOf(begin + hourMs - 1), end);
    const lastHour = Math.max(hourOf(end), firstHour);
    const found = [
      ofMinutes.get(bridge, begin, firstHour),
      ofHours.get(bridge, firstHour, lastHour),
      ofMinutes.get(bridge, lastHour, end),
    ].filter((high) => typeof high === 'number');
    return found.length === 0 ? null : Math.max(...found);
  };

  return ({ bridge, peakSince, before }) => ({
    first: first.get(bridge) ?? null,
    peak: peak(bridge, peakSince, before),
  });
}

interface Fills {
  number: number;
  count: number;
}

function prepareFills(db: Database): ChartQueries['fills'] {
  const where =
    "FROM orders INDEXED BY orders_filled WHERE bridge = @bridge AND state = 'filled' AND at BETWEEN @from AND @to AND action NOT IN ('modify_position', 'modify_order', 'cancel_order')";
  const counted = db.prepare<[FillsQuery], { fills: number; first: number | null; last: number | null }>(
    `SELECT count(*) AS fills, min(at) AS first, max(at) AS last ${where}`,
  );
  const all = db.prepare<[FillsQuery], Fills>(`SELECT number, 1 AS count ${where}`);
  const grouped = db.prepare<[FillsQuery & { first: number; width: number }], Fills>(
    `SELECT max(number) AS number, count(*) AS count ${where}
     GROUP BY CAST((at - @first) / @width AS INTEGER), CASE WHEN action IN ('buy', 'sell') THEN action ELSE 'close' END`,
  );
  const order = db.prepare<[number], string>('SELECT body FROM orders WHERE number = ?').pluck();
  return (query) => {
    const { fills = 0, first = null, last = null } = counted.get(query) ?? {};
    if (first === null || last === null) return { marks: [], fills: 0 };
    const parts = Math.floor(mostMarks / markKinds.length);
    const width = (last - first + 1) / parts;
    const rows = fills <= mostMarks ? all.all(query) : grouped.all({ ...query, first, width });
    const marks = rows.flatMap(({ number, count }) => {
      const body = order.get(number);
      return body === undefined ? [] : [orderMark(parseOrder(body), count)];
    });
    return { marks: marks.sort((one, other) => one.at - other.at), fills };
  };
}
