import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/orders/order.ts';
import { startServe, type Running, type Serving } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';
import { bridgeOf, compileEa, fire, orderOf, startEa, untilReady } from './deskEa.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import type { Terminal } from './terminal.ts';
import { dealsIn } from './tradeShell.ts';

// The desk places pending orders through the compiled EA: what fills them is found by its deal.

const running: Running[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

async function start(): Promise<{ serving: Serving; ea: Terminal }> {
  const serving = await startServe(['--armed'], tempDir().path);
  running.push(serving);
  const ea = await startEa(serving.bridge());
  running.push(ea);
  await untilReady(serving);
  return { serving, ea };
}

const becomes = (serving: Serving, id: string, state: Order['state']): Promise<Order> =>
  until(
    async () => {
      const order = await orderOf(serving, id);
      return order?.state === state ? order : null;
    },
    `${id} is ${state}`,
    30_000,
  );

describe.skipIf(skipsWithoutCompiler())('the desk with the EA', { timeout: 180_000 }, () => {
  beforeAll(compileEa, 600_000);

  it('places a limit order, and its deal fills it at a better price', async () => {
    const { serving, ea } = await start();
    const entry = { entry: 'limit', price: '1.09' };
    expect(await fire(serving, 'LIMIT', entry)).toMatchObject({ state: 'placed', price: null, doubt: null });
    const [listed] = await until(async () => {
      const orders = (await bridgeOf(serving)).openTrades.orders ?? [];
      return orders.length === 1 ? orders : null;
    }, 'it is listed');
    expect(listed).toMatchObject({ kind: 'limit', price: 1.09, sl: 1.085, tp: 1.1, signalId: 'LIMIT', until: 0 });
    expect(dealsIn(ea.folder)).toEqual([]);
    await ea.control('price EURUSD 1.0895 1.0897');
    const filled = await becomes(serving, 'LIMIT', 'filled');
    expect(filled).toMatchObject({ ticket: listed?.order, tradedLot: 0.1, settledBy: null });
    expect(filled.price).toBeLessThanOrEqual(1.09);
    expect(dealsIn(ea.folder)).toHaveLength(1);
  });

  it('places each kind with its expiry, and one that is deleted in MT5 is cancelled', async () => {
    const { serving } = await start();
    const stop = { entry: 'stop', price: '1.12', until: 'day' };
    expect(await fire(serving, 'STOP', stop)).toMatchObject({ state: 'placed' });
    const end = new Date(Date.now() + 3_600_000).toISOString().slice(0, 16);
    const stopLimit = { entry: 'stop_limit', price: '1.08', limit: '1.085', until: `${end}Z`, action: 'sell' };
    const placed = await fire(serving, 'STOPLIMIT', stopLimit);
    expect(placed).toMatchObject({ state: 'placed' });
    await until(async () => (await bridgeOf(serving)).openTrades.orders?.length === 2, 'both are listed');
    const cancelled = JSON.parse((await serving.cli('--json', 'cancel', placed.ticket ?? '')).stdout) as Order;
    expect(cancelled).toMatchObject({ state: 'filled' });
    expect(await becomes(serving, 'STOPLIMIT', 'cancelled')).toMatchObject({ price: null, tradedLot: null });
    expect(await fire(serving, 'WRONG', { entry: 'limit', price: '1.2', repeat: 'STOP' })).toMatchObject({
      state: 'refused',
      refusal: { code: 'invalid_price' },
    });
  });
});
