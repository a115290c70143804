import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day, journalFolder, monday, orderRow, rememberRow, row, sample, sampleRow } from './fixtures.ts';
import type { JournalFolder } from './fixtures.ts';

let folder: JournalFolder;
beforeEach(() => {
  folder = journalFolder();
  folder.clock.now = Date.UTC(2026, 5, 2, 3, 4, 5, 678);
});
afterEach(() => folder.remove());

const setAsideName = 'journal-damaged-2026-06-02T03-04-05.db';
const pathOf = (name = 'journal.db'): string => join(folder.path, name);

async function writeJournal(orders = 40): Promise<void> {
  const { journal } = folder.open();
  for (let number = 1; number <= orders; number += 1) {
    journal.write([
      orderRow(number, { state: number % 3 === 0 ? 'filled' : 'sent' }, new Uint8Array(100).fill(number)),
      rememberRow(`key ${String(number)}`, 'x'.repeat(100)),
      sampleRow(sample(monday + number * 1_000, number)),
    ]);
  }
  await journal.close();
}

/** The damaged file lies beside a new journal, byte for byte. */
async function expectSetAside(before: Buffer): Promise<void> {
  const { journal, setAside, identity } = folder.open();
  expect(setAside).toBe(setAsideName);
  expect(readFileSync(pathOf(setAsideName)).equals(before)).toBe(true);
  expect(identity).toMatchObject({ generation: 0, seq: 0 });
  expect(journal.lastOrders(10)).toEqual([]);
  journal.write([orderRow(1)]);
  await journal.close();
  expect(folder.open()).toMatchObject({ setAside: null, identity: { seq: 1 } });
}

