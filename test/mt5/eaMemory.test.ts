import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { say, timeLimit, times } from '../torture/faults.ts';
import { compilePlainEa } from './deskEa.ts';
import { EaStage } from './eaPeer.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import { memoryOf } from './terminal.ts';

// Memory of the whole EA over many messages: half of them to it, half from it.

const stage = new EaStage();
afterEach(() => stage.close());

const messages = times(20_000, 1_000_000);

describe.skipIf(skipsWithoutCompiler())('the EA', () => {
  beforeAll(compilePlainEa, 600_000);

  it(
    'has no more memory after many messages than after the first of them',
    { timeout: timeLimit(messages, 5) },
    async () => {
      const { backend, ea } = await stage.start(
        { inputs: { TimerMs: 10 }, switches: { MAX_MS: 3_600_000 } },
        undefined,
        compilePlainEa,
      );
      const pid = ea.child.pid ?? 0;
      const memory: number[] = [];
      let pongs = 0;
      for (let tenth = 0; tenth < 10; tenth += 1) {
        // A hundred on their way at a time: what a backend sends faster than it is read is its own affair.
        for (let sent = 0; sent < messages / 20; sent += 100) {
          const before = backend.said.length;
          for (let n = 0; n < 100; n += 1) {
            await backend.send({ type: 'ping', session: backend.session, n: sent + n + 1, sent_at: Date.now() });
          }
          await backend.heard(({ type, n }) => type === 'pong' && n === sent + 100, before, 'the pongs');
          pongs += backend.said.filter(({ type }) => type === 'pong').length;
          backend.said.length = 0;
        }
        memory.push(memoryOf(pid));
      }
      say(`the EA, ${String(messages)} messages: memory after each tenth ${memory.join(', ')} KiB`);
      expect(pongs).toBeGreaterThanOrEqual(messages / 2);
      const [first = 0] = memory.slice(2);
      expect(memory.at(-1)).toBeLessThan(first + 2_048);
    },
  );
});
