import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';

/** Suffixes of SQLite's files and of the mark that damage was found while the app ran. The database comes first. */
const suffixes = ['', '-wal', '-shm', '-journal', '-damaged'];

/**
 * Renames a damaged journal with all of its files to `journal-damaged-<UTC time>.db…` in the same folder. Nothing is
 * deleted or overwritten.
 * @param now epoch ms
 * @returns the new name of the database
 */
export function setAside(dataDir: string, name: string, now: number): string {
  const time = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
  const freeName = (count: number): string => {
    const candidate = `journal-damaged-${time}${count === 1 ? '' : `-${String(count)}`}.db`;
    const taken = suffixes.some((suffix) => existsSync(join(dataDir, candidate + suffix)));
    return taken ? freeName(count + 1) : candidate;
  };
  const newName = freeName(1);
  for (const suffix of suffixes) {
    const from = join(dataDir, name + suffix);
    if (existsSync(from)) renameSync(from, join(dataDir, newName + suffix));
  }
  return newName;
}
