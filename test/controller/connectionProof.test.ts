import { beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionCheckResult, ProofLayerName } from '../../src/api/state/connectionReport.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';

let bench: BridgeBench;

beforeEach(() => {
  bench = bridgeBench();
});

const prove = (): Promise<ConnectionCheckResult> => bench.controller.connections.check({ bridge: 'main', ping: false });

/** Asks for a ping that the EA answers after so long, or never. */
async function ping(answerAfterMs: number | null): Promise<ConnectionCheckResult> {
  const proof = bench.controller.connections.check({ bridge: 'main', ping: true });
  bench.clock.advance(answerAfterMs ?? 3_000);
  if (answerAfterMs !== null) bench.answerPings();
  return proof;
}

/** An EA on an account whose server's name says nothing of a demo. */
function connectLive(): void {
  bench.link.join();
  bench.answerPings();
  bench.clock.advance(1_000);
  bench.answerPings();
  bench.link.says({ type: 'status', status: 'config', account: 1000001, server: 'Broker-1' });
  bench.heartbeat();
  bench.clock.advance(250);
  bench.link.takeSent();
}

const layer = (proof: ConnectionCheckResult, name: ProofLayerName) => {
  const found = proof.layers.find((each) => each.name === name);
  if (found === undefined) throw new Error(`No layer ${name}`);
  return found;
};

/** The layer at which it stops, and what it says. */
async function stopsAt(): Promise<string> {
  const proof = await prove();
  const index = proof.layers.findIndex(({ state }) => state === 'failed' || state === 'waiting');
  const stop = proof.layers[index];
  if (stop === undefined) return 'nowhere';
  expect(proof.verdict).toBe(stop.state);
  expect(proof.layers.slice(index + 1).every(({ state }) => state === 'skipped')).toBe(true);
  if (stop.state === 'failed') {
    expect(stop.causes.length).toBeGreaterThan(0);
    expect(stop.fix).not.toBeNull();
  }
  return `${stop.name}: ${stop.text}`;
}

