import { waitsAbove, type EntryKind } from '../domain/orders/pendingEntry.ts';
import type { Order8 } from '../protocol/protocol8/reports.ts';
import type { Command8 } from '../protocol/protocol8/commands.ts';
import { pointOf, roundPrice, type PaperMarket } from './market.ts';
import { failed, type Entry, type Report } from './paperReport.ts';
import { brokerLots, eaMagic, type PaperTerminal } from './terminal.ts';

type Modify = Extract<Command8, { type: 'modify' }>;

/** An order that waits. Stops are prices, 0 is none. */
interface Waiting {
  ticket: number;
  symbol: string;
  side: 'buy' | 'sell';
  kind: EntryKind;
  lot: number;
  price: number;
  /** Of a stop-limit order that has not reached its stop price; null: none. */
  limitPrice: number | null;
  /** Epoch ms; 0: until cancelled. */
  until: number;
  sl: number;
  tp: number;
  id: string;
  placedAt: number;
}

const dayMs = 86_400_000;

/**
 * Pending orders of the simulated terminal (N3). A limit order fills at its price or better, a stop order at the market's once its
 * price is reached, so that a gap costs what it would cost. The broker's clock is UTC.
 */
export class PaperPending {
  private readonly market: PaperMarket;
  private readonly terminal: PaperTerminal;
  private readonly now: () => number;
  private waiting: Waiting[] = [];
  private changeCount = 0;

  /** @param now epoch ms */
  constructor(market: PaperMarket, terminal: PaperTerminal, now: () => number) {
    this.market = market;
    this.terminal = terminal;
    this.now = now;
  }

  /** Rises with each order that is placed, changed, or gone. */
  get changes(): number {
    return this.changeCount;
  }

  get count(): number {
    return this.waiting.length;
  }

  place(command: Entry): Report {
    const { signal_id: id, action, symbol, lot, price = 0, limit_price: limitPrice = null } = command;
    const quote = this.market.quote(symbol);
    const spec = this.market.spec(symbol);
    if (quote === null || spec === null) return failed(id, 'symbol', `Invalid symbol: ${symbol}`);
    const [side, ...words] = action.split('_');
    const kind = words.join('_') as EntryKind;
    if (side !== 'buy' && side !== 'sell') return failed(id, 'invalid', `There is no action ${action}.`);
    if (lot < brokerLots.min || lot > brokerLots.max) return failed(id, 'lot', `Lots ${String(lot)} are not taken.`);
    const market = side === 'buy' ? quote.ask : quote.bid;
    const isWrong = waitsAbove(side, kind) ? price <= market : price >= market;
    if (isWrong) return failed(id, 'price', `Invalid price: ${String(price)}`);
    const opens = limitPrice ?? price;
    const sign = side === 'buy' ? 1 : -1;
    const stopAt = (points: number | undefined, at: number | undefined, way: 1 | -1): number =>
      points === undefined || points === 0 ? (at ?? 0) : roundPrice(spec, opens + sign * way * points * pointOf(spec));
    const [sl, tp] = [stopAt(command.sl, command.sl_price, -1), stopAt(command.tp, command.tp_price, 1)];
    if (sl > 0 && sign * (opens - sl) <= 0) return failed(id, 'stops', `Invalid stop loss: ${String(sl)}`);
    if (tp > 0 && sign * (tp - opens) <= 0) return failed(id, 'stops', `Invalid take profit: ${String(tp)}`);
    const until = this.untilOf(command);
    if (until !== 0 && until <= this.now()) return failed(id, 'invalid', 'The order would have expired already.');
    const ticket = this.terminal.nextTicket();
    this.waiting.push({ ticket, symbol, side, kind, lot, price, limitPrice, until, sl, tp, id, placedAt: this.now() });
    this.changeCount += 1;
    return this.done(id, symbol, ticket, { requested: lot, requested_price: price });
  }

  cancel(id: string, order: string): Report {
    const found = this.find(order);
    if (found === undefined) return failed(id, 'not_found', `There is no pending order ${order}.`);
    this.remove(found);
    return this.done(id, found.symbol, found.ticket);
  }

