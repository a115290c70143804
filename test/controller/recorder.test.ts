import { describe, expect, it } from 'vitest';
import type { Alarm } from '../../src/api/state/alarms.ts';
import type { Sample } from '../../src/api/state/state.ts';
import type { JournalEntry } from '../../src/controller/ports/journalEntry.ts';
import type { JournalRow } from '../../src/controller/ports/journal.ts';
import { JournalWriter } from '../../src/controller/records/journalWriter.ts';
import type { RecorderAlarm } from '../../src/controller/records/recorderAlarms.ts';
import { memoryJournal } from '../../src/journal/memory/memoryJournal.ts';
import { bridgeBench } from '../support/bridgeBench.ts';
import { FakeClock } from '../support/fakeClock.ts';
import { sentOrder } from '../support/sentOrder.ts';

/** A journal whose disk is full for as long as `full` is true. */
function fullable() {
  const journal = memoryJournal();
  const disk = { full: true, rows: [] as JournalRow[], tried: 0 };
  const write = (rows: readonly JournalRow[]): void => {
    disk.tried = Math.max(disk.tried, rows.length);
    if (disk.full) throw new Error('disk full');
    journal.write(rows);
    disk.rows.push(...rows);
  };
  return { journal: { ...journal, write }, disk };
}

function recorderOn(): { recorder: JournalWriter; alarms: RecorderAlarm[] } & ReturnType<typeof fullable> {
  const { journal, disk } = fullable();
  const alarms: RecorderAlarm[] = [];
  const recorder = new JournalWriter(
    new FakeClock(),
    journal,
    () => undefined,
    (alarm) => alarms.push(alarm),
  );
  recorder.record({ type: 'armed', bridge: 'main', armed: false, by: 'ticket', why: null });
  recorder.flush();
  return { recorder, alarms, journal, disk };
}

const frame = (size: number): Uint8Array => new Uint8Array(size).fill(0x78);
const sample: JournalEntry = { type: 'sample', bridge: 'main', account: null, sample: { at: 1 } as Sample };
const critical: Omit<Alarm, 'number'> = {
  code: 'c',
  level: 'critical',
  text: 'x',
  nextStep: '',
  count: 1,
  at: 0,
  lastAt: 0,
  acknowledged: null,
  bridge: null,
};

/** What must outlast anything: 1 of each kind. */
const kept: JournalEntry[] = [
  { type: 'feedback', bridge: 'main', order: 1, signalId: 'A', frame: frame(100), history: false },
  { type: 'broken_feedback', bridge: 'main', order: 1, signalId: 'A', frame: frame(100), reason: 'x' },
  { type: 'order', order: { ...sentOrder, number: 1, state: 'filled' }, frame: null },
  { type: 'kill_switch', on: true, by: 'ticket' },
  { type: 'alarm', alarm: { ...critical, number: 1 } },
  { type: 'alarm', alarm: { ...critical, number: 2, level: 'warning' } },
];

const floods: Record<string, JournalEntry> = {
  'of figures': sample,
  'of history': { type: 'history_frame', bridge: 'main', frame: frame(500) },
  'of results of no order': {
    ...{ type: 'feedback', bridge: 'main', order: null, signalId: 'N', frame: frame(500), history: false },
  },
  'of notices': { type: 'alarm', alarm: { ...critical, number: 3, level: 'notice' } },
  'of signals': { type: 'signal', source: 'feed F', bridge: null, signalId: 'S', asked: 'x'.repeat(500) },
  'of refused orders': { type: 'order', order: { ...sentOrder, number: 2, state: 'refused' }, frame: null },
  'of values': { type: 'remember', key: 'k', value: 'v' },
};

