import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import sirv from 'sirv';
import { WebSocketServer } from 'ws';
import { attempt, faultsOf, guarded, logToLastGuard, type LogError } from '../../base/guard.ts';
import type { Transport } from '../../api/rpc/transport.ts';
import { StartFailure } from '../machine/startFailure.ts';
import { end, fail, hangUp } from './httpReplies.ts';
import { ownAddress, refusedRequest, wrongUpgrade } from './requestChecks.ts';
import { answerSession } from './sessionEndpoint.ts';
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
  /** URL without a launch token. */
  readonly url: string;
  /** Bound TCP port. */
  readonly port: number;
  /** A fresh link that opens the dashboard once. */
  launchUrl: () => string;
  /** Closes every WebSocket, after the replies under way have been sent. */
  endSessions: () => void;
  close: () => Promise<void>;
}

/** The WebSocket's close code: RFC 6455 leaves 4000 to 4999 to applications. */
const sessionEnded = 4001;

const host = '127.0.0.1';
/** Most connections at a time, so that one program can't use up the file descriptors that the EAs' sockets need. */
const maxConnections = 256;
/** Time limits for a request's headers and for all of it, and the interval at which they are checked, in ms. */
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
  // For example too many open files: later connections are accepted all the same.
  server.on('error', faultsOf('connection', logError));
  const authority = `${host}:${String(port)}`;
  const url = `http://${authority}`;
  const policy = contentSecurityPolicy(`ws://${authority}`);

  const refuse = (request: IncomingMessage, why: string): void => {
    options.onRefused(refusedRequest(request, why));
  };
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
      refuse(request, 'a wrong Host');
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
      refuse(request, 'an address that is none of this server');
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
    // sirv parses the address by its own rules. Ranges are not answered.
    request.url = `${address.pathname}${address.search}`;
    delete request.headers.range;
    response.once('pipe', (file: Readable) => {
      // A file that is gone or unreadable ends this response only.
      file.once('error', () => response.destroy());
    });
    files(request, response, () => {
      end(response, 404, 'There is nothing here.');
    });
  };

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const wrong = wrongUpgrade(request, authority, url, options.session);
    if (wrong !== null) {
      refuse(request, wrong.why);
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
          // Nothing would answer this client; it reconnects.
          webSocket.terminate();
          throw error;
        }
      }),
    );
  };
  server.on('upgrade', (request, socket, head) => {
    // Node doesn't listen for errors of an upgraded socket.
    socket.on('error', () => socket.destroy());
    attempt(onUpgradeFault, () => {
      try {
        upgrade(request, socket, head);
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
