import { afterEach, describe, expect, it } from 'vitest';
import { startServe, type Running, type Serving } from '../support/processes.ts';
import { until } from '../support/until.ts';
import { bridgeOf, fire, orderOf, startEa, untilReady } from './deskEa.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import type { Terminal, TerminalOptions } from './terminal.ts';
import { dealsIn } from './tradeShell.ts';

// The compiled EA against the real desk: the trade flow, and what is left of it when either of them ends.

const running: Running[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

async function desk(): Promise<Serving> {
  const serving = await startServe(['--armed']);
  running.push(serving);
  return serving;
}

async function joined(serving: Serving, options: TerminalOptions = {}): Promise<Terminal> {
  const ea = await startEa(serving.bridge(), options);
  running.push(ea);
  await ea.printed('Connected to backend controller');
  await untilReady(serving);
  return ea;
}

describe.skipIf(skipsWithoutCompiler())('the EA with the desk', { timeout: 180_000 }, () => {
  it('is welcomed, names its account, and fills a buy and a sell', async () => {
    const serving = await desk();
    const ea = await joined(serving);
    const { account, channels } = await bridgeOf(serving);
    expect(account).toMatchObject({ login: '555111', currency: 'USD', eaVersion: '8.00', balance: 10_000 });
    expect(Object.values(channels).map(({ state }) => state)).toEqual(['live', 'live', 'live']);
    expect(await fire(serving, 'BUY_1')).toMatchObject({ state: 'filled', tradedLot: 0.1, price: 1.1002 });
    expect(await fire(serving, 'SELL_1', '--action', 'sell')).toMatchObject({ state: 'filled', tradedLot: 0.1 });
    expect(dealsIn(ea.folder).map(({ comment, volume }) => [comment, volume])).toEqual([
      ['BUY_1', 0.1],
      ['SELL_1', 0.1],
    ]);
  });
});
