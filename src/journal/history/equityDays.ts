import type { Database } from 'better-sqlite3';
import type { EquityEnds } from '../../controller/statistics/statisticsAnswer.ts';
import { spanOfTradingDay, tradingDaySpan, type DayStart, type TradingDaySpan } from '../../domain/tradingDay.ts';
import { minuteMs, minuteOf } from '../rows/samples.ts';

const dayMs = 24 * 60 * minuteMs;
/** Most days of an answer; they take some milliseconds. */
const mostDays = 400;

interface Ends {
  minute: number;
  account: string | null;
  equity: number;
}

export interface EquityQuery {
  bridge: string;
  /** Trading days, both included. */
  from: string;
  to: string;
  dayStart: DayStart;
}

/**
 * An account's equity in the first and the last minute of each trading day, from the minutes, which are kept for good. Results of
 * past days are cached. The last {@link mostDays} days at most.
 */
export function prepareEquityDays(db: Database): (query: EquityQuery) => EquityEnds[] {
  const columns = 'SELECT minute, account, equity FROM minutes WHERE bridge = ? AND minute';
  const firstFrom = db.prepare<[string, number], Ends>(`${columns} >= ? ORDER BY minute LIMIT 1`);
  const lastBefore = db.prepare<[string, number], Ends>(`${columns} < ? ORDER BY minute DESC LIMIT 1`);
  const hasOther = db
    .prepare<[string, number, number, string | null], number>(
      'SELECT 1 FROM minutes WHERE bridge = ? AND minute BETWEEN ? AND ? AND account IS NOT ? LIMIT 1',
    )
    .pluck();
  const over = new Map<string, EquityEnds[]>();
  const within = db.prepare<[string, number, number], Ends>(`${columns} >= ? AND minute < ? ORDER BY minute`);

  const endsOfAccounts = (bridge: string, day: string, from: number, until: number): EquityEnds[] => {
    const found = new Map<string, EquityEnds>();
    for (const { minute, account, equity } of within.iterate(bridge, from, until)) {
      if (account === null) continue;
      const known = found.get(account);
      if (known === undefined)
        found.set(account, { account, day, first: equity, last: equity, firstAt: minute, lastAt: minute });
      else Object.assign(known, { last: equity, lastAt: minute });
    }
    return [...found.values()];
  };

  const endsOf = (bridge: string, first: Ends, { date, until }: TradingDaySpan): EquityEnds[] => {
    const { account } = first;
    const last = lastBefore.get(bridge, until) ?? first;
    const several = hasOther.get(bridge, first.minute, last.minute, account) !== undefined;
    if (several || account === null) return endsOfAccounts(bridge, date, first.minute, until);
    return [{ account, day: date, first: first.equity, last: last.equity, firstAt: first.minute, lastAt: last.minute }];
  };

  return ({ bridge, from, to, dayStart }) => {
    const newest = lastBefore.get(bridge, Number.MAX_SAFE_INTEGER);
    if (newest === undefined) return [];
    const earliest = Math.max(
      from === '' ? 0 : spanOfTradingDay(from, dayStart).from,
      newest.minute - mostDays * dayMs,
    );
    const days: EquityEnds[] = [];
    // A minute belongs to the day that it begins in.
    let next = firstFrom.get(bridge, earliest);
    while (next !== undefined) {
      const span = tradingDaySpan(next.minute, dayStart);
      if (span.date > to) break;
      const key = JSON.stringify([bridge, span.from, span.until]);
      const found = over.get(key) ?? endsOf(bridge, next, span);
      if (newest.minute >= span.until) over.set(key, found);
      days.push(...found);
      next = firstFrom.get(bridge, Math.max(span.until, minuteOf(next.minute) + minuteMs));
    }
    return days;
  };
}
