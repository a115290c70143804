import { beforeEach, describe, expect, it } from 'vitest';
import { decodeEaFrame } from '../../src/protocol/ea/eaFrame.ts';
import { PaperMarket } from '../../src/paper/market.ts';
import { PaperEa } from '../../src/paper/paperEa.ts';
import { PaperEa8 } from '../../src/paper/paperEa8.ts';
import { PaperTerminal } from '../../src/paper/terminal.ts';

let now: number;
let sent: string[];
let terminal: PaperTerminal;
let market: PaperMarket;
let documented: PaperEa;
let ea: PaperEa8;

const session = 'a'.repeat(32);
const once = (id: string) => ({ session, signal_id: id, sent_at: now });

function tell(command: Record<string, unknown>): void {
  ea.command(JSON.stringify(command));
}

function welcome(): void {
  tell({ type: 'welcome', protocol: 8, session, epoch: 1 });
}

function buy(id: string, stops: { sl: number; tp: number } = { sl: 0, tp: 0 }): void {
  const order = { action: 'buy', symbol: 'XAUUSD', lot: 0.1, ...stops, deviation: 10, expires_ms: 2_000 };
  tell({ type: 'signal', ...once(id), ...order });
}

/** What was said since the last call, each of it as the desk reads it. */
function said(...types: string[]): Record<string, unknown>[] {
  const texts = sent.splice(0);
  expect(texts.map((text) => decodeEaFrame(Buffer.from(text))).filter(({ ok }) => !ok)).toEqual([]);
  const all = texts.map((text) => JSON.parse(text) as Record<string, unknown>);
  return types.length === 0 ? all : all.filter(({ type }) => types.includes(String(type)));
}

beforeEach(() => {
  now = Date.UTC(2026, 0, 5, 9);
  sent = [];
  market = new PaperMarket(1);
  const options = { uuid: 'paper-001', login: 1, server: 'Paper', fault: 'none', delayMs: 0 } as const;
  const actions = {
    send: (text: string) => sent.push(text),
    later: () => undefined,
    dropConnection: () => undefined,
    now: () => now,
  };
  terminal = new PaperTerminal(market, 10_000, 100, () => now);
  documented = new PaperEa(market, terminal, options, actions);
  ea = new PaperEa8(market, terminal, documented, options, actions);
});

