import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/orders/order.ts';
import type { OpenPosition, PendingOrder } from '../../src/domain/positions/openTrades.ts';
import { startServe, type Running, type Serving } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';
import { bridgeOf, compileEa, fire, orderOf, startEa, untilReady } from './deskEa.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import type { Terminal, TerminalOptions } from './terminal.ts';
import { dealsIn } from './tradeShell.ts';

// The desk changes what is open through the compiled EA: positions of its own and of others, pending orders, and what is left
// where one of them ends meanwhile.

const running: Running[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

async function joined(serving: Serving, options: TerminalOptions = {}): Promise<Terminal> {
  const ea = await startEa(serving.bridge(), options);
  running.push(ea);
  await untilReady(serving);
  return ea;
}

async function start(options: TerminalOptions = {}): Promise<{ serving: Serving; ea: Terminal }> {
  const serving = await startServe(['--armed'], tempDir().path);
  running.push(serving);
  return { serving, ea: await joined(serving, options) };
}

async function positions(serving: Serving): Promise<readonly OpenPosition[]> {
  return (await bridgeOf(serving)).openTrades.positions ?? [];
}

async function pending(serving: Serving): Promise<readonly PendingOrder[]> {
  return (await bridgeOf(serving)).openTrades.orders ?? [];
}

const run = async (serving: Serving, ...command: string[]): Promise<Order> =>
  JSON.parse((await serving.cli('--json', ...command)).stdout) as Order;

describe.skipIf(skipsWithoutCompiler())('the desk with the EA', { timeout: 180_000 }, () => {
  beforeAll(compileEa, 600_000);

  it('closes a part of its own position and all of one that was opened by hand, and moves stops', async () => {
    const { serving, ea } = await start();
    await fire(serving, 'OWN', { lot: '0.3' });
    await ea.control('open EURUSD sell 0.2');
    const [own, hand] = await until(async () => {
      const open = await positions(serving);
      const mine = open.find(({ signalId }) => signalId === 'OWN');
      const other = open.find(({ side }) => side === 'sell');
      return mine === undefined || other === undefined ? null : [mine, other];
    }, 'both are listed');
    expect(hand.magic).not.toBe(own.magic);
    expect(await run(serving, 'close', own.position, '--lot', '0.1')).toMatchObject({
      ...{ state: 'filled', tradedLot: 0.1, unverified: false, price: 1.1 },
    });
    expect(await run(serving, 'close', hand.position)).toMatchObject({ state: 'filled', tradedLot: 0.2 });
    await until(async () => {
      const [left, more] = await positions(serving);
      return left?.lots === 0.2 && more === undefined;
    }, 'one of 0.2 lots is open');
    expect(await run(serving, 'modify', own.position, '--sl', '1.095', '--tp', '1.2', '--away')).toMatchObject({
      ...{ state: 'filled', action: 'modify_position' },
    });
    await until(async () => (await positions(serving))[0]?.sl === 1.095, 'its stop is listed');
    // Within the broker's stops level, as the EA knows it.
    await ea.control('symbol EURUSD stops 100');
    expect(await run(serving, 'modify', own.position, '--sl', '1.0999')).toMatchObject({
      ...{ state: 'rejected', message: expect.stringContaining('closer') as string },
    });
    expect(dealsIn(ea.folder).map(({ volume, entry }) => [volume, entry])).toEqual([
      ...[0.3, 0.2].map((lots) => [lots, 0]),
      ...[0.1, 0.2].map((lots) => [lots, 1]),
    ]);
  });

  it('moves and cancels a pending order, and closes positions by each other', async () => {
    const { serving, ea } = await start();
    await ea.control('place EURUSD buy 0.1 1.09');
    const [order] = await until(async () => {
      const listed = await pending(serving);
      return listed.length === 1 ? listed : null;
    }, 'the pending order is listed');
    const number = order?.order ?? '';
    expect(await run(serving, 'modify', number, '--price', '1.08')).toMatchObject({ state: 'filled' });
    await until(async () => (await pending(serving))[0]?.price === 1.08, 'its price is listed');
    expect(await run(serving, 'cancel', number)).toMatchObject({ state: 'filled', action: 'cancel_order' });
    await until(async () => (await pending(serving)).length === 0, 'it is gone');

    await fire(serving, 'LONG', { lot: '0.3' });
    await fire(serving, 'SHORT', { lot: '0.1', action: 'sell' });
    const listed = await until(async () => {
      const open = await positions(serving);
      return open.length === 2 ? open : null;
    }, 'both are listed');
    const at = (side: string): string => listed.find((each) => each.side === side)?.position ?? '';
    expect(await run(serving, 'close', at('buy'), '--by', at('sell'))).toMatchObject({ state: 'filled' });
    await until(async () => {
      const open = await positions(serving);
      return open.length === 1 && open[0]?.lots === 0.2;
    }, 'the rest is open');
  });

  it.each([
    ['before it was written', 'DIE_AT', 'FileWriteArray', 1],
    ['after it was written', 'DIE_AT', 'OrderSendAsync', 1],
    ['after it was sent', 'DIE_AFTER', 'OrderSendAsync', 2],
  ])(
    'killed during a close %s, closes once at most, and the desk learns what became of it',
    async (_, at, call, deals) => {
      const folder = tempDir().path;
      const { serving, ea } = await start({ folder, inputs: { MissingS: 2 } });
      await fire(serving, 'OPEN', { lot: '0.3' });
      const [open] = await until(async () => {
        const listed = await positions(serving);
        return listed.length === 1 ? listed : null;
      }, 'it is listed');
      await ea.control(`set ${at} ${call}:+1`);
      const closing = run(serving, 'close', open?.position ?? '', '--id', 'SHUT', '--wait', '1');
      await ea.finished;
      await closing;
      await joined(serving, { folder, inputs: { MissingS: 2 } });
      const settled = await until(
        async () => {
          const order = await orderOf(serving, 'SHUT');
          return order?.state === 'filled' || order?.state === 'rejected' ? order : null;
        },
        'the close is settled',
        90_000,
      );
      expect(dealsIn(folder)).toHaveLength(deals);
      expect(settled).toMatchObject({ state: deals === 2 ? 'filled' : 'rejected', settledBy: null });
    },
  );
});
