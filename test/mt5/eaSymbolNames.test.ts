import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';
import { type EaPeer, EaStage, type Said } from './eaPeer.ts';
import { compileEa } from './deskEa.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import { dealsIn } from './tradeShell.ts';

// A broker's name of a symbol can have any printable character, also the one that stands between the fields of what was asked.

const stage = new EaStage();
afterEach(() => stage.close());

const symbol = 'EUR|USD';
const setup = [`symbol ${symbol} like EURUSD`];

/** Starts the EA again after it was killed, and gives what it says of an ID then. */
async function tells(backend: EaPeer, id: string, folder: string): Promise<Said> {
  await stage.start({ folder, setup, inputs: { MissingS: 1 } }, backend);
  return await until(
    async () => {
      const [known] = await backend.reconcile({ id });
      return known?.['state'] === 'result' ? (known['result'] as Said) : null;
    },
    `the EA has a result of ${id}`,
    20_000,
  );
}

describe.skipIf(skipsWithoutCompiler())('an EA of a broker whose symbol is EUR|USD', { timeout: 120_000 }, () => {
  beforeAll(compileEa, 600_000);

  it('trades it, and takes no other order for a repeat', async () => {
    const { backend, ea } = await stage.start({ setup });
    const first = await backend.fire(backend.order('A', { symbol }));
    expect(first).toMatchObject({ type: 'trade_result', status: 'success' });
    expect(await backend.fire(backend.order('A', { symbol }))).toEqual({ ...first, repeat: true });
    expect(await backend.fire(backend.order('B', { action: 'buy|EUR', symbol: 'USD' }))).toMatchObject({
      type: 'error',
    });
    const other = await backend.fire(backend.order('B', { symbol }));
    expect(other).toMatchObject({ type: 'error', code: 'duplicate' });
    expect(dealsIn(ea.folder)).toHaveLength(1);
  });

  it('finds a pending order that was placed before a kill', async () => {
    const folder = tempDir().path;
    const { backend, ea } = await stage.start({ folder, setup });
    await ea.control('set DIE_AFTER OrderSendAsync:+1');
    const until = Math.floor(Date.now() / 1_000) + 86_400;
    const pending = { symbol, action: 'buy_limit', price: 1.05, sl: 0, tp: 0, until };
    await backend.send(backend.order('PENDING', pending));
    await ea.finished;
    expect(await tells(backend, 'PENDING', folder)).toMatchObject({ type: 'trade_result', status: 'success' });
  });

  it('says what is open still after a close of all of it that a kill has cut off', async () => {
    const folder = tempDir().path;
    const { backend, ea } = await stage.start({ folder, setup });
    for (const id of ['A', 'B', 'C']) await backend.fire(backend.order(id, { symbol }));
    await ea.control('set DIE_AT OrderSendAsync:+2');
    const { session } = backend;
    const what = { symbol, whose: 'all', orders: false, deviation: 10 };
    await backend.send({ type: 'close_all', session, signal_id: 'ALL', sent_at: Date.now(), ...what });
    await ea.finished;
    expect(await tells(backend, 'ALL', folder)).toMatchObject({ type: 'error', code: 'partial' });
    expect(dealsIn(folder).filter(({ entry }) => entry === 1)).toHaveLength(1);
  });

  it('takes no name with a control character', async () => {
    const { backend } = await stage.start({ setup });
    for (const name of ['EUR\tUSD', 'EURUSD\n', 'EUR\u007FUSD']) {
      const refused = await backend.fire(backend.order('CONTROL', { symbol: name }));
      expect(refused).toMatchObject({ type: 'error', code: 'invalid' });
    }
    expect(await backend.fire(backend.order('CONTROL'))).toMatchObject({ type: 'trade_result' });
  });
});
