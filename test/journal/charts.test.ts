import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { mostMarks } from '../../src/api/queries/history.ts';
import { migrate } from '../../src/journal/file/migrations.ts';
import { connectWriter } from '../../src/journal/file/connect.ts';
import { day, journalFolder, minute, monday, orderRow, sample, sampleRow } from './fixtures.ts';
import type { JournalFolder } from './fixtures.ts';

const hour = 60 * minute;

let folder: JournalFolder;
beforeEach(() => {
  folder = journalFolder();
});
afterEach(() => folder.remove());

it('more fills than can be marked become one mark for neighbours of a kind, and none is lost', async () => {
  const { journal } = folder.open();
  const actions = ['buy', 'sell', 'close', 'buy'] as const;
  const count = 4_000;
  journal.write(
    Array.from({ length: count }, (_, index) =>
      orderRow(index + 1, { state: 'filled', action: actions[index % 4] ?? 'buy' }),
    ),
  );
  const { marks, fills } = await journal.fills({ bridge: 'main', from: 0, to: monday + day });
  expect(fills).toBe(count);
  expect(marks.length).toBeLessThanOrEqual(mostMarks);
  expect(marks.length).toBeGreaterThan(mostMarks * 0.9);
  const sum = (kind: string): number =>
    marks.filter((mark) => mark.kind === kind).reduce((total, mark) => total + mark.count, 0);
  expect([sum('buy'), sum('sell'), sum('close')]).toEqual([2_000, 1_000, 1_000]);
  expect(marks.map(({ at }) => at)).toEqual(marks.map(({ at }) => at).toSorted((one, other) => one - other));
});

it('a history of months is made of hours, which say the same as their minutes', async () => {
  const { journal } = folder.open();
  const samples = Array.from({ length: 3_000 }, (_, index) =>
    sample(monday + index * hour + (index % 60) * minute, 1_000 + (index % 97), { messages: index % 5 }),
  );
  journal.write(samples.map((one) => sampleRow(one)));
  folder.clock.now = monday + 126 * day;
  const ask = { bridge: 'main', from: 0, to: folder.clock.now, points: 100 };
  const fromHours = await journal.history(ask);
  const db = new Database(join(folder.path, 'journal.db'));
  expect(db.prepare('SELECT count(*) FROM hours').pluck().get()).toBe(3_000);
  db.exec('DELETE FROM hours; INSERT INTO hours SELECT * FROM minutes');
  expect(await journal.history(ask)).toEqual(fromHours);
  db.close();
  const total = (list: typeof samples): number => list.reduce((sum, { messages }) => sum + (messages ?? 0), 0);
  expect(total(fromHours)).toBe(total(samples));
});

it('hours are made of the minutes of a journal from before', () => {
  const file = join(folder.path, 'journal.db');
  const db = connectWriter(file, {});
  migrate(db, 3);
  const add = db.prepare("INSERT INTO minutes VALUES ('main', ?, ?, 'account', 1000, ?, ?, ?, ?)");
  const put = (at: number, equity: number, margin: number | null): void => {
    add.run(at, at + 30_000, equity, equity - 5, equity + 5, margin);
  };
  put(monday, 900, 7);
  put(monday + 10 * minute, 990, 8);
  put(monday + 20 * minute, 950, null);
  put(monday + 60 * minute, 970, null);
  migrate(db);
  expect(db.prepare('SELECT * FROM hours ORDER BY hour').all()).toEqual([
    {
      bridge: 'main',
      hour: monday,
      at: monday + 20 * minute + 30_000,
      account: 'account',
      balance: 1_000,
      equity: 950,
      low: 895,
      high: 995,
      margin: 8,
      messages: null,
    },
    {
      bridge: 'main',
      hour: monday + hour,
      at: monday + 60 * minute + 30_000,
      account: 'account',
      balance: 1_000,
      equity: 970,
      low: 965,
      high: 975,
      margin: null,
      messages: null,
    },
  ]);
  db.close();
  const { journal } = folder.open();
  journal.write([sampleRow(sample(monday + 61 * minute, 980, { messages: 4 }))]);
  const read = new Database(file, { readonly: true });
  expect(read.prepare('SELECT equity, high, messages FROM hours ORDER BY hour DESC').get()).toEqual({
    equity: 980,
    high: 981,
    messages: 4,
  });
  read.close();
});
