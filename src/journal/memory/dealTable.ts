import type { DealsPage } from '../../api/queries/deals.ts';
import type { DealsQuery } from '../../controller/ports/journalHistory.ts';
import { compareTickets } from '../../domain/orders/ticket.ts';
import { closedTrades, type Deal } from '../../domain/positions/deals.ts';

/** The deals of a journal in memory, as those of a file are queried. */
export class DealTable {
  /** By account and number. */
  private readonly deals = new Map<string, { account: string; deal: Deal }>();

  put(account: string, deal: Deal): void {
    this.deals.set(`${account} ${deal.deal}`, { account, deal });
  }

  page({ accounts, from, to, before, limit }: DealsQuery): DealsPage {
    const own = [...this.deals.values()].filter(({ account }) => accounts.includes(account));
    const within = own.filter(({ deal: { at } }) => at >= from && at < to);
    const closing = within.filter(({ deal }) => deal.entry !== 'in').sort((one, other) => byTime(other.deal, one.deal));
    const rest = closing.filter(({ deal }) => before === null || byTime(deal, before) < 0);
    const rows = rest.slice(0, limit);
    const last = rest.length < limit ? undefined : rows.at(-1)?.deal;
    const total = (value: (deal: Deal) => number | null): number =>
      within.reduce((sum, { deal }) => sum + (value(deal) ?? 0), 0);
    return {
      trades: rows.flatMap(({ account, deal }) => {
        const ofPosition = own.filter((each) => each.account === account && each.deal.position === deal.position);
        const sorted = ofPosition.map((each) => each.deal).sort(byTime);
        return closedTrades(sorted).filter((trade) => trade.deal === deal.deal);
      }),
      next: last === undefined ? null : { at: last.at, deal: last.deal },
      sums: {
        closed: closing.length,
        won: closing.filter(({ deal }) => (deal.profit ?? 0) > 0).length,
        profit: total(({ profit }) => profit),
        swap: total(({ swap }) => swap),
        costs: total(({ costs }) => costs),
      },
    };
  }
}

function byTime(one: Pick<Deal, 'at' | 'deal'>, other: Pick<Deal, 'at' | 'deal'>): number {
  return one.at - other.at || compareTickets(one.deal, other.deal);
}
