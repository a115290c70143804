import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { marksDir, readMark } from '../../src/host/folder/folderMark.ts';
import { openJournal, type HostJournal } from '../../src/host/folder/openJournal.ts';
import type { OpenedJournal, SqliteJournalOptions } from '../../src/journal/sqliteJournal.ts';
import { tempDir } from '../support/tempDir.ts';

const broken = vi.hoisted(() => ({ lastSeq: false }));
vi.mock(import('../../src/journal/sqliteJournal.ts'), async (original) => {
  const { openSqliteJournal, ...others } = await original();
  const open = (options: SqliteJournalOptions): OpenedJournal => {
    const opened = openSqliteJournal(options);
    const lastSeq = (): number => {
      if (broken.lastSeq) throw new Error('can not be read');
      return opened.lastSeq();
    };
    return { ...opened, lastSeq };
  };
  return { ...others, openSqliteJournal: open };
});

let dataDir: string;
const opened: HostJournal[] = [];
beforeEach(() => {
  const { path } = tempDir();
  dataDir = path;
  const state = tempDir().path;
  vi.stubEnv('XDG_STATE_HOME', state);
  vi.stubEnv('LOCALAPPDATA', state);
  broken.lastSeq = false;
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

function open(): HostJournal {
  const journal = openJournal({ dataDir, workerUrl: undefined, logError: () => undefined });
  opened.push(journal);
  return journal;
}
const marks = (ending: string): string[] => readdirSync(marksDir()).filter((name) => name.endsWith(ending));
const mark = () => readMark(marksDir(), marks('.json')[0]?.slice(0, 16) ?? '');
const row = { at: 1, entry: { type: 'armed', bridge: 'main', armed: false, by: 'app', why: null } } as const;

it('follows each commit, and no commit of figures', () => {
  const { journal } = open();
  journal.write([row, row]);
  expect(mark()?.seq).toBe(2);
  journal.write([row]);
  expect(mark()?.seq).toBe(3);
  journal.write([{ at: 1, entry: { type: 'remember', key: 'k', value: 1 } }]);
  expect(mark()?.seq).toBe(3);
});

it('is never less than what a start found, also where the last number can not be read', async () => {
  const first = open();
  first.journal.write([row, row]);
  await first.close();
  opened.splice(0);
  for (const name of marks('.last')) writeFileSync(join(marksDir(), name), '');
  broken.lastSeq = true;
  open();
  expect(mark()?.seq).toBe(2);
});

it('vouches for nothing where its last number is no number', () => {
  open().journal.write([row]);
  for (const name of marks('.last')) {
    expect(readFileSync(join(marksDir(), name), 'utf8')).toMatch(/^\d{16}$/);
    writeFileSync(join(marksDir(), name), 'x'.repeat(16));
  }
  expect(mark()).toBeNull();
});

it('tells a copy whatever the clock says, and no original', async () => {
  const first = open();
  first.journal.write([row]);
  const copy = join(tempDir().path, 'copy');
  cpSync(dataDir, copy, { recursive: true });
  first.journal.write([row]);
  await first.close();
  opened.splice(0);
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 400 * 86_400_000);
  const again = open();
  expect(again.warning).toBeNull();
  await again.close();
  opened.splice(0);
  rmSync(dataDir, { recursive: true });
  cpSync(copy, dataDir, { recursive: true });
  expect(open().warning?.code).toBe('restored_copy');
});
