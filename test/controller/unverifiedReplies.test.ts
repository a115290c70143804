import { beforeEach, describe, expect, it } from 'vitest';
import { defaultEngineSettings } from '../../src/api/state/engines.ts';
import type { EngineClient } from '../../src/controller/signals/replyRouter.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';

interface Told extends Record<string, unknown> {
  type: string;
  final: boolean;
}

let bench: BridgeBench;
let token: string;

beforeEach(() => {
  bench = bridgeBench();
  bench.connect();
  token = bench.controller.signals.addEngine('VENOM', { ...defaultEngineSettings, mode: 'auto' }, 'ticket');
});

const turned = () => new Promise((resolve) => setImmediate(resolve));

/** What an engine hears of a request, as its socket gets it. */
function ask(kind: 'dealer' | 'req', changes: Record<string, unknown> = {}): Told[] {
  const told: Told[] = [];
  const client: EngineClient = {
    single: kind === 'req',
    reply: (text, final) => {
      if (kind === 'dealer' || final) told.push({ ...(JSON.parse(text) as Told), final });
    },
  };
  const signal = { type: 'signal', action: 'buy', symbol: 'XAUUSD', lot: 0.1, sl: 20, tp: 40, signal_id: 'V1' };
  const request = { ...signal, engine: 'VENOM', token, ...changes };
  bench.controller.signals.request(new TextEncoder().encode(JSON.stringify(request)), client);
  return told;
}

const success = (changes: Record<string, unknown> = {}) => {
  bench.link.says({ type: 'trade_result', signal_id: 'V1', status: 'success', ...changes });
};
const positions = (count: number) => {
  bench.link.says({ type: 'heartbeat', balance: 3000, equity: 2987.5, positions: count, timestamp: 'x' });
};
const unverified = { type: 'unknown', signal_id: 'V1', unverified: true };
const filled = { type: 'trade_result', signal_id: 'V1', status: 'success', final: true };

describe('an engine whose order succeeded without ticket and price', () => {
  it('hears so as a DEALER, once, and then what became of it', async () => {
    const told = ask('dealer');
    await turned();
    success();
    success();
    expect(told).toMatchObject([{ type: 'ack' }, { ...unverified, final: false }]);
    positions(2);
    expect(told).toMatchObject([{ type: 'ack' }, unverified, filled]);
    expect(told).toHaveLength(3);
    expect(told[2]).not.toHaveProperty('unverified');
  });

  it('hears as a DEALER of the ticket that comes, and of what a person found, however late', async () => {
    const told = ask('dealer');
    await turned();
    success();
    bench.clock.advance(60_000);
    expect(told).toHaveLength(2);
    success({ ticket: 7, price: 2341.2 });
    expect(told[2]).toMatchObject({ ...filled, ticket: 7, price: 2341.2 });
    bench.clock.advance(60_000);
    expect(told).toHaveLength(3);
  });

  it('hears the fill alone as a REQ, where positions agree in time', async () => {
    const told = ask('req');
    await turned();
    success();
    expect(told).toEqual([]);
    bench.clock.advance(9_000);
    positions(2);
    expect(told).toMatchObject([filled]);
    bench.clock.advance(60_000);
    expect(told).toHaveLength(1);
  });

  it('hears as a REQ that it is unverified when 10 s are over, and nothing after that', async () => {
    const told = ask('req');
    await turned();
    bench.clock.advance(4_000);
    success();
    bench.clock.advance(5_900);
    expect(told).toEqual([]);
    bench.clock.advance(200);
    expect(told).toMatchObject([{ ...unverified, final: true }]);
    positions(2);
    expect(bench.order('V1').state).toBe('filled');
    expect(told).toHaveLength(1);
  });

  it('is told how it stands when it asks; a DEALER hears the rest too', async () => {
    ask('dealer');
    await turned();
    success();
    const req = ask('req', { type: 'order' });
    expect(req).toMatchObject([unverified]);
    const again = ask('dealer');
    expect(again).toMatchObject([unverified]);
    bench.controller.orders.settle(
      { bridge: 'main', order: bench.order('V1').number, found: null, note: 'looked' },
      'ticket',
    );
    expect(again).toMatchObject([unverified, { type: 'error', final: true }]);
    expect(req).toHaveLength(1);
  });

  it('hears as a REQ what is known when the desk ends', async () => {
    const told = ask('req');
    await turned();
    success();
    await bench.controller.stop();
    expect(told).toMatchObject([unverified]);
  });
});
