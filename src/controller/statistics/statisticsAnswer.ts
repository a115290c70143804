import { rejectWords } from '../../protocol/ea/rejectWords.ts';
import type { EquityDay, FiguresOf, ReasonCount, Statistics, StatisticsFilter } from '../../api/queries/statistics.ts';
import type { OrderGroup, ReasonGroup } from './entryFold.ts';
import { TallySum, type Tally } from './orderTally.ts';

const mostDays = 400;
const mostNames = 200;
const mostReasons = 50;

/** First and last equity of an account's day under one of its names, with their times, epoch ms. */
export interface EquityEnds extends EquityDay {
  firstAt: number;
  lastAt: number;
}

/** Inputs of one bridge's statistics within the days of the filter. */
export interface StatisticsParts {
  groups: Iterable<{ group: Omit<OrderGroup, 'bridge'>; tally: () => Tally }>;
  reasons: Iterable<{ group: Omit<ReasonGroup, 'bridge'>; count: number }>;
  equity: EquityEnds[];
  counted: number;
  /** Present name by former names: one account counts once. */
  aliases: ReadonlyMap<string, string>;
}

/** Merges groups. Takes time by the number of groups, not of orders. */
export function answerStatistics(
  { groups, reasons, equity, counted, aliases }: StatisticsParts,
  asked: StatisticsFilter,
): Statistics {
  const named = (account: string): string => aliases.get(account) ?? account;
  const filter = { ...asked, account: asked.account === null ? null : named(asked.account) };
  const totals = new TallySum();
  const days = new Sums();
  const symbols = new Sums();
  const sources = new Sums();
  const accounts = new Sums();
  const choices = { accounts: new Set<string>(), sources: new Set<string>(), symbols: new Set<string>() };
  for (const { group: written, tally: read } of groups) {
    const group = { ...written, account: named(written.account) };
    choices.accounts.add(group.account);
    choices.sources.add(group.source);
    choices.symbols.add(group.symbol);
    if (!passes(group, filter)) continue;
    const tally = read();
    totals.add(tally);
    days.of(group.day).add(tally);
    symbols.of(group.symbol).add(tally);
    sources.of(group.source).add(tally);
    accounts.of(group.account).add(tally);
  }
  const oneSymbol = symbols.size <= 1;
  return {
    totals: totals.figures(oneSymbol),
    byDay: days
      .figures(oneSymbol)
      .toSorted((one, other) => (one.name < other.name ? -1 : 1))
      .slice(-mostDays),
    bySymbol: largest(symbols.figures(true)),
    bySource: largest(sources.figures(oneSymbol)),
    byAccount: largest(accounts.figures(oneSymbol)),
    ...countReasons(reasons, filter, named),
    equity: joinDays(equity, named).filter(({ account }) => filter.account === null || account === filter.account),
    choices: {
      accounts: [...choices.accounts].sort(),
      sources: [...choices.sources].sort(),
      symbols: [...choices.symbols].sort(),
    },
    counted,
  };
}

function passes(group: Omit<OrderGroup, 'bridge'>, { account, source, symbol }: StatisticsFilter): boolean {
  return (
    (account === null || group.account === account) &&
    (source === null || group.source === source) &&
    (symbol === null || group.symbol === symbol)
  );
}

/** Sums by name. */
class Sums {
  private readonly byName = new Map<string, TallySum>();

  get size(): number {
    return this.byName.size;
  }

  of(name: string): TallySum {
    const known = this.byName.get(name);
    if (known !== undefined) return known;
    const sum = new TallySum();
    this.byName.set(name, sum);
    return sum;
  }

  figures(oneSymbol: boolean): FiguresOf[] {
    return [...this.byName].map(([name, sum]) => ({ name, figures: sum.figures(oneSymbol) }));
  }
}

function largest(all: FiguresOf[]): FiguresOf[] {
  return all.toSorted((one, other) => other.figures.orders - one.figures.orders).slice(0, mostNames);
}

function countReasons(
  reasons: StatisticsParts['reasons'],
  filter: StatisticsFilter,
  named: (account: string) => string,
): Pick<Statistics, 'rejects' | 'refusals'> {
  const counts = { rejected: new Map<string, number>(), refused: new Map<string, number>() };
  for (const { group, count } of reasons) {
    if (!passes({ ...group, account: named(group.account) }, filter)) continue;
    const ofState = counts[group.state];
    const reason = group.state === 'rejected' ? rejectWords(group.reason) : group.reason;
    ofState.set(reason, (ofState.get(reason) ?? 0) + count);
  }
  return { rejects: mostFrequent(counts.rejected), refusals: mostFrequent(counts.refused) };
}

function mostFrequent(counts: ReadonlyMap<string, number>): ReasonCount[] {
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count || (one.reason < other.reason ? -1 : 1))
    .slice(0, mostReasons);
}

/** Joins a day on which an account had two names: the first and the last equity count, under whichever name. */
function joinDays(days: readonly EquityEnds[], named: (account: string) => string): EquityDay[] {
  const joined = new Map<string, EquityEnds>();
  for (const day of days) {
    const account = named(day.account);
    const key = JSON.stringify([account, day.day]);
    const known = joined.get(key);
    if (known === undefined) {
      joined.set(key, { ...day, account });
      continue;
    }
    if (day.firstAt < known.firstAt) Object.assign(known, { first: day.first, firstAt: day.firstAt });
    if (day.lastAt > known.lastAt) Object.assign(known, { last: day.last, lastAt: day.lastAt });
  }
  return [...joined.values()].map(({ account, day, first, last }) => ({ account, day, first, last }));
}
