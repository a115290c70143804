import type { Deal8, OrdersPage, Position8, PositionsPage } from '../protocol/protocol8/reports.ts';
import type { Deal, Position } from './paperDeals.ts';
import type { PaperPending } from './paperPending.ts';
import type { PaperTerminal } from './terminal.ts';

const positionsAPage = 50;
/** Time after which lists are told without a change, ms. */
const wholeListMs = 30_000;
/** Deals of so long before the last one are told again over the next connection, ms. */
const againMs = 60_000;

type Message = { type: string } & Record<string, unknown>;

/** What a paper EA of protocol 8 tells of positions, orders and deals (N5, N6). */
export class PaperTrades {
  private readonly terminal: PaperTerminal;
  private readonly pending: PaperPending;
  private readonly now: () => number;
  private readonly say: (message: Message) => void;
  private list = 0;
  /** The terminal's count of changes, and the time, when the lists were told; null: they were not. */
  private told: { changes: number; at: number } | null = null;
  /** Number of deals that were told, and the time of the last one. */
  private dealsTold = 0;
  private lastDealAt = 0;

  constructor(terminal: PaperTerminal, pending: PaperPending, now: () => number, say: (message: Message) => void) {
    this.terminal = terminal;
    this.pending = pending;
    this.now = now;
    this.say = say;
  }

  /** Handles a welcome: the lists, and the deals since the last one that was told. */
  begin(): void {
    this.ask(this.lastDealAt - againMs);
  }

  /** Handles the desk's question (N8). @param since epoch ms */
  ask(since: number): void {
    this.told = null;
    const { deals } = this.terminal;
    const kept = deals.last(deals.total);
    const known = kept.findIndex(({ at }) => at >= since);
    const again = known === -1 ? 0 : kept.length - known;
    this.dealsTold = Math.min(this.dealsTold, deals.total - again);
  }

  /** Tells what has changed. */
  tell(): void {
    const changes = this.terminal.changes + this.pending.changes;
    const at = this.now();
    if (this.told?.changes !== changes || at - this.told.at >= wholeListMs) {
      this.told = { changes, at };
      this.list += 1;
      this.tellPositions(at);
      this.tellOrders(at);
    }
    const { deals } = this.terminal;
    for (const deal of deals.last(deals.total - this.dealsTold)) {
      this.say({ type: 'deal', ...dealOf(deal) });
      this.lastDealAt = deal.at;
    }
    this.dealsTold = deals.total;
  }

  private tellOrders(at: number): void {
    const all = this.pending.entries();
    const pages = Math.max(1, Math.ceil(all.length / positionsAPage));
    for (let page = 1; page <= pages; page += 1) {
      const orders = all.slice((page - 1) * positionsAPage, page * positionsAPage);
      const whole: OrdersPage = { list: this.list, page, last: page === pages, count: all.length, at, orders };
      this.say({ type: 'orders', ...whole });
    }
  }

  private tellPositions(at: number): void {
    const all = this.terminal.openPositions();
    const pages = Math.max(1, Math.ceil(all.length / positionsAPage));
    for (let page = 1; page <= pages; page += 1) {
      const shown = all.slice((page - 1) * positionsAPage, page * positionsAPage);
      const positions = shown.map((position) => positionOf(position, this.terminal.profitOf(position)));
      const whole: PositionsPage = { list: this.list, page, last: page === pages, count: all.length, at, positions };
      this.say({ type: 'positions', ...whole });
    }
  }
}

function positionOf(position: Position, profit: number): Position8 {
  const { ticket, symbol, side, lot, openPrice, openedAt, stopLoss, takeProfit, magic, comment } = position;
  return {
    ...{ position: String(ticket), ticket: String(ticket), symbol, side, lots: lot, price: openPrice },
    ...{ opened_at: openedAt, profit, swap: 0, sl: stopLoss, tp: takeProfit },
    ...origin(magic, comment),
    reason: 'expert',
  };
}

function dealOf(deal: Deal): Deal8 {
  const { number, position, symbol, side, entry, lot, price, profit, at, magic, comment, reason } = deal;
  return {
    ...{ deal: String(number), kind: 'trade', at, order: String(number), position: String(position) },
    ...{ symbol, side, entry, lots: lot, price, profit, swap: 0, commission: 0, fee: 0 },
    ...origin(magic, comment),
    reason,
  };
}

function origin(magic: number, comment: string): Pick<Position8, 'magic' | 'comment' | 'signal_id'> {
  const isSignal = comment !== '' && !comment.startsWith('[');
  return { magic: String(magic), comment, ...(isSignal ? { signal_id: comment } : {}) };
}
