import type { EngineHalt, EngineMode, EngineSettings, FeedSettings } from '../../api/state/engines.ts';
import type { Unsubscribe } from '../../base/unsubscribe.ts';

/** An engine as it is kept between starts. */
export interface StoredEngine {
  name: string;
  /** Of its token, which is not kept. */
  tokenHash: string;
  addedAt: number;
  halted: EngineHalt | null;
  /** The mode that it goes on in when a person resumes it; null: it is not paused. */
  pausedFrom: Exclude<EngineMode, 'paused'> | null;
  settings: EngineSettings;
}

/** Where engines are kept, and their tokens are made and compared. */
export interface EngineStore {
  load(): StoredEngine[];
  /** Written when it returns. @throws Error: nothing is, then */
  save(engines: readonly StoredEngine[]): void;
  newToken(): { token: string; hash: string };
  /** Takes the same time whatever the token. */
  matches(token: string, hash: string): boolean;
}

/** The feeds that are listened to, over restarts. */
export interface FeedStore {
  load(): FeedSettings[];
  /** Written when it returns. @throws Error: nothing is, then */
  save(feeds: readonly FeedSettings[]): void;
  /** Connects to a feed, and listens until the undo is called. */
  listen(feed: FeedSettings, listener: FeedListener): Unsubscribe;
}

export interface FeedListener {
  frame(bytes: Uint8Array): void;
  connected(is: boolean): void;
}

/** Where what happens is published for other programs. */
export interface Publication {
  /** Whether anybody listens. */
  readonly hasSubscribers: boolean;
  /** One JSON object. */
  publish(text: string): void;
}

/** SHA-256 of a text in UTF-8. */
export type Sha256 = (text: string) => Uint8Array;

/** Cryptographic random bytes. */
export type RandomBytes = (count: number) => Uint8Array;
