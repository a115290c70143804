import type { WebServer } from './webServer.ts';

export interface LazyWebServer {
  get: () => Promise<WebServer>;
  /** Its TCP port, once it runs. */
  port: () => number[];
  /** Cuts off every browser that is connected. */
  endSessions: () => void;
  close: () => Promise<void>;
}

/** Opens the web server at the first `get`; a failed opening is tried again at the next. */
export function lazyWebServer(open: () => Promise<WebServer>): LazyWebServer {
  let opened: Promise<WebServer> | null = null;
  let running: WebServer | null = null;
  let ports: number[] = [];
  return {
    get: () =>
      (opened ??= open().then(
        (server) => {
          ports = [server.port];
          running = server;
          return server;
        },
        (error: unknown) => {
          // The port can be free at the next `get`.
          opened = null;
          throw error;
        },
      )),
    port: () => ports,
    endSessions: () => {
      running?.endSessions();
    },
    close: async () => {
      await (await opened)?.close();
    },
  };
}
