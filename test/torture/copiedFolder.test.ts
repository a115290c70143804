import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openJournal, type HostJournal } from '../../src/host/folder/openJournal.ts';
import { Undos } from './appHarness.ts';
import { say, timeLimit, times } from './faults.ts';
import { leftBehind } from './started.ts';

afterAll(() => {
  expect(leftBehind()).toEqual([]);
});

const copies = times(6, 2_000);

let undos: Undos;
let home: string;
beforeEach(() => {
  undos = new Undos();
  home = undos.folder();
  vi.stubEnv('XDG_STATE_HOME', join(home, 'state'));
  vi.stubEnv('LOCALAPPDATA', join(home, 'state'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await undos.all();
});

const row = {
  at: 1,
  entry: { type: 'armed', bridge: 'main', armed: false, by: 'app', why: 'x'.repeat(2_000) },
} as const;

async function look<Found>(dataDir: string, use: (opened: HostJournal) => Found): Promise<Found> {
  const opened = openJournal({ dataDir, workerUrl: undefined, logError: () => undefined });
  try {
    return use(opened);
  } finally {
    await opened.close();
  }
}

describe('a data folder that is copied while its app writes', () => {
  it(
    `is known for a copy, elsewhere and put back in its place, ${String(copies)} times`,
    { timeout: timeLimit(copies, 5_000) },
    async () => {
      const dataDir = join(home, 'desk');
      const copy = join(home, 'copy');
      let written = 0;
      for (let count = 0; count < copies; count += 1) {
        rmSync(dataDir, { recursive: true, force: true });
        rmSync(copy, { recursive: true, force: true });
        // Each of a folder of its own: what a start finds must not come from the one before.
        rmSync(join(home, 'state'), { recursive: true, force: true });
        mkdirSync(dataDir);
        const opened = openJournal({ dataDir, workerUrl: undefined, logError: () => undefined });
        const rows = 1 + Math.floor(Math.random() * 600);
        for (let each = 0; each < rows; each += 1) opened.journal.write([row]);
        cpSync(dataDir, copy, { recursive: true });
        // One order more, and the process is gone.
        opened.journal.write([row]);
        written += rows + 1;
        const elsewhere = join(home, 'elsewhere');
        rmSync(elsewhere, { recursive: true, force: true });
        cpSync(copy, elsewhere, { recursive: true });
        expect(await look(elsewhere, ({ warning }) => warning?.code)).toMatch(/^(restored_copy|journal_set_aside)$/);
        // Its marks stay as a killed process leaves them.
        cpSync(join(home, 'state'), join(home, 'state of a killed one'), { recursive: true });
        await opened.close();
        rmSync(join(home, 'state'), { recursive: true });
        cpSync(join(home, 'state of a killed one'), join(home, 'state'), { recursive: true });
        rmSync(join(home, 'state of a killed one'), { recursive: true });
        rmSync(dataDir, { recursive: true });
        cpSync(copy, dataDir, { recursive: true });
        const found = await look(dataDir, ({ warning, killMark }) => [warning?.code, killMark.found !== null]);
        expect([
          ['restored_copy', true],
          ['journal_set_aside', false],
        ]).toContainEqual(found);
      }
      say(`copies of a folder while ${String(written)} rows were written: ${String(copies)}, 0 taken for the original`);
    },
  );
});
