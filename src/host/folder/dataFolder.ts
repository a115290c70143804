import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeFolder } from '../machine/makeFolder.ts';

/** Default data folder of this user, the same for every shell. */
export function defaultDataDir(env: NodeJS.ProcessEnv = process.env): string {
  switch (process.platform) {
    case 'win32':
      return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'BITTEN Desk');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'BITTEN Desk');
    default:
      return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'bitten-desk');
  }
}

/** A data folder and the names derived from it. */
export interface DataFolder {
  path: string;
  /** Eight hexadecimal digits that tell this folder's instance from others on the machine. */
  instance: string;
  /** The control socket: a Unix socket, or a named pipe on Windows. */
  controlPath: string;
  /** A name that the operating system lets one process hold at a time, and frees when it dies. */
  lockPath: string | null;
}

/** Unix sockets' paths end at 107 bytes. */
const maxSocketPath = 100;

export function dataFolder(dir: string, { create }: { create: boolean }): DataFolder {
  if (create) makeFolder(dir, 0o700);
  const path = realpathOrSame(resolve(dir));
  const instance = createHash('sha256').update(comparablePath(path)).digest('hex').slice(0, 8);
  if (process.platform === 'win32') {
    const pipe = `\\\\.\\pipe\\bitten-desk-${instance}`;
    return { path, instance, controlPath: pipe, lockPath: `${pipe}-lock` };
  }
  const inFolder = join(path, 'control.sock');
  const controlPath = inFolder.length <= maxSocketPath ? inFolder : join(tmpdir(), `bitten-desk-${instance}.sock`);
  // Linux's abstract sockets leave no file behind, so a crash can't leave a stale lock.
  return {
    path,
    instance,
    controlPath,
    lockPath: process.platform === 'linux' ? `\0bitten-desk-lock-${instance}` : null,
  };
}

/** A path for comparing: in lower case on Windows, which ignores case. */
export function comparablePath(path: string, platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? path.toLowerCase() : path;
}

function realpathOrSame(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
