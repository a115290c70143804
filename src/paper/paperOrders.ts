import { v7Lot } from '../domain/v7Lots.ts';
import type { Command8 } from '../protocol/protocol8/commands.ts';
import { pointOf, type PaperMarket } from './market.ts';
import type { PaperPending } from './paperPending.ts';
import { type Entry, failed, type Report } from './paperReport.ts';
import { brokerLots, type PaperTerminal } from './terminal.ts';

export type CloseAll = Extract<Command8, { type: 'close_all' }>;

/** Carries out the orders of protocol 8 on the simulated terminal: entries and closes, each with its report. */
export class PaperOrders {
  private readonly market: PaperMarket;
  private readonly terminal: PaperTerminal;
  private readonly pending: PaperPending;
  private readonly now: () => number;

  /** @param now epoch ms */
  constructor(market: PaperMarket, terminal: PaperTerminal, pending: PaperPending, now: () => number) {
    this.market = market;
    this.terminal = terminal;
    this.pending = pending;
    this.now = now;
  }

  /** @param fewerLots trades the lots that v7 would */
  enter(command: Entry, fewerLots: boolean): Report {
    const { signal_id: id, action, symbol, lot, expires_ms, sent_at } = command;
    if (this.now() - sent_at > expires_ms) return failed(id, 'expired', 'The order came too late.');
    if (action !== 'buy' && action !== 'sell') return this.pending.place(command);
    const quote = this.market.quote(symbol);
    const spec = this.market.spec(symbol);
    if (quote === null || spec === null) return failed(id, 'symbol', `Invalid symbol: ${symbol}`);
    const price = action === 'buy' ? quote.ask : quote.bid;
    const pointsTo = (stop: number | undefined): number =>
      stop === undefined || stop === 0 ? 0 : Math.round(Math.abs(stop - price) / pointOf(spec));
    const answer = this.terminal.open({
      ...{ side: action, symbol, lot: fewerLots ? v7Lot(lot, brokerLots) : lot },
      ...{ slPoints: command.sl ?? pointsTo(command.sl_price), tpPoints: command.tp ?? pointsTo(command.tp_price) },
      comment: id,
    });
    if (!answer.ok) return failed(id, 'broker', answer.error);
    const { balance, equity, margin } = this.terminal.figures();
    const number = String(answer.ticket);
    const asked = { requested: lot, requested_price: price, slippage_points: 0, retcode_name: 'DONE' };
    const traded = {
      ticket: number,
      price: answer.price,
      lot: answer.lot,
      deal: number,
      order: number,
      position: number,
    };
    const now = { bid: quote.bid, ask: quote.ask, balance, equity, margin };
    return { type: 'trade_result', signal_id: id, status: 'success', retcode: 10_009, ...traded, ...asked, ...now };
  }

  /** Closes every position, or those in one symbol. */
  close({ signal_id: id, symbol, orders }: CloseAll): Report {
    if (orders) this.pending.removeAll(symbol ?? null);
    const closed = this.terminal.close(symbol ?? null, id);
    if (closed === 0 && symbol !== undefined) return failed(id, 'not_found', `No positions found for ${symbol}`);
    const message = `Closed ${String(closed)} positions`;
    return { type: 'trade_result', signal_id: id, status: 'success', ticket: 0, price: 0, message };
  }
}
