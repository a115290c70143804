import type { Transport } from '../../src/api/transport.ts';
import { electronTransport } from './electronTransport.ts';
import { openWebSocketTransport } from './webSocketTransport.ts';

/** The app turned this browser away: it needs a fresh link. */
export class NotAdmitted extends Error {}

/** Connects to the app, whatever the shell. */
export async function openTransport(): Promise<Transport> {
  if (globalThis.bittenDesk !== undefined) return electronTransport(globalThis.bittenDesk);
  await redeemLaunchToken();
  const { host } = globalThis.location;
  try {
    return await openWebSocketTransport(`ws://${host}/ws`);
  } catch (error) {
    const admitted = await fetch('/session').then(
      (response) => response.ok,
      () => null,
    );
    throw admitted === false ? new NotAdmitted() : error;
  }
}

/** Trades the link's token for a cookie and takes it out of the address. */
async function redeemLaunchToken(): Promise<void> {
  const launch = new URLSearchParams(globalThis.location.search).get('launch');
  if (launch === null) return;
  // A used token is no failure: the cookie from its first use may still be good.
  await fetch('/session', { method: 'POST', body: launch });
  globalThis.history.replaceState(null, '', globalThis.location.pathname);
}
