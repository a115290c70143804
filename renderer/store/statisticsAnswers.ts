import type { Statistics, StatisticsFilter, XpReport } from '../../src/api/queries/statistics.ts';
import { useAnswer } from './useAnswer.ts';

/** Most awards listed. */
const awards = 100;
const everyMs = 2_000;
/** The count on a tab may lag behind. */
const countEveryMs = 10_000;

export interface StatisticsAnswer {
  statistics: Statistics;
  xp: XpReport;
}

export function useStatistics(bridge: string, filter: StatisticsFilter): StatisticsAnswer | null {
  return useAnswer(
    ['statistics', bridge, filter],
    async (client) => {
      const [statistics, xp] = await Promise.all([
        client.call('statistics', { bridge, ...filter }),
        client.call('xp', { bridge, account: filter.account, limit: awards }),
      ]);
      return { statistics, xp };
    },
    everyMs,
    ({ statistics, xp }) => statistics.counted < 1 || xp.counted < 1,
  );
}

/** Number of all orders of the bridge; null until it is known. */
export function useOrderCount(bridge: string): number | null {
  const all = { account: null, source: null, symbol: null, from: null, to: null };
  return useAnswer(
    ['orderCount', bridge],
    async (client) => (await client.call('statistics', { bridge, ...all })).totals.orders,
    countEveryMs,
  );
}
