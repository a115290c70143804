import type { OrderSource } from '../orders/order.ts';
import type { TradeReason } from './openTrades.ts';

// Deals of an account, as its EA tells them (N6), and the closed trades that they make. Money is of the account's currency.

/** A deal that bought or sold. */
export interface Deal {
  /** Text of digits, as the position. */
  deal: string;
  /** Epoch ms. */
  at: number;
  position: string;
  symbol: string;
  side: 'buy' | 'sell';
  entry: 'in' | 'out' | 'inout' | 'out_by';
  lots: number;
  price: number | null;
  profit: number | null;
  swap: number | null;
  /** Commission and fee; a cost is below 0. */
  costs: number | null;
  reason: TradeReason | null;
  magic: string | null;
  comment: string;
  /** ID of the order by which it came; null: not told, or none. */
  signalId: string | null;
  /** Where this desk fired that order; null: no order of its journal. */
  source: OrderSource | null;
}

/** A position, or a part of one, that was closed by one deal. */
export interface ClosedTrade {
  /** The deal that closed it. */
  deal: string;
  closedAt: number;
  /** Null: the deals that opened it are not known, as other fields of its opening. */
  openedAt: number | null;
  position: string;
  symbol: string;
  /** Of the position. */
  side: 'buy' | 'sell';
  lots: number;
  openPrice: number | null;
  closePrice: number | null;
  /** Without swap and costs. */
  profit: number | null;
  swap: number | null;
  /** Commission and fee of the closing deal, and its share of those of the opening ones. */
  costs: number | null;
  /** Profit, swap and costs; null: the profit is not told. */
  net: number | null;
  /** What closed it. */
  reason: TradeReason | null;
  closedBy: OrderSource | null;
  /** Who opened it. */
  signalId: string | null;
  source: OrderSource | null;
  openReason: TradeReason | null;
  magic: string | null;
  comment: string;
}

/** What of a position is open while its deals are gone through. */
interface Open {
  lots: number;
  /** Sum of lots times price; null: a price is not told. */
  value: number | null;
  costs: number;
  at: number;
  side: 'buy' | 'sell';
  by: Deal;
}

/** Lots below this are rounding of binary fractions. */
const noLots = 1e-9;

/** The closed trades of one position. @param deals all that are known of it, in the order of their time */
export function closedTrades(deals: readonly Deal[]): ClosedTrade[] {
  const closed: ClosedTrade[] = [];
  let open: Open | null = null;
  for (const deal of deals) {
    if (deal.entry === 'in') {
      open = opened(open, deal, deal.lots);
      continue;
    }
    // A reversal closes what is open, and opens the rest on the other side.
    const lots: number = deal.entry === 'inout' ? Math.min(open?.lots ?? deal.lots, deal.lots) : deal.lots;
    closed.push(closedBy(deal, open, lots));
    open = remaining(open, lots);
    const reversed = Number((deal.lots - lots).toFixed(8));
    if (deal.entry === 'inout' && reversed > noLots) open = opened(null, { ...deal, costs: null }, reversed);
  }
  return closed;
}

function opened(open: Open | null, deal: Deal, lots: number): Open {
  const value = deal.price === null ? null : deal.price * lots;
  const costs = deal.costs ?? 0;
  if (open === null) return { lots, value, costs, at: deal.at, side: deal.side, by: deal };
  const sum = open.value === null || value === null ? null : open.value + value;
  return { ...open, lots: Number((open.lots + lots).toFixed(8)), value: sum, costs: open.costs + costs };
}

function remaining(open: Open | null, lots: number): Open | null {
  if (open === null) return null;
  const left = Number((open.lots - lots).toFixed(8));
  if (left <= noLots) return null;
  const share = left / open.lots;
  return { ...open, lots: left, value: open.value === null ? null : open.value * share, costs: open.costs * share };
}

function closedBy(deal: Deal, open: Open | null, lots: number): ClosedTrade {
  const share = open === null ? 0 : Math.min(1, lots / open.lots);
  const { profit, swap } = deal;
  const costs = deal.costs === null && open === null ? null : toCents((deal.costs ?? 0) + (open?.costs ?? 0) * share);
  return {
    ...{ deal: deal.deal, closedAt: deal.at, openedAt: open?.at ?? null, position: deal.position, symbol: deal.symbol },
    // The closing deal is on the other side.
    side: open?.side ?? (deal.side === 'buy' ? 'sell' : 'buy'),
    lots,
    openPrice: averagePrice(open),
    closePrice: deal.price,
    ...{ profit, swap, costs },
    net: profit === null ? null : toCents(profit + (swap ?? 0) + (costs ?? 0)),
    ...{ reason: deal.reason, closedBy: deal.source },
    ...{ signalId: open?.by.signalId ?? null, source: open?.by.source ?? null, openReason: open?.by.reason ?? null },
    ...{ magic: open?.by.magic ?? null, comment: open?.by.comment ?? '' },
  };
}

function averagePrice(open: Open | null): number | null {
  const value = open?.value ?? null;
  return open === null || value === null ? null : Number((value / open.lots).toFixed(8));
}

/** Drops the errors of binary fractions; a currency has at most 8 decimals. */
function toCents(value: number): number {
  return Number(value.toFixed(8));
}
