import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/orders/order.ts';
import type { AppState } from '../../src/api/state/state.ts';
import { startPaper, startServe, type Running, type Serving } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';

const running: Running[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

async function start(...flags: string[]): Promise<{ serving: Serving; bridge: AppState['bridges'][number] }> {
  const serving = await startServe(['--armed']);
  running.push(serving, startPaper(serving.bridge(), '--dialect', '8', ...flags));
  const bridge = await until(
    async () => {
      const { stdout } = await serving.cli('--json', 'status');
      const [now] = (JSON.parse(stdout) as Pick<AppState, 'bridges'>).bridges;
      return now?.obstacle === null && now.speaks8 ? now : null;
    },
    'the paper EA of protocol 8 is welcomed, and orders may leave',
    20_000,
  );
  return { serving, bridge };
}

const order = ['--symbol', 'XAUUSD', '--action', 'buy', '--lot', '0.1', '--sl', '2000', '--tp', '4000'];

async function fire(serving: Serving, id: string): Promise<Order> {
  return JSON.parse((await serving.cli('fire', ...order, '--id', id, '--json')).stdout) as Order;
}

/** What the paper EA has sent, by its own log. */
const said = (log: string): Record<string, unknown>[] =>
  readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { direction: string; text: string })
    .filter(({ direction }) => direction === 'sent')
    .map(({ text }) => JSON.parse(text) as Record<string, unknown>);

describe('a paper EA that speaks protocol 8', () => {
  it('names its account, is welcomed, and trades in the session', async () => {
    const { serving, bridge } = await start();
    expect(bridge.account).toMatchObject({ login: '1000001', currency: 'USD', leverage: 100, eaVersion: '8.0-paper' });
    expect(await fire(serving, 'P1')).toMatchObject({ state: 'filled', tradedLot: 0.1 });
  });

  it('tells positions, orders and deals, which the desk can read', async () => {
    const log = join(tempDir().path, 'paper.ndjson');
    const { serving } = await start('--log', log);
    expect(await fire(serving, 'P3')).toMatchObject({ state: 'filled' });
    const sent = await until(
      () => {
        const told = said(log);
        return told.some(({ type, signal_id }) => type === 'deal' && signal_id === 'P3') ? told : null;
      },
      'the deal is told',
      20_000,
    );
    const lists = sent.filter(({ type }) => type === 'positions').map(({ positions }) => positions);
    // Two are open from the start.
    expect([lists[0], lists.at(-1)]).toMatchObject([{ length: 2 }, { length: 3 }]);
    expect(sent.find(({ type }) => type === 'orders')).toMatchObject({ count: 0, last: true });
    const { stdout } = await serving.cli('--json', 'status');
    const [bridge] = (JSON.parse(stdout) as Pick<AppState, 'bridges'>).bridges;
    expect(bridge).toMatchObject({ unreadable: 0, account: { positions: 3 } });
  });

  it('settles an order that was in doubt after its connection broke, with what it has stored', async () => {
    const { serving } = await start('--fault', 'drop');
    const fired = await fire(serving, 'P2');
    const settled = await until(
      async () => {
        const { stdout } = await serving.cli('--json', 'status');
        const found = (JSON.parse(stdout) as { lastOrders: Order[] }).lastOrders.find(
          ({ signalId }) => signalId === 'P2',
        );
        return found?.state === 'filled' ? found : null;
      },
      'the order is settled by the EA',
      20_000,
    );
    expect(settled).toMatchObject({ number: fired.number, late: true, settledBy: null });
  });
});
