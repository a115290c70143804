import { beforeEach, describe, expect, it } from 'vitest';
import type { LinkSpan } from '../../src/api/state/connectionHistory.ts';
import { ConnectionLog } from '../../src/controller/diagnostics/connectionLog.ts';
import { connectionHistory } from '../../src/controller/diagnostics/connectionSpans.ts';
import { JournalWriter } from '../../src/controller/records/journalWriter.ts';
import { memoryJournal } from '../../src/journal/memory/memoryJournal.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';
import { FakeClock } from '../support/fakeClock.ts';
import type { ConnectionRow } from '../../src/controller/ports/journalHistory.ts';

let bench: BridgeBench;

beforeEach(() => {
  bench = bridgeBench();
});

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

async function spans(of: 'command' | 'telemetry' = 'command'): Promise<LinkSpan[]> {
  return (await bench.controller.connections.history('main')).channels[of];
}
/** Without what passes between two looks. */
const told = (all: LinkSpan[]) =>
  all
    .map(({ state, from, to }) => ({ state, seconds: Math.round((to - from) / second) }))
    .filter(({ seconds }) => seconds > 0)
    .map(({ state, seconds }) => `${state} ${String(seconds)}`);
const written = () => bench.journal.entries().filter(({ entry }) => entry.type === 'connection').length;

describe('the connection history', () => {
  it('tells up, quiet and down with their times', async () => {
    bench.clock.advance(30 * second);
    bench.connect();
    bench.clock.advance(20 * second);
    bench.link.leave();
    bench.clock.advance(40 * second);
    expect(told(await spans())).toEqual(['waiting 30', 'up 21', 'down 40']);
    expect((await spans()).map(({ drops }) => drops)).toEqual([0, 0, 1]);
    // v7 goes quiet after 15 s without telemetry.
    expect(told(await spans('telemetry'))).toEqual(['waiting 30', 'up 16', 'quiet 5', 'down 40']);
  });

  it('tells what is true now, before it is written down', async () => {
    bench.clock.advance(second);
    bench.link.join();
    bench.clock.advance(2 * second);
    bench.link.leave();
    bench.clock.advance(3 * second);
    expect(told(await spans()).at(-1)).toBe('down 3');
    expect((await spans()).reduce((sum, { drops }) => sum + drops, 0)).toBe(1);
  });

  it('survives a restart, and tells when the desk did not run', async () => {
    bench.connect();
    bench.clock.advance(minute);
    await bench.controller.stop();
    bench.clock.advance(5 * minute);
    bench = bridgeBench({}, { journal: bench.journal, clock: bench.clock });
    bench.clock.advance(10 * second);
    expect(told(await spans())).toEqual(['up 61', 'off 300', 'waiting 10']);
  });

  it('knows within half a minute when the desk was killed', async () => {
    bench.connect();
    bench.clock.advance(100 * second);
    const { clock, journal } = bench;
    // The pulse of a killed one goes on here, without its journal.
    const kept = memoryJournal();
    kept.write(journal.entries().slice());
    clock.advance(100 * second);
    bench = bridgeBench({}, { journal: kept, clock });
    clock.advance(second);
    const [up, off, waiting] = told(await spans()).map((text) => text.split(' '));
    expect([up?.[0], off?.[0], waiting?.[0]]).toEqual(['up', 'off', 'waiting']);
    expect(Number(off?.[1])).toBeGreaterThanOrEqual(100);
    expect(Number(off?.[1])).toBeLessThanOrEqual(130);
  });

  it('writes at most four entries a minute of a channel that flaps, and counts every drop', async () => {
    for (let index = 0; index < 600; index += 1) {
      bench.link.join();
      bench.clock.advance(50);
      bench.link.leave();
      bench.clock.advance(50);
    }
    bench.clock.advance(20 * second);
    expect(written()).toBeLessThanOrEqual(1 + 3 * 7);
    expect((await spans()).reduce((sum, { drops }) => sum + drops, 0)).toBe(600);
  });

  it('needs a day of entries alone to tell the day, however long a state has held', () => {
    const clock = new FakeClock();
    const journal = memoryJournal();
    const diary = new ConnectionLog('main', clock, new JournalWriter(clock, journal, () => undefined));
    const live = { state: 'live' } as const;
    const up = { command: live, telemetry: live, feedback: live };
    for (let passed = 0; passed < 30 * hour; passed += minute) {
      diary.look(up);
      clock.advance(minute);
    }
    const rows = journal
      .entries()
      .flatMap(({ at, entry }) => (entry.type === 'connection' ? [{ at, event: entry.event }] : []));
    expect(rows.length).toBeLessThan(100);
    const to = clock.now();
    const from = to - 24 * hour;
    const { channels } = connectionHistory(
      rows.filter(({ at }) => at >= from - 2 * hour),
      from,
      to,
    );
    expect(channels.command).toEqual([{ state: 'up', from, to, drops: 0 }]);
  });

  it('merges what is too short to be seen', () => {
    const rows = Array.from({ length: 2_000 }, (_, index): ConnectionRow => {
      const at = index * 43 * second;
      const state = index % 2 === 0 ? 'up' : 'down';
      return { at, event: { kind: 'state', channel: 'command', state, since: at, drops: index % 2 } };
    });
    const { command } = connectionHistory(rows, 0, 24 * hour).channels;
    expect(command.length).toBeLessThanOrEqual(600);
    expect(command.at(-1)?.to).toBe(24 * hour);
    expect(command.reduce((sum, { drops }) => sum + drops, 0)).toBe(1_000);
    for (const [index, span] of command.entries()) if (index > 0) expect(span.from).toBe(command[index - 1]?.to);
  });

  it('keeps its order when the clock is set back', () => {
    const rows = [100, 50, 200].map((at, index): ConnectionRow => {
      const state = index % 2 === 0 ? 'up' : 'down';
      return { at, event: { kind: 'state', channel: 'command', state, since: at, drops: 0 } };
    });
    const { command } = connectionHistory(rows, 0, 300).channels;
    expect(command.map(({ from, to }) => [from, to])).toEqual([
      [100, 100],
      [100, 200],
      [200, 300],
    ]);
  });
});
