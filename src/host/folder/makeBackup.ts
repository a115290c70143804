import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { ContractFailure } from '../../api/contractFailure.ts';
import { writeDurably } from '../machine/durableFile.ts';
import { markFiles } from './killMark.ts';
import { makeFolder } from '../machine/makeFolder.ts';

export interface BackupParts {
  dataDir: string;
  /** Folder of the marks. */
  marksDir: string;
  version: string;
  /** Epoch ms. */
  now: () => number;
  copyJournal: (source: string, target: string) => Promise<void>;
}

export interface BackupDone {
  dir: string;
  /** Its files, as paths relative to the folder. */
  files: string[];
}

/**
 * Copies journals, settings and marks into an empty folder while trading goes on. `backup.json` is written last: without it
 * the copy isn't whole.
 * @throws ContractFailure: nothing is left in the folder
 */
export async function makeBackup(dir: string, parts: BackupParts): Promise<BackupDone> {
  if (!isAbsolute(dir)) throw refused(`${dir} is no whole path.`, 'Name the folder from the root of the disk on.');
  const target = resolve(dir);
  const inside = relative(parts.dataDir, target);
  if (inside === '' || (!inside.startsWith('..') && !isAbsolute(inside))) {
    throw refused(`${target} is in the data folder itself.`, 'Choose a folder elsewhere, on another disk if you can.');
  }
  const made = prepare(target);
  try {
    return { dir: target, files: await copyAll(target, parts) };
  } catch (error) {
    clear(target, made);
    throw notMade(target, error);
  }
}

/** @returns whether the folder was made for it */
function prepare(target: string): boolean {
  try {
    const known = statSync(target, { throwIfNoEntry: false });
    if (known === undefined) {
      makeFolder(target, 0o700);
      return true;
    }
    if (!known.isDirectory()) throw refused(`${target} is a file.`, 'Name a folder that is empty or not there yet.');
    if (readdirSync(target).length === 0) return false;
  } catch (error) {
    throw notMade(target, error);
  }
  throw refused(`${target} is not empty.`, 'Name a folder that is empty or not there yet.');
}

async function copyAll(
  target: string,
  { dataDir, marksDir, version, now, copyJournal }: BackupParts,
): Promise<string[]> {
  const files: string[] = [];
  const at = now();
  for (const journal of ['journal.db', join('paper', 'journal.db')]) {
    const source = join(dataDir, journal);
    if (!existsSync(source)) continue;
    makeFolder(join(target, journal, '..'), 0o700);
    await copyJournal(source, join(target, journal));
    files.push(journal);
  }
  for (const name of ['config.json', 'config.json.bak']) {
    if (!existsSync(join(dataDir, name))) continue;
    writeDurably(join(target, name), readFileSync(join(dataDir, name), 'utf8'));
    files.push(name);
  }
  mkdirSync(join(target, 'marks'), { mode: 0o700 });
  for (const name of markFiles(marksDir, dataDir)) {
    copyFileSync(join(marksDir, name), join(target, 'marks', name));
    files.push(join('marks', name));
  }
  writeDurably(join(target, 'backup.json'), `${JSON.stringify({ at, from: dataDir, version, files }, null, 2)}\n`);
  return [...files, 'backup.json'];
}

/** Removes an incomplete copy. The folder was empty, so that everything in it belongs to the copy. */
function clear(target: string, made: boolean): void {
  for (const name of readdirSync(target)) rmSync(join(target, name), { recursive: true, force: true });
  if (made) rmSync(target, { recursive: true, force: true });
}

function refused(what: string, next: string): ContractFailure {
  return new ContractFailure({ code: 'not_possible', message: `No backup was made: ${what} ${next}` });
}

function notMade(target: string, error: unknown): ContractFailure {
  if (error instanceof ContractFailure) return error;
  const why = error instanceof Error ? error.message : String(error);
  if (/ENOSPC|EDQUOT|SQLITE_FULL|disk is full|no space|takes no more bytes/i.test(why)) {
    return refused(`there is no room on the disk of ${target}.`, 'Make room, or choose another disk.');
  }
  if (/malformed|not a database|damaged/i.test(why)) {
    const next = 'Copy the data folder as it is, then start the desk: it sets a damaged journal aside and says so.';
    return refused(`the journal can't be copied: ${why.replace(/\.$/, '')}.`, next);
  }
  return refused(`${target} can't be written: ${why.replace(/\.$/, '')}.`, 'Choose a folder that you may write to.');
}