describe('a journal that fails', () => {
  it.each(Object.entries(floods))('loses none of what counts in a flood %s', (_, entry) => {
    const { recorder, disk } = recorderOn();
    for (const each of kept) recorder.record(each);
    for (let i = 0; i < 100_000; i += 1) recorder.record(entry);
    disk.full = false;
    recorder.retry();
    for (const each of kept) expect(disk.rows.map((row) => row.entry)).toContainEqual(each);
    expect(disk.rows.length).toBeLessThan(21_000);
  });

  it('keeps every result of an order, however many there are', () => {
    const { recorder, disk } = recorderOn();
    for (let i = 0; i < 30_000; i += 1) {
      recorder.record({ type: 'feedback', bridge: 'main', order: i, signalId: 'A', frame: frame(10), history: false });
      recorder.record(sample);
    }
    disk.full = false;
    recorder.retry();
    const results = disk.rows.flatMap(({ entry }) => (entry.type === 'feedback' ? [entry.order] : []));
    expect(results).toEqual(Array.from({ length: 30_000 }, (__, i) => i));
  });

  it('keeps no more than so many bytes of what may be lost', () => {
    const { recorder, disk } = recorderOn();
    for (let i = 0; i < 1_000; i += 1) {
      recorder.record({ type: 'history_frame', bridge: 'main', frame: frame(200_000) });
    }
    disk.full = false;
    recorder.retry();
    const bytes = disk.rows.reduce(
      (sum, { entry }) => sum + (entry.type === 'history_frame' ? entry.frame.length : 0),
      0,
    );
    expect(bytes).toBeGreaterThan(1_000_000);
    expect(bytes).toBeLessThanOrEqual(32 * 1024 * 1024);
  });

  it('says once that rows are left out, and once how many of which kind were', () => {
    const { recorder, disk, alarms } = recorderOn();
    for (let i = 0; i < 50_000; i += 1) recorder.record(sample);
    expect(alarms.map(({ code }) => code)).toEqual(['rows_left_out']);
    disk.full = false;
    recorder.retry();
    const samples = disk.rows.filter(({ entry }) => entry.type === 'sample').length;
    expect(alarms.map(({ code }) => code)).toEqual(['rows_left_out', 'rows_were_left_out']);
    expect(alarms[1]?.text).toContain(`${String(50_000 - samples)} of figures`);
  });

  it('tries a part of what waits, and all of it in its order once it can be written', () => {
    const { recorder, disk } = recorderOn();
    for (let i = 0; i < 5_000; i += 1) {
      recorder.record({ type: 'feedback', bridge: 'main', order: i, signalId: 'A', frame: frame(10), history: false });
    }
    recorder.retry();
    expect(disk.tried).toBeLessThanOrEqual(500);
    disk.full = false;
    expect(recorder.commit({ type: 'kill_switch', on: true, by: 'ticket' })).toBeNull();
    const numbers = disk.rows.flatMap(({ entry }) => (entry.type === 'feedback' ? [entry.order] : []));
    expect(numbers).toEqual(Array.from({ length: 5_000 }, (__, i) => i));
    expect(disk.rows.at(-1)?.entry.type).toBe('kill_switch');
  });

  it('costs an order no result, with the EA flooding meanwhile', async () => {
    const { journal, disk } = fullable();
    disk.full = false;
    const bench = bridgeBench({}, { journal: { ...journal, entries: () => disk.rows } });
    bench.connect();
    await bench.fire({ signalId: 'A' });
    disk.full = true;
    bench.link.says({ type: 'trade_result', signal_id: 'A', status: 'success', ticket: 7, price: 1.5 });
    for (let i = 0; i < 3_000; i += 1) {
      bench.link.says({
        type: 'trade_result',
        signal_id: `N${String(i)}`,
        status: 'success',
        message: 'x'.repeat(900),
      });
      if (i % 10 === 0) bench.clock.advance(500);
    }
    disk.full = false;
    bench.clock.advance(1_000);
    const { alarms } = bench.controller.snapshot().state;
    const results = disk.rows.filter(({ entry }) => entry.type === 'feedback' && entry.order !== null);
    expect(results).toHaveLength(1);
    expect(bench.journal.findSent('main', 'A')).toMatchObject({ state: 'filled', ticket: '7' });
    expect(alarms.map(({ code }) => code)).toContain('journal_failed');
  });
});