describe('the paper EA of protocol 8', () => {
  it('tells nothing of positions, orders and deals until it is welcomed, and then all', () => {
    terminal.open({ side: 'sell', symbol: 'EURUSD', lot: 0.2, slPoints: 0, tpPoints: 0 });
    ea.telemetry();
    expect(said().map(({ type }) => type)).toEqual(['hello', 'telemetry']);
    welcome();
    expect(said()).toMatchObject([
      { type: 'positions', last: true, count: 1, positions: [{ symbol: 'EURUSD', side: 'sell', lots: 0.2 }] },
      { type: 'orders', last: true, count: 0 },
      { type: 'deal', kind: 'trade', entry: 'in', symbol: 'EURUSD', lots: 0.2 },
    ]);
  });

  it('tells each change, and the whole lists again after 30 s', () => {
    welcome();
    said();
    buy('P1', { sl: 20, tp: 4_000 });
    const [result, positions, , entry] = said();
    expect(result).toMatchObject({ status: 'success', requested: 0.1, retcode_name: 'DONE', slippage_points: 0 });
    expect(positions).toMatchObject({ positions: [{ signal_id: 'P1', position: result?.['position'], lots: 0.1 }] });
    expect(entry).toMatchObject({ type: 'deal', deal: result?.['deal'], signal_id: 'P1', entry: 'in', profit: 0 });
    for (let step = 0; terminal.figures().positions > 0; step += 1) {
      now += 100;
      documented.ticks();
      expect(step).toBeLessThan(10_000);
    }
    said();
    ea.telemetry();
    const [gone, , out] = said();
    expect(gone).toMatchObject({ type: 'positions', count: 0 });
    expect(out).toMatchObject({
      type: 'deal',
      entry: 'out',
      side: 'sell',
      reason: 'sl',
      position: result?.['position'],
    });
    expect(out).not.toHaveProperty('signal_id');
    now += 29_000;
    ea.telemetry();
    expect(said('positions', 'orders', 'deal')).toEqual([]);
    now += 1_000;
    ea.telemetry();
    expect(said('positions', 'orders', 'deal')).toMatchObject([{ type: 'positions' }, { type: 'orders' }]);
  });

  it('tells long lists in pages', () => {
    for (let count = 0; count < 120; count += 1)
      terminal.open({ side: 'buy', symbol: 'XAUUSD', lot: 0.01, slPoints: 0, tpPoints: 0 });
    welcome();
    const pages = said('positions');
    expect(pages).toMatchObject([
      { page: 1, last: false },
      { page: 2, last: false },
      { page: 3, last: true, count: 120 },
    ]);
    const numbers = pages.flatMap(({ positions }) =>
      (positions as { position: string }[]).map(({ position }) => position),
    );
    expect(new Set(numbers).size).toBe(120);
  });

  it('tells again what the desk asks for, and after a connection the last minute', () => {
    welcome();
    buy('OLD');
    now += 120_000;
    buy('NEW');
    said();
    tell({ type: 'reconcile', session, n: 1, since: now - 1_000, orders: [] });
    expect(said('positions', 'deal')).toMatchObject([{ count: 2 }, { signal_id: 'NEW' }]);
    tell({ type: 'reconcile', session, n: 2, since: 0, orders: [] });
    expect(said('deal')).toMatchObject([{ signal_id: 'OLD' }, { signal_id: 'NEW' }]);
    ea.joined();
    tell({ type: 'close_all', ...once('ALL'), whose: 'own', orders: false, deviation: 10 });
    said();
    now += 300_000;
    welcome();
    expect(said('positions', 'deal')).toMatchObject([{ count: 2 }, { signal_id: 'NEW' }]);
    tell({ type: 'close_all', ...once('ALL'), whose: 'own', orders: false, deviation: 10 });
    expect(said('positions', 'deal')).toMatchObject([
      { count: 0 },
      { signal_id: 'ALL', entry: 'out', reason: 'expert' },
      { signal_id: 'ALL', entry: 'out' },
    ]);
  });

  describe('pending orders', () => {
    const place = (id: string, more: Record<string, unknown>): void => {
      const order = { symbol: 'XAUUSD', lot: 0.1, sl: 0, tp: 0, deviation: 10, expires_ms: 2_000 };
      tell({ type: 'signal', ...once(id), ...order, ...more });
    };
    const quoteNow = (): { bid: number; ask: number } => market.quote('XAUUSD') ?? { bid: 0, ask: 0 };
    const cents = (price: number): number => Number(price.toFixed(2));
    /** Quotes until something is told. */
    const until = (type: string): Record<string, unknown>[] => {
      for (let step = 0; step < 200_000; step += 1) {
        market.step(step);
        ea.quoted();
        const told = said(type);
        if (told.length > 0) return told;
      }
      return [];
    };

    it('are listed, fill at their price or better as one position with their stops, and are told as its deal', () => {
      welcome();
      said();
      const price = cents(quoteNow().ask - 0.5);
      place('LIMIT', { action: 'buy_limit', price, sl: 200, tp: 300, until: 0 });
      const [result, list] = said('trade_result', 'orders');
      const order = result?.['order'];
      expect(result).toMatchObject({ signal_id: 'LIMIT', status: 'success', price: 0, ticket: order });
      expect(list).toMatchObject({ count: 1, orders: [{ order, kind: 'limit', price, sl: cents(price - 2) }] });
      expect(terminal.openPositions()).toEqual([]);
      const [deal] = until('deal');
      expect(deal).toMatchObject({ order, position: order, signal_id: 'LIMIT', entry: 'in', lots: 0.1 });
      expect(Number(deal?.['price'])).toBeLessThanOrEqual(price);
      expect(terminal.openPositions()).toMatchObject([{ stopLoss: cents(price - 2), takeProfit: cents(price + 3) }]);
    });

    it('a stop fills at the market behind a gap, and a stop-limit becomes a limit order at its stop price', () => {
      welcome();
      said();
      place('STOP', { action: 'sell_stop', price: cents(quoteNow().bid - 0.3) });
      expect(said('orders')).toMatchObject([{ count: 1 }]);
      const [deal] = until('deal');
      expect(Number(deal?.['price'])).toBe(quoteNow().bid);
      const [price, limit] = [cents(quoteNow().ask + 0.2), cents(quoteNow().ask - 0.2)];
      place('BOTH', { action: 'buy_stop_limit', price, limit_price: limit });
      said();
      expect(until('orders')).toMatchObject([{ orders: [{ kind: 'limit', price: limit }] }]);
      expect(until('deal')).toMatchObject([{ signal_id: 'BOTH', side: 'buy' }]);
    });

    it('end at their time, are moved and cancelled, and are refused on the wrong side', () => {
      welcome();
      said();
      const price = cents(quoteNow().ask - 50);
      place('HOUR', { action: 'buy_limit', price, until_utc: now + 3_600_000 });
      place('DAY', { action: 'buy_limit', price, day: true });
      const orders = said('trade_result').map(({ order }) => String(order));
      tell({
        ...{ type: 'modify', ...once('MOVE'), expires_ms: 2_000, order: orders[1], price: price - 1 },
        ...{ sl_price: price - 5, tp_price: 0 },
      });
      expect(said('trade_result', 'orders')).toMatchObject([
        { signal_id: 'MOVE', status: 'success' },
        { orders: [{ price }, { price: price - 1, sl: price - 5 }] },
      ]);
      now += 3_600_000;
      ea.quoted();
      expect(said('orders')).toMatchObject([{ count: 1, orders: [{ order: orders[1] }] }]);
      tell({ type: 'cancel', ...once('CANCEL'), order: orders[1] });
      expect(said('trade_result', 'orders')).toMatchObject([{ status: 'success' }, { count: 0 }]);
      tell({ type: 'cancel', ...once('AGAIN'), order: orders[1] });
      place('WRONG', { action: 'buy_limit', price: cents(quoteNow().ask + 1) });
      place('STOPS', { action: 'buy_limit', price, sl_price: price + 1, tp_price: 0, sl: undefined, tp: undefined });
      expect(said('error').map(({ code }) => code)).toEqual(['not_found', 'price', 'stops']);
      ea.telemetry();
      expect(said('telemetry')).toMatchObject([{ orders: 0 }]);
    });
  });
});
