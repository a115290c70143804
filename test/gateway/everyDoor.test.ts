import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { executeZmqFire } from '../../src/client/client.ts';
import { addEngine, startPythonEngine, startPythonFeed } from '../support/engines.ts';
import { run, startServe, type Running } from '../support/processes.ts';
import { python, startPythonEa } from '../support/pythonPeer.ts';
import { tempDir } from '../support/tempDir.ts';
import { openLimits } from '../support/openLimits.ts';
import { until } from '../support/until.ts';
import type { WaitingSignal } from '../../src/api/state/engines.ts';

const running: Pick<Running, 'end'>[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

describe.skipIf(python === null)('every door of one running app', () => {
  it('leads into the same EA: clients in Python and TypeScript, DEALER, REQ, a feed, the command line', async () => {
    const { path } = tempDir();
    const bridge = { limits: openLimits, currency: 'USD', pipsConfirmed: true };
    writeFileSync(join(path, 'config.json'), JSON.stringify({ bridge }));
    const serving = await startServe(['--armed', '--no-http'], path);
    const ea = startPythonEa(serving.bridge(), 'fill');
    running.push(serving, ea);
    await until(async () => (await serving.cli('status')).stdout.split(' live (').length === 4, 'all lamps are live');
    const endpoint = serving.ready.gateway ?? '';
    const token = await addEngine(serving, 'VENOM', '--mode', 'auto');
    const signal = { action: 'buy', symbol: 'XAUUSD', lot: 0.1, sl: 20, tp: 40 } as const;

    const typed = await executeZmqFire({ ...signal, signal_id: 'TYPESCRIPT' }, { engine: 'VENOM', token, endpoint });
    expect(typed).toMatchObject({ state: 'filled', ticket: '500001' });

    for (const kind of ['dealer', 'req'] as const) {
      const engine = startPythonEngine(endpoint, kind);
      running.push({ end: () => engine.end().then(() => ({ code: null, stdout: '', stderr: '' })) });
      engine.send({ type: 'signal', engine: 'VENOM', token, ...signal, signal_id: kind.toUpperCase() });
      await until(() => engine.replies.some(({ type }) => type === 'trade_result'), `the ${kind} hears its result`);
    }

    const script = [
      'import json, sys',
      "sys.path.insert(0, 'clients/python')",
      'from bitten_desk import execute_zmq_fire',
      `signal = {"action": "buy", "symbol": "XAUUSD", "lot": 0.1, "sl": 20, "tp": 40, "signal_id": "PYTHON"}`,
      `print(json.dumps(execute_zmq_fire(signal, engine="VENOM", token="${token}", endpoint="${endpoint}")))`,
    ].join('\n');
    const env = { PYTHONDONTWRITEBYTECODE: '1' };
    const { stdout } = await run(['-c', script], { program: python ?? '', env }).finished;
    expect(JSON.parse(stdout)).toMatchObject({ type: 'trade_result', ticket: expect.any(Number) as number });

    const flags = [
      '--symbol',
      'XAUUSD',
      '--action',
      'buy',
      '--lot',
      '0.1',
      '--sl',
      '20',
      '--tp',
      '40',
      '--id',
      'COMMAND_LINE',
    ];
    expect((await serving.cli('fire', ...flags)).code).toBe(0);

    const feed = await startPythonFeed();
    running.push(feed);
    expect((await serving.cli('feeds', 'add', 'ELITE', '--endpoint', feed.address)).code).toBe(0);
    await feed.subscribed();
    const second = Math.floor(Date.now() / 1_000);
    const shield = { score: 8.2, classification: 'SHIELD_APPROVED', risk_multiplier: 1.5 };
    const venom = {
      signal_id: `VENOM_XAU_${String(second)}`,
      symbol: 'XAUUSD',
      direction: 'BUY',
      lot: 0.1,
      confidence: 87,
      signal_type: 'RAPID_ASSAULT',
      stop_pips: 20,
      target_pips: 40,
      risk_reward: 2,
      citadel_shield: shield,
    };
    const elite = {
      signal_id: `ELITE_GUARD_XAU_${String(second)}`,
      pair: 'XAUUSD',
      direction: 'SELL',
      lot_size: 0.1,
      pattern: 'LIQUIDITY_SWEEP_REVERSAL',
      confidence: 79,
      sl_points: 200,
      tp_points: 400,
      session: 'LONDON',
    };
    feed.publish(`VENOM_SIGNAL ${JSON.stringify(venom)}`);
    feed.publish(`ELITE_GUARD_SIGNAL ${JSON.stringify(elite)}`);
    const waiting = async (): Promise<WaitingSignal[]> =>
      (JSON.parse((await serving.cli('--json', 'inbox', 'list')).stdout) as { waiting: WaitingSignal[] }).waiting;
    await until(async () => (await waiting()).length === 2, 'both signals wait');
    for (const { number, signalId } of await waiting()) {
      const fired = await serving.cli('inbox', 'fire', String(number));
      // The EA of this test sends no ticks, so that a pip of the table is all that is known of it, and enough.
      expect([signalId, fired.code]).toEqual([signalId, 0]);
    }

    const got = ea.output.stdout.match(/"signal_id":"[^"]+"/g) ?? [];
    expect(got).toEqual(
      ['TYPESCRIPT', 'DEALER', 'REQ', 'PYTHON', 'COMMAND_LINE', venom.signal_id, elite.signal_id].map(
        (id) => `"signal_id":"${id}"`,
      ),
    );
    const { lastOrders } = JSON.parse((await serving.cli('--json', 'status')).stdout) as {
      lastOrders: { source: string }[];
    };
    expect(lastOrders.map(({ source }) => source).reverse()).toEqual([
      ...Array.from({ length: 4 }, () => 'engine VENOM'),
      'command line',
      'feed ELITE',
      'feed ELITE',
    ]);
  });
});
