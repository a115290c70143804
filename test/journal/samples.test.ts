import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sample } from '../../src/api/state/state.ts';
import { deleteOldSamples } from '../../src/journal/rows/samples.ts';
import { day, journalFolder, minute, monday, orderRow, sample, sampleRow } from './fixtures.ts';
import type { JournalFolder } from './fixtures.ts';

let folder: JournalFolder;
beforeEach(() => {
  folder = journalFolder();
});
afterEach(() => folder.remove());

function countRows(table: 'samples' | 'minutes'): number {
  const db = new Database(join(folder.path, 'journal.db'), { readonly: true });
  try {
    return db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
  } finally {
    db.close();
  }
}

/** The minutes of some samples, one by one. */
function minutesOf(samples: readonly Sample[]): Sample[] {
  const groups = Map.groupBy(samples, ({ at }) => Math.floor(at / minute));
  return [...groups.values()].map((group) => ({
    ...(group.at(-1) ?? sample(0, 0)),
    equityLow: Math.min(...group.map(({ equityLow }) => equityLow)),
    equityHigh: Math.max(...group.map(({ equityHigh }) => equityHigh)),
    messages: group.reduce((sum, { messages }) => sum + (messages ?? 0), 0),
  }));
}

/** Every ten seconds, with a different figure each. */
function samplesFrom(from: number, count: number): Sample[] {
  return Array.from({ length: count }, (_, index) =>
    sample(from + index * 10_000, 1_000 + Math.round(500 * Math.sin(index / 9))),
  );
}

describe('samples', () => {
  const all = { bridge: 'main', from: 0, to: monday + 60 * day, points: 100_000 };

  it('become minutes after seven days, and nothing of them is lost', async () => {
    const { journal, tidy } = folder.open();
    const old = samplesFrom(monday, 2_000);
    const recent = samplesFrom(monday + 9 * day, 1_000);
    journal.write([...old, ...recent].map((one) => sampleRow(one)));
    journal.write(old.slice(0, 50).map((one) => sampleRow(one, 'other')));
    folder.clock.now = monday + 9 * day + 10_000 * 1_000;
    const fine = await journal.history({ ...all, points: 100_000 });
    await tidy();
    expect(countRows('samples')).toBe(1_000);
    expect(await journal.history(all)).toEqual([...minutesOf(old), ...recent]);
    expect(await journal.history({ ...all, bridge: 'other' })).toEqual(minutesOf(old.slice(0, 50)));
    // What was past its time counted as minutes before it was deleted.
    expect(fine).toEqual(await journal.history(all));
    // Again, and after another start: the same.
    await tidy();
    await journal.close();
    const again = folder.open();
    await again.tidy();
    expect(await again.journal.history(all)).toEqual([...minutesOf(old), ...recent]);
  });

  it('are deleted in short transactions, after any of which it may end', async () => {
    const { journal } = folder.open();
    const old = samplesFrom(monday, 2_000);
    journal.write(old.map((one) => sampleRow(one)));
    folder.clock.now = monday + 30 * day;
    const db = new Database(join(folder.path, 'journal.db'));
    let left = countRows('samples');
    const deletions = deleteOldSamples(db, folder.clock.now);
    while (deletions.next().done !== true) {
      const now = countRows('samples');
      expect(left - now).toBeGreaterThan(0);
      expect(left - now).toBeLessThanOrEqual(300);
      left = now;
      expect(await journal.history(all)).toEqual(minutesOf(old));
      journal.write([orderRow(left)]);
    }
    expect(left).toBe(0);
    db.close();
  });

  it('may come late, into a minute whose samples are gone', async () => {
    const { journal, tidy } = folder.open();
    journal.write([sampleRow(sample(monday + 30_000, 100)), sampleRow(sample(monday + 40_000, 100))]);
    folder.clock.now = monday + 30 * day;
    await tidy();
    journal.write([sampleRow(sample(monday + 35_000, 500, { margin: 7 }))]);
    const merged = sample(monday + 40_000, 100, { equityHigh: 501, messages: 6 });
    expect(await journal.history(all)).toEqual([merged]);
    await tidy();
    expect(await journal.history(all)).toEqual([merged]);
    expect(countRows('samples')).toBe(0);
  });

  it('of the same millisecond become one', async () => {
    const { journal } = folder.open();
    journal.write([sampleRow(sample(monday, 100)), sampleRow(sample(monday, 200, { margin: null }))]);
    folder.clock.now = monday;
    expect(await journal.history(all)).toEqual([sample(monday, 200, { equityLow: 99, messages: 4 })]);
  });

  it('of a year are thinned out in time for a chart', async () => {
    const { journal } = folder.open();
    const now = monday + 365 * day;
    folder.clock.now = now;
    const db = new Database(join(folder.path, 'journal.db'));
    const fill = (table: string, key: string, count: number, step: number): void => {
      db.exec(
        `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${String(count)})
         INSERT INTO ${table} (bridge, ${key}, account, balance, equity, low, high, margin)
         SELECT 'main', ${key === 'at' ? '' : `${String(now)} - i * ${String(step)},`} ${String(now)} - i * ${String(step)},
           '7f3c6f0e-6f35-4a8e-9b9c-0d8d6f3f1c2a', 1000, 1000 + i % 100, 900 + i % 100, 1100 + i % 100, 50 FROM n`,
      );
    };
    fill('minutes', 'minute, at', 525_600, minute);
    fill('hours', 'hour, at', 8_760, 60 * minute);
    fill('samples', 'at', 604_800, 1_000);
    db.exec(`UPDATE hours SET low = -1 WHERE hour = ${String(now - 200 * day)}`);
    db.close();
    await journal.history({ ...all, to: 0 });
    for (const [name, span] of [
      ['a year', 365 * day],
      ['30 days', 30 * day],
      ['a week', 7 * day],
      ['a day', day],
      ['an hour', 60 * minute],
    ] as const) {
      const start = performance.now();
      const thinned = await journal.history({ bridge: 'main', from: now - span, to: now, points: 600 });
      const ms = performance.now() - start;
      process.stdout.write(`History of ${name} as 600 points: ${ms.toFixed(0)} ms\n`);
      expect(thinned.length).toBe(600);
      expect(Math.min(...thinned.map(({ equityLow }) => equityLow))).toBe(span > 200 * day ? -1 : 900);
    }
  });
});
