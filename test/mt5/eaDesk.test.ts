import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectApi } from '../../src/api/rpc/connectApi.ts';
import { dataFolder } from '../../src/host/folder/dataFolder.ts';
import { connectControlSocket } from '../../src/host/servers/controlSocket.ts';
import { startServe, type Running, type Serving } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';
import { bridgeOf, compileEa, fire, orderOf, portOf, startEa, untilReady } from './deskEa.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import type { Terminal, TerminalOptions } from './terminal.ts';
import { dealsIn } from './tradeShell.ts';

// The compiled EA against the real desk: the trade flow, and what is left of it when either of them ends.

const running: Running[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

async function desk(bridge: Record<string, unknown> = {}): Promise<Serving> {
  const { path } = tempDir();
  writeFileSync(join(path, 'config.json'), JSON.stringify({ bridge }));
  const serving = await startServe(['--armed'], path);
  running.push(serving);
  return serving;
}

async function untilState(serving: Serving, id: string, state: string, limitMs?: number): Promise<void> {
  await until(async () => (await orderOf(serving, id))?.state === state, `the order ${id} is ${state}`, limitMs);
}

async function joined(serving: Serving, options: TerminalOptions = {}): Promise<Terminal> {
  const ea = await startEa(serving.bridge(), options);
  running.push(ea);
  await ea.printed('Connected to backend controller');
  await untilReady(serving);
  return ea;
}

describe.skipIf(skipsWithoutCompiler())('the EA with the desk', { timeout: 180_000 }, () => {
  beforeAll(compileEa, 600_000);

  it('is welcomed, names its account, and fills a buy and a sell', async () => {
    const serving = await desk();
    const ea = await joined(serving);
    const { account, channels } = await bridgeOf(serving);
    expect(account).toMatchObject({ login: '555111', currency: 'USD', eaVersion: '8.10', balance: 10_000 });
    expect(Object.values(channels).map(({ state }) => state)).toEqual(['live', 'live', 'live']);
    expect(await fire(serving, 'BUY_1')).toMatchObject({ state: 'filled', tradedLot: 0.1, price: 1.1001 });
    expect(await fire(serving, 'SELL_1', { action: 'sell' })).toMatchObject({ state: 'filled', price: 1.1 });
    const [bought, sold] = dealsIn(ea.folder);
    expect(bought).toMatchObject({ comment: 'BUY_1', volume: 0.1, type: 0 });
    expect(sold).toMatchObject({ comment: 'SELL_1', volume: 0.1, type: 1 });
  });

  it('tells what was rejected, filled in part, closed, and closed in all', async () => {
    const serving = await desk();
    const ea = await joined(serving, { setup: ['symbol EURUSD execution market', 'symbol EURUSD filling 2'] });
    await ea.control('set RETCODE 10018');
    expect(await fire(serving, 'SHUT')).toMatchObject({ state: 'rejected', message: 'Market is closed' });
    await ea.control('set RETCODE 0', 'set PARTIAL_FILL 0.5');
    expect(await fire(serving, 'PART', { lot: '0.2' })).toMatchObject({ state: 'filled', tradedLot: 0.1 });
    await ea.control('set PARTIAL_FILL 1');
    expect(await fire(serving, 'GOLD', { symbol: 'XAUUSD', lot: '0.01' })).toMatchObject({ state: 'filled' });
    const close = await fire(serving, 'SHUT_EUR', { action: 'close' });
    expect(['sent', 'filled']).toContain(close.state);
    await untilState(serving, 'SHUT_EUR', 'filled');
    expect(dealsIn(ea.folder).map(({ comment, type, symbol }) => [comment, type, symbol])).toEqual([
      ['PART', 0, 'EURUSD'],
      ['GOLD', 0, 'XAUUSD'],
      ['SHUT_EUR', 1, 'EURUSD'],
    ]);
    await fire(serving, 'ALL', { action: 'close_all', symbol: 'ALL' });
    await untilState(serving, 'ALL', 'filled');
    expect(dealsIn(ea.folder).at(-1)).toMatchObject({ comment: 'ALL', symbol: 'XAUUSD' });
  });

  it('tells positions, orders and deals of others, which the desk can read, in pages too', async () => {
    const serving = await desk();
    const ea = await joined(serving);
    await fire(serving, 'OWN', { symbol: 'XAUUSD', lot: '0.01' });
    await ea.control(...Array.from({ length: 120 }, () => 'open EURUSD buy 0.01'), 'deposit 100');
    const told = await until(async () => {
      const bridge = await bridgeOf(serving);
      return bridge.account.positions === 121 ? bridge : null;
    }, 'the desk knows of all positions');
    expect(told).toMatchObject({ unreadable: 0, obstacle: null });
    // The EA closes its own position in gold; one in euros goes by hand meanwhile.
    await ea.control('set ORDER_MS 500');
    const close = fire(serving, 'SHUT', { symbol: 'XAUUSD', action: 'close' });
    await ea.control('close EURUSD');
    await close;
    await untilState(serving, 'SHUT', 'filled');
    expect(await bridgeOf(serving)).toMatchObject({ unreadable: 0 });
  });

  it.each([
    ['before the order was written', 'DIE_AT', 'FileWriteArray', 0],
    ['after it was written, before it was sent', 'DIE_AT', 'OrderSendAsync', 0],
    ['after it was sent', 'DIE_AFTER', 'OrderSendAsync', 1],
  ])('killed %s, it trades once at most, and the desk learns what became of it', async (_, at, call, deals) => {
    const serving = await desk();
    const folder = tempDir().path;
    const ea = await joined(serving, { folder });
    await ea.control(`set ${at} ${call}:+1`);
    const fired = fire(serving, 'ONCE');
    await ea.finished;
    const again = await startEa(serving.bridge(), { folder, inputs: { MissingS: 1 } });
    running.push(again);
    await fired;
    await untilState(serving, 'ONCE', deals === 0 ? 'rejected' : 'filled', 60_000);
    expect(dealsIn(folder)).toHaveLength(deals);
  });

  it.each([
    ['bitten', true],
    ['v7', false],
  ] as const)('stands still for 3 s on a bridge of the kind %s: the connection stays: %s', async (eaKind, stays) => {
    const serving = await desk({ eaKind });
    const ea = await joined(serving);
    ea.child.kill('SIGSTOP');
    await wait(3_000);
    ea.child.kill('SIGCONT');
    await untilReady(serving);
    const again = ea.lines().filter((line) => line.includes('is gone'));
    expect(again.length === 0).toBe(stays);
    expect(await fire(serving, 'AFTER')).toMatchObject({ state: 'filled' });
  });

  it('is given the patience of its kind while both run, once the bridge is disarmed', async () => {
    const serving = await desk({ eaKind: 'v7' });
    const ea = await joined(serving);
    await serving.cli('disarm');
    const api = connectApi(await connectControlSocket(dataFolder(serving.dataDir, { create: false })));
    await api.call('setOwnEa', { bridge: 'main' });
    api.close();
    const gone = (): number => ea.lines().filter((line) => line.includes('is gone')).length;
    await until(async () => (await serving.cli('arm')).code === 0, 'the bridge is armed');
    await untilReady(serving);
    const before = gone();
    ea.child.kill('SIGSTOP');
    await wait(3_000);
    ea.child.kill('SIGCONT');
    await untilReady(serving);
    expect(await fire(serving, 'AFTER')).toMatchObject({ state: 'filled' });
    expect(gone()).toBe(before);
  });

  it('tells a desk that was killed what became of its order, as soon as that comes back', async () => {
    const serving = await desk();
    const ea = await joined(serving, { switches: { ORDER_MS: 800 } });
    const fired = fire(serving, 'LEFT').catch(() => null);
    await until(
      () => ea.lines().some((line) => line.includes('LEFT')) || dealsIn(ea.folder).length > 0,
      'it is traded',
    );
    await serving.end('SIGKILL');
    await fired;
    const { command, telemetry } = serving.bridge();
    const ports = ['--command-port', portOf(command), '--telemetry-port', portOf(telemetry)].map(String);
    const again = await startServe(['--armed', ...ports], serving.dataDir);
    running.push(again);
    await untilState(again, 'LEFT', 'filled', 60_000);
    expect(dealsIn(ea.folder)).toHaveLength(1);
  });

  it('is closed for entries by the kill switch, over a kill of both, and opened by the release it comes back to', async () => {
    const serving = await desk();
    const folder = tempDir().path;
    const ea = await joined(serving, { folder });
    await serving.cli('kill');
    const closed = (on: boolean, serve: Serving) =>
      until(
        async () => {
          const { eaCloseOnly } = await bridgeOf(serve);
          return eaCloseOnly?.on === on && eaCloseOnly.trouble === null;
        },
        `the EA ${on ? 'takes closes alone' : 'takes entries'}`,
      );
    await closed(true, serving);
    await Promise.all([ea.end('SIGKILL'), serving.end('SIGKILL')]);
    const { command, telemetry } = serving.bridge();
    const ports = ['--command-port', portOf(command), '--telemetry-port', portOf(telemetry)].map(String);
    const again = await startServe(ports, serving.dataDir);
    running.push(again);
    // Released while the EA is away: it is told when it comes back, and keeps it closed until then.
    await again.cli('release');
    const back = await startEa(again.bridge(), { folder });
    running.push(back);
    await back.printed('Connected to backend controller');
    await closed(false, again);
    await until(async () => (await again.cli('arm')).code === 0, 'the account is named, and the bridge armed');
    await untilReady(again);
    expect(await fire(again, 'OPEN_AGAIN')).toMatchObject({ state: 'filled' });
    const told = [...ea.lines(), ...back.lines()].filter((line) => line.includes('The desk has '));
    expect(told).toEqual([
      expect.stringContaining('it takes closes alone') as string,
      expect.stringContaining('entries are taken again') as string,
    ]);
  });

  it('has no connection lost and no result lost where an order takes the broker up to 5 s', async () => {
    const serving = await desk({ eaKind: 'bitten' });
    const ea = await joined(serving);
    const orders = [
      ['0', 'EURUSD', 'buy'],
      ['700', 'EURUSD', 'sell'],
      ['2500', 'XAUUSD', 'buy'],
      ['5000', 'XAUUSD', 'sell'],
    ] as const;
    for (const [ms, symbol, action] of orders) {
      await ea.control(`set ORDER_MS ${ms}`);
      const id = `SLOW_${ms}`;
      const fired = await fire(serving, id, { symbol, action, lot: '0.01' });
      expect({ ms, state: fired.state }).toEqual({ ms, state: 'filled' });
      const { channels } = await bridgeOf(serving);
      expect(Object.values(channels).map(({ state }) => state)).toEqual(['live', 'live', 'live']);
    }
    expect(ea.lines().filter((line) => line.includes('is gone'))).toEqual([]);
    expect(dealsIn(ea.folder)).toHaveLength(4);
  });
});
