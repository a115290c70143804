import { once } from 'node:events';
import { createServer } from 'node:net';
import { Router } from 'zeromq';
import { afterEach, describe, expect, it } from 'vitest';
import {
  executeZmqFire,
  pingGateway,
  queryZmqOrder,
  type FireAck,
  type FireOptions,
  type FireSignal,
} from '../../src/client/client.ts';
import { addEngine } from '../support/engines.ts';
import { startServe, type Running, type Serving } from '../support/processes.ts';
import { python, startPythonEa, type PeerMode } from '../support/pythonPeer.ts';
import { freePort } from '../support/freePort.ts';
import { until } from '../support/until.ts';

const running: Pick<Running, 'end'>[] = [];
let serving: Serving;
let ea: Running;
let options: FireOptions;

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

/** A desk with an EA and engine VENOM. */
async function start(mode: PeerMode, armed = true, ...flags: string[]): Promise<void> {
  await startWith({ mode, armed, peer: [] }, ...flags);
}

/** @param start.peer flags of the EA */
async function startWith(
  { mode, armed, peer }: { mode: PeerMode; armed: boolean; peer: string[] },
  ...flags: string[]
): Promise<void> {
  serving = await startServe([...(armed ? ['--armed'] : []), '--no-http']);
  ea = startPythonEa(serving.bridge(), mode, ...peer);
  running.push(serving, ea);
  await until(async () => (await serving.cli('status')).stdout.split(' live (').length === 4, 'all lamps are live');
  const token = await addEngine(serving, 'VENOM', ...(flags.length === 0 ? ['--mode', 'auto'] : flags));
  options = { engine: 'VENOM', token, endpoint: serving.ready.gateway ?? '' };
}

const signal = { signal_id: 'VENOM_XAU_001', action: 'buy', symbol: 'XAUUSD', lot: 0.1, sl: 20, tp: 40 } as const;

const sentToEa = () => ea.output.stdout.split('\n').filter((line) => line.includes('"type":"signal"'));

