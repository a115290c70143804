import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir } from '../support/tempDir.ts';

/** A data folder whose disk can be full. */
export interface SmallDisk {
  dataDir: string;
  /** From now on writes fail, after so many pages of 4096 bytes. @param pid of the app */
  fill: (sparePages: number, pid: number) => void;
  /** There is room again. */
  free: (pid: number) => void;
  remove: () => void;
}

const page = 4_096;

/** A folder on a tmpfs of its own, filled up by a file beside the data: SQLite meets ENOSPC. Null where mounting is not allowed. */
export function tmpfsDisk(megabytes: number): SmallDisk | null {
  if (process.platform !== 'linux') return null;
  const { path, remove } = tempDir();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${String(megabytes)}m`, 'bitten-test', path]);
  if (mounted.status !== 0) {
    remove();
    return null;
  }
  const filler = join(path, 'filler');
  return {
    dataDir: path,
    fill: (sparePages) => {
      const file = openSync(filler, 'a');
      try {
        for (const size of [256 * page, page]) while (canWrite(file, size));
        ftruncateSync(file, Math.max(0, statSync(filler).size - sparePages * page));
      } finally {
        closeSync(file);
      }
    },
    free: () => {
      rmSync(filler, { force: true });
    },
    remove: () => {
      execFileSync('umount', ['--lazy', path]);
      remove();
    },
  };
}

function canWrite(file: number, size: number): boolean {
  try {
    // A short write is a full disk too.
    return writeSync(file, Buffer.alloc(size)) === size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false;
    throw error;
  }
}

/**
 * An ordinary folder, whose app may not write beyond a size of file: SQLite meets an input/output error. With pages to
 * spare the WAL may grow by them, and SQLite can help itself by beginning a new one; with none, nothing can be written.
 * Null without prlimit.
 */
export function limitedDisk(): SmallDisk | null {
  if (process.platform !== 'linux' || spawnSync('prlimit', ['--version']).status !== 0) return null;
  const { path, remove } = tempDir();
  const limit = (pid: number, bytes: number | 'unlimited'): void => {
    execFileSync('prlimit', ['--pid', String(pid), `--fsize=${String(bytes)}:unlimited`]);
  };
  const walSize = (): number => statSync(join(path, 'journal.db-wal'), { throwIfNoEntry: false })?.size ?? 0;
  return {
    dataDir: path,
    fill: (sparePages, pid) => {
      limit(pid, sparePages === 0 ? 0 : walSize() + sparePages * page);
    },
    free: (pid) => {
      limit(pid, 'unlimited');
    },
    remove,
  };
}
