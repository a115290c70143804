import { afterEach, describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/orders/order.ts';
import { startServe, type Running, type Serving } from '../support/processes.ts';
import { python, startPythonEa, type PeerMode } from '../support/pythonPeer.ts';
import { until } from '../support/until.ts';

const running: Running[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

const lampsAre = (serving: Serving, state: string) =>
  until(async () => (await serving.cli('status')).stdout.split(` ${state} (`).length === 4, `all lamps are ${state}`);

async function withPeer(mode: PeerMode, flags: string[] = []): Promise<{ serving: Serving; peer: Running }> {
  const serving = await startServe(['--armed', ...flags]);
  const peer = startPythonEa(serving.bridge(), mode);
  running.push(serving, peer);
  await lampsAre(serving, 'live');
  return { serving, peer };
}

const fire = async (serving: Serving, ...more: string[]) => {
  const flags = ['--symbol', 'XAUUSD', '--action', 'buy', '--lot', '0.1', '--sl', '20', '--tp', '40'];
  const { code, stdout } = await serving.cli('fire', ...flags, '--json', ...more);
  return { code, order: JSON.parse(stdout) as Order };
};

describe.skipIf(python === null)('an EA written with pyzmq', () => {
  it.each([[[]], [['--feedback-port', '0']]])('fills (%j), and receives the bytes of W2', async (flags) => {
    const { serving, peer } = await withPeer('fill', flags);
    const { code, order } = await fire(serving, '--id', 'VENOM_XAU_001');
    expect(code).toBe(0);
    expect(order).toMatchObject({ state: 'filled', ticket: '500001', price: 2341.22, account: 'user-001' });
    expect(peer.output.stdout.split('\n')).toContain(
      '{"type":"signal","action":"buy","symbol":"XAUUSD","lot":0.1,"tp":40,"sl":20,"signal_id":"VENOM_XAU_001"}',
    );
  });

  it('rejects', async () => {
    const { serving } = await withPeer('reject');
    expect(await fire(serving)).toMatchObject({
      code: 3,
      order: { state: 'rejected', message: 'Trade is not allowed' },
    });
  });

  it('says nothing, and after 10 s the order is unknown', async () => {
    const { serving, peer } = await withPeer('silent');
    expect(await fire(serving, '--id', 'ONCE')).toMatchObject({
      code: 4,
      order: { state: 'unknown', doubt: 'no_feedback' },
    });
    expect(peer.output.stdout.match(/ONCE/g)).toHaveLength(1);
  });

  it('is killed: the lamps are down within 2 s, and an order is refused', async () => {
    const { serving, peer } = await withPeer('fill');
    await peer.end('SIGKILL');
    const killedAt = performance.now();
    await lampsAre(serving, 'down');
    expect(performance.now() - killedAt).toBeLessThan(2_000);
    expect(await fire(serving)).toMatchObject({ code: 2, order: { state: 'refused', refusal: { code: 'no_ea' } } });
  });

  it('finds a second one refused, and trading stopped', async () => {
    const { serving } = await withPeer('fill');
    const second = startPythonEa(serving.bridge(), 'fill');
    running.push(second);
    await until(async () => (await serving.cli('status')).stdout.includes('A second EA'), 'the second EA is seen');
    expect(await fire(serving)).toMatchObject({ code: 2, order: { refusal: { code: 'second_ea' } } });
    expect(second.output.stdout).toBe('');
  });
});
