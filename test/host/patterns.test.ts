import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Order } from '../../src/api/order.ts';
import { startPaper, startServe, type Running } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';

const running: Running[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

const ends = ['--command-pattern', 'pub', '--feedback-pattern', 'req'];

/** A desk of its own folder and the paper EA, each with its flags. */
async function fireOnce(config: object, deskFlags: string[], paperFlags: string[]): Promise<Order> {
  const { path } = tempDir();
  writeFileSync(join(path, 'config.json'), JSON.stringify({ bridge: config }));
  const serving = await startServe(['--armed', ...deskFlags], path);
  running.push(serving, startPaper(serving.bridge(), ...paperFlags));
  await until(async () => (await serving.cli('status')).stdout.split(' live (').length === 4, 'all lamps are live');
  const order = ['--symbol', 'XAUUSD', '--action', 'buy', '--lot', '0.1', '--sl', '2000', '--tp', '4000', '--json'];
  return JSON.parse((await serving.cli('fire', ...order)).stdout) as Order;
}

describe('the socket patterns of a bridge', () => {
  it('are those of the flags', async () => {
    const order = await fireOnce({}, [...ends, '--feedback-port', '0'], ends);
    expect(order).toMatchObject({ state: 'filled', unverified: false, repeats: 0 });
  });

  it('are those of its settings', async () => {
    const order = await fireOnce({ commandPattern: 'pub', feedbackPattern: 'req', feedbackPort: 0 }, [], ends);
    expect(order).toMatchObject({ state: 'filled', unverified: false, repeats: 0 });
  });

  it('are those of the flags where the two differ', async () => {
    const config = { commandPattern: 'pub', feedbackPattern: 'req', feedbackPort: 0 };
    const order = await fireOnce(config, ['--command-pattern', 'push', '--feedback-pattern', 'push'], []);
    expect(order).toMatchObject({ state: 'filled' });
  });
});
