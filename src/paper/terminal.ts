import { type DealReason, PaperDeals, type Position } from './paperDeals.ts';
import { pointOf, roundPrice, type PaperMarket, type SymbolSpec } from './market.ts';

/** v7's magic number: it closes only positions that carry it (W2). */
export const eaMagic = 20_250_101;

export interface TradeRequest {
  side: 'buy' | 'sell';
  symbol: string;
  lot: number;
  /** Points; 0 is none (W5). */
  slPoints: number;
  tpPoints: number;
  /** Left out: empty. */
  comment?: string;
  /** Number of the pending order that it fills; left out: a new one. */
  ticket?: number;
}

export type TradeAnswer = { ok: true; ticket: number; price: number; lot: number } | { ok: false; error: string };

/** A deal that closes. */
export interface Closed {
  deal: number;
  price: number;
  lot: number;
}

export interface PaperFigures {
  balance: number;
  equity: number;
  margin: number;
  freeMargin: number;
  profit: number;
  positions: number;
}

/** A broker's limits for every symbol (W6). */
export const brokerLots = { min: 0.01, max: 100, step: 0.01 };

/**
 * A simulated MT5 terminal with one account in US dollars: fills at bid and ask, computes margin, closes positions at
 * their stops.
 */
export class PaperTerminal {
  private readonly market: PaperMarket;
  /** 100 for 1:100. */
  readonly leverage: number;
  private balance: number;
  private positions: Position[] = [];
  private lastTicket = 8_412_388;
  private changeCount = 0;
  private readonly now: () => number;
  readonly deals = new PaperDeals();

  /** @param now epoch ms */
  constructor(market: PaperMarket, balance: number, leverage: number, now: () => number) {
    this.market = market;
    this.now = now;
    this.balance = balance;
    this.leverage = leverage;
  }

  /** Rises with each position that is opened or closed. */
  get changes(): number {
    return this.changeCount;
  }

  nextTicket(): number {
    this.lastTicket += 1;
    return this.lastTicket;
  }

  openPositions(): readonly Position[] {
    return this.positions;
  }

  figures(): PaperFigures {
    const profit = this.positions.reduce((sum, position) => sum + this.profitOf(position), 0);
    const margin = this.positions.reduce((sum, position) => sum + this.marginOf(position.symbol, position.lot), 0);
    const equity = this.balance + profit;
    return {
      balance: this.balance,
      equity,
      margin,
      freeMargin: equity - margin,
      profit,
      positions: this.positions.length,
    };
  }

  open(request: TradeRequest, magic = eaMagic): TradeAnswer {
    const spec = this.market.spec(request.symbol);
    const quote = this.market.quote(request.symbol);
    if (spec === null || quote === null) return { ok: false, error: `Invalid symbol: ${request.symbol}` };
    const lot = brokerLot(request.lot);
    if (this.marginOf(request.symbol, lot) > this.figures().freeMargin)
      return { ok: false, error: 'Trade failed: No money' };

    const price = request.side === 'buy' ? quote.ask : quote.bid;
    const ticket = request.ticket ?? this.nextTicket();
    const position: Position = {
      ticket,
      symbol: request.symbol,
      side: request.side,
      lot,
      openPrice: price,
      stopLoss: stopPrice(spec, request, price, -request.slPoints),
      takeProfit: stopPrice(spec, request, price, request.tpPoints),
      magic,
      comment: request.comment ?? '',
      openedAt: this.now(),
    };
    this.positions.push(position);
    this.changeCount += 1;
    this.deals.opened(position);
    return { ok: true, ticket, price, lot };
  }

  /** Closes the EA's own positions of one symbol, or of all. @returns how many */
  close(symbol: string | null, comment = ''): number {
    const closing = this.positions.filter((one) => one.magic === eaMagic && (symbol === null || one.symbol === symbol));
    for (const position of closing) this.closeAt(position, this.closePrice(position), 'expert', comment);
    return closing.length;
  }

