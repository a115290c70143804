import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import {
  run,
  runCli,
  startPaper,
  startServe,
  type Finished,
  type Running,
  type Serving,
} from '../support/processes.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';

const running: Running[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

const buy = ['fire', '--symbol', 'XAUUSD', '--action', 'buy', '--json'];
const terminal = '/usr/bin/script';

async function withPaper(): Promise<Serving> {
  const serving = await startServe(['--armed']);
  running.push(serving, startPaper(serving.bridge()));
  await until(async () => (await serving.cli('status')).stdout.includes('telemetry live'), 'the EA is live');
  return serving;
}

/** The command line at a terminal, where a person types these lines. */
async function atTerminal(serving: Serving, lines: string, ...args: string[]): Promise<Finished> {
  const command = [process.execPath, 'src/host/cli.ts', '--data-dir', serving.ready.dataDir, ...args].join(' ');
  const typing = run(['-qec', command, '/dev/null'], { program: terminal, stdin: 'pipe' });
  running.push(typing);
  await until(() => typing.output.stdout.includes('Stop loss'), 'it asks', 10_000);
  typing.child.stdin?.write(lines);
  // The price may have moved since it was shown: then the person is asked once more.
  let answered = 0;
  typing.child.stdout?.on('data', () => {
    for (const asked = typing.output.stdout.split('[y/N]').length - 1; answered < asked; answered += 1) {
      typing.child.stdin?.write('y\n');
    }
  });
  return typing.finished;
}

describe('a buy or sell from the command line', () => {
  it.each([
    ['without a stop loss', [...buy]],
    ['with a stop loss of 0', [...buy, '--sl', '0']],
    ['with a take profit alone', [...buy, '--tp', '40']],
  ])('%s is not fired, and says what is missing', async (_, args) => {
    const serving = await withPaper();
    const { code, stdout, stderr } = await serving.cli(...args);
    expect([code, stdout + stderr]).toEqual([2, expect.stringContaining('Say --sl with a number above 0')]);
    const { stdout: status } = await serving.cli('--json', 'status');
    expect((JSON.parse(status) as { orders?: unknown[] }).orders ?? []).toEqual([]);
  });

  it.each([
    ['both stops', ['--sl', '150', '--no-sl'], '--sl and --no-sl contradict each other'],
    ['both stops, the other way round', ['--no-sl', '--sl', '150'], '--no-sl and --sl contradict each other'],
    ['two stops', ['--sl', '150', '--sl', '200'], '--sl is given twice'],
    ['two amounts', ['--sl', '150', '--lot', '0.1', '--lot', '1'], '--lot is given twice'],
    ['lots that no person writes', ['--sl', '150', '--lot', '0x10'], 'Give a number in digits'],
    ['a stop that no person writes', ['--sl', '1e2'], 'Give a number in digits'],
    ['no time to wait', ['--sl', '150', '--wait', '-1'], 'Give seconds from 0 to 86400'],
    ['more time than there is', ['--sl', '150', '--wait', '9'.repeat(30)], 'Give seconds from 0 to 86400'],
  ])('that says %s is refused before an app is asked', async (_, args, words) => {
    const { code, stderr } = await runCli(tempDir().path, ...buy, ...args);
    expect([code, stderr]).toEqual([1, expect.stringContaining(words)]);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('says that it wants none, or which; a close says neither', async () => {
    const serving = await withPaper();
    const none = await serving.cli(...buy, '--no-sl');
    expect([none.code, JSON.parse(none.stdout)]).toMatchObject([0, { state: 'filled', sl: 0 }]);
    const some = await serving.cli('fire', '--symbol', 'EURUSD', '--action', 'sell', '--sl', '150', '--json');
    expect([some.code, JSON.parse(some.stdout)]).toMatchObject([0, { state: 'filled', sl: 150 }]);
    expect((await serving.cli('fire', '--action', 'close_all')).code).toBe(0);
  });

  it.skipIf(!existsSync(terminal))('is asked for its stop loss at a terminal', { timeout: 90_000 }, async () => {
    const serving = await withPaper();
    const some = await atTerminal(serving, 'ten\n-5\n200\n', 'fire', '--symbol', 'EURUSD', '--action', 'buy');
    expect(some.code).toBe(0);
    expect(some.stdout).toContain('Give a number above 0, or "none".');
    const { stdout } = await serving.cli('export', '--kind', 'orders', '--format', 'ndjson');
    const orders = stdout
      .trim()
      .split('\n')
      .map((row) => JSON.parse(row) as Order);
    expect(orders.filter(({ state }) => state !== 'refused')).toMatchObject([{ state: 'filled', sl: 200 }]);
    const none = await atTerminal(serving, 'none\n', 'fire', '--symbol', 'USDJPY', '--action', 'buy');
    expect(none.code).toBe(0);
    // Ctrl+D
    const nothing = await atTerminal(serving, '\u0004', 'fire', '--symbol', 'GBPUSD', '--action', 'buy');
    expect([nothing.code, nothing.stdout]).toEqual([2, expect.stringContaining('Nothing was fired')]);
  });
});