  modify({ signal_id: id, order = '', price, limit_price, sl_price, tp_price, until }: Modify): Report {
    const found = this.find(order);
    if (found === undefined) return failed(id, 'not_found', `There is no pending order ${order}.`);
    const moved = { price: price ?? found.price, limitPrice: limit_price ?? found.limitPrice };
    const opens = moved.limitPrice ?? moved.price;
    const sign = found.side === 'buy' ? 1 : -1;
    if (sl_price > 0 && sign * (opens - sl_price) <= 0)
      return failed(id, 'stops', `The stop loss ${String(sl_price)} is beyond the price.`);
    if (tp_price > 0 && sign * (tp_price - opens) <= 0)
      return failed(id, 'stops', `The take profit ${String(tp_price)} is beyond the price.`);
    const expiry = until === undefined ? {} : { until: until * 1_000 };
    Object.assign(found, { ...moved, sl: sl_price, tp: tp_price, ...expiry });
    this.changeCount += 1;
    return this.done(id, found.symbol, found.ticket);
  }

  /** Removes those of one symbol, or all. @returns how many */
  removeAll(symbol: string | null): number {
    const gone = this.waiting.filter((each) => symbol === null || each.symbol === symbol);
    for (const each of gone) this.remove(each);
    return gone.length;
  }

  /** Fills what the last quotes have reached, and removes what has expired. */
  look(): void {
    for (const order of [...this.waiting]) {
      if (order.until !== 0 && order.until <= this.now()) this.remove(order);
      else this.reach(order);
    }
  }

  /** As the EA lists them. */
  entries(): Order8[] {
    return this.waiting.map((each) => ({
      ...{ order: String(each.ticket), symbol: each.symbol, side: each.side, kind: each.kind, lots: each.lot },
      ...{ requested: each.lot, price: each.price, until: Math.floor(each.until / 1_000), placed_at: each.placedAt },
      ...(each.limitPrice === null ? {} : { limit_price: each.limitPrice }),
      ...{ sl: each.sl, tp: each.tp, magic: String(eaMagic), comment: each.id, signal_id: each.id, reason: 'expert' },
    }));
  }

  private untilOf({ until = 0, until_utc, day }: Entry): number {
    if (day === true) return (Math.floor(this.now() / dayMs) + 1) * dayMs;
    return until_utc ?? until * 1_000;
  }

  private reach(order: Waiting): void {
    const quote = this.market.quote(order.symbol);
    if (quote === null) return;
    const market = order.side === 'buy' ? quote.ask : quote.bid;
    const isReached = waitsAbove(order.side, order.kind) ? market >= order.price : market <= order.price;
    if (!isReached) return;
    if (order.kind === 'stop_limit' && order.limitPrice !== null) {
      Object.assign(order, { kind: 'limit', price: order.limitPrice, limitPrice: null });
      this.changeCount += 1;
      return;
    }
    this.remove(order);
    const { symbol, side, lot, id: comment, ticket, sl, tp } = order;
    const answer = this.terminal.open({ symbol, side, lot, slPoints: 0, tpPoints: 0, comment, ticket });
    const position = answer.ok ? this.terminal.find(String(ticket)) : null;
    if (position !== null) this.terminal.setStops(position, sl, tp);
  }

  private find(order: string): Waiting | undefined {
    return this.waiting.find(({ ticket }) => String(ticket) === order);
  }

  private remove(order: Waiting): void {
    this.waiting = this.waiting.filter((each) => each !== order);
    this.changeCount += 1;
  }

  private done(id: string, symbol: string, ticket: number, more: Record<string, unknown> = {}): Report {
    const quote = this.market.quote(symbol);
    const { balance, equity, margin } = this.terminal.figures();
    const order = String(ticket);
    const now = { bid: quote?.bid ?? 0, ask: quote?.ask ?? 0, balance, equity, margin };
    const code = { retcode: 10_009, retcode_name: 'DONE' };
    return {
      type: 'trade_result',
      signal_id: id,
      status: 'success',
      ...code,
      ticket: order,
      order,
      price: 0,
      ...more,
      ...now,
    };
  }
}