describe('a connection proof', () => {
  it('holds layer by layer, down to the answered ping and the account', async () => {
    bench.connect();
    const proof = await ping(7);
    expect(proof.verdict).toBe('ok');
    expect(proof.layers.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'ports ok',
      'reached ok',
      'zeromq ok',
      'telemetry ok',
      'ping ok',
      'account ok',
      'trading not_reported',
      'order skipped',
    ]);
    expect(layer(proof, 'ping').text).toBe('The EA answered a ping in 7.0 ms.');
    expect(layer(proof, 'account').text).toBe('EA 7.01, account 1000001 @ Broker-Demo: DEMO.');
    expect(proof.lines).toEqual([
      { channel: 'command', define: 'BACKEND_ENDPOINT', endpoint: 'tcp://127.0.0.1:5555' },
      { channel: 'telemetry', define: 'HEARTBEAT_ENDPOINT', endpoint: 'tcp://127.0.0.1:5556' },
    ]);
  });

  it('says who has not come, and who has left', async () => {
    expect(await stopsAt()).toMatch(/^reached: Nothing has connected to tcp:\/\/127.0.0.1:5555/);
    bench.connect();
    bench.link.leave();
    bench.clock.advance(12_000);
    expect(await stopsAt()).toBe('reached: The EA was connected and left 12 s ago.');
  });

  it('names an address that is not allowed', async () => {
    bench.link.to.peerRefused('command', '192.168.1.9', 'not_allowed');
    expect(await stopsAt()).toMatch(/^reached: 192.168.1.9 came to tcp/);
    expect(layer(await prove(), 'reached').fix).toContain('--allow-peer 192.168.1.9');
  });

  it.each([
    ['not_zeromq', 'does not speak ZeroMQ'],
    ['silent', 'said nothing'],
    ['left', 'left without a word of ZeroMQ'],
    ['no_subscription', 'subscribes to nothing'],
    ['wrong_type', 'this port is PUSH and takes PULL'],
  ] as const)('tells of an unexpected peer on the command port: %s', async (kind, words) => {
    bench.link.to.unexpectedPeer('command', kind);
    expect(await stopsAt()).toMatch(/^zeromq: /);
    expect(await stopsAt()).toContain(words);
  });

  it('forgets a browser after a minute, and a wrong socket type only when an EA has joined and left', async () => {
    bench.link.to.unexpectedPeer('command', 'wrong_type');
    bench.link.to.unexpectedPeer('command', 'not_zeromq');
    bench.link.to.unexpectedPeer('telemetry', 'not_zeromq');
    bench.clock.advance(61_000);
    expect(await stopsAt()).toContain('takes PULL');
    bench.connect();
    bench.link.leave();
    expect(await stopsAt()).toContain('reached: The EA was connected and left');
  });

  it('recognises crossed addresses, and both lines on one port', async () => {
    bench.link.to.unexpectedPeer('command', 'wrong_type');
    bench.link.to.unexpectedPeer('telemetry', 'wrong_type');
    expect(await stopsAt()).toContain('crossed');
    bench = bridgeBench();
    bench.link.join('telemetry', 'feedback');
    bench.link.to.unexpectedPeer('telemetry', 'wrong_type');
    expect(await stopsAt()).toContain('The telemetry port was reached twice');
    expect(layer(await prove(), 'zeromq').fix).toContain('Set BACKEND_ENDPOINT to tcp://127.0.0.1:5555');
  });

  it.each([
    ['command', ['telemetry', 'feedback'], 'BACKEND_ENDPOINT'],
    ['telemetry', ['command'], 'HEARTBEAT_ENDPOINT'],
  ] as const)('says which line is wrong when nothing came to %s', async (missing, joined, line) => {
    bench.link.join(...joined);
    expect(await stopsAt()).toContain(`nothing came to ${missing}`);
    expect(layer(await prove(), 'zeromq').fix).toContain(`Set ${line} to `);
  });

  it('fails while a second EA knocks', async () => {
    bench.connect();
    bench.link.to.peerRefused('telemetry', '127.0.0.1', 'second');
    expect(await stopsAt()).toContain('A second EA at 127.0.0.1 wants to connect to tcp://127.0.0.1:5556');
  });

  it('names both lines on one port, where the second to come was refused before its socket was known', async () => {
    bench.link.join('telemetry', 'feedback');
    bench.link.to.peerRefused('telemetry', '127.0.0.1', 'second');
    expect(await stopsAt()).toContain('The telemetry port was reached twice, and nothing came to command.');
  });

  it('waits for the first telemetry, for ten seconds', async () => {
    bench.link.join();
    expect(await stopsAt()).toMatch(/^telemetry: .+ awaited/);
    bench.clock.advance(10_001);
    expect(await stopsAt()).toBe('telemetry: The EA is connected, and sends no telemetry.');
  });

  it('counts what the EA had queued, and tells a closed market from an EA that is gone', async () => {
    bench.link.join();
    for (let index = 0; index < 3; index += 1) bench.heartbeat();
    expect(await stopsAt()).toContain('3 frames so far');
    bench = bridgeBench();
    bench.connect();
    bench.clock.advance(20_000);
    bench.link.says({ type: 'pong' });
    expect(layer(await ping(5), 'telemetry')).toMatchObject({
      state: 'ok',
      text: expect.stringContaining('closed') as string,
    });
  });

  it('fails on a ping that is left without an answer by an EA that answers pings', async () => {
    bench.connect();
    bench.heartbeat();
    const proof = await ping(null);
    expect(proof.verdict).toBe('failed');
    expect(layer(proof, 'ping').text).toBe('The EA has left a ping without an answer for 3 s.');
  });

  it('goes on with an EA that never answers any', async () => {
    bench.link.join();
    bench.heartbeat();
    bench.clock.advance(2_000);
    bench.nameAccount();
    bench.heartbeat();
    const proof = await ping(null);
    expect(layer(proof, 'ping').state).toBe('not_reported');
    expect(layer(proof, 'account').state).toBe('ok');
  });

  it('an account that names no demo server counts as live, and a changed one fails', async () => {
    connectLive();
    expect(layer(await ping(5), 'account').text).toContain('counts as LIVE');
    bench.nameAccount(7);
    bench.clock.advance(250);
    expect(await stopsAt()).toContain('account: The EA is on account 7@Broker-Demo');
  });

  it('a terminal that is not logged in has none', async () => {
    connectLive();
    bench.link.says({ type: 'status', status: 'config', account: 0, server: '' });
    expect(await stopsAt()).toContain('account: The terminal is not logged in');
  });

  it('tells whether MT5 lets the EA trade, where the EA does', async () => {
    bench.connect();
    bench.link.says({ type: 'status', status: 'config', trade_allowed: false });
    expect(layer(await ping(5), 'trading').state).toBe('failed');
    bench.link.says({ type: 'heartbeat', balance: 1, equity: 1, trade_allowed: 1 });
    expect(layer(await prove(), 'trading').state).toBe('ok');
    bench.link.says({ type: 'heartbeat', balance: 1, equity: 1, trade_allowed: 'perhaps' });
    expect(bench.state().account.tradeAllowed).toBe(true);
  });
});

