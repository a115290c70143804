import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { addEngine, startPythonEngine } from '../support/engines.ts';
import { run, serveFlags, startServe, type Running } from '../support/processes.ts';
import { python, startPythonEa } from '../support/pythonPeer.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';

const running: Pick<Running, 'end'>[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

function folderWith(config: object): string {
  const { path } = tempDir();
  writeFileSync(join(path, 'config.json'), JSON.stringify(config));
  return path;
}

const free = { commandPort: 0, telemetryPort: 0 };

describe.skipIf(python === null)('several bridges in the config', () => {
  it('have sockets, an EA, an account and limits of their own, and are named exactly', async () => {
    const bridges = [
      { id: 'gold', name: 'Gold', ...free },
      { id: 'fx', ...free, lots: { min: 0.01, max: 0.05, step: 0.01 } },
    ];
    const serving = await startServe(['--armed', '--no-http'], folderWith({ bridges }));
    const eas = new Map(['main', 'gold', 'fx'].map((id) => [id, startPythonEa(serving.bridge(id), 'fill')]));
    running.push(serving, ...eas.values());
    await until(async () => (await serving.cli('status')).stdout.split(' live (').length === 10, 'nine lamps are live');
    const token = await addEngine(serving, 'VENOM', '--mode', 'auto', '--halt-after', 'none');
    const engine = startPythonEngine(serving.ready.gateway ?? '', 'dealer');
    running.push({ end: () => engine.end().then(() => ({ code: null, stdout: '', stderr: '' })) });
    const base = { type: 'signal', engine: 'VENOM', token, action: 'buy', symbol: 'XAUUSD', lot: 0.1, sl: 20, tp: 40 };
    engine.send({ ...base, signal_id: 'NOWHERE' });
    engine.send({ ...base, signal_id: 'TO_GOLD', bridge: 'gold' });
    engine.send({ ...base, signal_id: 'TO_MAIN', bridge: 'main' });
    engine.send({ ...base, signal_id: 'TO_FX', bridge: 'fx' });
    const replies = await engine.waitForReplies(6);
    expect(replies.filter(({ type }) => type === 'refused')).toMatchObject([
      { signal_id: 'NOWHERE', code: 'invalid_bridge', field: 'bridge' },
      { signal_id: 'TO_FX', code: 'invalid_lot' },
    ]);
    expect(
      replies
        .filter(({ type }) => type === 'trade_result')
        .map(({ signal_id, bridge }) => [signal_id, bridge])
        .sort(),
    ).toEqual([
      ['TO_GOLD', 'gold'],
      ['TO_MAIN', 'main'],
    ]);
    const got = (id: string) => eas.get(id)?.output.stdout.match(/TO_[A-Z]+/g) ?? [];
    expect([got('main'), got('gold'), got('fx')]).toEqual([['TO_MAIN'], ['TO_GOLD'], []]);
    const fired = await serving.cli(
      'fire',
      '--symbol',
      'XAUUSD',
      '--action',
      'buy',
      '--lot',
      '0.05',
      '--no-sl',
      '--bridge',
      'fx',
    );
    expect(fired.code).toBe(0);
    expect((await serving.cli('fire', '--symbol', 'XAUUSD', '--action', 'buy', '--no-sl')).code).toBe(2);
  });
});

describe('bridges that can not be together', () => {
  it.each([
    [
      [
        { id: 'a', ...free },
        { id: 'a', ...free },
      ],
      'there are two bridges "a"',
    ],
    [[{ id: 'main', ...free }], 'is the ID of a bridge that there always is'],
    [[{ id: 'a b', ...free }], 'a bridge has an ID of 1 to 40'],
    [[{ id: 'a' }], '"bridges.0.commandPort"'],
    [
      [
        { id: 'a', commandPort: 15_999, telemetryPort: 0 },
        { id: 'b', commandPort: 0, telemetryPort: 15_999 },
      ],
      "Bridges a and b can't both have port 15999",
    ],
    [
      [{ id: 'a', commandPort: 15_999, telemetryPort: 15_999 }],
      "Bridge a: Commands and telemetry can't both be on port 15999",
    ],
  ])('are refused at the start: %j', async (bridges, words) => {
    const { code, stdout, stderr } = await run(['scripts/serve.ts', ...serveFlags(folderWith({ bridges }))]).finished;
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(words);
  });
});
