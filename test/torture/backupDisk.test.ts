import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/processes.ts';
import { startApp, Undos } from './appHarness.ts';
import { say, timeLimit } from './faults.ts';
import { leftBehind } from './started.ts';
import { tmpfsDisk } from './tmpfs.ts';
import { entriesIn } from '../support/entriesIn.ts';

afterAll(() => {
  expect(leftBehind()).toEqual([]);
});

/** Pages of 4096 bytes that a full disk still has: the copy ends at another step with each. */
const spares = [0, 1, 2, 5, 20, 60];

const megabytes = 8;
const probe = tmpfsDisk(megabytes);
probe?.remove();

describe.skipIf(probe === null)('a backup and a full disk', () => {
  it.each(['with', 'without'] as const)(
    'of the copy, %s a running app: says so, leaves nothing, and is made once there is room',
    { timeout: timeLimit(spares.length, 10_000) },
    async (how) => {
      const undos = new Undos();
      try {
        const dataDir = undos.folder();
        const disk = tmpfsDisk(megabytes);
        if (disk === null) throw new Error('A tmpfs could be mounted a moment ago.');
        undos.add(disk.remove);
        const app = startApp({ dataDir });
        undos.add(() => app.end('SIGKILL'));
        await app.ready;
        if (how === 'without') await app.end('SIGKILL');
        let refused = 0;
        for (const spare of spares) {
          disk.fill(spare, 0);
          const { code, stderr } = await runCli(dataDir, 'backup', join(disk.dataDir, 'copy'));
          // With so many pages to spare it may fit.
          if (code === 0) break;
          expect([spare, code, stderr]).toEqual([spare, 2, expect.stringContaining('there is no room on the disk of')]);
          expect(existsSync(join(disk.dataDir, 'copy'))).toBe(false);
          expect(readdirSync(disk.dataDir)).toEqual(['filler']);
          disk.free(0);
          refused += 1;
        }
        expect(refused).toBeGreaterThan(2);
        disk.free(0);
        const { code, stderr } = await runCli(dataDir, 'backup', join(disk.dataDir, 'whole'));
        expect([code, stderr]).toEqual([0, '']);
        expect(entriesIn(join(disk.dataDir, 'whole', 'journal.db'))).toBe(entriesIn(join(dataDir, 'journal.db')));
        say(`backup ${how} an app onto a full disk: ${String(refused)} refused with nothing left, then one made`);
      } finally {
        await undos.all();
      }
    },
  );

  it.each(['with', 'without'] as const)(
    'of the data folder, %s a running app: is made elsewhere',
    { timeout: timeLimit(1, 30_000) },
    async (how) => {
      const undos = new Undos();
      try {
        const home = undos.folder();
        const disk = tmpfsDisk(megabytes);
        if (disk === null) throw new Error('A tmpfs could be mounted a moment ago.');
        undos.add(disk.remove);
        const dataDir = join(disk.dataDir, 'desk');
        mkdirSync(dataDir);
        const app = startApp({ dataDir });
        undos.add(() => app.end('SIGKILL'));
        await app.ready;
        disk.fill(0, 0);
        if (how === 'without') {
          await app.end('SIGKILL');
          // As when the folder was copied: SQLite has to make it anew, and can't.
          rmSync(join(dataDir, 'journal.db-shm'), { force: true });
          disk.fill(0, 0);
        }
        const { code, stderr } = await runCli(dataDir, 'backup', join(home, 'copy'));
        expect([code, stderr]).toEqual([0, '']);
        expect(entriesIn(join(home, 'copy', 'journal.db'))).toBeGreaterThan(0);
        say(`backup ${how} an app from a full disk: made`);
      } finally {
        await undos.all();
      }
    },
  );
});