describe('its order', () => {
  const order = { bridge: 'main', symbol: 'EURUSD', sl: null, signalId: 'PROOF_1', live: null };

  it('is the smallest buy with a stop that the limits allow, through the same guards', async () => {
    bench = bridgeBench({ limits: { ...bench.state().limits, stopDistance: { min: 300, max: 400 } } });
    bench.connect();
    const fired = await bench.controller.orders.fireProof(order, 'ticket');
    expect(fired).toMatchObject({ state: 'sent', action: 'buy', lot: 0.01, sl: 400, tp: 0, signalId: 'PROOF_1' });
    bench.link.says({ type: 'trade_result', signal_id: 'PROOF_1', status: 'success', ticket: 5, price: 1.1 });
    expect(layer(await ping(5), 'order')).toMatchObject({
      state: 'ok',
      text: expect.stringContaining('ticket 5') as string,
    });
    bench.controller.bridge('main').orderManager.disarm(null);
    const refused = await bench.controller.orders.fireProof({ ...order, signalId: 'PROOF_2' }, 'ticket');
    expect(refused.refusal?.code).toBe('disarmed');
    expect(layer(await ping(5), 'order').state).toBe('failed');
  });

  it('has to be confirmed twice on an account that is not known to be a demo account', async () => {
    connectLive();
    for (const live of [null, { account: '1000001', word: 'live' }, { account: '7', word: 'LIVE' }]) {
      await expect(bench.controller.orders.fireProof({ ...order, live }, 'ticket')).rejects.toThrow('counts as live');
    }
    expect(bench.link.takeSent().filter(({ type }) => type === 'signal')).toEqual([]);
    const live = { account: '1000001', word: 'LIVE' };
    await bench.controller.orders.fireProof({ ...order, live }, 'ticket');
    expect(bench.link.takeSent().filter(({ type }) => type === 'signal')).toHaveLength(1);
  });

  it('takes fifty spreads for a stop, or the price there', async () => {
    const tick = { type: 'tick', symbol: 'EURUSD', bid: 1.1, ask: 1.1001, spread: 10 };
    bench.connect();
    bench.link.says(tick);
    expect((await bench.controller.orders.fireProof(order, 'ticket')).sl).toBe(500);
    bench = bridgeBench({ stopUnit: 'price' });
    bench.connect();
    await expect(bench.controller.orders.fireProof(order, 'ticket')).rejects.toThrow('no price of EURUSD');
    bench.link.says(tick);
    expect((await bench.controller.orders.fireProof(order, 'ticket')).sl).toBe(1.095);
  });
});