describe('a damaged journal is set aside', () => {
  for (const [name, content] of [
    ['text', 'This is no database at all. '.repeat(1_000)],
    ['noise', Buffer.from(Array.from({ length: 9_000 }, (_, index) => (index * 7_919) % 251))],
    ['a few bytes', 'x'],
  ] as const) {
    it(`where it is ${name}`, async () => {
      writeFileSync(pathOf(), content);
      await expectSetAside(Buffer.from(content));
    });
  }

  it('where it is the database of another program', async () => {
    const db = new Database(pathOf());
    db.exec('CREATE TABLE entries (x)');
    db.close();
    await expectSetAside(readFileSync(pathOf()));
  });

  it('where a table is missing', async () => {
    await writeJournal();
    const db = new Database(pathOf());
    db.exec('DROP TABLE remembered');
    db.close();
    await expectSetAside(readFileSync(pathOf()));
  });

  it('where orders contradict their entries', async () => {
    await writeJournal();
    const db = new Database(pathOf());
    db.exec(`UPDATE orders SET body = replace(body, '"lot":0.1', '"lot":1.1') WHERE number = 7`);
    db.close();
    await expectSetAside(readFileSync(pathOf()));
  });

  for (const keep of [0.1, 0.5, 0.9, 0.999]) {
    it(`where only ${String(keep * 100)} % of it is left`, async () => {
      await writeJournal();
      truncateSync(pathOf(), Math.floor(readFileSync(pathOf()).length * keep));
      await expectSetAside(readFileSync(pathOf()));
    });
  }

  it('where any of its pages is zeroed', async () => {
    await writeJournal();
    const sound = readFileSync(pathOf());
    const pages = sound.length / 4_096;
    for (let page = 0; page < pages; page += 1) {
      const damaged = Buffer.from(sound).fill(0, page * 4_096, (page + 1) * 4_096);
      for (const name of readdirSync(folder.path)) rmSync(pathOf(name));
      writeFileSync(pathOf(), damaged);
      const { journal, setAside } = folder.open();
      expect(setAside, `page ${String(page + 1)} of ${String(pages)}`).toBe(setAsideName);
      expect(readFileSync(pathOf(setAsideName)).equals(damaged)).toBe(true);
      await journal.close();
    }
  });

  it('where the database is gone and its WAL is left', async () => {
    folder.open().journal.write([orderRow(1)]);
    const wal = readFileSync(pathOf('journal.db-wal'));
    await folder.remove();
    folder = journalFolder();
    folder.clock.now = Date.UTC(2026, 5, 2, 3, 4, 5);
    writeFileSync(pathOf('journal.db-wal'), wal);
    expect(folder.open().setAside).toBe(setAsideName);
    expect(readFileSync(pathOf(`${setAsideName}-wal`)).equals(wal)).toBe(true);
  });

  it('with its WAL as it was, and without overwriting an earlier one', async () => {
    await writeJournal();
    for (const count of [1, 2, 3]) {
      writeFileSync(pathOf(), `damaged ${String(count)}`.repeat(100));
      writeFileSync(pathOf('journal.db-wal'), `its WAL ${String(count)}`.repeat(10));
      const { journal, setAside } = folder.open();
      const name = count === 1 ? setAsideName : setAsideName.replace('.db', `-${String(count)}.db`);
      expect(setAside).toBe(name);
      expect(readFileSync(pathOf(name), 'utf8')).toBe(`damaged ${String(count)}`.repeat(100));
      expect(readFileSync(pathOf(`${name}-wal`), 'utf8')).toBe(`its WAL ${String(count)}`.repeat(10));
      await journal.close();
    }
    expect(readFileSync(pathOf(setAsideName), 'utf8')).toBe('damaged 1'.repeat(100));
  });

  it('at the next start where it is found in the background: a large one is read after the start', async () => {
    const { journal } = folder.open();
    const frame = new Uint8Array(1024 * 1024).fill(0xab);
    for (let count = 0; count < 70; count += 1) {
      journal.write([row({ type: 'history_frame', bridge: 'main', frame })]);
    }
    journal.write([orderRow(1)]);
    await journal.close();
    const sound = folder.open();
    await sound.tidy();
    expect(folder.loggedErrors).toEqual([]);
    await sound.journal.close();

    // In the middle of a frame: its chain of pages is cut. The content of its last page is checked by nobody.
    const damaged = readFileSync(pathOf()).fill(0, 4_096 * 9_100, 4_096 * 9_101);
    writeFileSync(pathOf(), damaged);
    const second = folder.open();
    expect(second.setAside).toBeNull();
    await second.tidy();
    expect(folder.loggedErrors).toEqual([
      expect.stringMatching(/^The journal is damaged, and is set aside at the next start: /) as string,
    ]);
    expect(second.journal.lastOrderNumber()).toBe(1);
    await second.journal.close();
    expect(folder.open().setAside).toBe(setAsideName);
    expect(existsSync(pathOf(`${setAsideName}-damaged`))).toBe(true);
  });
});

describe('a journal that cannot be opened is left as it is', () => {
  const expectUnavailable = (sentence: string): void => {
    const opening = (): unknown => folder.open();
    expect(opening).toThrow(expect.objectContaining({ code: 'journal_unavailable', message: sentence }) as Error);
  };

  it('where it can be found and not read', () => {
    mkdirSync(pathOf());
    writeFileSync(join(pathOf(), 'file'), 'x');
    expectUnavailable('The journal could not be opened: its disk reported an error (SQLITE_IOERR_READ).');
    expect(readdirSync(folder.path)).toEqual(['journal.db']);
  });

  it('where another program holds it', async () => {
    await writeJournal();
    const db = new Database(pathOf());
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN IMMEDIATE; COMMIT');
    const before = readFileSync(pathOf());
    expectUnavailable('The journal could not be opened: another program holds it locked.');
    db.close();
    expect(readFileSync(pathOf()).equals(before)).toBe(true);
    expect(folder.open().identity.seq).toBe(40);
  });

  it('where the data folder is missing', () => {
    const elsewhere = join(folder.path, 'missing');
    expect(() => folder.open({ dataDir: elsewhere })).toThrow(/^The journal could not be opened: /);
    expect(existsSync(elsewhere)).toBe(false);
  });

  it('and an empty file is a journal that was never begun', () => {
    writeFileSync(pathOf(), '');
    folder.clock.now = monday + day;
    expect(folder.open().setAside).toBeNull();
  });
});