describe.skipIf(python === null)('executeZmqFire at a desk', () => {
  it('resolves with the fill; fired again it is the same order, under whatever names', async () => {
    await start('fill');
    const acks: FireAck[] = [];
    const filled = { state: 'filled', signalId: 'VENOM_XAU_001', bridge: 'main', ticket: '500001', price: 2341.22 };
    expect(await executeZmqFire(signal, { ...options, onAck: (ack) => acks.push(ack) })).toEqual({
      ...filled,
      message: null,
    });
    expect(acks).toEqual([{ state: 'sent', signalId: 'VENOM_XAU_001', bridge: 'main', lot: 0.1, sl: 20, tp: 40 }]);
    const same: FireSignal = { fire_id: 'VENOM_XAU_001', side: 'BUY', pair: 'XAUUSD', volume: 0.1, sl: 20, tp: 40 };
    expect(await Promise.all([executeZmqFire(signal, options), executeZmqFire(same, options)])).toMatchObject([
      filled,
      filled,
    ]);
    expect(await executeZmqFire({ ...signal, lot: 0.2 }, options)).toMatchObject({
      state: 'refused',
      code: 'duplicate_id',
    });
    expect(await queryZmqOrder('VENOM_XAU_001', options)).toMatchObject(filled);
    expect(await queryZmqOrder('ANOTHER', options)).toEqual({ state: 'not_found', signalId: 'ANOTHER' });
    expect(await pingGateway(options)).toMatchObject({ state: 'pong', engine: 'VENOM' });
    expect(sentToEa()).toHaveLength(1);
  });

  it("resolves with the EA's rejection", async () => {
    await start('reject');
    expect(await executeZmqFire(signal, options)).toEqual({
      state: 'rejected',
      signalId: 'VENOM_XAU_001',
      bridge: 'main',
      error: 'Trade is not allowed',
    });
  });

  it('resolves with the refusal, its next step and the name that is wrong', async () => {
    await start('fill', false);
    expect(await executeZmqFire(signal, options)).toMatchObject({
      state: 'refused',
      code: 'disarmed',
      nextStep: expect.stringContaining('Armed') as string,
    });
    expect(await executeZmqFire({ ...signal, stop_pips: 5 }, options)).toMatchObject({
      state: 'refused',
      signalId: 'VENOM_XAU_001',
      code: 'invalid_sl',
      reason: expect.stringContaining('stop_pips') as string,
    });
    expect(await executeZmqFire({ ...signal, bridge: 'nowhere' }, options)).toMatchObject({
      code: 'invalid_bridge',
      field: 'bridge',
    });
    const before = performance.now();
    const wrong = { ...options, token: 'wrong' };
    expect(await executeZmqFire(signal, wrong)).toMatchObject({ state: 'refused', code: 'unauthorized' });
    expect(performance.now() - before).toBeGreaterThan(900);
    expect(await queryZmqOrder('VENOM_XAU_001', wrong)).toMatchObject({ state: 'no_answer', code: 'unauthorized' });
    const large = { ...signal, pattern: 'x'.repeat(20_000) };
    expect(await executeZmqFire(large, options)).toMatchObject({ state: 'refused', code: 'invalid_request' });
    expect(sentToEa()).toEqual([]);
  });

  it('is unknown when the time is up or it is aborted before the EA has answered, and when the desk says so', async () => {
    await start('silent');
    const sent: FireAck[] = [];
    const whole = executeZmqFire(signal, { ...options, onAck: (ack) => sent.push(ack) });
    await until(() => sent.length === 1, 'it is sent');
    expect(await executeZmqFire(signal, { ...options, timeoutMs: 300 })).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('within 0.3 s') as string,
    });
    expect(await queryZmqOrder('VENOM_XAU_001', options)).toMatchObject({ state: 'sent', lot: 0.1 });
    const abort = new AbortController();
    const aborted = executeZmqFire(signal, {
      ...options,
      signal: abort.signal,
      onAck: () => {
        abort.abort();
      },
    });
    expect(await aborted).toMatchObject({ state: 'unknown', reason: expect.stringContaining('aborted') as string });
    expect(await whole).toMatchObject({ state: 'unknown', reason: expect.stringContaining('10 s') as string });
    expect(sentToEa()).toHaveLength(1);
  });

  it.each<[string, (ack: FireAck) => unknown]>([
    [
      'throws',
      () => {
        throw new Error('a bug of the engine');
      },
    ],
    ['rejects', () => Promise.reject(new Error('a bug of the engine'))],
  ])('costs neither the outcome nor the process when a listener %s', async (_how, onAck) => {
    await start('fill');
    const warnings: string[] = [];
    const warned = (warning: Error): void => {
      warnings.push(warning.message);
    };
    process.on('warning', warned);
    expect(await executeZmqFire(signal, { ...options, onAck })).toMatchObject({ state: 'filled' });
    await until(() => warnings.length === 1, 'it is warned of');
    process.off('warning', warned);
    expect(warnings.join()).toMatch(/onAck failed, and the order goes on: Error: a bug/);
  });

  it('says that a person is asked; when the time is up that person may still fire it', async () => {
    await start('fill', true, '--mode', 'ask');
    const acks: FireAck[] = [];
    const outcome = await executeZmqFire(signal, { ...options, timeoutMs: 500, onAck: (ack) => acks.push(ack) });
    expect(acks).toMatchObject([{ state: 'waiting', signalId: 'VENOM_XAU_001' }]);
    expect(outcome).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('A person is asked until') as string,
    });
    expect(await queryZmqOrder('VENOM_XAU_001', options)).toMatchObject({ state: 'waiting' });
    expect(sentToEa()).toEqual([]);
  });

  it('waits for positions that agree with a success that proves nothing', async () => {
    await startWith({ mode: 'vague', armed: true, peer: ['--rises', '1'] });
    const told: unknown[] = [];
    const outcome = await executeZmqFire(signal, { ...options, onUnverified: (unknown) => told.push(unknown) });
    expect(told).toMatchObject([{ state: 'unknown', signalId: 'VENOM_XAU_001', unverified: true }]);
    expect(outcome).toMatchObject({ state: 'filled', ticket: null });
    expect(outcome).not.toHaveProperty('unverified');
  });

  it('is unverified where positions never agree, 10 s after that was told at the latest', async () => {
    await startWith({ mode: 'vague', armed: true, peer: [] });
    expect(await executeZmqFire(signal, { ...options, timeoutMs: 1_500 })).toMatchObject({
      state: 'unknown',
      unverified: true,
    });
    expect(await queryZmqOrder('VENOM_XAU_001', options)).toMatchObject({ state: 'unknown', unverified: true });
    const before = performance.now();
    expect(await executeZmqFire(signal, { ...options, timeoutMs: 120_000 })).toMatchObject({ unverified: true });
    expect(performance.now() - before).toBeLessThan(14_000);
  });

  it('is unknown at once when the app is killed in between', async () => {
    await start('silent');
    const fired = executeZmqFire(signal, { ...options, onAck: () => void serving.end('SIGKILL') });
    expect(await fired).toMatchObject({ state: 'unknown', reason: expect.stringContaining('broke') as string });
    expect(sentToEa()).toHaveLength(1);
  });
});

