import type { EngineHalt, EngineMode, EngineSettings, FeedSettings } from '../../api/state/engines.ts';
import type { Unsubscribe } from '../../base/unsubscribe.ts';

/** An engine as stored. */
export interface StoredEngine {
  name: string;
  /** Hash of its token, which is not stored itself. */
  tokenHash: string;
  addedAt: number;
  halted: EngineHalt | null;
  /** Mode to return to when a person resumes it; null: not paused. */
  pausedFrom: Exclude<EngineMode, 'paused'> | null;
  settings: EngineSettings;
}

/** Storage of engines, and their tokens. */
export interface EngineStore {
  load(): StoredEngine[];
  /**
   * Written when it returns.
   * @throws Error: nothing is written
   */
  save(engines: readonly StoredEngine[]): void;
  newToken(): { token: string; hash: string };
  /** Compares in constant time. */
  matches(token: string, hash: string): boolean;
}

/** Storage of feeds, and subscriptions to them. */
export interface FeedStore {
  load(): FeedSettings[];
  /**
   * Written when it returns.
   * @throws Error: nothing is written
   */
  save(feeds: readonly FeedSettings[]): void;
  /**
   * Subscribes to a feed.
   * @returns ends the subscription
   */
  listen(feed: FeedSettings, listener: FeedListener): Unsubscribe;
}

export interface FeedListener {
  frame(bytes: Uint8Array): void;
  connected(is: boolean): void;
}

/** Publication for other programs. */
export interface Publication {
  /** Whether anybody subscribes. */
  readonly hasSubscribers: boolean;
  /** Publishes one JSON object. */
  publish(text: string): void;
}

/** SHA-256 of a text in UTF-8. */
export type Sha256 = (text: string) => Uint8Array;

/** Cryptographic random bytes. */
export type RandomBytes = (count: number) => Uint8Array;
