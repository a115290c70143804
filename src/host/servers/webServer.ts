import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import sirv from 'sirv';
import { WebSocketServer } from 'ws';
import { attempt, faultsOf, guarded, logToLastGuard, type OnFault, type LogError } from '../../base/guard.ts';
import type { Transport } from '../../api/rpc/transport.ts';
import { StartFailure } from '../machine/startFailure.ts';
import { contentSecurityPolicy } from './contentSecurityPolicy.ts';
import type { WebSession } from './webSession.ts';
import { messageBytes } from './messageBytes.ts';
import { webSocketTransport } from './webSocketTransport.ts';

export interface WebServerOptions {
  /** 0 takes a free port. */
  port: number;
  /** The built renderer. */
  rendererDir: string;
  session: WebSession;
  serve: (transport: Transport) => void;
  /** One sentence about a request that was turned away. */
  onRefused: (sentence: string) => void;
  /** One sentence about a bug met while a request was answered. */
  logError?: LogError;
}

export interface WebServer {
  /** Without a launch token. */
  readonly url: string;
  /** The TCP port that it has. */
  readonly port: number;
  /** A fresh link that opens the dashboard once. */
  launchUrl: () => string;
  /** Cuts off every client, once the answers that are on their way have been sent. */
  endSessions: () => void;
  close: () => Promise<void>;
}

/** The WebSocket's close code: RFC 6455 leaves 4000 to 4999 to applications. */
const sessionEnded = 4001;

const host = '127.0.0.1';
const maxBodyBytes = 1024;
/** Clients that are connected at a time, so that one program can't take the files that the EAs' sockets need. */
const maxConnections = 256;
/** A request must be whole after so long, in ms. */
const patience = { headers: 10_000, request: 15_000, looksEvery: 5_000 };

/**
 * Serves the dashboard to this machine's browsers by ARCHITECTURE rule 10: loopback alone, exact Host and Origin, a
 * cookie for the WebSocket, nothing changed by a GET.
 * @throws StartFailure when the port can't be had
 */
export async function openWebServer(options: WebServerOptions): Promise<WebServer> {
  const logError = options.logError ?? logToLastGuard;
  const onHttpFault = faultsOf('http', logError);
  const onUpgradeFault = faultsOf('upgrade', logError);
  const onMessageFault = faultsOf('web message', logError);
  const files = sirv(options.rendererDir, { etag: true, dev: false });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: messageBytes.cutOff });
  const server = createServer(
    {
      headersTimeout: patience.headers,
      requestTimeout: patience.request,
      connectionsCheckingInterval: patience.looksEvery,
    },
    (request, response) => {
      attempt(onHttpFault, () => {
        answerOrFail(request, response);
      });
    },
  );
  server.maxConnections = maxConnections;
  const port = await listen(server, options.port);
  // Too many open files, for example: the next one that knocks is let in all the same.
  server.on('error', faultsOf('connection', logError));
  const authority = `${host}:${String(port)}`;
  const url = `http://${authority}`;
  const policy = contentSecurityPolicy(`ws://${authority}`);

  const answerOrFail = (request: IncomingMessage, response: ServerResponse): void => {
    try {
      handle(request, response);
    } catch (error) {
      fail(response);
      throw error;
    }
  };
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    if (request.headers.host !== authority) {
      refuse(options, request, 'a wrong Host');
      end(response, 421, `Open the dashboard at ${url}.`);
      return;
    }
    response.setHeader('Content-Security-Policy', policy);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    const address = ownAddress(request.url, url);
    if (address === null) {
      refuse(options, request, 'an address that is none of this server');
      end(response, 400, `This is no address of the dashboard. Open it at ${url}.`);
      return;
    }
    const { pathname } = address;
    if (pathname === '/session') {
      answerSession(request, response, url, options, onHttpFault);
    } else if (request.method === 'GET' || request.method === 'HEAD') {
      response.setHeader('Cache-Control', pathname.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache');
      answerFile(request, response, address);
    } else {
      end(response, 405, 'Only GET is answered here.');
    }
  };
  const answerFile = (request: IncomingMessage, response: ServerResponse, address: URL): void => {
    // The library reads the address by its own rules; parts of a file are of no use here.
    request.url = `${address.pathname}${address.search}`;
    delete request.headers.range;
    response.once('pipe', (file: Readable) => {
      // A file that is gone or can't be read costs this answer alone.
      file.once('error', () => response.destroy());
    });
    files(request, response, () => {
      end(response, 404, 'There is nothing here.');
    });
  };

  const knock = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const wrong = wrongUpgrade(request, authority, url, options.session);
    if (wrong !== null) {
      refuse(options, request, wrong.why);
      hangUp(socket, wrong.status);
      return;
    }
    sockets.handleUpgrade(
      request,
      socket,
      head,
      guarded(onUpgradeFault, (webSocket) => {
        try {
          options.serve(webSocketTransport(webSocket, onMessageFault));
        } catch (error) {
          // Nobody would ever answer it: it comes again.
          webSocket.terminate();
          throw error;
        }
      }),
    );
  };
  server.on('upgrade', (request, socket, head) => {
    // Node listens no more to what goes wrong with this connection.
    socket.on('error', () => socket.destroy());
    attempt(onUpgradeFault, () => {
      try {
        knock(request, socket, head);
      } catch (error) {
        socket.destroy();
        throw error;
      }
    });
  });

  return {
    url,
    port: Number(new URL(url).port),
    launchUrl: () => `${url}/?launch=${options.session.newLaunchToken()}`,
    endSessions: () => {
      const open = [...sockets.clients];
      setImmediate(() => {
        for (const client of open) client.close(sessionEnded, 'The sessions were ended.');
      });
    },
    close: () =>
      new Promise((done) => {
        for (const client of sockets.clients) client.terminate();
        server.close(() => {
          done();
        });
        server.closeAllConnections();
      }),
  };
}

