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

/** Disk operations of a durable write, one function a step, so that a test can let each of them fail. */
export interface Disk {
  open: (path: string) => number;
  /** @returns bytes written, which can be fewer than given */
  write: (file: number, bytes: Uint8Array, from: number) => number;
  sync: (file: number) => void;
  close: (file: number) => void;
  /** Makes a hard link. */
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
    // Windows can't open a folder for fsync; it flushes folder entries by itself.
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
 * Replaces a file atomically and durably, also over a kill or a loss of power: writes a new file, flushes it, renames it over
 * the old one and flushes the folder. ADR 030 says why no library does it.
 * @param keepAs name under which the former file is kept; with it, a write that throws leaves the file unchanged
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
    // The rename may not be durable. A save that is reported as failed must not be in force at the next start.
    if (before !== null) {
      copyFileSync(before, fresh);
      renameSync(fresh, path);
    } else if (keepAs !== null) rmSync(path, { force: true });
    throw error;
  }
}

/** Keeps a file under a second name: a hard link, or a copy where there are none. */
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

/** Whether an error means that the file system has no hard links, as FAT and some network disks. */
export function hasNoLinks(error: unknown): boolean {
  return ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}
