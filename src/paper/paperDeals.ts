export interface Position {
  ticket: number;
  symbol: string;
  side: 'buy' | 'sell';
  lot: number;
  openPrice: number;
  /** Prices; 0 is none. */
  stopLoss: number;
  takeProfit: number;
  magic: number;
  /** ID of the signal that opened it; empty: none. */
  comment: string;
  /** Epoch ms. */
  openedAt: number;
}

/** Why a deal was made, by MT5's names. */
export type DealReason = 'expert' | 'sl' | 'tp';

export interface Deal {
  /** A deal that opens a position has its number. */
  number: number;
  position: number;
  symbol: string;
  side: 'buy' | 'sell';
  entry: 'in' | 'out';
  lot: number;
  price: number;
  /** US dollars. */
  profit: number;
  comment: string;
  magic: number;
  reason: DealReason;
  /** Epoch ms. */
  at: number;
}

const mostKept = 1_000;

/** The deals of a simulated account, the last {@link mostKept}. */
export class PaperDeals {
  private readonly kept: Deal[] = [];
  private count = 0;

  opened({ ticket, symbol, side, lot, openPrice, comment, magic, openedAt }: Position): void {
    const traded = { symbol, side, lot, price: openPrice, profit: 0, comment, magic };
    this.add({ number: ticket, position: ticket, entry: 'in', ...traded, reason: 'expert', at: openedAt });
  }

  /** @param number of the deal; it has a closing deal's opposite side */
  closed(position: Position, closing: Pick<Deal, 'number' | 'price' | 'profit' | 'comment' | 'reason' | 'at'>): void {
    const { ticket, symbol, lot, magic } = position;
    const side = position.side === 'buy' ? 'sell' : 'buy';
    this.add({ position: ticket, symbol, side, entry: 'out', lot, magic, ...closing });
  }

  /** Number of deals so far. */
  get total(): number {
    return this.count;
  }

  /** The kept deals of the last `count`, in order. */
  last(count: number): readonly Deal[] {
    return count <= 0 ? [] : this.kept.slice(-count);
  }

  private add(deal: Deal): void {
    this.kept.push(deal);
    this.count += 1;
    if (this.kept.length > mostKept) this.kept.shift();
  }
}
