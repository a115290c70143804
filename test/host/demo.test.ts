import { afterEach, describe, expect, it } from 'vitest';
import type { ReadyLine } from '../../src/host/runningApp.ts';
import { hasSignals, run, runCli, serveFlags, type Running } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';

let demo: Running | null = null;

afterEach(async () => {
  await demo?.end('SIGKILL');
});

describe('npm run demo', () => {
  it('without a display serves the browser, says so, and has a moving account', async () => {
    const { path } = tempDir();
    demo = run(['scripts/start.ts', '--paper', ...serveFlags(path)], { env: { DISPLAY: '', WAYLAND_DISPLAY: '' } });
    const { output } = demo;
    await until(() => output.stdout.includes('\n'), 'the ready line', 20_000);
    const ready = JSON.parse(output.stdout) as ReadyLine;
    // Another pipe than the ready line's.
    await until(() => output.stderr.includes(`Open ${ready.dashboard ?? ''}`), 'the link to open');
    expect(output.stderr).toContain('There is no display, so the same dashboard is served to the browser.');
    expect(ready.bridges.map(({ id }) => id)).toEqual(['main', 'paper']);

    const equity = async () => {
      const { stdout } = await runCli(path, 'status', '--json');
      const { bridges } = JSON.parse(stdout) as { bridges: { id: string; account: { equity: number | null } }[] };
      return bridges.find(({ id }) => id === 'paper')?.account.equity ?? null;
    };
    const first = await until(equity, 'the account is reported');
    await until(async () => (await equity()) !== first, 'the account moves');
    const { code } = await demo.end('SIGTERM');
    if (hasSignals) expect(code).toBe(0);
  });
});
