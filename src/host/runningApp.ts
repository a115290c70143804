import type { LogError } from '../base/guard.ts';
import type { Unsubscribe } from '../base/unsubscribe.ts';
import type { Caller } from '../api/rpc/serveApi.ts';
import type { Transport } from '../api/rpc/transport.ts';
import type { LaunchPaper } from './bridges/paperBridge.ts';
import type { Guarded } from './machine/lastGuard.ts';
import type { Log } from './machine/log.ts';
import type { DesktopPort } from './servers/desktopPort.ts';

/** Parts that differ between the desktop app and `serve`. */
export interface Shell {
  launchPaper: LaunchPaper;
  /** The built history worker, where the sources can't be run. */
  journalWorker?: URL;
  /** The built renderer, for browsers. */
  rendererDir: string;
  /** Folder of the EA's files that come with the desk, with `Experts` and `Include`. */
  eaDir: string;
  /** Desktop: the web server starts when somebody asks for a link. */
  webServer: 'at start' | 'when asked';
  /** Functions of the desktop app only. */
  desktop?: DesktopPort;
  /** Prints one sentence for the person who started the app. */
  say: (sentence: string) => void;
}

/** The line by which other programs learn that the app is ready (ARCHITECTURE, commands). */
export interface ReadyLine {
  event: 'ready';
  version: string;
  pid: number;
  dashboard: string | null;
  dataDir: string;
  /** Null: started with --no-gateway. */
  gateway: string | null;
  publish: string | null;
  bridges: { id: string; command: string; telemetry: string; feedback: string }[];
}

export interface RunningApp {
  ready: ReadyLine;
  /** Serves the contract to one more peer. */
  serve: (transport: Transport, caller: Caller) => Unsubscribe;
  log: Log;
  /** Records bugs, those of the shell too. */
  logError: LogError;
  /** For the last guard of the process. */
  guarded: Guarded;
  stop: () => Promise<void>;
}