/** GET tells whether the cookie is good; POST trades a launch token for one. */
function answerSession(
  request: IncomingMessage,
  response: ServerResponse,
  url: string,
  options: WebServerOptions,
  onFault: OnFault,
): void {
  if (request.method === 'GET') {
    response.writeHead(options.session.admits(request.headers.cookie) ? 204 : 401).end();
    return;
  }
  if (request.method !== 'POST') {
    end(response, 405, 'Only GET and POST are answered here.');
    return;
  }
  if (request.headers.origin !== url) {
    refuse(options, request, 'a wrong Origin');
    end(response, 403, 'This page may not open a session.');
    return;
  }
  let body = '';
  request.setEncoding('utf8');
  request.on('error', () => response.destroy());
  request.on('data', (chunk: string) => {
    body += chunk;
    if (body.length > maxBodyBytes) request.destroy();
  });
  request.on(
    'end',
    guarded(
      (error) => {
        fail(response);
        onFault(error);
      },
      () => {
        const cookie = options.session.redeem(body);
        if (cookie === null) {
          refuse(options, request, 'a launch token that is wrong, used or too old');
          end(response, 401, 'This link was used or is too old.');
          return;
        }
        response.setHeader('Set-Cookie', cookie);
        response.writeHead(204).end();
      },
    ),
  );
}

/** Where a request goes; null: to no address of this server, or to none at all. */
function ownAddress(address = '', url: string): URL | null {
  if (!address.startsWith('/') && !address.startsWith(`${url}/`)) return null;
  const parsed = URL.parse(address, url);
  return parsed?.origin === url ? parsed : null;
}

function wrongUpgrade(
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

function refuse(options: WebServerOptions, request: IncomingMessage, why: string): void {
  const what = request.headers.upgrade === undefined ? 'web request' : 'WebSocket client';
  options.onRefused(`A ${what} from ${request.socket.remoteAddress ?? 'nowhere'} was turned away for ${why}.`);
}

function end(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`);
}

/** What a client hears of a bug behind its request. */
function fail(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else end(response, 500, 'This request could not be answered because of a bug; the log says why.');
}

function hangUp(socket: Duplex, status: string): void {
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const address = `${host}:${String(port)}`;
      const reason =
        error.code === 'EADDRINUSE' ? 'is in use by another program' : `can't be had (${error.code ?? error.message})`;
      reject(
        new StartFailure(
          `Port ${address} for the dashboard ${reason}. Choose another with --http-port, or none with --no-http.`,
        ),
      );
    });
    server.listen(port, host, () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}
