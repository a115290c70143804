import type { Transport } from '../../src/api/rpc/transport.ts';
import { electronTransport } from './electronTransport.ts';
import { openWebSocketTransport } from './webSocketTransport.ts';

/** The app refused this browser: it needs a fresh link. */
export class NotAdmitted extends Error {
  /** Whether the browser came with a link. */
  readonly withLink: boolean;

  constructor(withLink: boolean) {
    super('This browser needs a fresh link.');
    this.name = 'NotAdmitted';
    this.withLink = withLink;
  }
}

/** Whether this browser's cookie is valid; null: the app doesn't answer. */
export async function isAdmitted(): Promise<boolean | null> {
  try {
    return (await fetch('/session')).ok;
  } catch {
    // The app isn't running; it may be back at the next try.
    return null;
  }
}

/** Connects to the app, under any shell. */
export async function openTransport(): Promise<Transport> {
  if (globalThis.bittenDesk !== undefined) return electronTransport(globalThis.bittenDesk);
  const withLink = await redeemLaunchToken();
  const { host } = globalThis.location;
  try {
    return await openWebSocketTransport(`ws://${host}/ws`);
  } catch (error) {
    throw (await isAdmitted()) === false ? new NotAdmitted(withLink) : error;
  }
}

/** Trades the link's token for a cookie and takes it out of the address. @returns whether there was one */
async function redeemLaunchToken(): Promise<boolean> {
  const launch = new URLSearchParams(globalThis.location.search).get('launch');
  if (launch === null) return false;
  // A used token is no failure: the cookie from its first use may still be good.
  await fetch('/session', { method: 'POST', body: launch });
  globalThis.history.replaceState(null, '', globalThis.location.pathname);
  return true;
}
