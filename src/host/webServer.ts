import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import sirv from 'sirv';
import { WebSocketServer } from 'ws';
import type { Transport } from '../api/transport.ts';
import { StartFailure } from './startFailure.ts';
import { contentSecurityPolicy } from './contentSecurityPolicy.ts';
import type { WebSession } from './webSession.ts';
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
}

export interface WebServer {
  /** Without a launch token. */
  readonly url: string;
  /** The TCP port that it has. */
  readonly port: number;
  /** A fresh link that opens the dashboard once. */
  launchUrl: () => string;
  close: () => Promise<void>;
}

const host = '127.0.0.1';
const maxPayload = 64 * 1024;
const maxBodyBytes = 1024;

/**
 * Serves the dashboard to this machine's browsers by ARCHITECTURE rule 10: loopback alone, exact Host and Origin, a
 * cookie for the WebSocket, nothing changed by a GET.
 * @throws StartFailure when the port can't be had
 */
export async function openWebServer(options: WebServerOptions): Promise<WebServer> {
  const files = sirv(options.rendererDir, { etag: true, dev: false });
  const sockets = new WebSocketServer({ noServer: true, maxPayload });
  const server = createServer((request, response) => {
    handle(request, response);
  });
  const port = await listen(server, options.port);
  const authority = `${host}:${String(port)}`;
  const url = `http://${authority}`;
  const policy = contentSecurityPolicy(`ws://${authority}`);

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
    const { pathname } = new URL(request.url ?? '/', url);
    if (pathname === '/session') {
      answerSession(request, response, url, options);
    } else if (request.method === 'GET' || request.method === 'HEAD') {
      response.setHeader('Cache-Control', pathname.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache');
      files(request, response, () => {
        end(response, 404, 'There is nothing here.');
      });
    } else {
      end(response, 405, 'Only GET is answered here.');
    }
  };

  server.on('upgrade', (request, socket, head) => {
    const wrong = wrongUpgrade(request, authority, url, options.session);
    if (wrong !== null) {
      refuse(options, request, wrong.why);
      hangUp(socket, wrong.status);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      options.serve(webSocketTransport(webSocket));
    });
  });

  return {
    url,
    port: Number(new URL(url).port),
    launchUrl: () => `${url}/?launch=${options.session.newLaunchToken()}`,
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
  request.on('data', (chunk: string) => {
    body += chunk;
    if (body.length > maxBodyBytes) request.destroy();
  });
  request.on('end', () => {
    const cookie = options.session.redeem(body);
    if (cookie === null) {
      refuse(options, request, 'a launch token that is wrong, used or too old');
      end(response, 401, 'This link was used or is too old.');
      return;
    }
    response.setHeader('Set-Cookie', cookie);
    response.writeHead(204).end();
  });
}

function wrongUpgrade(
  request: IncomingMessage,
  authority: string,
  url: string,
  session: WebSession,
): { status: string; why: string } | null {
  if (request.headers.host !== authority) return { status: '421 Misdirected Request', why: 'a wrong Host' };
  if (request.headers.origin !== url) return { status: '403 Forbidden', why: 'a wrong Origin' };
  if (new URL(request.url ?? '/', url).pathname !== '/ws') return { status: '404 Not Found', why: 'a wrong path' };
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

function hangUp(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
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
