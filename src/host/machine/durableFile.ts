import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** What a durable write does to a disk, each step by itself, so that a test can let any of them fail. */
export interface Disk {
  open: (path: string) => number;
  /** @returns bytes that were taken, which can be fewer */
  write: (file: number, bytes: Uint8Array, from: number) => number;
  sync: (file: number) => void;
  close: (file: number) => void;
  /** Gives a file a second name. */
  link: (path: string, name: string) => void;
  rename: (from: string, to: string) => void;
  syncFolder: (path: string) => void;
}

export const realDisk: Disk = {
  open: (path) => openSync(path, 'w'),
  write: (file, bytes, from) => writeSync(file, bytes, from),
  sync: fsyncSync,
  close: closeSync,
  link: linkSync,
  rename: renameSync,
  syncFolder: (path) => {
    // Windows opens no folders, and writes their entries by itself.
    if (process.platform === 'win32') return;
    const folder = openSync(path, 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  },
};

/**
 * Writes a whole file or nothing, over a kill and a loss of power too: a new file, flushed, takes the old one's name, and
 * the folder is flushed.
 * @param keepAs the name that the file of before goes on under; then a write that throws leaves the file as it was
 */
export function writeDurably(
  path: string,
  text: string,
  { keepAs = null, disk = realDisk }: { keepAs?: string | null; disk?: Disk } = {},
): void {
  const fresh = `${path}.new`;
  const bytes = new TextEncoder().encode(text);
  const file = disk.open(fresh);
  try {
    for (let from = 0; from < bytes.length;) {
      const taken = disk.write(file, bytes, from);
      if (taken <= 0) throw new Error('The disk takes no more bytes.');
      from += taken;
    }
    disk.sync(file);
  } finally {
    disk.close(file);
  }
  const before = keepAs !== null && existsSync(path) ? keepAs : null;
  if (before !== null) secondName(path, before, disk);
  disk.rename(fresh, path);
  try {
    disk.syncFolder(dirname(path));
  } catch (error) {
    // Nobody knows whether the new name is kept. What was told to have failed must not hold at the next start.
    if (before !== null) {
      copyFileSync(before, fresh);
      renameSync(fresh, path);
    } else if (keepAs !== null) rmSync(path, { force: true });
    throw error;
  }
}

/** Lets a file's content go on under another name, whatever becomes of the file. */
function secondName(path: string, name: string, disk: Disk): void {
  const fresh = `${name}.new`;
  rmSync(fresh, { force: true });
  try {
    disk.link(path, fresh);
  } catch (error) {
    if (!hasNoLinks(error)) throw error;
    copyFileSync(path, fresh);
    const file = openSync(fresh, 'r+');
    try {
      disk.sync(file);
    } finally {
      disk.close(file);
    }
  }
  disk.rename(fresh, name);
}

/** FAT and some network disks know no second names. */
export function hasNoLinks(error: unknown): boolean {
  return ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}
