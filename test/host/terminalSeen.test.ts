import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { executeZmqFire } from '../../src/client/client.ts';
import { addEngine } from '../support/engines.ts';
import { run, startServe, type Running, type Serving } from '../support/processes.ts';
import { startQuotingEa, type QuotingEa } from '../support/quotingEa.ts';
import { until } from '../support/until.ts';

// What a person at a terminal was shown leaves so, or not at all.

const terminal = '/usr/bin/script';
const endings: (() => unknown)[] = [];

afterEach(async () => {
  await Promise.all(endings.splice(0).map((end) => end()));
});

interface Market extends QuotingEa {
  serving: Serving;
}

/** A desk with an EA that fills, and quotes XAUUSD as the test says. */
async function withMarket(): Promise<Market> {
  const serving = await startServe(['--armed', '--no-http']);
  const ea = startQuotingEa(serving.bridge());
  endings.push(ea.end, () => serving.end('SIGKILL'));
  const live = async (): Promise<boolean> => (await serving.cli('status')).stdout.split(' live (').length === 4;
  await until(live, 'all lamps are live', 20_000);
  return { ...ea, serving };
}

/** The command line at a terminal; `says` waits for what it shows. */
function atTerminal({ serving }: Market, ...args: string[]) {
  const command = [process.execPath, 'src/host/cli.ts', '--data-dir', serving.ready.dataDir, ...args].join(' ');
  const typing: Running = run(['-qec', command, '/dev/null'], { program: terminal, stdin: 'pipe' });
  endings.push(() => typing.end('SIGKILL'));
  let from = 0;
  return {
    finished: typing.finished,
    says: async (text: string) => {
      await until(() => typing.output.stdout.includes(text, from), `it says ${text}`, 10_000);
      from = typing.output.stdout.indexOf(text, from) + text.length;
    },
    types: (line: string) => typing.child.stdin?.write(`${line}\n`),
  };
}

describe.skipIf(!existsSync(terminal))('at a terminal', { timeout: 60_000 }, () => {
  it('an order whose stop loss is asked for shows its price, and is shown anew where that has moved', async () => {
    const market = await withMarket();
    const { says, types, finished } = atTerminal(market, 'fire', '--symbol', 'XAUUSD', '--action', 'buy');
    await says('buy 0.01 lots XAUUSD');
    await says('account u: bid 2341, ask 2341.3');
    await says('Stop loss');
    await market.quote(2350);
    types('200');
    await says('(changed)');
    await says('account u: bid 2350, ask 2350.3');
    await says('stop loss of 200?');
    expect(market.signals).toEqual([]);
    types('y');
    expect((await finished).code).toBe(0);
    expect(market.signals).toMatchObject([{ sl: 200, lot: 0.01 }]);
  });

  it('a no after that fires nothing', async () => {
    const market = await withMarket();
    const { says, types, finished } = atTerminal(market, 'fire', '--symbol', 'XAUUSD', '--action', 'sell');
    await says('Stop loss');
    await market.quote(2300);
    types('none');
    await says('stop loss of none?');
    types('');
    expect((await finished).code).toBe(2);
    expect(market.signals).toEqual([]);
  });

  it('what is typed whole leaves, at whatever price', async () => {
    const market = await withMarket();
    const args = ['fire', '--symbol', 'XAUUSD', '--action', 'buy', '--sl', '200'];
    expect((await atTerminal(market, ...args).finished).code).toBe(0);
    expect(market.signals).toHaveLength(1);
  });

  it('a signal of the inbox is shown before it is fired, and again where it is another one by then', async () => {
    const market = await withMarket();
    const { serving } = market;
    const token = await addEngine(serving, 'VENOM', '--mode', 'ask', '--expiry', '600');
    const signal = { action: 'buy', symbol: 'XAUUSD', lot: 0.1, sl_price: 2321.3, tp: 0, signal_id: 'V1' } as const;
    const endpoint = serving.ready.gateway ?? '';
    await executeZmqFire(signal, { engine: 'VENOM', token, endpoint, timeoutMs: 500 });
    const { says, types, finished } = atTerminal(market, 'inbox', 'fire', '1');
    await says('now 0.1 lots, SL 2000');
    await says('Fire it so?');
    await market.quote(2331);
    types('y');
    await says('(changed)');
    await says('now 0.1 lots, SL 1000');
    await says('Fire it so?');
    expect(market.signals).toEqual([]);
    types('y');
    expect((await finished).code).toBe(0);
    expect(market.signals).toMatchObject([{ sl: 1000, lot: 0.1 }]);
  });
});
