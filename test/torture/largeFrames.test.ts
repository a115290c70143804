import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../support/processes.ts';
import { python } from '../support/pythonPeer.ts';
import { mainBridge, startApp, Undos } from './appHarness.ts';
import { say, timeLimit, times } from './faults.ts';
import { leftBehind } from './started.ts';

afterAll(() => {
  expect(leftBehind()).toEqual([]);
});

/** MB of each flood. */
const megabytes = times(600, 20_000);

/** The most memory that a process has had, in MB. */
function peakMegabytes(pid: number | undefined): number {
  const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'));
  return Number(found?.[1] ?? Number.NaN) / 1024;
}

describe.skipIf(process.platform !== 'linux' || python === null)('large frames as fast as they are taken', () => {
  it.each([
    ['results', 1_000_000, 'feedback_from_before'],
    ['heartbeats', 1_000_000, 'large_frames'],
    ['candles', 1_000_000, 'large_frames'],
    ['heartbeats', 60_000, null],
  ] as const)(
    `of %s, of %i bytes each, ${String(megabytes)} MB: counted, alarmed, and held in memory once at most`,
    async (what, frameBytes, code) => {
      const frames = Math.round((megabytes * 1_000_000) / frameBytes);
      const undos = new Undos();
      try {
        const app = startApp({ dataDir: undos.folder() });
        undos.add(() => app.end('SIGKILL'));
        const [bridge] = (await app.ready).bridges;
        const client = await app.connect();
        const before = peakMegabytes(app.child.pid);
        const flags = [bridge?.telemetry ?? '', what, String(frameBytes), String(frames)];
        const flood = run(['test/peers/large_frames.py', ...flags], { program: python ?? '' });
        undos.add(() => flood.end('SIGKILL'));
        let slowest = 0;
        while (flood.child.exitCode === null) {
          const asked = performance.now();
          await client.call('snapshot', null);
          slowest = Math.max(slowest, performance.now() - asked);
          await pause(20);
        }
        expect((await flood.finished).code).toBe(0);
        const rise = peakMegabytes(app.child.pid) - before;
        const { state } = await client.call('snapshot', null);
        client.close();
        say(
          `${String(frames)} frames of ${String(frameBytes)} bytes of ${what}: ${rise.toFixed(0)} MB more memory, slowest answer ${slowest.toFixed(0)} ms, ${String(mainBridge({ state }).unreadable)} refused`,
        );
        const codes = state.alarms.map(({ code }) => code);
        if (code !== null) expect(codes).toContain(code);
        expect(codes.filter((code) => code === 'large_frames').length).toBeLessThan(2);
        // What a sender is faster than the desk waits in libzmq, which bounds messages and not bytes. Each is held once.
        expect(rise).toBeLessThan(megabytes * 1.1);
      } finally {
        await undos.all();
      }
    },
    timeLimit(megabytes, 200),
  );
});
