import { afterEach, describe, expect, it } from 'vitest';
import {
  type Deal8,
  dealSchema,
  type Order8,
  ordersSchema,
  type Position8,
  positionsSchema,
} from '../../src/protocol/protocol8/reports.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';
import { startEa } from './deskEa.ts';
import { type EaPeer, EaStage, type Said } from './eaPeer.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import { dealsIn } from './tradeShell.ts';

// What the EA tells of the account's positions, orders and deals (N5, N6, N8), its own and those of others, read by the definitions
// that the desk reads them by.

const stage = new EaStage();
afterEach(() => stage.close());

interface Page {
  list: number;
  page: number;
  last: boolean;
  count: number;
}

/** The last list that is whole, of what was said from a message on; null: none is. */
function lastWhole<P extends Page, Entry>(pages: P[], entries: (page: P) => Entry[]): Entry[] | null {
  const last = pages.findLastIndex((page) => page.last);
  const end = pages[last];
  if (end === undefined) return null;
  const list = pages.slice(0, last + 1).filter((page) => page.list === end.list);
  expect(list.map(({ page }) => page)).toEqual(list.map((_, index) => index + 1));
  const all = list.flatMap(entries);
  expect(all).toHaveLength(end.count);
  return all;
}

const saidOf = (backend: EaPeer, type: string, from: number): Said[] =>
  backend.said.slice(from).filter((message) => message.type === type);

function positions(backend: EaPeer, from = 0): Position8[] | null {
  const pages = saidOf(backend, 'positions', from).map((message) => positionsSchema.parse(message));
  return lastWhole(pages, (page) => page.positions);
}

function orders(backend: EaPeer, from = 0): Order8[] | null {
  const pages = saidOf(backend, 'orders', from).map((message) => ordersSchema.parse(message));
  return lastWhole(pages, (page) => page.orders);
}

const deals = (backend: EaPeer, from = 0): Deal8[] =>
  saidOf(backend, 'deal', from).map((message) => dealSchema.parse(message));

const numbers = (told: Deal8[]): string[] => told.filter(({ kind }) => kind === 'trade').map(({ deal }) => deal);

/** Waits until a list of positions fits. */
const listed = (backend: EaPeer, fits: (list: Position8[]) => boolean, from = 0): Promise<Position8[]> =>
  until(() => {
    const list = positions(backend, from);
    return list !== null && fits(list) ? list : null;
  }, 'a list of positions fits');

const dealOf = (backend: EaPeer, fits: (deal: Deal8) => boolean, from = 0): Promise<Deal8> =>
  until(() => deals(backend, from).find(fits), 'a deal is told');

