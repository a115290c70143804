import { createHash, randomBytes } from 'node:crypto';
import type { FeedSettings } from '../../src/api/state/engines.ts';
import type { Unsubscribe } from '../../src/base/unsubscribe.ts';
import type { EngineStore, FeedListener, FeedStore, StoredEngine } from '../../src/controller/ports/stores.ts';

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

/** Feeds that the test speaks for. */
export class FakeFeeds implements FeedStore {
  kept: readonly FeedSettings[] = [];
  readonly listeners = new Map<string, FeedListener>();

  load(): FeedSettings[] {
    return [...this.kept];
  }

  save(feeds: readonly FeedSettings[]): void {
    this.kept = feeds;
  }

  listen({ name }: FeedSettings, listener: FeedListener): Unsubscribe {
    this.listeners.set(name, listener);
    return () => {
      this.listeners.delete(name);
    };
  }
}

/** What a controller has of engines where a test or a bench is about something else. */
export const noEngines = {
  engines: memoryEngines(),
  feeds: new FakeFeeds(),
  publication: { hasSubscribers: false, publish: (): void => undefined },
};
