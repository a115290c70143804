import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/orders/order.ts';
import type { AppState } from '../../src/api/state/state.ts';
import { run, startServe, type Running, type Serving } from '../support/processes.ts';
import { python } from '../support/pythonPeer.ts';
import { until } from '../support/until.ts';

const running: Running[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

/** A dialect, with what the desk is started with for it, and what it must know of the account. */
const dialects: [name: string, flags: string[], account: Record<string, unknown>][] = [
  ['documented', [], { uuid: 'user-001', equity: 818.9, margin: 112.12 }],
  ['bare', ['--feedback-port', '0'], { uuid: 'user-001', freeMargin: 706.78, positions: 1 }],
  ['upper', [], { uuid: 'user-001', equity: 818.9 }],
  ['word', [], { uuid: 'user-001', equity: 818.9 }],
  ['named', [], { uuid: 'user-001', login: '843859', server: 'Broker-Demo', equity: 818.9 }],
  ['subscriber', ['--command-pattern', 'pub'], { uuid: 'user-001', equity: 818.9 }],
  ['request', ['--feedback-pattern', 'req', '--feedback-port', '0'], { uuid: 'user-001', equity: 818.9 }],
];

async function bridgeOf(serving: Serving): Promise<AppState['bridges'][number]> {
  const { stdout } = await serving.cli('--json', 'status');
  const [bridge] = (JSON.parse(stdout) as Pick<AppState, 'bridges'>).bridges;
  if (bridge === undefined) throw new Error('There is no bridge.');
  return bridge;
}

describe.skipIf(python === null)('an EA that speaks', () => {
  it.each(dialects)('%s is known by its account and trades', async (dialect, flags, account) => {
    const serving = await startServe(['--armed', ...flags]);
    const { command, telemetry, feedback } = serving.bridge();
    const ea = run(['test/peers/dialectEa.py', command, telemetry, feedback, dialect], { program: python ?? '' });
    running.push(serving, ea);
    const bridge = await until(
      async () => {
        const now = await bridgeOf(serving);
        return now.obstacle === null ? now : null;
      },
      'orders may leave',
      20_000,
    );
    expect(bridge.account).toMatchObject(account);
    const order = ['--symbol', 'XAUUSD', '--action', 'buy', '--lot', '0.1', '--sl', '20', '--tp', '40'];
    const { stdout } = await serving.cli('fire', ...order, '--json');
    expect(JSON.parse(stdout) as Order).toMatchObject({ state: 'filled', ticket: '500001', price: 2341.22 });
    expect(ea.output.stdout).toContain('"type":"signal","action":"buy","symbol":"XAUUSD","lot":0.1,"tp":40,"sl":20');
  });

  it('anything of the list in docs/eas.md is tried here', () => {
    const page = readFileSync(new URL('../../docs/eas.md', import.meta.url), 'utf8');
    const listed = [...page.matchAll(/\| `(\w+)` +\|/g)].map(([, name]) => name);
    expect(listed).toEqual(dialects.map(([name]) => name));
  });
});
