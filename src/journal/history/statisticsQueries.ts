import type { Database } from 'better-sqlite3';
import type { Statistics, XpAward, XpReport } from '../../api/queries/statistics.ts';
import { accountsKey, aliasesOf, readAccounts } from '../../controller/account/accountNames.ts';
import type { ReasonGroup } from '../../controller/statistics/entryFold.ts';
import type { Tally } from '../../controller/statistics/orderTally.ts';
import type { StatisticsQuery, XpQuery } from '../../controller/ports/journalHistory.ts';
import { answerStatistics } from '../../controller/statistics/statisticsAnswer.ts';
import { answerXp } from '../../controller/statistics/xpAnswer.ts';
import { prepareEquityDays } from './equityDays.ts';

type Span = [bridge: string, from: string, to: string];

/** Later than any day. */
const endOfDays = '9999-12-31';

export interface StatisticsQueries {
  statistics: (query: StatisticsQuery, counted: number) => Statistics;
  xp: (query: XpQuery, counted: number) => XpReport;
}

export function prepareStatistics(db: Database): StatisticsQueries {
  const groups = db
    .prepare<Span, [day: string, account: string, source: string, symbol: string, body: string]>(
      'SELECT day, account, source, symbol, body FROM order_groups WHERE bridge = ? AND day BETWEEN ? AND ?',
    )
    .raw();
  const reasons = db.prepare<Span, ReasonGroup & { count: number }>(
    `SELECT account, source, symbol, state, reason, sum(count) AS count FROM order_reasons
     WHERE bridge = ? AND day BETWEEN ? AND ? GROUP BY account, source, symbol, state, reason`,
  );
  const equityDays = prepareEquityDays(db);
  const remembered = db.prepare<[string], string>('SELECT value FROM remembered WHERE key = ?').pluck();
  const aliasesFor = (bridge: string): Map<string, string> =>
    aliasesOf(readAccounts(JSON.parse(remembered.get(accountsKey(bridge)) ?? 'null')));
  const accounts = db.prepare<[string], string>('SELECT DISTINCT account FROM xp_days WHERE bridge = ?').pluck();
  const days = db.prepare<[string, string], { day: string; points: number }>(
    'SELECT day, points FROM xp_days WHERE bridge = ? AND account = ?',
  );
  const awards = db.prepare<[string, string, number], XpAward>(
    `SELECT seq, bridge, account, at, day, reason, points, order_number AS "order", signal_id AS signalId
     FROM xp_awards WHERE bridge = ? AND account = ? ORDER BY seq DESC LIMIT ?`,
  );

  function* readGroups(span: Span) {
    for (const [day, account, source, symbol, body] of groups.iterate(...span)) {
      yield { group: { day, account, source, symbol }, tally: () => JSON.parse(body) as Tally };
    }
  }

  function* readReasons(span: Span) {
    for (const row of reasons.iterate(...span)) yield { group: row, count: row.count };
  }

  return {
    statistics: ({ bridge, dayStart, ...filter }, counted) => {
      const from = filter.from ?? '';
      const to = filter.to ?? endOfDays;
      const span: Span = [bridge, from, to];
      const equity = equityDays({ bridge, from, to, dayStart });
      const aliases = aliasesFor(bridge);
      const parts = { groups: readGroups(span), reasons: readReasons(span), equity, counted, aliases };
      return answerStatistics(parts, filter);
    },
    xp: ({ bridge, account, limit }, counted) => {
      const aliases = aliasesFor(bridge);
      const named = (each: string): string => aliases.get(each) ?? each;
      const all = accounts.all(bridge).filter((each) => account === null || named(each) === named(account));
      const newest = all
        .flatMap((each) => awards.all(bridge, each, limit))
        .sort((one, other) => other.seq - one.seq)
        .slice(0, limit)
        .map((award) => ({ ...award, account: named(award.account) }));
      return answerXp(
        all.flatMap((each) => days.all(bridge, each)),
        newest,
        counted,
      );
    },
  };
}
