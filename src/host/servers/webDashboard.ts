import type { Transport } from '../../api/rpc/transport.ts';
import type { LogError } from '../../base/guard.ts';
import type { Log } from '../machine/log.ts';
import { systemClock } from '../machine/systemClock.ts';
import { lazyWebServer } from './lazyWebServer.ts';
import { openWebServer } from './webServer.ts';
import { WebSession } from './webSession.ts';

export interface WebDashboardOptions {
  /** False: there is no web server. */
  isOn: boolean;
  /** 0 takes a free port. */
  port: number;
  /** The built renderer. */
  rendererDir: string;
  /** Name of the data folder's instance. */
  instance: string;
  serve: (transport: Transport) => void;
  log: Pick<Log, 'info' | 'warn'>;
  logError: LogError;
}

/** The dashboard in this machine's browsers. */
export interface WebDashboard {
  /** A fresh link that opens it once; null: there is no web server. Opens the server if need be. @throws StartFailure */
  link: () => Promise<string | null>;
  /** The web server's TCP port, once it runs. */
  port: () => number[];
  /** Invalidates every cookie and link given out so far, and cuts off every browser. */
  endSessions: () => void;
  close: () => Promise<void>;
}

/** Makes the dashboard's sessions and its web server, which opens at the first link. */
export function webDashboard(options: WebDashboardOptions): WebDashboard {
  const { instance, isOn, log, logError, port, rendererDir, serve } = options;
  const session = new WebSession(instance, () => systemClock.monotonic());
  const onRefused = (sentence: string): void => {
    log.warn(sentence);
  };
  const web = lazyWebServer(() => openWebServer({ port, rendererDir, session, serve, onRefused, logError }));
  return {
    link: async () => (isOn ? (await web.get()).launchUrl() : null),
    port: web.port,
    endSessions: () => {
      session.endAll();
      web.endSessions();
      log.info('The web sessions were ended.');
    },
    close: web.close,
  };
}
