import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasNoLinks } from '../machine/durableFile.ts';
import { StartFailure } from '../machine/startFailure.ts';

// A secret in the data folder, readable by its owner alone (0600; on Windows as the user's own folder is). Knowing it proves
// to be the same user. It is never sent: each side proves to know it by a MAC over the nonces of both.

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
 * Reads the key of a data folder, or makes one.
 * @throws StartFailure when it can't be read
 */
export function openInstanceKey(dataDir: string): string {
  const key = randomBytes(32).toString('base64url');
  const path = join(dataDir, fileName);
  const fresh = `${path}.${String(process.pid)}`;
  try {
    // Named only when complete: a full disk or a kill would leave a key that no start can read.
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

/** Removes the key; the next start makes a new one. Call it while the instance's lock is held. */
export function removeInstanceKey(dataDir: string): void {
  rmSync(join(dataDir, fileName), { force: true });
}

/** A part of a name that can be predicted only with the key. */
export function secretName(key: string): string {
  return createHash('sha256').update(`name ${key}`).digest('hex').slice(0, 32);
}

/** Proof of one side of a connection that it has the key. @param nonces of the client, then of the server */
export function proofOf(key: string, side: 'client' | 'server', nonces: readonly [string, string]): string {
  return createHmac('sha256', key)
    .update(JSON.stringify([side, ...nonces]))
    .digest('base64url');
}

/** Compares in constant time. */
export function sameProof(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
