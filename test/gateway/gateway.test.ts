import { afterEach, describe, expect, it } from 'vitest';
import { addEngine, startPythonEngine, type PythonEngine } from '../support/engines.ts';
import { startServe, type Running, type Serving } from '../support/processes.ts';
import { python, startPythonEa, type PeerMode } from '../support/pythonPeer.ts';
import { until } from '../support/until.ts';
import { engineSignal } from '../support/engineSignal.ts';

const running: Pick<Running, 'end'>[] = [];
let serving: Serving;
let ea: Running;

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

async function start(mode: PeerMode = 'fill', ...peer: string[]): Promise<void> {
  serving = await startServe(['--armed', '--no-http']);
  ea = startPythonEa(serving.bridge(), mode, ...peer);
  running.push(serving, ea);
  await until(async () => (await serving.cli('status')).stdout.split(' live (').length === 4, 'all lamps are live');
}

function engine(kind: 'dealer' | 'req' = 'dealer'): PythonEngine {
  const started = startPythonEngine(serving.ready.gateway ?? '', kind);
  running.push({ end: () => started.end().then(() => ({ code: null, stdout: '', stderr: '' })) });
  return started;
}

const sentToEa = () => ea.output.stdout.split('\n').filter((line) => line.includes('"type":"signal"'));

