import { createHash, randomBytes } from 'node:crypto';
import type { EngineStore, StoredEngine } from '../../src/controller/ports.ts';

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Engines that are kept for as long as the store. */
export function memoryEngines(): EngineStore {
  let kept: readonly StoredEngine[] = [];
  return {
    load: () => [...kept],
    save: (engines) => {
      kept = engines;
    },
    newToken: () => {
      const token = randomBytes(32).toString('base64url');
      return { token, hash: hashOf(token) };
    },
    matches: (token, hash) => hashOf(token) === hash,
  };
}

/** What a controller has of engines where a test or a bench is about something else. */
export const noEngines = {
  engines: memoryEngines(),
  publication: { heard: false, publish: (): void => undefined },
};
