import { createStore } from 'zustand/vanilla';
import type { ApiClient } from '../../src/api/rpc/connectApi.ts';
import type { OrderRef } from '../../src/domain/orders/orderRef.ts';
import type { AppState } from '../../src/api/state/state.ts';

/**
 * `lost`: it was open, and reconnection is being tried. `link_used` and `session_ended`: this browser needs a fresh
 * link.
 */
export type Connection = 'connecting' | 'open' | 'lost' | 'link_used' | 'session_ended';

/** Banner of the window: a request that failed. */
interface Banner {
  title: string;
  text: string;
}

/** A change of a position or pending order that a person began, and has to confirm. */
export interface AskedChange {
  bridge: string;
  what: 'close' | 'stops' | 'pending' | 'cancel';
  /** Number of the position or pending order. */
  ticket: string;
  by: 'pointer' | 'key' | 'shortcut';
  /** Where a stop was dragged to; left out: nowhere. */
  stops?: { sl?: number; tp?: number };
}

export interface AppStore {
  connection: Connection;
  /** Null while there is no connection. */
  client: ApiClient | null;
  /** The last known state; null before the first connection. */
  app: AppState | null;
  /** The app's clock minus this machine's, in ms. */
  clockOffset: number;
  /** The bridge that a person has chosen; null: the best one. */
  chosenBridge: string | null;
  /** Shown until it is dismissed or the next call succeeds. */
  banner: Banner | null;
  /** The order in the drawer. */
  shownOrder: OrderRef | null;
  /** The change whose dialog is open. */
  askedChange: AskedChange | null;
  /** The order of the last change that was sent. */
  lastChange: OrderRef | null;
  /** The bridge whose connection check is open. */
  checking: string | null;
  /** The bridge whose account rules are open; null: none. */
  openRules: string | null;
  /** The bridge whose settings are open, and at which part; null: at the beginning. */
  openSettings: { bridge: string; at: 'limits' | 'symbols' | null } | null;
  /** The bridge for which the desk's own EA is being installed. */
  installingEa: string | null;
  /** The engine or feed being added, or the engine whose limits are open. */
  openEngine: { kind: 'add' } | { kind: 'addFeed' } | { kind: 'edit'; name: string } | null;
}

export const appStore = createStore<AppStore>(() => ({
  connection: 'connecting',
  client: null,
  app: null,
  clockOffset: 0,
  chosenBridge: null,
  banner: null,
  shownOrder: null,
  askedChange: null,
  lastChange: null,
  checking: null,
  openRules: null,
  openSettings: null,
  installingEa: null,
  openEngine: null,
}));