describe.skipIf(python === null)('the gateway', () => {
  it('fires for a DEALER, which hears that it was sent and what became of it', async () => {
    await start();
    const token = await addEngine(serving, 'VENOM', '--mode', 'auto');
    const venom = engine();
    venom.send(engineSignal(token));
    expect(await venom.waitForReplies(2)).toEqual([
      { type: 'ack', signal_id: 'VENOM_XAU_001', state: 'sent', bridge: 'main', lot: 0.1, sl: 20, tp: 40 },
      {
        type: 'trade_result',
        signal_id: 'VENOM_XAU_001',
        status: 'success',
        ticket: 500001,
        price: 2341.22,
        bridge: 'main',
      },
    ]);
    expect(sentToEa()).toEqual([
      '{"type":"signal","action":"buy","symbol":"XAUUSD","lot":0.1,"tp":40,"sl":20,"signal_id":"VENOM_XAU_001"}',
    ]);
    // The same again, under other names: its state, and nothing is sent.
    venom.send(engineSignal(token, { action: undefined, direction: 'BUY', symbol: undefined, pair: 'XAUUSD' }));
    expect((await venom.waitForReplies(3))[2]).toMatchObject({ type: 'trade_result', ticket: 500001 });
    venom.send(engineSignal(token, { lot: 0.2 }));
    expect((await venom.waitForReplies(4))[3]).toMatchObject({ type: 'refused', code: 'duplicate_id' });
    venom.send({ type: 'order', engine: 'VENOM', token, signal_id: 'VENOM_XAU_001' });
    expect((await venom.waitForReplies(5))[4]).toMatchObject({ type: 'trade_result', ticket: 500001 });
    const citadel = await addEngine(serving, 'CITADEL', '--mode', 'auto');
    const other = engine();
    other.send(engineSignal(citadel, { engine: 'CITADEL' }));
    other.send({ type: 'order', engine: 'CITADEL', token: citadel, signal_id: 'VENOM_XAU_001' });
    expect(await other.waitForReplies(2)).toMatchObject([
      { type: 'refused', code: 'duplicate_id' },
      { type: 'not_found', signal_id: 'VENOM_XAU_001' },
    ]);
    expect(sentToEa()).toHaveLength(1);
    const { stdout } = await serving.cli('--json', 'status');
    expect(JSON.parse(stdout)).toMatchObject({
      lastOrders: [{ source: 'engine VENOM', asked: 'buy XAUUSD, lot 0.1, sl 20, tp 40', state: 'filled' }],
    });
  });

  it('gives a REQ exactly one reply, the last one, and takes its next request', async () => {
    await start('reject');
    const token = await addEngine(serving, 'VENOM', '--mode', 'auto');
    const venom = engine('req');
    venom.send(engineSignal(token));
    venom.send({ type: 'ping', engine: 'VENOM', token });
    expect(await venom.waitForReplies(2)).toMatchObject([
      { type: 'error', signal_id: 'VENOM_XAU_001', error: 'Trade is not allowed' },
      { type: 'pong', engine: 'VENOM' },
    ]);
  });

  it('tells a DEALER of a success that proves nothing, and of its fill; a REQ of the fill alone', async () => {
    await start('vague', '--rises', '1');
    const token = await addEngine(serving, 'VENOM', '--mode', 'auto');
    const [dealer, req] = [engine(), engine('req')];
    dealer.send(engineSignal(token));
    const filled = { type: 'trade_result', signal_id: 'VENOM_XAU_001', status: 'success', ticket: null };
    const unverified = { type: 'unknown', signal_id: 'VENOM_XAU_001', unverified: true };
    expect(await dealer.waitForReplies(3)).toMatchObject([{ type: 'ack' }, unverified, filled]);
    req.send(engineSignal(token, { signal_id: 'SELL', action: 'sell' }));
    req.send({ type: 'ping', engine: 'VENOM', token });
    expect(await req.waitForReplies(2)).toMatchObject([{ ...filled, signal_id: 'SELL' }, { type: 'pong' }]);
  });

  it('says after 10 s that an order is unknown, once', async () => {
    await start('silent');
    const token = await addEngine(serving, 'VENOM', '--mode', 'auto');
    const venom = engine('req');
    venom.send(engineSignal(token));
    await until(() => venom.replies.length === 1, 'a reply', 15_000);
    expect(venom.replies).toMatchObject([{ type: 'unknown', signal_id: 'VENOM_XAU_001' }]);
    expect(sentToEa()).toHaveLength(1);
  });

  it('refuses with code, sentence and next step: a wrong token late, the others at once', async () => {
    await start();
    const token = await addEngine(serving, 'VENOM', '--mode', 'auto', '--halt-after', 'none');
    const venom = engine();
    const before = performance.now();
    venom.send(engineSignal('wrong'));
    expect(await venom.waitForReplies(1)).toMatchObject([
      {
        type: 'refused',
        signal_id: 'VENOM_XAU_001',
        code: 'unauthorized',
        next_step: expect.stringContaining('token') as string,
      },
    ]);
    expect(performance.now() - before).toBeGreaterThan(900);
    venom.send('nonsense');
    venom.send(engineSignal(token, { stop_pips: 5 }));
    venom.send(engineSignal(token, { bridge: 'nowhere' }));
    venom.send({ ...engineSignal(token), type: 'shutdown' });
    const replies = await venom.waitForReplies(5);
    expect(replies.slice(1)).toMatchObject([
      { type: 'refused', signal_id: '', code: 'invalid_request' },
      { type: 'refused', code: 'invalid_sl', reason: expect.stringContaining('"stop_pips"') as string },
      { type: 'refused', code: 'invalid_bridge', field: 'bridge' },
      { type: 'refused', code: 'invalid_request', field: 'type' },
    ]);
    expect(sentToEa()).toEqual([]);
  });

  it('can be stopped and let go on by the command line, and halts an engine that is refused again and again', async () => {
    await start();
    const token = await addEngine(serving, 'VENOM', '--mode', 'auto', '--halt-after', '3', '--per-minute', '1');
    const venom = engine();
    venom.send(engineSignal(token, { signal_id: 'ONE' }));
    await venom.waitForReplies(2);
    for (const signal_id of ['TWO', 'THREE', 'FOUR', 'FIVE']) venom.send(engineSignal(token, { signal_id }));
    const codes = (await venom.waitForReplies(6)).slice(2).map(({ code }) => code);
    expect(codes).toEqual(['engine_limit', 'engine_limit', 'engine_limit', 'engine_halted']);
    const list = JSON.parse((await serving.cli('--json', 'engines', 'list')).stdout) as { engines: unknown[] };
    expect(list.engines).toMatchObject([
      {
        name: 'VENOM',
        halted: { why: '3 of its signals in a row were refused or rejected' },
        counts: { filled: 1, refused: 4 },
      },
    ]);
    expect((await serving.cli('engines', 'resume', 'VENOM')).stdout).toContain('VENOM: auto');
    expect((await serving.cli('engines', 'limit', 'VENOM', '--per-minute', 'none')).code).toBe(0);
    // The bridge's own limits hold for everybody.
    venom.send(engineSignal(token, { signal_id: 'SIX' }));
    expect((await venom.waitForReplies(7))[6]).toMatchObject({ type: 'refused', code: 'duplicate_order' });
    expect((await serving.cli('engines', 'pause', 'VENOM')).stdout).toContain('VENOM: paused');
    venom.send(engineSignal(token, { signal_id: 'SEVEN', action: 'sell' }));
    expect((await venom.waitForReplies(8))[7]).toMatchObject({ type: 'refused', code: 'engine_paused' });
    expect((await serving.cli('engines', 'remove', 'VENOM')).code).toBe(0);
    venom.send(engineSignal(token, { signal_id: 'EIGHT', action: 'sell' }));
    expect((await venom.waitForReplies(9))[8]).toMatchObject({ type: 'refused', code: 'unauthorized' });
    expect((await serving.cli('engines', 'pause', 'VENOM')).code).toBe(2);
    expect(sentToEa()).toHaveLength(1);
  });

  it('keeps engines, their halts and their counts of the day over a restart', async () => {
    await start();
    const token = await addEngine(serving, 'VENOM', '--mode', 'auto', '--per-day', '1', '--halt-after', '1');
    const venom = engine();
    venom.send(engineSignal(token, { signal_id: 'ONE' }));
    await venom.waitForReplies(2);
    await serving.end('SIGTERM');
    await ea.end('SIGKILL');
    serving = await startServe(['--armed', '--no-http'], serving.dataDir);
    ea = startPythonEa(serving.bridge(), 'fill');
    running.push(serving, ea);
    const again = engine();
    again.send(engineSignal(token, { signal_id: 'ONE' }));
    expect((await again.waitForReplies(1))[0]).toMatchObject({ type: 'trade_result', ticket: 500001 });
    again.send(engineSignal(token, { signal_id: 'TWO', action: 'sell' }));
    expect((await again.waitForReplies(2))[1]).toMatchObject({
      code: 'engine_limit',
      reason: expect.stringContaining('today') as string,
    });
    again.send(engineSignal(token, { signal_id: 'THREE', action: 'sell' }));
    expect((await again.waitForReplies(3))[2]).toMatchObject({ code: 'engine_halted' });
  });
});
