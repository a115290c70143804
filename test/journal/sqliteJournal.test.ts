import { execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectWriter } from '../../src/journal/file/connect.ts';
import { JournalFailure } from '../../src/journal/rows/journalFailure.ts';
import { day, journalFolder, monday, order, orderRow, rememberRow, row, sample, sampleRow } from './fixtures.ts';
import type { JournalFolder } from './fixtures.ts';

const run = promisify(execFile);

let folder: JournalFolder;
beforeEach(() => {
  folder = journalFolder();
});
afterEach(() => folder.remove());

const file = (): string => join(folder.path, 'journal.db');
const endlessWriter = new URL('./endlessWriter.ts', import.meta.url);
const limitedWriter = new URL('./limitedWriter.ts', import.meta.url);
const idleProgram = new URL('./idleProgram.ts', import.meta.url);

function failureOf(action: () => unknown): JournalFailure {
  try {
    action();
  } catch (error) {
    if (error instanceof JournalFailure) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}

describe('the connection', () => {
  it('is in WAL mode and waits for the disk at each commit', () => {
    const db = connectWriter(file(), {});
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    db.close();
  });

  it('is refused where there can be no WAL', () => {
    const failure = failureOf(() => connectWriter(':memory:', {}));
    expect(failure.code).toBe('journal_unavailable');
    expect(failure.message).toContain('keeps journal_mode at memory instead of wal');
  });
});

describe('the journal on disk', () => {
  it('only ever appends', () => {
    const { journal } = folder.open();
    journal.write([orderRow(1)]);
    const db = new Database(file());
    for (const sql of [
      'UPDATE entries SET at = 0',
      'DELETE FROM entries',
      "INSERT OR REPLACE INTO entries (seq, at, type, body) VALUES (1, 0, 'x', '{}')",
    ]) {
      expect(() => db.exec(sql), sql).toThrow('The journal is append-only.');
    }
    db.close();
  });

  it('keeps frames as bytes', () => {
    folder.open().journal.write([orderRow(1, {}, new Uint8Array([0, 1, 255]).subarray(1))]);
    const db = new Database(file());
    expect(db.prepare('SELECT frame, body FROM entries').get()).toEqual({
      frame: Buffer.from([1, 255]),
      body: JSON.stringify(order(1)),
    });
    db.close();
  });

  it('has all of it after it is opened again', async () => {
    const rows = [
      orderRow(1, { state: 'filled' }),
      orderRow(2),
      rememberRow('key', { value: 1 }),
      sampleRow(sample(monday, 1_000)),
      row({ type: 'feedback', bridge: 'main', order: 1, signalId: 'S1', frame: new Uint8Array([7]), history: false }),
    ];
    const query = { bridge: 'main', from: 0, to: monday, points: 10 };
    const first = folder.open();
    first.journal.write(rows);
    const timeline = await first.journal.timeline(1);
    await first.journal.close();
    expect(readdirSync(folder.path)).toEqual(['journal.db']);
    const { journal, setAside } = folder.open();
    expect(setAside).toBeNull();
    expect(journal.lastOrders(5)).toEqual([order(2), order(1, { state: 'filled' })]);
    expect(journal.ordersInDoubt('main')).toEqual([order(2)]);
    expect(journal.remembered('key')).toEqual({ value: 1 });
    expect(await journal.history(query)).toEqual([sample(monday, 1_000)]);
    expect(await journal.timeline(1)).toEqual(timeline);
    journal.write([orderRow(3)]);
    expect((await journal.timeline(3)).map(({ seq }) => seq)).toEqual([4]);
  });

  it('tells itself from a copy', async () => {
    const first = folder.open();
    first.journal.write([orderRow(1), orderRow(2)]);
    await first.journal.close();
    expect(first.identity).toEqual({
      instance: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      generation: 0,
      seq: 0,
    });
    const second = folder.open();
    expect(second.identity).toEqual({ instance: first.identity.instance, generation: 1, seq: 2 });
    const renamed = second.renameInstance();
    expect(renamed).toMatch(/^[0-9a-f]{16}$/);
    expect(renamed).not.toBe(first.identity.instance);
    await second.journal.close();
    expect(folder.open().identity).toEqual({ instance: renamed, generation: 2, seq: 2 });
    const other = journalFolder();
    expect(other.open().identity.instance).not.toBe(renamed);
    await other.remove();
  });

  it('has every acknowledged order after a kill -9, each whole', async () => {
    const child = spawn(process.execPath, [fileURLToPath(endlessWriter), folder.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let acknowledged = 0;
    for await (const line of createInterface(child.stdout)) {
      acknowledged = Number(line);
      if (acknowledged === 300) child.kill('SIGKILL');
    }
    expect(acknowledged).toBeGreaterThanOrEqual(300);
    const { journal, setAside, identity } = folder.open();
    expect(setAside).toBeNull();
    // One more may have been written than was told of.
    const last = journal.lastOrderNumber();
    expect([acknowledged, acknowledged + 1]).toContain(last);
    expect(identity.seq).toBe(last);
    expect(journal.remembered('last')).toBe(last);
    expect(journal.lastOrders(10_000).map(({ number }) => number)).toEqual(
      Array.from({ length: last }, (_, index) => last - index),
    );
  });
});

describe('a disk that is full', () => {
  it('takes nothing of a write, says so, and is written again when there is room', async () => {
    const { journal, tidy } = folder.open({ maxPages: 100 });
    journal.write(Array.from({ length: 500 }, (_, index) => sampleRow(sample(monday + index * 1_000, 1_000))));
    const batch = (count: number): ReturnType<typeof orderRow>[] =>
      Array.from({ length: 40 }, (_, index) => orderRow(count * 40 + index + 1));
    let batches = 0;
    const fill = (): void => {
      for (; batches < 1_000; batches += 1) journal.write(batch(batches));
    };
    const failure = failureOf(fill);
    expect(failure).toMatchObject({
      code: 'journal_full',
      message: 'The journal could not be written: its disk is full.',
    });
    expect(batches).toBeGreaterThan(0);
    // Nothing of the batch that failed, everything of those before.
    expect(await journal.timeline(batches * 40)).toHaveLength(1);
    expect(await journal.timeline(batches * 40 + 1)).toEqual([]);
    expect(failureOf(fill).code).toBe('journal_full');

    folder.clock.now = monday + 30 * day;
    await tidy();
    journal.write(batch(batches).slice(0, 5));
    expect((await journal.timeline(batches * 40 + 1)).map(({ seq }) => seq)).toEqual([batches * 40 + 1]);
    await journal.close();
    expect(folder.open().setAside).toBeNull();
  });

  it.skipIf(!existsSync('/usr/bin/prlimit'))('and one that fails to write works again afterwards', async () => {
    const { stdout } = await run('/bin/sh', [
      '-c',
      // The system ends a process that grows a file beyond its limit, unless it ignores that signal.
      `trap '' XFSZ; exec "$0" "$1" "$2"`,
      process.execPath,
      fileURLToPath(limitedWriter),
      folder.path,
    ]);
    expect(JSON.parse(stdout)).toEqual({
      before: 100,
      failures: Array.from({ length: 2 }, () => [
        'journal_not_written',
        'The journal could not be written: its disk reported an error (SQLITE_IOERR_WRITE).',
      ]),
      meanwhile: 100,
      after: 101,
    });
    const { journal, setAside } = folder.open();
    expect(setAside).toBeNull();
    expect(journal.lastOrderNumber()).toBe(101);
  });
});

describe('the history worker', () => {
  const query = { bridge: 'main', from: 0, to: monday, points: 10 };

  it('rejects what is pending when the journal is closed', async () => {
    const { journal } = folder.open();
    const pending = [journal.history(query), journal.timeline(1)];
    const closing = journal.close();
    for (const call of pending) await expect(call).rejects.toMatchObject({ code: 'journal_closed' });
    await closing;
    await expect(journal.history(query)).rejects.toMatchObject({ code: 'journal_closed' });
  });

  it('is started again after it died', async () => {
    const { journal } = folder.open({ workerUrl: new URL('./mortalWorker.ts', import.meta.url) });
    journal.write([orderRow(1)]);
    expect(await journal.timeline(1)).toHaveLength(1);
    const pending = [journal.timeline(-1), journal.history(query)];
    for (const call of pending) await expect(call).rejects.toMatchObject({ code: 'journal_not_read' });
    expect(await journal.timeline(1)).toHaveLength(1);
  });

  it('says so where it cannot be started', async () => {
    const { journal } = folder.open({ workerUrl: new URL('./nowhere.ts', import.meta.url) });
    await expect(journal.timeline(1)).rejects.toThrow(/^The thread that reads the journal has ended: /);
    await expect(journal.timeline(1)).rejects.toMatchObject({ code: 'journal_not_read' });
    journal.write([orderRow(1)]);
  });

  it('answers while a process waits, and keeps none alive', async () => {
    const { stdout } = await run(process.execPath, [fileURLToPath(idleProgram), folder.path]);
    expect(stdout).toBe('[]\n');
  });
});
