import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';
import { type EaPeer, EaStage, type Said } from './eaPeer.ts';
import { compileEa } from './deskEa.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import type { TerminalOptions } from './terminal.ts';
import { dealsIn } from './tradeShell.ts';

// Where the EA could say something wrong of an order: answers that are lost, clocks that differ, IDs that look alike, kills in the
// middle of several requests.

const stage = new EaStage();
afterEach(() => stage.close());

/** Starts the EA again after it was killed, and gives what it says of an ID then. */
async function tells(backend: EaPeer, id: string, options: TerminalOptions): Promise<Said> {
  await stage.start({ ...options, inputs: { MissingS: 1, ...options.inputs } }, backend);
  return await until(
    async () => {
      const [known] = await backend.reconcile({ id });
      return known?.['state'] === 'result' ? (known['result'] as Said) : null;
    },
    `the EA has a result of ${id}`,
    20_000,
  );
}

const command = (backend: EaPeer, type: string, id: string, fields: Record<string, unknown>) => ({
  ...{ type, session: backend.session, signal_id: id, sent_at: Date.now(), ...fields },
});

describe.skipIf(skipsWithoutCompiler())('the EA says nothing wrong', { timeout: 120_000 }, () => {
  beforeAll(compileEa, 600_000);

  it('of a close of all that a kill has cut off: what is open still is said', async () => {
    const folder = tempDir().path;
    const { backend, ea } = await stage.start({ folder });
    for (const id of ['A', 'B', 'C']) await backend.fire(backend.order(id));
    await ea.control('set DIE_AT OrderSendAsync:+2');
    await backend.send(command(backend, 'close_all', 'ALL', { whose: 'own', orders: false, deviation: 10 }));
    await ea.finished;
    const result = await tells(backend, 'ALL', { folder });
    expect(result).toMatchObject({ type: 'error' });
    expect(result['error']).toContain('2');
    expect(dealsIn(folder).filter(({ entry }) => entry === 1)).toHaveLength(1);
  });

  it('of a deletion whose answer was lost, where the order was filled meanwhile', async () => {
    const { backend, ea } = await stage.start({ inputs: { MissingS: 1 } });
    const placed = await backend.fire(backend.order('LIMIT', { action: 'buy_limit', price: 1.09, sl: 0, tp: 0 }));
    await ea.control('set EVENTS_LOSE all', 'set ORDER_MS 400');
    const answer = backend.fire(command(backend, 'cancel', 'DEL', { order: placed['order'] }));
    await new Promise((resolve) => setTimeout(resolve, 150));
    await ea.control('price EURUSD 1.08 1.0801');
    expect(await answer).toMatchObject({ type: 'error' });
    expect(dealsIn(ea.folder)).toHaveLength(1);
  });

  it.each([-20, 20])('where the clock of the PC is %i s from the one of the broker', async (seconds) => {
    const folder = tempDir().path;
    const { backend, ea } = await stage.start({ folder, switches: { CLOCK_OFFSET_MS: seconds * 1_000 } });
    await ea.control('set ORDER_MS 1500', 'set DIE_AFTER OrderSendAsync:+1');
    await backend.send(backend.order('CLOCK'));
    await ea.finished;
    const result = await tells(backend, 'CLOCK', { folder, inputs: { MissingS: 4 } });
    expect(dealsIn(folder)).toHaveLength(1);
    expect(result).toMatchObject({ type: 'trade_result', status: 'success' });
  });

  it('of an order whose ID begins like another one', async () => {
    const folder = tempDir().path;
    const { backend, ea } = await stage.start({ folder });
    await backend.fire(backend.order('ELITE_RAPID_EURUSD_1'));
    await ea.control('set DIE_AT OrderSendAsync:+1');
    await backend.send(backend.order('ELITE_RAPID_EURUSD_12'));
    await ea.finished;
    const result = await tells(backend, 'ELITE_RAPID_EURUSD_12', { folder });
    expect(result).toMatchObject({ type: 'error' });
    expect(dealsIn(folder)).toHaveLength(1);
  });

  it('of a part whose rest stands on an exchange', async () => {
    const { backend, ea } = await stage.start({
      switches: { ACCOUNT_MARGIN_MODE: 'exchange', PARTIAL_FILL: '0.5' },
      setup: ['symbol EURUSD execution exchange', 'symbol EURUSD filling 0'],
    });
    const part = await backend.fire(backend.order('REST', { lot: 0.2 }));
    expect(part).toMatchObject({ type: 'trade_result', requested: 0.2, lot: 0.1 });
    expect(dealsIn(ea.folder)).toHaveLength(1);
  });

  it('of a position that a smaller one has closed in part', async () => {
    const { backend } = await stage.start();
    const { position } = await backend.fire(backend.order('LARGE', { lot: 0.3 }));
    const { position: by } = await backend.fire(backend.order('SMALL', { action: 'sell' }));
    const report = backend.fire(command(backend, 'close_by', 'BOTH', { position, by }));
    expect(await report).toMatchObject({ type: 'trade_result', lot: 0.1, position });
    const rest = await backend.fire(command(backend, 'close', 'REST', { position, deviation: 10 }));
    expect(rest).toMatchObject({ type: 'trade_result', lot: 0.2 });
  });

  it('of a position that has another ticket since', async () => {
    const { backend, ea } = await stage.start();
    const { position } = await backend.fire(backend.order('OLD'));
    await ea.control('reticket EURUSD');
    const closed = await backend.fire(command(backend, 'close', 'CLOSE', { position, deviation: 10 }));
    expect(closed).toMatchObject({ type: 'trade_result', position });
    expect(dealsIn(ea.folder)).toHaveLength(2);
  });

  it('of an order that only another comment could prove: nobody knows', async () => {
    const folder = tempDir().path;
    const { backend, ea } = await stage.start({ folder, switches: { COMMENT_LENGTH: 4 } });
    await ea.control('set DIE_AFTER OrderSendAsync:+1');
    await backend.send(backend.order('COMMENT_CUT'));
    await ea.finished;
    const result = await tells(backend, 'COMMENT_CUT', { folder, switches: { COMMENT_LENGTH: 4 } });
    expect(dealsIn(folder)).toHaveLength(1);
    expect(result).toMatchObject({ type: 'error', code: 'unknown' });
  });

  it('of an order whose result could not be written: it is written as soon as it can', async () => {
    const folder = tempDir().path;
    const { backend, ea } = await stage.start({ folder });
    await ea.control('set ORDER_MS 1500');
    await backend.send(backend.order('FULL_DISK'));
    // Commands are taken in turn, so that the order has left.
    await backend.ping();
    await ea.control('set FILE_WRITE_FAILS 1');
    const first = await backend.report('FULL_DISK');
    expect(first).toMatchObject({ type: 'trade_result', status: 'success' });
    expect(await backend.reconcile({ id: 'FULL_DISK' })).toMatchObject([{ state: 'pending' }]);
    // The account's record is opened again: the result that is known is not looked for anew.
    await ea.control('event chartchange', 'set FILE_WRITE_FAILS 0');
    await ea.printed('The result of order FULL_DISK is written now.');
    await backend.heard(({ signal_id, repeat }) => signal_id === 'FULL_DISK' && repeat === true, 0, 'it is told again');
    expect(backend.said.filter(({ signal_id, repeat }) => signal_id === 'FULL_DISK' && repeat !== true)).toEqual([
      first,
    ]);
    await ea.end('SIGKILL');
    expect(await tells(backend, 'FULL_DISK', { folder })).toEqual(first);
    expect(dealsIn(folder)).toHaveLength(1);
  });

  it.each([
    ['can not be read', (order: Record<string, unknown>) => ({ ...order, surprise: 1 })],
    ['is a documented one', (order: Record<string, unknown>) => ({ ...order, session: undefined, lot: 0.2 })],
  ])('of an order on its way, where another command with its ID %s', async (_, other) => {
    const { backend, ea } = await stage.start();
    await ea.control('set ORDER_MS 1000');
    const order = backend.order('ON_ITS_WAY');
    const from = backend.said.length;
    await backend.send(order);
    // This code says nothing of whether the order was traded.
    expect(await backend.fire(other(order))).toMatchObject({ type: 'error', code: 'duplicate' });
    const isResult = ({ type, signal_id }: Said): boolean => type === 'trade_result' && signal_id === 'ON_ITS_WAY';
    expect(await backend.heard(isResult, from, 'its result')).toMatchObject({ status: 'success' });
  });

  it('and lets no desk with a lower count of starts lift the switch for closes alone', async () => {
    const { backend } = await stage.start();
    backend.epoch = 5;
    await backend.welcome();
    await backend.send({ type: 'close_only', session: backend.session, on: true });
    backend.epoch = 4;
    await backend.welcome();
    await backend.send({ type: 'close_only', session: backend.session, on: false });
    await backend.ping();
    backend.epoch = 6;
    await backend.welcome();
    expect(await backend.fire(backend.order('SHUT'))).toMatchObject({ code: 'close_only' });
  });
});