describe.skipIf(skipsWithoutCompiler())('the EA tells', { timeout: 120_000 }, () => {
  it('nothing of positions, orders and deals to a backend that has not welcomed it', async () => {
    const backend = await stage.peer();
    const ea = stage.keep(await startEa(backend.endpoints));
    await backend.heard(({ type }) => type === 'hello', 0, 'the EA says hello');
    await ea.control('open EURUSD buy 0.1');
    const from = backend.said.length;
    await until(() => saidOf(backend, 'telemetry', from).length >= 3, 'it goes on');
    const types = new Set(backend.said.map(({ type }) => type));
    expect([...types].sort()).toEqual(['hello', 'telemetry', 'tick']);
  });

  it('whole lists after the welcome, then each change: its own position, and a manual one that is closed by hand', async () => {
    const { backend, ea } = await stage.start();
    expect(await listed(backend, (list) => list.length === 0)).toEqual([]);
    expect(orders(backend)).toEqual([]);
    const sent = Date.now();
    const { position, deal, order } = await backend.fire(backend.order('OWN'));
    const [own] = await listed(backend, (list) => list.length === 1);
    expect(own).toMatchObject({
      ...{ position, symbol: 'EURUSD', side: 'buy', lots: 0.1, price: 1.1001, sl: 1.0951, tp: 1.1101, swap: 0 },
      ...{ magic: '20250801', comment: 'OWN', reason: 'expert', signal_id: 'OWN' },
    });
    expect(Math.abs(Number(own?.opened_at) - sent)).toBeLessThan(5_000);
    const entry = await dealOf(backend, (one) => one.deal === deal);
    expect(entry).toMatchObject({
      ...{ kind: 'trade', order, position, symbol: 'EURUSD', side: 'buy', entry: 'in', lots: 0.1, price: 1.1001 },
      ...{ magic: '20250801', comment: 'OWN', reason: 'expert', signal_id: 'OWN', profit: 0, fee: 0 },
    });
    expect(Math.abs(entry.at - sent)).toBeLessThan(5_000);
    await ea.control('open XAUUSD sell 0.02');
    const both = await listed(backend, (list) => list.length === 2);
    const manual = both.find(({ symbol }) => symbol === 'XAUUSD');
    expect(manual).toMatchObject({ side: 'sell', lots: 0.02, magic: '0', reason: 'client', sl: 0 });
    expect(manual?.signal_id).toBeUndefined();
    await ea.control('close XAUUSD');
    expect(await listed(backend, (list) => list.length === 1)).toMatchObject([{ position }]);
    const gone = await dealOf(
      backend,
      (one) => one.kind === 'trade' && one.position === manual?.position && one.entry === 'out',
    );
    expect(gone).toMatchObject({ side: 'buy', lots: 0.02, reason: 'client', magic: '0' });
    await ea.control('deposit 250');
    await dealOf(backend, (one) => one.kind === 'balance' && one.profit === 250);
    await until(() => numbers(deals(backend)).length >= 3, 'all deals are told');
    expect(numbers(deals(backend))).toEqual(dealsIn(ea.folder).map(({ deal: number }) => number));
  });

  it('a stop loss that is hit, and new stops', async () => {
    const { backend, ea } = await stage.start();
    const { position } = await backend.fire(backend.order('STOP'));
    await listed(backend, ([one]) => one?.sl === 1.0951);
    const stops = { position, sl_price: 1.09, tp_price: 0, expires_ms: 2_000, sent_at: Date.now() };
    await backend.fire({ type: 'modify', session: backend.session, signal_id: 'MOVE', ...stops });
    await listed(backend, ([one]) => one?.sl === 1.09 && one.tp === 0);
    await ea.control('price EURUSD 1.0899 1.09');
    await listed(backend, (list) => list.length === 0);
    const hit = await dealOf(backend, (one) => one.kind === 'trade' && one.entry === 'out');
    expect(hit).toMatchObject({ position, reason: 'sl', lots: 0.1, comment: '[sl 1.09000]' });
    expect(hit.profit).toBeLessThan(-90);
    expect(hit.signal_id).toBeUndefined();
  });

  it('on a netting account a position that was turned round, which keeps its identifier', async () => {
    const { backend, ea } = await stage.start({ switches: { ACCOUNT_MARGIN_MODE: 'netting' } });
    await ea.control('open EURUSD buy 0.1');
    const [long] = await listed(backend, (list) => list.length === 1);
    await ea.control('open EURUSD sell 0.3');
    const [short] = await listed(backend, ([one]) => one?.side === 'sell');
    expect(short).toMatchObject({ position: long?.position, lots: 0.2 });
    expect(short?.ticket).not.toBe(long?.ticket);
    const turn = await dealOf(backend, (one) => one.kind === 'trade' && one.entry === 'inout');
    expect(turn).toMatchObject({ position: long?.position, side: 'sell', lots: 0.3 });
  });

  it('a stop-out, and an order that the broker takes its time for', async () => {
    const { backend, ea } = await stage.start({ switches: { EXECUTION_MS: 1_500 } });
    await listed(backend, () => true);
    const fired = backend.fire(backend.order('SLOW', { lot: 8, sl: 0, tp: 0 }));
    const [waiting] = await until(() => {
      const all = orders(backend);
      return all?.length === 1 ? all : null;
    }, 'the order is listed');
    expect(waiting).toMatchObject({ kind: 'market', side: 'buy', lots: 8, requested: 8, signal_id: 'SLOW' });
    const { position } = await fired;
    await ea.control('price EURUSD 1.092 1.0921');
    const out = await dealOf(backend, (one) => one.kind === 'trade' && one.entry === 'out');
    expect(out).toMatchObject({ position, reason: 'so', lots: 8 });
    await listed(backend, (list) => list.length === 0);
  });

  it('pending orders: placed, moved, deleted by hand', async () => {
    const { backend, ea } = await stage.start();
    const { order } = await backend.fire(backend.order('LIMIT', { action: 'buy_limit', price: 1.09, sl: 0, tp: 0 }));
    const list = (fits: (all: Order8[]) => boolean): Promise<Order8[]> =>
      until(() => {
        const all = orders(backend);
        return all !== null && fits(all) ? all : null;
      }, 'a list of orders fits');
    expect(await list((all) => all.length === 1)).toMatchObject([
      {
        order,
        symbol: 'EURUSD',
        side: 'buy',
        kind: 'limit',
        lots: 0.1,
        requested: 0.1,
        price: 1.09,
        signal_id: 'LIMIT',
      },
    ]);
    const move = { order, price: 1.08, sl_price: 1.07, tp_price: 0, expires_ms: 2_000, sent_at: Date.now() };
    await backend.fire({ type: 'modify', session: backend.session, signal_id: 'MOVE', ...move });
    await list(([one]) => one?.price === 1.08 && one.sl === 1.07);
    await ea.control(`cancel ${String(order)}`);
    await list((all) => all.length === 0);
  });

  it('three hundred positions in pages, and a change of one of them', async () => {
    const { backend, ea } = await stage.start({ switches: { ACCOUNT_DEPOSIT: 1_000_000 } });
    await ea.control(...Array.from({ length: 300 }, () => 'open EURUSD buy 0.01'));
    const all = await listed(backend, (list) => list.length === 300);
    expect(new Set(all.map(({ position }) => position)).size).toBe(300);
    expect(Math.max(...saidOf(backend, 'positions', 0).map((page) => JSON.stringify(page).length))).toBeLessThan(
      32_768,
    );
    await until(() => new Set(numbers(deals(backend))).size === 300, 'all deals are told');
    const from = backend.said.length;
    await ea.control(`close ${String(all[150]?.position)}`, 'open XAUUSD buy 0.01');
    const changed = await listed(backend, (list) => list.some(({ symbol }) => symbol === 'XAUUSD'), from);
    expect(changed).toHaveLength(300);
    expect(changed.map(({ position }) => position)).not.toContain(all[150]?.position);
    const more = backend.said.length;
    await ea.control('open XAUUSD buy 0.01');
    await listed(backend, (list) => list.length === 301, more);
    const pages = saidOf(backend, 'positions', more).map((page) => (page['positions'] as unknown[]).length);
    expect(pages).toEqual([50, 50, 50, 50, 50, 50, 1]);
    // Their number stays the same.
    const part = backend.said.length;
    await ea.control(`reticket ${String(all[7]?.position)}`);
    const renewed = await listed(backend, () => true, part);
    const [before, after] = [all, renewed].map((list) => list.find((one) => one.position === all[7]?.position));
    expect(after?.ticket).not.toBe(before?.ticket);
    expect(backend.said.filter(({ type }) => type === 'error')).toEqual([]);
  });

  it.each([
    ['all trade events are lost', { EVENTS_LOSE: 'all' }],
    ['every third trade event is lost', { EVENTS_LOSE: '3' }],
    ['trade events come in disorder', { EVENTS_ORDER: 'shuffle', EVENTS_SEED: 3 }],
    ['the history comes late', { LATE_HISTORY_MS: 1_500 }],
    ['positions come late', { LATE_LISTS_MS: 1_500 }],
  ])('each deal where %s', async (_, switches) => {
    const { backend, ea } = await stage.start({ switches });
    await ea.control('open EURUSD buy 0.1', 'open XAUUSD sell 0.01', 'close EURUSD 0.04');
    await listed(backend, (list) => list.some(({ symbol, lots }) => symbol === 'EURUSD' && lots === 0.06));
    const made = dealsIn(ea.folder).map(({ deal }) => deal);
    expect(made).toHaveLength(3);
    await until(() => new Set(numbers(deals(backend))).size === 3, 'all deals are told');
    expect(numbers(deals(backend)).sort()).toEqual(made.sort());
  });

  it('after a restart the deals that were made meanwhile', async () => {
    const folder = tempDir().path;
    const { backend, ea } = await stage.start({ folder });
    await backend.fire(backend.order('BEFORE'));
    await ea.end('SIGKILL');
    const from = backend.said.length;
    await stage.start({ folder, setup: ['open XAUUSD buy 0.03'] }, backend);
    await listed(backend, (list) => list.length === 2, from);
    await until(() => numbers(deals(backend, from)).length === 2, 'both deals are told');
    expect(numbers(deals(backend, from))).toEqual(dealsIn(folder).map(({ deal }) => deal));
  });

  it('to the next desk what was dealt while none was there, and what a desk that had stopped reading may not have got', async () => {
    const { backend, ea } = await stage.start();
    const { endpoints } = backend;
    await ea.control('open EURUSD buy 0.1');
    await until(() => numbers(deals(backend)).length === 1, 'the deal is told');
    await ea.control('set CLOCK_OFFSET_MS 600000', 'open EURUSD buy 0.1');
    await until(() => numbers(deals(backend)).length === 2, 'the deal ten minutes later is told');
    backend.close();
    await ea.printed('is gone');
    await ea.control('close EURUSD', 'open XAUUSD sell 0.01');
    const next = await stage.peer(endpoints);
    await next.heard(({ type }) => type === 'hello', 0, 'the EA says hello to the next one');
    expect(saidOf(next, 'deal', 0)).toEqual([]);
    await next.welcome();
    await until(() => numbers(deals(next)).length === 4, 'all deals are told');
    expect(numbers(deals(next))).toEqual(dealsIn(ea.folder).map(({ deal }) => deal));
    expect(await listed(next, () => true)).toMatchObject([{ symbol: 'EURUSD' }, { symbol: 'XAUUSD' }]);
  });

  it('the newest thousand deals where there are more, and says so', async () => {
    const setup = Array.from({ length: 501 }, () => ['open EURUSD buy 0.01', 'close EURUSD']).flat();
    const { backend, ea } = await stage.start({ setup });
    await until(() => numbers(deals(backend)).length >= 1_000, 'a thousand deals are told', 60_000);
    const made = dealsIn(ea.folder).map(({ deal }) => deal);
    expect(made).toHaveLength(1_002);
    expect(numbers(deals(backend))).toEqual(made.slice(2));
    await ea.printed(/There are \d+ deals to be told: the newest 1000 are\./);
  });

  it('nothing of a terminal that has not connected yet, whose lists are empty', async () => {
    const folder = tempDir().path;
    const { backend, ea } = await stage.start({ folder });
    await backend.fire(backend.order('OPEN'));
    await ea.end('SIGKILL');
    const from = backend.said.length;
    await stage.start({ folder, switches: { CONNECT_AFTER_MS: 1_500 } }, backend);
    await listed(backend, () => true, from);
    const after = backend.said.length;
    await until(() => saidOf(backend, 'telemetry', after).length > 0, 'it goes on');
    expect(saidOf(backend, 'positions', from).map(({ count }) => count)).toEqual([1]);
    const counts = saidOf(backend, 'telemetry', from).map(({ positions: count }) => count);
    expect(new Set(counts)).toEqual(new Set([undefined, 1]));
  });

  it('no empty list of an account whose lists the terminal gets only after the EA has begun', async () => {
    const folder = tempDir().path;
    const { backend, ea: first } = await stage.start({ folder });
    await first.control('open XAUUSD buy 0.1', 'set ACCOUNT_LOGIN 777');
    await first.printed('Account: 777');
    await first.control('open EURUSD buy 0.1');
    await first.end('SIGKILL');
    const again = backend.said.length;
    const { ea } = await stage.start({ folder, switches: { LISTS_AFTER_MS: 1_200 } }, backend);
    expect(await listed(backend, () => true, again)).toMatchObject([{ symbol: 'XAUUSD' }]);
    for (const change of [['set ACCOUNT_LOGIN 777', 'event account'], ['set ACCOUNT_LOGIN 555111']]) {
      const from = backend.said.length;
      await ea.control(...change);
      await backend.heard(({ type }) => type === 'hello', from, 'the EA says hello again');
      await backend.welcome();
      await listed(backend, () => true, from);
      expect(saidOf(backend, 'positions', from)).toMatchObject([{ count: 1 }]);
    }
    const counts = saidOf(backend, 'telemetry', again).map(({ positions: count }) => count);
    expect(counts).not.toContain(0);
  });

  it('the lists and the deals since a time again, when the desk asks', async () => {
    const { backend, ea } = await stage.start();
    await backend.fire(backend.order('ASKED'));
    await ea.control('open XAUUSD buy 0.03');
    await until(() => numbers(deals(backend)).length === 2, 'both deals are told');
    await listed(backend, (list) => list.length === 2);
    const from = backend.said.length;
    await backend.reconcile();
    await listed(backend, (list) => list.length === 2, from);
    await until(() => orders(backend, from), 'the orders are listed again');
    await until(() => numbers(deals(backend, from)).length === 2, 'both deals are told again');
    const later = backend.said.length;
    await backend.send({ type: 'reconcile', session: backend.session, n: 900, since: Date.now() + 90_000, orders: [] });
    await listed(backend, (list) => list.length === 2, later);
    await until(() => saidOf(backend, 'telemetry', later).length >= 2, 'it goes on');
    expect(deals(backend, later)).toEqual([]);
  });

  it('of each account its own, and of no account what the terminal does not know without its connection', async () => {
    const { backend, ea } = await stage.start();
    await ea.control('open EURUSD buy 0.1');
    await listed(backend, (list) => list.length === 1);
    const from = backend.said.length;
    await ea.control('set ACCOUNT_LOGIN 777', 'event account');
    await backend.heard(({ type }) => type === 'hello', from, 'the EA says hello again');
    await backend.welcome();
    expect(await listed(backend, () => true, from)).toEqual([]);
    await until(() => saidOf(backend, 'telemetry', from).length >= 2, 'it goes on');
    expect(numbers(deals(backend, from))).toEqual([]);
    await ea.control('set CONNECTED 0');
    const cut = backend.said.length;
    await backend.welcome();
    await until(() => saidOf(backend, 'telemetry', cut).length >= 2, 'it goes on');
    expect(positions(backend, cut)).toBeNull();
  });

  it('what was asked for, the market and the time of each step, in results and in errors', async () => {
    const { backend } = await stage.start({ switches: { REQUOTES: 1 }, setup: ['symbol EURUSD execution instant'] });
    const market = { bid: 1.1, ask: 1.1001 };
    const refused = await backend.fire(backend.order('LOT', { lot: 0.015 }));
    expect(refused).toMatchObject({ code: 'lot', requested: 0.015, ...market });
    expect(Object.keys(refused['ms'] as object)).toEqual(['checked', 'written', 'settled']);
    const failed = await backend.fire(backend.order('REQUOTE'));
    expect(failed).toMatchObject({
      code: 'broker',
      retcode: 10004,
      requested: 0.1,
      requested_price: 1.1001,
      ...market,
    });
    const done = await backend.fire(backend.order('DONE'));
    expect(done).toMatchObject({
      requested: 0.1,
      lot: 0.1,
      requested_price: 1.1001,
      price: 1.1001,
      slippage_points: 0,
    });
    expect(done).toMatchObject({ ...market, retcode: 10009, retcode_name: 'DONE' });
    const steps = done['ms'] as Record<string, number>;
    expect(Object.keys(steps)).toEqual(['checked', 'written', 'sent', 'answered', 'settled']);
    expect(Object.values(steps)).toEqual(Object.values(steps).toSorted((one, other) => one - other));
  });
});
