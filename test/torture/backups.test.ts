import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { backupKey } from '../../src/journal/file/backupJournal.ts';
import { openSqliteJournal } from '../../src/journal/sqliteJournal.ts';
import { tempDir } from '../support/tempDir.ts';
import { say, timeLimit, times } from './faults.ts';

const backups = times(10, 1_000);

const folders: (() => void)[] = [];
afterAll(() => {
  for (const remove of folders) remove();
});

describe('a backup', () => {
  it(
    `is the journal as of one moment, ${String(backups)} times while rows are written`,
    { timeout: timeLimit(backups, 5_000) },
    async () => {
      const { path, remove } = tempDir();
      folders.push(remove);
      const loggedErrors: string[] = [];
      const opened = openSqliteJournal({
        dataDir: path,
        now: Date.now,
        logError: (sentence) => loggedErrors.push(sentence),
      });
      let written = 0;
      let slowest = 0;
      // Two rows to a commit: half of one would show as an odd number.
      const write = (): void => {
        const begun = performance.now();
        const entry = { type: 'armed', bridge: 'main', armed: false, by: 'app', why: 'x'.repeat(500) } as const;
        const row = { at: Date.now(), entry };
        opened.journal.write([row, row]);
        written += 2;
        slowest = Math.max(slowest, performance.now() - begun);
      };
      const timer = setInterval(write, 1);
      try {
        for (let count = 0; count < backups; count += 1) {
          const target = join(path, `copy-${String(count)}.db`);
          const before = written;
          await opened.backup(join(path, 'journal.db'), target);
          const db = new Database(target, { readonly: true });
          const rows = db.prepare<[], number>('SELECT count(*) FROM entries').pluck().get() ?? -1;
          expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
          expect(db.prepare('SELECT 1 FROM remembered WHERE key = ?').get(backupKey)).toBeDefined();
          db.close();
          rmSync(target);
          expect(rows % 2).toBe(0);
          expect(rows).toBeGreaterThanOrEqual(before);
          expect(rows).toBeLessThanOrEqual(written);
        }
      } finally {
        clearInterval(timer);
        await opened.journal.close();
      }
      expect(loggedErrors).toEqual([]);
      say(
        `backup: ${String(backups)} copies while ${String(written)} rows were written, 0 that were not whole; slowest commit ${slowest.toFixed(0)} ms`,
      );
    },
  );
});
