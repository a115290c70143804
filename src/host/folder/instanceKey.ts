import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasNoLinks } from '../machine/durableFile.ts';
import { StartFailure } from '../machine/startFailure.ts';

// A secret in the data folder, which its owner alone can read (0600; on Windows as the user's own folder is). Who has it is
// of the same user. It is never sent: each side proves that it has it, over what both have thrown in.

const fileName = 'instance.key';
const shape = /^[\w-]{43}$/;

/** @throws where there is none, or it can't be read */
export function readInstanceKey(dataDir: string): string {
  const path = join(dataDir, fileName);
  const text = readFileSync(path, 'utf8').trim();
  if (!shape.test(text)) throw new StartFailure(`${path} is damaged: delete it while BITTEN Desk is not running.`);
  return text;
}

/**
 * The key of a data folder, made where there is none.
 * @throws StartFailure where it can't be read
 */
export function openInstanceKey(dataDir: string): string {
  const key = randomBytes(32).toString('base64url');
  const path = join(dataDir, fileName);
  const fresh = `${path}.${String(process.pid)}`;
  try {
    // It gets its name when it is whole: a disk that is full, or a kill, would leave one that no start can read.
    writeFileSync(fresh, `${key}\n`, { mode: 0o600 });
    nameOnce(fresh, path);
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readInstanceKey(dataDir);
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** @throws Error with the code EEXIST where there is one of this name */
function nameOnce(fresh: string, path: string): void {
  try {
    linkSync(fresh, path);
  } catch (error) {
    if (!hasNoLinks(error)) throw error;
    writeFileSync(path, readFileSync(fresh), { flag: 'wx', mode: 0o600 });
  }
}

/** The next start makes a new one. Called while the instance's lock is held. */
export function removeInstanceKey(dataDir: string): void {
  rmSync(join(dataDir, fileName), { force: true });
}

/** A part of a name that only who has the key can know beforehand. */
export function secretName(key: string): string {
  return createHash('sha256').update(`name ${key}`).digest('hex').slice(0, 32);
}

/** Of one side of a connection. @param nonces of the client, then of the server */
export function proofOf(key: string, side: 'client' | 'server', nonces: readonly [string, string]): string {
  return createHmac('sha256', key)
    .update(JSON.stringify([side, ...nonces]))
    .digest('base64url');
}

/** Takes the same time whatever was offered. */
export function sameProof(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
