import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { connectApi, type ApiClient } from '../../src/api/rpc/connectApi.ts';
import type { AppState, BridgeState } from '../../src/api/state/state.ts';
import { connectControlSocket } from '../../src/host/servers/controlSocket.ts';
import { dataFolder } from '../../src/host/folder/dataFolder.ts';
import type { ReadyLine } from '../../src/host/runningApp.ts';
import { openSqliteJournal, type OpenedJournal } from '../../src/journal/sqliteJournal.ts';
import { freePort } from '../support/freePort.ts';
import { openLimits } from '../support/openLimits.ts';
import { run, type Running } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';
import type { LedgerSignal } from './ledger.ts';
import { started } from './started.ts';

/** What a test has started or made, undone in reverse. */
export class Undos {
  private readonly undos: (() => unknown)[] = [];

  add(undo: () => unknown): void {
    this.undos.push(undo);
  }

  async all(): Promise<void> {
    for (const undo of this.undos.splice(0).reverse()) await undo();
  }

  folder(): string {
    const { path, remove } = tempDir();
    this.add(remove);
    return path;
  }
}

export interface Ports {
  command: number;
  telemetry: number;
}

/** Two ports that stay free while nothing is bound to them. */
export async function fixedPorts(): Promise<Ports> {
  return { command: await freePort(), telemetry: await freePort() };
}

export function endpointsOf({ command, telemetry }: Ports): { command: string; telemetry: string } {
  return { command: `tcp://127.0.0.1:${String(command)}`, telemetry: `tcp://127.0.0.1:${String(telemetry)}` };
}

/** No limits: these tests are about what becomes of orders, not about whether they may leave. */
export function writeOpenConfig(dataDir: string): void {
  writeFileSync(join(dataDir, 'config.json'), JSON.stringify({ bridge: { limits: openLimits } }));
}

export interface StartedApp extends Running {
  /** Epoch ms, before its process was there. */
  startedAt: number;
  /** The ready line; fails when the process ends without one. */
  ready: Promise<ReadyLine>;
  /** A client of its own, over the control socket. */
  connect: () => Promise<ApiClient>;
}

export interface AppStart {
  dataDir: string;
  /** Free ones, when left out. */
  ports?: Ports;
  flags?: string[];
  env?: NodeJS.ProcessEnv;
}

export function startApp({
  dataDir,
  ports = { command: 0, telemetry: 0 },
  flags = [],
  env = {},
}: AppStart): StartedApp {
  const startedAt = Date.now();
  const running = run(
    [
      'test/torture/serveApp.ts',
      ...['--data-dir', dataDir, '--no-http', '--gateway-port', '0', '--publish-port', '0'],
      ...['--command-port', String(ports.command), '--telemetry-port', String(ports.telemetry), ...flags],
    ],
    { env },
  );
  started(running.child);
  return {
    ...running,
    startedAt,
    ready: firstLine(running),
    connect: async () => connectApi(await connectControlSocket(dataFolder(dataDir, { create: false }))),
  };
}

function firstLine(running: Running): Promise<ReadyLine> {
  const ready = new Promise<ReadyLine>((resolve, reject) => {
    running.child.stdout?.on('data', () => {
      const [line = '', ...rest] = running.output.stdout.split('\n');
      if (rest.length > 0) resolve(JSON.parse(line) as ReadyLine);
    });
    running.finished.then(({ code, stderr }) => {
      reject(new Error(`The app ended with code ${String(code)} before it was ready:\n${stderr}`));
    }, reject);
  });
  // Who kills it before it is ready doesn't wait for this.
  ready.catch(() => undefined);
  return ready;
}

/** A running app that was killed says nothing of how it ended; one that ended by itself has failed. */
export function wasKilled({ child }: Running): boolean {
  return child.signalCode === 'SIGKILL';
}

export function mainBridge({ state }: { state: Pick<AppState, 'bridges'> }): BridgeState {
  const bridge = state.bridges.find(({ id }) => id === 'main');
  if (bridge === undefined) throw new Error('There is no bridge main.');
  return bridge;
}

/** Waits until nothing but the switch "Armed" is between a wish and the wire, and switches it on. */
export async function armWhenCurrent(client: ApiClient): Promise<void> {
  await until(
    async () => {
      const { stream, account } = mainBridge(await client.call('snapshot', null));
      return stream === 'current' && account.login !== null && account.equity !== null;
    },
    'the EA has caught up and named its account',
    20_000,
  );
  await client.call('arm', { bridge: 'main' });
  await untilTradable(client);
}

/** Says what stood in the way when it gives up. */
export async function untilTradable(client: ApiClient): Promise<void> {
  try {
    await until(async () => mainBridge(await client.call('snapshot', null)).obstacle === null, 'trading is possible');
  } catch (error) {
    const { state } = await client.call('snapshot', null);
    const { obstacle, armed, stream, channels, commandProved } = mainBridge({ state });
    const alarms = state.alarms.map(({ code, text, at }) => ({ code, text, at }));
    throw new Error(JSON.stringify({ obstacle, armed, stream, channels, commandProved, alarms }, null, 2), {
      cause: error,
    });
  }
}

/** The journal of an app that has ended. */
export async function withJournal<Result>(
  dataDir: string,
  use: (opened: OpenedJournal) => Result | Promise<Result>,
): Promise<Result> {
  const loggedErrors: string[] = [];
  const opened = openSqliteJournal({ dataDir, now: Date.now, logError: (sentence) => loggedErrors.push(sentence) });
  try {
    if (opened.setAside !== null) throw new Error(`The journal was damaged, and set aside as ${opened.setAside}.`);
    return await use(opened);
  } finally {
    await opened.journal.close();
  }
}

/**
 * The IDs that reached the EA before they were written down: without a row of the same bytes that is as old or older.
 * A row that a result brought afterwards is none.
 */
export function unwritten(dataDir: string, ledger: readonly LedgerSignal[]): string[] {
  const db = new Database(join(dataDir, 'journal.db'), { readonly: true });
  try {
    const rows = db
      .prepare<[], { id: string; at: number; frame: Buffer }>(
        "SELECT signal_id AS id, at, frame FROM entries WHERE type = 'order' AND frame IS NOT NULL",
      )
      .all();
    const written = new Map(rows.map(({ id, at, frame }) => [`${id} ${frame.toString()}`, at]));
    return ledger
      .filter(({ at, signalId, frame }) => !((written.get(`${signalId} ${frame}`) ?? Infinity) <= at))
      .map(({ signalId }) => signalId);
  } finally {
    db.close();
  }
}