describe('executeZmqFire without a desk', () => {
  it('is refused at once where nobody listens, and nothing is kept for a gateway that comes later', async () => {
    const endpoint = await freeEndpoint();
    const before = performance.now();
    const outcome = executeZmqFire(signal, { engine: 'VENOM', token: 'T', endpoint });
    expect(await outcome).toMatchObject({ state: 'refused', code: 'unreachable' });
    expect(performance.now() - before).toBeLessThan(1_500);
    expect(await pingGateway({ engine: 'VENOM', token: 'T', endpoint })).toMatchObject({ code: 'unreachable' });
    const gateway = new Router({ linger: 0, receiveTimeout: 500 });
    await gateway.bind(endpoint);
    await expect(gateway.receive()).rejects.toMatchObject({ code: 'EAGAIN' });
    gateway.close();
  });

  it('is refused when what listens there is no gateway', async () => {
    const silent = createServer((socket) => void socket.on('error', () => undefined));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const outcome = await executeZmqFire(signal, {
      engine: 'VENOM',
      token: 'T',
      endpoint: `tcp://127.0.0.1:${String(port)}`,
    });
    expect(outcome).toMatchObject({ state: 'refused', code: 'unreachable' });
    silent.close();
  });

  it('is refused when it is aborted before it was sent, and throws for an endpoint that is none', async () => {
    const endpoint = await freeEndpoint();
    const who = { engine: 'VENOM', token: 'T' };
    expect(await executeZmqFire(signal, { ...who, endpoint, signal: AbortSignal.abort() })).toMatchObject({
      state: 'refused',
      code: 'aborted',
    });
    await expect(executeZmqFire(signal, { ...who, endpoint: 'nonsense' })).rejects.toThrow();
  });

  it('sends its request once, ignores what it cannot read, and never reaches a gateway that takes the place', async () => {
    const gateway = new Router({ linger: 0 });
    const endpoint = await freeEndpoint();
    await gateway.bind(endpoint);
    const fired = executeZmqFire(signal, { engine: 'VENOM', token: 'T', endpoint, timeoutMs: 1_000 });
    const [peer, request] = (await gateway.receive()) as [Buffer, Buffer];
    const said = JSON.parse(request.toString()) as { sent_at: number };
    expect(said).toEqual({ ...signal, type: 'signal', engine: 'VENOM', token: 'T', sent_at: said.sent_at });
    expect(Math.abs(Date.now() - said.sent_at)).toBeLessThan(60_000);
    await gateway.send([peer, 'nonsense']);
    await gateway.send([peer, '{"type":"trade_result","signal_id":"VENOM_XAU_001"}']);
    gateway.close();
    const next = new Router({ linger: 0, receiveTimeout: 1_000 });
    await until(
      () =>
        next.bind(endpoint).then(
          () => true,
          () => false,
        ),
      'the port is free',
    );
    expect(await fired).toMatchObject({ state: 'unknown', reason: expect.stringContaining('broke') as string });
    await expect(next.receive()).rejects.toMatchObject({ code: 'EAGAIN' });
    next.close();
  });
});

/** Where nobody listens. */
async function freeEndpoint(): Promise<string> {
  return `tcp://127.0.0.1:${String(await freePort())}`;
}
