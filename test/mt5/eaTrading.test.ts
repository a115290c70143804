import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type EaPeer, EaStage, type Said } from './eaPeer.ts';
import { compileEa } from './deskEa.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import { dealsIn } from './tradeShell.ts';

// What the EA does to the account, on each kind of account and with brokers that are slow, silent or in disorder.

const stage = new EaStage();
afterEach(() => stage.close());

/** A command on what is open already. */
const change = (backend: EaPeer, type: string, id: string, fields: Record<string, unknown>) => ({
  ...{ type, session: backend.session, signal_id: id, sent_at: Date.now(), ...fields },
});
const positionOf = (report: Said): string => String(report['position']);

describe.skipIf(skipsWithoutCompiler())('the EA trades', { timeout: 120_000 }, () => {
  beforeAll(compileEa, 600_000);

  it('a position: changes its stops, closes a part of it, and the rest', async () => {
    const { backend, ea } = await stage.start();
    const opened = await backend.fire(backend.order('OPEN', { lot: 0.3 }));
    const position = positionOf(opened);
    const age = { expires_ms: 2_000 };
    const stops = { position, sl_price: 1.09, tp_price: 1.2, ...age };
    expect(await backend.fire(change(backend, 'modify', 'STOPS', stops))).toMatchObject({ status: 'success' });
    const wrong = { position, sl_price: 1.2, tp_price: 0, ...age };
    expect(await backend.fire(change(backend, 'modify', 'WRONG', wrong))).toMatchObject({ code: 'stops' });
    const part = { position, lot: 0.1, deviation: 10 };
    expect(await backend.fire(change(backend, 'close', 'PART', part))).toMatchObject({ status: 'success', lot: 0.1 });
    const more = { position, lot: 0.3, deviation: 10 };
    expect(await backend.fire(change(backend, 'close', 'MORE', more))).toMatchObject({ code: 'lot' });
    expect(await backend.fire(change(backend, 'close', 'REST', { position, deviation: 10 }))).toMatchObject({
      lot: 0.2,
    });
    expect(await backend.fire(change(backend, 'close', 'GONE', { position, deviation: 10 }))).toMatchObject({
      code: 'not_found',
    });
    expect(dealsIn(ea.folder).map(({ volume, entry }) => [volume, entry])).toEqual([
      [0.3, 0],
      [0.1, 1],
      [0.2, 1],
    ]);
  });

  it('pending orders: places, moves and cancels them', async () => {
    const { backend, ea } = await stage.start();
    const limit = { action: 'buy_limit', price: 1.09 };
    const placed = await backend.fire(backend.order('LIMIT', limit));
    expect(placed).toMatchObject({ status: 'success', order: expect.stringMatching(/^\d+$/) as string });
    const order = String(placed['order']);
    const moved = { order, price: 1.08, sl_price: 1.07, tp_price: 0, expires_ms: 2_000 };
    expect(await backend.fire(change(backend, 'modify', 'MOVE', moved))).toMatchObject({ status: 'success' });
    expect(await backend.fire(change(backend, 'cancel', 'CANCEL', { order }))).toMatchObject({ status: 'success' });
    expect(await backend.fire(change(backend, 'cancel', 'AGAIN', { order }))).toMatchObject({ code: 'not_found' });
    const stopLimit = { action: 'sell_stop_limit', price: 1.09, limit_price: 1.095 };
    expect(await backend.fire(backend.order('STOPLIMIT', stopLimit))).toMatchObject({ status: 'success' });
    const all = { whose: 'own', orders: true, deviation: 10 };
    expect(await backend.fire(change(backend, 'close_all', 'ALL', all))).toMatchObject({ closed: 1 });
    expect(dealsIn(ea.folder)).toEqual([]);
  });

  it('pending orders: until cancelled, for the day, or until a time of UTC, as the symbol takes it', async () => {
    const { backend, ea } = await stage.start();
    const limit = { action: 'buy_limit', price: 1.09 };
    const hour = Date.now() + 3_600_000;
    expect(await backend.fire(backend.order('DAY', { ...limit, day: true }))).toMatchObject({ status: 'success' });
    expect(await backend.fire(backend.order('HOUR', { ...limit, until_utc: hour }))).toMatchObject({
      status: 'success',
    });
    expect(await backend.fire(backend.order('PAST', { ...limit, until_utc: 1_000 }))).toMatchObject({
      code: 'invalid',
    });
    expect(await backend.fire(backend.order('BOTH', { ...limit, until: 0, day: true }))).toMatchObject({
      code: 'invalid',
    });
    expect(await backend.fire(backend.order('NOW', { day: true }))).toMatchObject({ code: 'invalid' });
    await ea.control('symbol EURUSD expirations 1');
    const day = await backend.fire(backend.order('NODAY', { ...limit, day: true }));
    expect(day).toMatchObject({ code: 'invalid', error: expect.stringContaining('for the day') as string });
    expect(await backend.fire(backend.order('GTC', { ...limit, until: 0 }))).toMatchObject({ status: 'success' });
  });

  it('closes a position by an opposite one, and all of a symbol', async () => {
    const { backend, ea } = await stage.start();
    const long = positionOf(await backend.fire(backend.order('LONG')));
    const short = positionOf(await backend.fire(backend.order('SHORT', { action: 'sell' })));
    const by = { position: long, by: short };
    expect(await backend.fire(change(backend, 'close_by', 'BY', by))).toMatchObject({ status: 'success' });
    for (const id of ['ONE', 'TWO', 'THREE']) await backend.fire(backend.order(id));
    await ea.control('open EURUSD buy 0.5');
    const all = { whose: 'own', symbol: 'EURUSD', orders: false, deviation: 10 };
    expect(await backend.fire(change(backend, 'close_all', 'ALL', all))).toMatchObject({ closed: 3 });
    const rest = { whose: 'all', orders: false, deviation: 10 };
    expect(await backend.fire(change(backend, 'close_all', 'REST', rest))).toMatchObject({ closed: 1 });
  });

  it.each(['netting', 'hedging'])(
    'a position once: of two closes on their way at an account of kind %s',
    async (mode) => {
      const { backend, ea } = await stage.start({ switches: { ACCOUNT_MARGIN_MODE: mode } });
      const position = positionOf(await backend.fire(backend.order('OPEN', { lot: 0.3, sl: 0, tp: 0 })));
      await ea.control('set ORDER_MS 700');
      const first = backend.fire(change(backend, 'close', 'FIRST', { position, deviation: 10 }));
      const busy = { code: 'busy', error: expect.stringContaining('on its way') as string };
      expect(await backend.fire(change(backend, 'close', 'SECOND', { position, deviation: 10 }))).toMatchObject(busy);
      expect(await backend.fire(change(backend, 'close', 'PART', { position, lot: 0.1, deviation: 10 }))).toMatchObject(
        busy,
      );
      const all = { whose: 'all', orders: false, deviation: 10 };
      expect(await backend.fire(change(backend, 'close_all', 'ALL', all))).toMatchObject({ type: 'error' });
      expect(await first).toMatchObject({ status: 'success', lot: 0.3 });
      expect(dealsIn(ea.folder).map(({ comment, entry }) => [comment, entry])).toEqual([
        ['OPEN', 0],
        ['FIRST', 1],
      ]);
      expect(await backend.fire(change(backend, 'close', 'LATER', { position, deviation: 10 }))).toMatchObject({
        code: 'not_found',
      });
    },
  );

  it.each(['netting', 'exchange', 'hedging'])('on an account of kind %s, each order is one deal', async (mode) => {
    const { backend, ea } = await stage.start({ switches: { ACCOUNT_MARGIN_MODE: mode } });
    for (const id of ['A', 'B', 'C']) {
      expect(await backend.fire(backend.order(id, { sl: 0, tp: 0 }))).toMatchObject({ status: 'success', lot: 0.1 });
    }
    expect(dealsIn(ea.folder).map(({ comment }) => comment)).toEqual(['A', 'B', 'C']);
  });

  it.each([
    ['request', 1],
    ['instant', 1],
    ['market', 1],
    ['market', 2],
    ['exchange', 0],
  ] as const)('with execution %s and filling flags %i', async (execution, flags) => {
    const setup = [`symbol EURUSD execution ${execution}`, `symbol EURUSD filling ${String(flags)}`];
    const { backend } = await stage.start({ setup });
    const opened = await backend.fire(backend.order('OPEN'));
    expect(opened).toMatchObject({ status: 'success' });
    const close = { position: positionOf(opened), deviation: 10 };
    expect(await backend.fire(change(backend, 'close', 'SHUT', close))).toMatchObject({ status: 'success' });
  });

  it.each([
    ['events are lost', { EVENTS_LOSE: 'all' }],
    ['events come in disorder', { EVENTS_ORDER: 'shuffle', EVENTS_SEED: 5 }],
    ['events come late', { LATE_EVENTS_MS: 700 }],
    ['the history comes late', { LATE_HISTORY_MS: 700 }],
    ['positions and orders come late', { LATE_LISTS_MS: 700 }],
    ['the broker takes 3 s', { ORDER_MS: 3_000 }],
    ['the order is placed and filled later', { EXECUTION_MS: 900 }],
    ['a time-out has traded', { RETCODE: 10012, RETCODE_TRADES: 1 }],
    ['the answer of a connection that was lost has traded', { RETCODE: 10031, RETCODE_TRADES: 1 }],
  ])('and learns what became of an order where %s', async (_, switches) => {
    const { backend, ea } = await stage.start({ switches });
    expect(await backend.fire(backend.order('SLOW'))).toMatchObject({ status: 'success', lot: 0.1, price: 1.1001 });
    expect(dealsIn(ea.folder)).toHaveLength(1);
  });

  it('and says not_traded where a time-out has not, once the account has shown nothing for long enough', async () => {
    const { backend, ea } = await stage.start({ switches: { RETCODE: 10012 }, inputs: { MissingS: 1 } });
    expect(await backend.fire(backend.order('LOST'))).toMatchObject({ code: 'not_traded' });
    expect(dealsIn(ea.folder)).toEqual([]);
  });

  it('and does not say not_traded of an order whose comment the broker has removed', async () => {
    const { backend, ea } = await stage.start({
      switches: { EVENTS_LOSE: 'all', COMMENT_LENGTH: 0 },
      inputs: { MissingS: 1 },
    });
    expect(await backend.fire(backend.order('NAMELESS'))).toMatchObject({ code: 'unknown' });
    expect(dealsIn(ea.folder)).toHaveLength(1);
  });

  it('and says what the broker said', async () => {
    const { backend, ea } = await stage.start({
      switches: { REQUOTES: 1 },
      setup: ['symbol EURUSD execution instant'],
    });
    expect(await backend.fire(backend.order('REQUOTE'))).toMatchObject({
      code: 'broker',
      retcode: 10004,
      retcode_name: 'REQUOTE',
    });
    await ea.control('symbol EURUSD closed 1');
    expect(await backend.fire(backend.order('CLOSED'))).toMatchObject({ code: 'market_closed' });
    expect(await backend.fire(backend.order('RICH', { lot: 90, symbol: 'XAUUSD' }))).toMatchObject({ code: 'margin' });
  });

  it('and holds a burst of orders against a broker that takes 1 s for each, without losing the connection', async () => {
    const { backend, ea } = await stage.start({ switches: { ORDER_MS: 1_000 } });
    const ids = Array.from({ length: 8 }, (_, index) => `BURST_${String(index)}`);
    for (const id of ids) await backend.send(backend.order(id, { expires_ms: 60_000, sl: 0, tp: 0 }));
    for (const id of ids) expect(await backend.report(id)).toMatchObject({ status: 'success' });
    expect(dealsIn(ea.folder)).toHaveLength(ids.length);
    expect(ea.lines().filter((line) => line.includes('is gone'))).toEqual([]);
  });
});
