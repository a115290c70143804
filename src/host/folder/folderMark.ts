import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import type { JournalIdentity } from '../../journal/file/journalIdentity.ts';
import { writeDurably } from '../machine/durableFile.ts';
import { comparablePath } from './dataFolder.ts';
import { readLastNumber } from './lastNumber.ts';
import { makeFolder } from '../machine/makeFolder.ts';

// ARCHITECTURE rule 8: a mark outside of the data folder tells a restored copy, which knows nothing of the orders
// that were sent after it was made.

/** `epoch`: the count of starts that EAs are told (N1); 0: of an earlier version. */
const markSchema = z.object({
  path: z.string(),
  generation: z.number(),
  seq: z.number(),
  epoch: z.number().default(0),
});
export type FolderMark = z.infer<typeof markSchema>;

/** Folder for the marks of all data folders of this user. */
export function marksDir(env: NodeJS.ProcessEnv = process.env): string {
  switch (process.platform) {
    case 'win32':
      return join(fullPath(env['LOCALAPPDATA']) ?? join(homedir(), 'AppData', 'Local'), 'BITTEN Desk', 'marks');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'BITTEN Desk marks');
    default:
      return join(fullPath(env['XDG_STATE_HOME']) ?? join(homedir(), '.local', 'state'), 'bitten-desk', 'marks');
  }
}

/** An absolute path, else null: a relative one would depend on the folder that the desk is started from. */
function fullPath(path: string | undefined): string | null {
  return path !== undefined && isAbsolute(path) ? path : null;
}

/**
 * Why the journal in a folder is not the one that this machine wrote last, as the end of a sentence; null when it is.
 * @param identity as the journal had it before this start
 */
export function findCopy(
  path: string,
  identity: JournalIdentity,
  mark: FolderMark | null,
  platform: NodeJS.Platform = process.platform,
): string | null {
  if (mark === null) {
    return identity.generation === 0 ? null : 'it was written on another machine, or by another user.';
  }
  if (comparablePath(mark.path, platform) !== comparablePath(path, platform))
    return `it is a copy of the one in ${mark.path}.`;
  if (identity.generation < mark.generation || identity.seq < mark.seq) {
    return 'it was restored from an older copy: orders sent since then are missing in it.';
  }
  return null;
}

export function readMark(dir: string, instance: string): FolderMark | null {
  try {
    const mark = markSchema.parse(JSON.parse(readFileSync(join(dir, `${instance}.json`), 'utf8')));
    const last = readLastNumber(dir, instance);
    return last === null ? null : { ...mark, seq: Math.max(mark.seq, last) };
  } catch {
    // A missing and an unreadable mark count the same: nothing vouches for this folder.
    return null;
  }
}

export function writeMark(dir: string, instance: string, mark: FolderMark): void {
  makeFolder(dir, 0o700);
  writeDurably(join(dir, `${instance}.json`), JSON.stringify(mark));
}
