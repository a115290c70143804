import type { ExportPage, Statistics, XpReport } from '../../api/queries/statistics.ts';
import type { Order } from '../../domain/orders/order.ts';
import type { Sample } from '../../api/state/state.ts';
import { EntryFold, type FollowedEntry } from '../../controller/statistics/entryFold.ts';
import type { StatisticsQuery, XpQuery } from '../../controller/ports/journalHistory.ts';
import { answerStatistics, type EquityEnds } from '../../controller/statistics/statisticsAnswer.ts';
import { joinGroups } from '../rows/joinGroups.ts';
import { answerXp } from '../../controller/statistics/xpAnswer.ts';
import { tradingDay } from '../../domain/tradingDay.ts';

/** A sample with its bridge and account. */
export interface OwnedSample {
  account: string | null;
  sample: Sample;
}

/** Statistics and experience points of a journal in memory. */
export class MemoryStatistics {
  private readonly fold = new EntryFold();

  take(seq: number, at: number, entry: FollowedEntry['entry'], before: Order | null): void {
    this.fold.add({ seq, at, entry, before });
  }

  statistics(
    { bridge, dayStart, ...filter }: StatisticsQuery,
    samples: readonly OwnedSample[],
    aliases: ReadonlyMap<string, string>,
  ): Statistics {
    const within = (day: string): boolean => (filter.from ?? '') <= day && (filter.to ?? day) >= day;
    const groups = [...this.fold.groups.values()]
      .filter(({ group }) => group.bridge === bridge && within(group.day))
      .map(({ group, sum }) => ({ group, tally: () => sum.tally() }));
    const reasons = [...this.fold.reasons.values()].filter(({ group }) => group.bridge === bridge && within(group.day));
    const equity = equityDays(samples, (at) => tradingDay(at, dayStart)).filter(({ day }) => within(day));
    return answerStatistics({ groups, reasons, equity, counted: 1, aliases }, filter);
  }

  xp({ bridge, account, limit }: XpQuery, aliases: ReadonlyMap<string, string>): XpReport {
    const named = (each: string): string => aliases.get(each) ?? each;
    const own = (one: { bridge: string; account: string }): boolean =>
      one.bridge === bridge && (account === null || named(one.account) === named(account));
    const awards = this.fold.awards
      .filter(own)
      .toReversed()
      .slice(0, limit)
      .map((award) => ({ ...award, account: named(award.account) }));
    return answerXp([...this.fold.xpDays.values()].filter(own), awards, 1);
  }

  /** All rows in one page: a journal in memory is small. */
  exportRows(
    kind: 'awards' | 'statistics',
    bridge: string,
    from: string,
    to: string,
    named: (account: string) => string,
  ): ExportPage['rows'] {
    const wanted = (one: { bridge: string; day: string }): boolean =>
      one.bridge === bridge && one.day >= from && one.day <= to;
    if (kind === 'awards')
      return this.fold.awards.filter(wanted).map((award) => ({ ...award, account: named(award.account) }));
    const groups = [...this.fold.groups.values()].filter(({ group }) => wanted(group));
    return joinGroups(
      groups.map(({ group, sum }) => ({ ...group, tally: sum.tally() })),
      named,
    );
  }
}

function equityDays(samples: readonly OwnedSample[], dayOf: (at: number) => string): EquityEnds[] {
  const found = new Map<string, EquityEnds>();
  for (const { account, sample } of samples) {
    if (account === null) continue;
    const day = dayOf(sample.at);
    const key = `${day} ${account}`;
    const known = found.get(key);
    if (known === undefined)
      found.set(key, {
        ...{ account, day, first: sample.equity, last: sample.equity, firstAt: sample.at, lastAt: sample.at },
      });
    else Object.assign(known, { last: sample.equity, lastAt: sample.at });
  }
  return [...found.values()].sort((one, other) => (one.day < other.day ? -1 : 1));
}
