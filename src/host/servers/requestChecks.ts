import type { IncomingMessage } from 'node:http';
import type { WebSession } from './webSession.ts';

/** The URL that a request is for; null: none of this server. */
export function ownAddress(address = '', url: string): URL | null {
  if (!address.startsWith('/') && !address.startsWith(`${url}/`)) return null;
  const parsed = URL.parse(address, url);
  return parsed?.origin === url ? parsed : null;
}

/** Why an upgrade to a WebSocket is refused: wrong Host, Origin, address, path or cookie; null: it is not. */
export function wrongUpgrade(
  request: IncomingMessage,
  authority: string,
  url: string,
  session: WebSession,
): { status: string; why: string } | null {
  if (request.headers.host !== authority) return { status: '421 Misdirected Request', why: 'a wrong Host' };
  if (request.headers.origin !== url) return { status: '403 Forbidden', why: 'a wrong Origin' };
  const address = ownAddress(request.url, url);
  if (address === null) return { status: '400 Bad Request', why: 'an address that is none of this server' };
  if (address.pathname !== '/ws') return { status: '404 Not Found', why: 'a wrong path' };
  if (!session.admits(request.headers.cookie)) return { status: '401 Unauthorized', why: 'no valid cookie' };
  return null;
}

/** One sentence for the log about a request that was refused. */
export function refusedRequest(request: IncomingMessage, why: string): string {
  const what = request.headers.upgrade === undefined ? 'web request' : 'WebSocket client';
  return `A ${what} from ${request.socket.remoteAddress ?? 'nowhere'} was turned away for ${why}.`;
}
