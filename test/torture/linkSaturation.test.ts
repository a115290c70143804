import { performance } from 'node:perf_hooks';
import { afterEach, describe, expect, it } from 'vitest';
import { run } from '../support/processes.ts';
import { python } from '../support/pythonPeer.ts';
import { until } from '../support/until.ts';
import { Undos } from './appHarness.ts';
import { timeLimit, times } from './faults.ts';
import { LinkDesk, report } from './linkHarness.ts';

const undos = new Undos();
afterEach(() => undos.all());

const rounds = times(2, 20);
/** The event loop stands still for this long once a round: a slow disk, a long collection of garbage. */
const pauseMs = 1_000;

describe('telemetry at saturation', () => {
  it.skipIf(python === null)('costs no connection and no message', { timeout: timeLimit(rounds, 30_000) }, async () => {
    const desk = await LinkDesk.open(undos, { dataDir: undos.folder() });
    const flood = run(['test/peers/flood.py', desk.endpoints().telemetry], {
      program: python ?? '',
      stdin: 'pipe',
    });
    undos.add(() => flood.end('SIGKILL'));
    const received = () => desk.controller.bridge('0').wire.count;
    await until(() => received() > 0, 'the peer has joined', 10_000);
    const began = performance.now();
    for (let round = 0; round < rounds; round += 1) {
      const [from, before] = [performance.now(), received()];
      await until(() => performance.now() - from > 2_000 && received() > before, 'messages come', 20_000);
      const end = performance.now() + pauseMs;
      while (performance.now() < end);
    }
    flood.child.stdin?.end();
    await until(() => flood.output.stdout !== '', 'the peer says how many it has sent', 30_000);
    const sent = Number(flood.output.stdout);
    await until(() => received() >= sent, 'all of them have come', 30_000).catch(() => undefined);
    const seconds = (performance.now() - began) / 1_000;
    const { channels } = await desk.controller.connections.history('0');
    const drops = channels.telemetry.reduce((sum, span) => sum + span.drops, 0);
    report('saturation', { sent, received: received(), 'a second': Math.round(sent / seconds), pauses: rounds, drops });
    expect({ received: received(), drops }).toEqual({ received: sent, drops: 0 });
  });
});
