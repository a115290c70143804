import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { helloSchema, symbolToldSchema } from '../../src/protocol/protocol8/reports.ts';
import { tempDir } from '../support/tempDir.ts';
import { compileEa, startEa } from './deskEa.ts';
import { type EaPeer, EaStage, type Said } from './eaPeer.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import type { Terminal, TerminalOptions } from './terminal.ts';
import { dealsIn } from './tradeShell.ts';

// The compiled EA against a backend of protocol 8 that says anything, at any time.

const stage = new EaStage();
afterEach(() => stage.close());

const start = async (backend: EaPeer, options: TerminalOptions = {}): Promise<Terminal> =>
  (await stage.start(options, backend)).ea;

describe.skipIf(skipsWithoutCompiler())('the EA', { timeout: 120_000 }, () => {
  beforeAll(compileEa, 600_000);

  it('says hello until it is welcomed, in the form that the desk reads', async () => {
    const backend = await stage.peer();
    await start(backend, { switches: { ACCOUNT_TRADE_MODE: 'real', ACCOUNT_MARGIN_MODE: 'netting' } });
    const hello = helloSchema.parse(backend.said.find(({ type }) => type === 'hello'));
    expect(hello).toMatchObject({ protocol: 8, login: '555111', trade_mode: 'real', margin_mode: 'netting' });
    expect(hello).toMatchObject({ store: 'new', epoch: 0, close_only: false, leverage: 100, magic: '20250801' });
    const after = backend.said.length;
    await backend.heard(({ type }) => type === 'telemetry', after, 'telemetry goes on');
    expect(backend.said.slice(after).map(({ type }) => type)).not.toContain('hello');
  });

  it('tells what the symbols of the Market Watch are after each welcome, and again where one has changed', async () => {
    const backend = await stage.peer();
    const ea = await start(backend, { setup: ['symbol EURUSD stops 30'] });
    const isOf = (symbol: string) => (message: Said) => message.type === 'symbol' && message['symbol'] === symbol;
    const told = await backend.heard(isOf('EURUSD'), 0, 'EURUSD is told');
    expect(symbolToldSchema.parse(told)).toMatchObject({
      ...{ digits: 5, contract_size: 100_000, profit_currency: 'USD', lot_min: 0.01, lot_step: 0.01, stops_level: 30 },
      ...{ trade_mode: 'full', money_per_point: 1, calculation: 'size' },
    });
    await backend.heard(isOf('XAUUSD'), 0, 'XAUUSD is told');
    const before = backend.said.length;
    await ea.control('symbol EURUSD stops 50');
    expect(await backend.heard(isOf('EURUSD'), before, 'its change is told')).toMatchObject({ stops_level: 50 });
    const changed = backend.said.length;
    await ea.control('symbol EURUSD calculation futures');
    expect(await backend.heard(isOf('EURUSD'), changed, 'a future is told')).toMatchObject({ calculation: 'tick' });
    const again = backend.said.length;
    await backend.welcome();
    await backend.heard(isOf('EURUSD'), again, 'it is told anew to the next session');
    const names = backend.said.slice(again).flatMap(({ type, symbol }) => (type === 'symbol' ? [symbol] : []));
    expect(new Set(names).size).toBe(names.length);
  });

  it('tells a symbol again once the terminal can compute its money, and not again without', async () => {
    const backend = await stage.peer();
    const ea = await start(backend, { switches: { CONNECTED: 0 } });
    const isGold = (message: Said) => message.type === 'symbol' && message['symbol'] === 'XAUUSD';
    expect(await backend.heard(isGold, 0, 'gold is told without a price')).not.toHaveProperty('money_per_point');
    const before = backend.said.length;
    await ea.control('set CONNECTED 1');
    expect(await backend.heard(isGold, before, 'its money is told')).toMatchObject({ money_per_point: 1 });
    await ea.control('set CONNECTED 0');
    const later = backend.said.length;
    await ea.control('symbol USDJPY stops 7');
    await backend.heard(({ type, symbol }) => type === 'symbol' && symbol === 'USDJPY', later, 'a change is told');
    await ea.control('symbol USDJPY stops 8');
    await backend.heard(
      ({ type, stops_level }) => type === 'symbol' && stops_level === 8,
      later,
      'all symbols were looked at again',
    );
    expect(backend.said.slice(later).filter(isGold)).toEqual([]);
  });

  it('trades an ID once: the same again gets the first result, another one an error, also after restarts', async () => {
    const backend = await stage.peer();
    const folder = tempDir().path;
    const ea = await start(backend, { folder });
    const first = await backend.fire(backend.order('A'));
    expect(first).toMatchObject({ type: 'trade_result', status: 'success', lot: 0.1, requested: 0.1, price: 1.1001 });
    expect(await backend.fire(backend.order('A'))).toEqual({ ...first, repeat: true });
    expect(await backend.fire(backend.order('A', { lot: 0.2 }))).toMatchObject({ code: 'duplicate' });
    await ea.end('SIGKILL');
    const { session } = backend;
    await start(backend, { folder });
    expect(await backend.fire(backend.order('A'))).toEqual({ ...first, repeat: true });
    // A frame of the session before says nothing against what is known.
    expect(await backend.fire(backend.order('A', { session }))).toEqual({ ...first, repeat: true });
    expect(await backend.fire(backend.order('A', { action: 'sell' }))).toMatchObject({ code: 'duplicate' });
    expect(dealsIn(folder)).toHaveLength(1);
  });

  it('says never_seen only of an ID of a session that it has recorded, and refuses it from then on', async () => {
    const backend = await stage.peer();
    const folder = tempDir().path;
    const ea = await start(backend, { folder });
    const { session } = backend;
    const late = backend.order('LATE');
    await backend.fire(backend.order('KNOWN'));
    await ea.end('SIGKILL');
    const again = await start(backend, { folder });
    const asked = [
      { id: 'LATE', session },
      { id: 'KNOWN', session },
      { id: 'OTHER', session: 'f'.repeat(32) },
      { id: 'NOBODY', session: null },
      { id: 'OLD', session, sentAt: 1_000 },
    ];
    expect(await backend.reconcile(...asked)).toMatchObject([
      { signal_id: 'LATE', state: 'never_seen' },
      { signal_id: 'KNOWN', state: 'result', result: { status: 'success' } },
      { signal_id: 'OTHER', state: 'cannot_say' },
      { signal_id: 'NOBODY', state: 'cannot_say' },
      { signal_id: 'OLD', state: 'cannot_say' },
    ]);
    // The delayed frame, in its own session and in the present one, now and after another restart.
    expect(await backend.fire(late)).toMatchObject({ code: 'session' });
    expect(await backend.fire(backend.order('LATE'))).toMatchObject({ code: 'duplicate' });
    await again.end('SIGKILL');
    await start(backend, { folder });
    expect(await backend.fire(backend.order('LATE'))).toMatchObject({ code: 'duplicate' });
    expect(dealsIn(folder)).toHaveLength(1);
  });

  it('refuses what is wrong with a code and a sentence, and trades nothing', async () => {
    const backend = await stage.peer();
    const ea = await start(backend, { inputs: { MaxLot: 5 }, setup: ['symbol EURUSD stops 10'] });
    const refused: [string, Record<string, unknown>][] = [
      ['lot', { lot: 0.015 }],
      ['lot', { lot: 0.001 }],
      ['limit', { lot: 6 }],
      ['stops', { sl: 5 }],
      ['stops', { sl: undefined, tp: undefined, sl_price: 1.2, tp_price: 0 }],
      ['stops', { sl: undefined, tp: undefined, sl_price: 1.090001, tp_price: 0 }],
      ['symbol', { symbol: 'NONE' }],
      ['invalid', { action: 'hold' }],
      ['invalid', { sl_price: 1.09 }],
      ['invalid', { price: 1.09 }],
      ['invalid', { surprise: 1 }],
      ['invalid', { lot: '0.1' }],
      ['invalid', { deviation: undefined }],
      ['expired', { sent_at: Date.now() - 60_000 }],
      ['session', { session: 'a'.repeat(32) }],
    ];
    for (const [index, [code, changes]] of refused.entries()) {
      const answer = await backend.fire(backend.order(`R${String(index)}`, changes));
      expect({ changes, answer }).toMatchObject({ changes, answer: { type: 'error', code } });
      expect(String(answer['error'])).toMatch(/^[A-Z"].*\.$/);
    }
    await ea.control('symbol EURUSD mode close');
    expect(await backend.fire(backend.order('R_MODE'))).toMatchObject({ code: 'trade_disabled' });
    expect(dealsIn(ea.folder)).toEqual([]);
  });

  it('goes on after nonsense of every kind', async () => {
    const backend = await stage.peer();
    const ea = await start(backend);
    const nonsense = ['', '{', '[]', 'null', '"text"', '{"type":1}', '{"type":"signal"}', '\0'.repeat(100)];
    for (const text of [...nonsense, `{"type":"${'x'.repeat(70_000)}"}`, '{"type":"welcome","session":1}']) {
      await backend.send(text);
    }
    await backend.ping();
    expect(await backend.fire(backend.order('AFTER'))).toMatchObject({ status: 'success' });
    expect(dealsIn(ea.folder)).toHaveLength(1);
  });

  it('takes no entry of a desk with a lower count of starts, and its closes', async () => {
    const backend = await stage.peer();
    const folder = tempDir().path;
    backend.epoch = 7;
    const ea = await start(backend, { folder });
    await backend.fire(backend.order('OPEN'));
    await ea.end('SIGKILL');
    backend.epoch = 6;
    await start(backend, { folder });
    expect(backend.said.findLast(({ type }) => type === 'hello')).toMatchObject({ epoch: 7 });
    expect(await backend.fire(backend.order('LOWER'))).toMatchObject({ code: 'epoch' });
    const close = { type: 'close_all', session: backend.session, signal_id: 'SHUT', sent_at: Date.now() };
    expect(await backend.fire({ ...close, whose: 'own', orders: false, deviation: 10 })).toMatchObject({
      status: 'success',
      closed: 1,
    });
  });

  it('tells a result again, marked as a repeat, over the connection after the one that may have lost it', async () => {
    const backend = await stage.peer();
    const ea = await start(backend);
    const first = await backend.fire(backend.order('CUT'));
    const from = backend.said.length;
    await ea.control('event chartchange');
    await backend.heard(({ type }) => type === 'hello', from, 'it says hello over another connection');
    expect(await backend.report('CUT', from)).toEqual({ ...first, repeat: true });
    expect(dealsIn(ea.folder)).toHaveLength(1);
  });

  it('keeps the switch for closes alone over its own end', async () => {
    const backend = await stage.peer();
    const folder = tempDir().path;
    const ea = await start(backend, { folder });
    const from = backend.said.length;
    await backend.send({ type: 'close_only', session: backend.session, on: true });
    expect(await backend.heard(({ type }) => type === 'close_only', from, 'it confirms')).toMatchObject({ on: true });
    await ea.end('SIGKILL');
    await start(backend, { folder });
    expect(backend.said.findLast(({ type }) => type === 'hello')).toMatchObject({ close_only: true });
    expect(await backend.fire(backend.order('NO'))).toMatchObject({ code: 'close_only' });
    await backend.send({ type: 'close_only', session: backend.session, on: false });
    expect(await backend.fire(backend.order('YES'))).toMatchObject({ status: 'success' });
  });

  it('closes at once where the switch can not be written, and writes it as soon as it can', async () => {
    const backend = await stage.peer();
    const folder = tempDir().path;
    const ea = await start(backend, { folder });
    await ea.control('set FILE_WRITE_FAILS 1');
    const from = backend.said.length;
    await backend.send({ type: 'close_only', session: backend.session, on: true });
    expect(await backend.heard(({ type }) => type === 'close_only', from, 'it confirms')).toMatchObject({ on: true });
    await ea.control('set FILE_WRITE_FAILS 0');
    await ea.printed('The switch for closes alone is written now.');
    await ea.end('SIGKILL');
    await start(backend, { folder });
    expect(backend.said.findLast(({ type }) => type === 'hello')).toMatchObject({ close_only: true });
  });

  it('stays quiet where another EA has the account, and takes over when that ends', async () => {
    const [one, two] = [await stage.peer(), await stage.peer()];
    const common = tempDir().path;
    const first = await start(one, { common });
    const second = await startEa(two.endpoints, { common });
    stage.keep(second);
    await second.printed('only one may trade the account');
    expect(two.said).toEqual([]);
    await first.end('SIGKILL');
    await two.heard(({ type }) => type === 'hello', 0, 'the second EA says hello');
  });
});
