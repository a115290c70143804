import type { DealGroup, DealsPage, DealSums } from '../../api/queries/deals.ts';
import type { DealGroupsQuery, DealsQuery } from '../../controller/ports/journalHistory.ts';
import { compareTickets } from '../../domain/orders/ticket.ts';
import { madeBy } from '../rows/dealRows.ts';
import { closedTrades, type Deal } from '../../domain/positions/deals.ts';

/** The deals of a journal in memory, as those of a file are queried. */
export class DealTable {
  /** By account and number. */
  private readonly deals = new Map<string, AccountDeal>();

  put(account: string, deal: Deal): void {
    this.deals.set(`${account} ${deal.deal}`, { account, deal });
  }

  groups({ accounts, from, to, by }: DealGroupsQuery): DealGroup[] {
    const own = [...this.deals.values()].filter(({ account }) => accounts.includes(account));
    const nameOf = ({ account, deal }: (typeof own)[number]): string => {
      if (by === 'symbol') return deal.symbol;
      if (by === 'month') return new Date(deal.at).toISOString().slice(0, 7);
      return openerOf({ account, deal }, own);
    };
    const named = Map.groupBy(
      own.filter(({ deal: { at } }) => at >= from && at < to),
      nameOf,
    );
    return [...named]
      .map(([name, deals]) => ({ name, ...sumsOf(deals.map(({ deal }) => deal)) }))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  page({ accounts, from, to, before, limit, opener = null }: DealsQuery): DealsPage {
    const own = [...this.deals.values()].filter(({ account }) => accounts.includes(account));
    const within = own.filter(({ deal: { at } }) => at >= from && at < to);
    const closing = within.filter(({ deal }) => deal.entry !== 'in').sort((one, other) => byTime(other.deal, one.deal));
    const rest = closing
      .filter(({ deal }) => before === null || byTime(deal, before) < 0)
      .filter((each) => opener === null || openerOf(each, own) === opener);
    const rows = rest.slice(0, limit);
    const last = rest.length < limit ? undefined : rows.at(-1)?.deal;
    return {
      trades: rows.flatMap(({ account, deal }) => {
        const ofPosition = own.filter((each) => each.account === account && each.deal.position === deal.position);
        const sorted = ofPosition.map((each) => each.deal).sort(byTime);
        return closedTrades(sorted).filter((trade) => trade.deal === deal.deal);
      }),
      next: last === undefined ? null : { at: last.at, deal: last.deal },
      sums: sumsOf(within.map(({ deal }) => deal)),
    };
  }
}

interface AccountDeal {
  account: string;
  deal: Deal;
}

/** Who opened the position of a deal; empty: not known. @param own all deals of the account */
function openerOf({ account, deal }: AccountDeal, own: readonly AccountDeal[]): string {
  if (deal.entry === 'in') return madeBy(deal);
  const opening = own
    .filter((each) => each.account === account && each.deal.position === deal.position && each.deal.entry === 'in')
    .map((each) => each.deal)
    .sort(byTime)[0];
  return opening === undefined ? '' : madeBy(opening);
}

function sumsOf(deals: readonly Deal[]): DealSums {
  const closing = deals.filter(({ entry }) => entry !== 'in');
  const total = (value: (deal: Deal) => number | null): number =>
    deals.reduce((sum, deal) => sum + (value(deal) ?? 0), 0);
  return {
    closed: closing.length,
    won: closing.filter(({ profit }) => (profit ?? 0) > 0).length,
    profit: total(({ profit }) => profit),
    swap: total(({ swap }) => swap),
    costs: total(({ costs }) => costs),
  };
}

function byTime(one: Pick<Deal, 'at' | 'deal'>, other: Pick<Deal, 'at' | 'deal'>): number {
  return one.at - other.at || compareTickets(one.deal, other.deal);
}
