import { setTimeout as wait } from 'node:timers/promises';
import type { Journal } from '../../src/controller/ports/journal.ts';
import { memoryJournal } from '../../src/journal/memory/memoryJournal.ts';
import { openSqliteJournal } from '../../src/journal/sqliteJournal.ts';
import { run } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';
import { openCommit, openEcho } from './bareParts.ts';
import { openBenchApp } from './benchApp.ts';
import type { OrderState } from '../../src/domain/orders/order.ts';

const warmUp = 500;
const rounds = 3_000;
/** Orders that come one by one, as they do in a trader's day: by then the journal has written all of the last one. */
const pauseMs = 4;
let paced = false;

type Exchange = (round: number) => Promise<void>;

/** Times in ms, as JSON on standard output: of each exchange by its name. */
type Times = Record<string, number[]>;

/**
 * Exchanges in turns, after a warm-up. In a loop of its own a bare echo finds every thread and cache awake: 0.12 ms where one
 * that comes after 0.15 ms of other work takes 0.25. An order always comes after other work, so what it is compared with does too.
 */
async function timed(exchanges: Record<string, Exchange>): Promise<Times> {
  const times: Times = Object.fromEntries(Object.keys(exchanges).map((name) => [name, []]));
  for (let round = 0; round < warmUp + rounds; round += 1) {
    for (const [name, exchange] of Object.entries(exchanges)) {
      if (paced) await wait(pauseMs);
      const from = performance.now();
      await exchange(round);
      if (round >= warmUp) times[name]?.push(performance.now() - from);
    }
  }
  return times;
}

async function echoAlone(): Promise<Times> {
  const echo = await openEcho();
  const times = await timed({ echo: echo.exchange });
  await echo.close();
  return times;
}

function commitAlone(dataDir: string): Promise<Times> {
  const commit = openCommit(dataDir);
  return timed({
    commit: () => {
      commit();
      return Promise.resolve();
    },
  });
}

/**
 * A call of `fire` at a client of the contract, until the event that the order is filled reaches that client; and in turns with
 * it what no order can do without, bare. @param commit of a row; null: there is no disk in it
 */
async function orderBesideBare(journal: Journal, commit: (() => void) | null): Promise<Times> {
  const app = await openBenchApp(journal);
  const { command, feedback } = app.link.endpoints;
  const peer = run(['test/bench/echoPeer.ts', command, feedback, 'ea'], { stdin: 'pipe' });
  let awaited: { signalId: string; resolve: (state: OrderState) => void } | null = null;
  app.client.follow(({ event }) => {
    if (event.type !== 'order' || event.order.state === 'sent' || event.order.signalId !== awaited?.signalId) return;
    awaited.resolve(event.order.state);
  });
  await until(() => app.controller.bridge('main').state().obstacle === null, 'the bench EA is ready');
  const order = async (round: number): Promise<void> => {
    const signalId = `BENCH_${String(round)}`;
    const settled = new Promise<OrderState>((resolve) => (awaited = { signalId, resolve }));
    await app.client.call('fire', {
      bridge: 'main',
      action: 'buy',
      symbol: 'XAUUSD',
      lot: 0.1,
      sl: 20,
      tp: 40,
      signalId,
    });
    const state = await settled;
    if (state !== 'filled') throw new Error(`Order ${signalId} is ${state}.`);
  };
  const echo = await openEcho();
  const bare = async (): Promise<void> => {
    commit?.();
    await echo.exchange();
  };
  const times = await timed({ order, bare });
  await echo.close();
  await peer.end('SIGKILL');
  await app.stop();
  // Before its folder is removed: its worker would find none.
  await journal.close();
  return times;
}

const folder = tempDir();
const [what = '', pace] = (process.argv[2] ?? '').split(' ');
paced = pace === 'paced';
const times = await measure(what, folder.path);
folder.remove();
process.stdout.write(JSON.stringify(times), () => process.exit());

function measure(subject: string, dataDir: string): Promise<Times> {
  switch (subject) {
    case 'echo':
      return echoAlone();
    case 'commit':
      return commitAlone(dataDir);
    case 'memory':
      return orderBesideBare(memoryJournal(), null);
    default: {
      const { journal } = openSqliteJournal({ dataDir, now: Date.now, logError: throwError });
      return orderBesideBare(journal, openCommit(dataDir));
    }
  }
}

function throwError(sentence: string, error?: unknown): never {
  throw new Error(sentence, { cause: error });
}