  find(ticket: string): Position | null {
    return this.positions.find((one) => String(one.ticket) === ticket) ?? null;
  }

  /** Closes a position, or lots of it. @param lot null: all of it */
  closePosition(position: Position, lot: number | null, comment: string): Closed {
    return this.closeAt(position, this.closePrice(position), 'expert', comment, lot ?? position.lot);
  }

  /** Closes a position by an opposite one, each at the price that the other was opened at. @returns the lots */
  closeBy(position: Position, by: Position, comment: string): number {
    const lot = Math.min(position.lot, by.lot);
    this.closeAt(position, by.openPrice, 'expert', comment, lot);
    // All of the result is the first one's.
    this.closeAt(by, by.openPrice, 'expert', comment, lot);
    return lot;
  }

  /** @param stopLoss price; 0: none */
  setStops(position: Position, stopLoss: number, takeProfit: number): void {
    position.stopLoss = stopLoss;
    position.takeProfit = takeProfit;
    this.changeCount += 1;
  }

  /** Closes positions whose stop loss or take profit the last quotes have reached. */
  checkStops(): void {
    for (const position of [...this.positions]) {
      const price = this.closePrice(position);
      const sign = position.side === 'buy' ? 1 : -1;
      const stopped = position.stopLoss > 0 && sign * (price - position.stopLoss) <= 0;
      const taken = position.takeProfit > 0 && sign * (price - position.takeProfit) >= 0;
      if (stopped) this.closeAt(position, price, 'sl', `[sl ${String(position.stopLoss)}]`);
      else if (taken) this.closeAt(position, price, 'tp', `[tp ${String(position.takeProfit)}]`);
    }
  }

  private closeAt(position: Position, price: number, reason: DealReason, comment: string, lot = position.lot): Closed {
    const profit = this.profitAt({ ...position, lot }, price);
    this.balance += profit;
    this.lastTicket += 1;
    this.changeCount += 1;
    const deal = this.lastTicket;
    this.deals.closed({ ...position, lot }, { number: deal, price, profit, comment, reason, at: this.now() });
    const left = Math.round((position.lot - lot) * 100) / 100;
    position.lot = left;
    if (left <= 0) this.positions = this.positions.filter((one) => one !== position);
    return { deal, price, lot };
  }

  /** What closes a position now. */
  closePrice(position: Position): number {
    const quote = this.market.quote(position.symbol);
    if (quote === null) return position.openPrice;
    return position.side === 'buy' ? quote.bid : quote.ask;
  }

  /** Profit at the last quote, US dollars. */
  profitOf(position: Position): number {
    return this.profitAt(position, this.closePrice(position));
  }

  private profitAt(position: Position, price: number): number {
    const spec = this.market.spec(position.symbol);
    if (spec === null) return 0;
    const sign = position.side === 'buy' ? 1 : -1;
    const inQuoteCurrency = sign * (price - position.openPrice) * spec.contractSize * position.lot;
    return spec.quotedInUsd ? inQuoteCurrency : inQuoteCurrency / price;
  }

  private marginOf(symbol: string, lot: number): number {
    const spec = this.market.spec(symbol);
    const quote = this.market.quote(symbol);
    if (spec === null || quote === null) return 0;
    return (lot * spec.contractSize * (spec.quotedInUsd ? quote.ask : 1)) / this.leverage;
  }
}

/** W6: the lots that v7 silently trades in place of those asked for. */
function brokerLot(lot: number): number {
  const rounded = Math.round((lot <= 0 ? brokerLots.min : lot) * 100) / 100;
  return Math.min(brokerLots.max, Math.max(brokerLots.min, rounded));
}

function stopPrice(spec: SymbolSpec, request: TradeRequest, price: number, points: number): number {
  const sign = request.side === 'buy' ? 1 : -1;
  return points === 0 ? 0 : roundPrice(spec, price + sign * points * pointOf(spec));
}
