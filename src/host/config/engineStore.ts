import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { EngineStore, StoredEngine } from '../../controller/ports/stores.ts';

/** Engines in the settings. Of a token, 256 random bits, the hash alone is kept; guessing it is hopeless, so the hash is a plain one. */
export function engineStore(
  load: () => readonly StoredEngine[],
  save: (engines: readonly StoredEngine[]) => void,
): EngineStore {
  return {
    load: () => [...load()],
    save,
    newToken: () => {
      const token = randomBytes(32).toString('base64url');
      return { token, hash: hashOf(token).toString('hex') };
    },
    matches: (token, hash) => timingSafeEqual(hashOf(token), Buffer.from(hash, 'hex')),
  };
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
