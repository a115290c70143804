import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, expect, it } from 'vitest';
import type { ApiClient } from '../../src/api/rpc/connectApi.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import { hasSignals } from '../support/processes.ts';
import { openLimits } from '../support/openLimits.ts';
import { until } from '../support/until.ts';
import { startApp, Undos, withJournal, type StartedApp } from './appHarness.ts';
import { say, timeLimit, times } from './faults.ts';
import { leftBehind } from './started.ts';

const undos = new Undos();
afterEach(() => undos.all());
afterAll(() => {
  expect(leftBehind()).toEqual([]);
});

const starts = times(3, 400);
const ordersEach = 6;

it.skipIf(!hasSignals)(
  'an app whose readers of stdout and stderr go away ends no sooner, and loses no order',
  { timeout: timeLimit(starts, 20_000) },
  async () => {
    const dataDir = undos.folder();
    writeFileSync(join(dataDir, 'config.json'), JSON.stringify({ paper: { name: 'Paper', limits: openLimits } }));
    const fired: Order[] = [];
    let exits = 0;
    for (let start = 0; start < starts; start += 1) {
      const app = startApp({ dataDir, flags: ['--paper'] });
      undos.add(() => app.end('SIGKILL'));
      // One in four closes stderr before anything is said there; the ready line has to be read.
      if (randomInt(4) === 0) app.child.stderr?.destroy();
      await app.ready;
      const client = await app.connect();
      await untilTradable(client);
      fired.push(...(await fireWhileReadersGo(app, client, start)));
      if (app.child.exitCode !== null || app.child.signalCode !== null) exits += 1;
      client.close();
      const ended = await app.end();
      expect(ended.code).toBe(0);
    }
    await withJournal(join(dataDir, 'paper'), ({ journal }) => {
      for (const { number, signalId, state } of fired) {
        expect(journal.findOrder(number)).toMatchObject({ signalId, state });
      }
    });
    say(
      `readers of stdout and stderr away: ${String(starts)} starts, ${String(fired.length)} orders accounted for, ${String(exits)} exits`,
    );
    expect(exits).toBe(0);
    expect(fired).toHaveLength(starts * ordersEach);
  },
);

/** @returns the orders, each with its result */
async function fireWhileReadersGo(app: StartedApp, client: ApiClient, start: number): Promise<Order[]> {
  const [stdout, stderr] = [randomInt(ordersEach), randomInt(ordersEach)];
  const fired: Order[] = [];
  for (let count = 0; count < ordersEach; count += 1) {
    const place = start * ordersEach + count;
    // Neither lots nor stops come twice within the duplicate window.
    const stops = { sl: 200 + Math.floor(place / 50), tp: 400 };
    const trade = { bridge: 'paper', action: 'buy' as const, symbol: 'EURUSD', ...stops, confirmed: [] };
    const signalId = `R${String(start)}_${String(count)}`;
    const lot = (1 + (place % 50)) / 100;
    const placed = client.call('fire', { ...trade, lot, signalId });
    await wait(randomInt(12));
    if (count === stdout) app.child.stdout?.destroy();
    if (count === stderr) app.child.stderr?.destroy();
    // Each is a sentence on stderr, more of them than a pipe holds.
    const problem = client.call('reportProblem', { text: 'x'.repeat(3_000) });
    const { number, state, refusal } = await placed;
    expect([state, refusal]).toEqual(['sent', null]);
    await client.call('kill', null);
    await client.call('release', null);
    await problem;
    fired.push(await resultOf(client, number));
    await client.call('arm', { bridge: 'paper' });
  }
  return fired;
}

async function resultOf(client: ApiClient, number: number): Promise<Order> {
  return until(
    async () => {
      const { state } = await client.call('snapshot', null);
      const order = state.orders.find((each) => each.bridge === 'paper' && each.number === number);
      return order !== undefined && order.state !== 'sent' ? order : null;
    },
    `order ${String(number)} has its result`,
  );
}

async function untilTradable(client: ApiClient): Promise<void> {
  await until(
    async () => {
      const { state } = await client.call('snapshot', null);
      const paper = state.bridges.find(({ id }) => id === 'paper');
      return paper?.obstacle === null && paper.account.equity !== null;
    },
    'the paper EA can be traded',
    30_000,
  );
}
