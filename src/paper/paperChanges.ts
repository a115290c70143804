import type { Command8 } from '../protocol/protocol8/commands.ts';
import type { PaperMarket } from './market.ts';
import type { Position } from './paperDeals.ts';
import type { PaperPending } from './paperPending.ts';
import { failed, type Report } from './paperReport.ts';
import { brokerLots, type PaperTerminal } from './terminal.ts';

/** A command that changes a position or pending order. */
export type Change = Extract<Command8, { type: 'close' | 'close_by' | 'modify' | 'cancel' }>;

/** Changes positions and pending orders of the simulated terminal, each with its report (N3, N4). */
export class PaperChanges {
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

  carryOut(command: Change): Report {
    const { signal_id: id } = command;
    switch (command.type) {
      case 'close':
        return this.close(command);
      case 'close_by':
        return this.closeBy(command);
      case 'modify':
        return this.modify(command);
      case 'cancel':
        return this.pending.cancel(id, command.order);
    }
  }

  private close({ signal_id: id, position: ticket, lot }: Extract<Change, { type: 'close' }>): Report {
    const position = this.terminal.find(ticket);
    if (position === null) return notFound(id, ticket);
    const wrong = lot === undefined ? null : wrongLots(lot, position);
    if (wrong !== null) return failed(id, 'lot', wrong);
    const asked = lot ?? position.lot;
    const { deal, price, lot: traded } = this.terminal.closePosition(position, lot ?? null, id);
    const number = String(deal);
    return this.done(id, position.symbol, {
      ...{ ticket: number, deal: number, order: number, position: ticket, price, lot: traded, requested: asked },
    });
  }

  private closeBy({ signal_id: id, position: ticket, by: other }: Extract<Change, { type: 'close_by' }>): Report {
    const [position, by] = [this.terminal.find(ticket), this.terminal.find(other)];
    if (position === null) return notFound(id, ticket);
    if (by === null) return notFound(id, other);
    if (position.symbol !== by.symbol || position.side === by.side) {
      return failed(id, 'broker', 'Positions are closed by an opposite one of their symbol.');
    }
    const lot = this.terminal.closeBy(position, by, id);
    return this.done(id, position.symbol, { position: ticket, lot, requested: lot });
  }

  private modify(command: Extract<Change, { type: 'modify' }>): Report {
    const { signal_id: id, position: ticket, sl_price: sl, tp_price: tp, sent_at, expires_ms } = command;
    if (this.now() - sent_at > expires_ms) return failed(id, 'expired', 'The change came too late.');
    if (ticket === undefined) return this.pending.modify(command);
    const position = this.terminal.find(ticket);
    if (position === null) return notFound(id, ticket);
    const price = this.terminal.closePrice(position);
    const sign = position.side === 'buy' ? 1 : -1;
    if (sl > 0 && sign * (price - sl) <= 0)
      return failed(id, 'stops', `The stop loss ${String(sl)} is beyond the price.`);
    if (tp > 0 && sign * (tp - price) <= 0)
      return failed(id, 'stops', `The take profit ${String(tp)} is beyond the price.`);
    this.terminal.setStops(position, sl, tp);
    return this.done(id, position.symbol, { position: ticket });
  }

  private done(id: string, symbol: string, traded: Record<string, unknown>): Report {
    const quote = this.market.quote(symbol);
    const { balance, equity, margin } = this.terminal.figures();
    const now = { bid: quote?.bid ?? 0, ask: quote?.ask ?? 0, balance, equity, margin };
    const code = { retcode: 10_009, retcode_name: 'DONE' };
    return { type: 'trade_result', signal_id: id, status: 'success', ...code, ...traded, ...now };
  }
}

function notFound(id: string, ticket: string): Report {
  return failed(id, 'not_found', `There is no position ${ticket}.`);
}

/** Why so many lots of a position can't be closed; null: they can. */
function wrongLots(lot: number, position: Position): string | null {
  if (lot > position.lot) return `The position has ${String(position.lot)} lots, fewer than ${String(lot)}.`;
  const steps = lot / brokerLots.step;
  const isStep = Math.abs(steps - Math.round(steps)) < 1e-6 && lot >= brokerLots.min;
  return isStep ? null : `Lots ${String(lot)} can't be closed: the step is ${String(brokerLots.step)}.`;
}
