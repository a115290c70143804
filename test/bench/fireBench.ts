import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Pull, Push } from 'zeromq';
import type { Journal } from '../../src/controller/ports.ts';
import { memoryJournal } from '../../src/journal/memoryJournal.ts';
import { openSqliteJournal } from '../../src/journal/sqliteJournal.ts';
import type { OrderState } from '../../src/protocol/order.ts';
import { run } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';
import { openBenchApp } from './benchApp.ts';

const warmUp = 500;
const rounds = 3_000;

/** Milliseconds of one exchange after the other, after a warm-up. */
async function timed(exchange: (round: number) => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < warmUp + rounds; round += 1) {
    const from = performance.now();
    await exchange(round);
    if (round >= warmUp) times.push(performance.now() - from);
  }
  return times;
}

/** A bare zeromq.js echo: PUSH to a peer, its PUSH back. */
async function bareEcho(): Promise<number[]> {
  const push = new Push();
  const pull = new Pull();
  await push.bind('tcp://127.0.0.1:*');
  await pull.bind('tcp://127.0.0.1:*');
  const peer = run(['test/bench/echoPeer.ts', push.lastEndpoint ?? '', pull.lastEndpoint ?? '', 'echo']);
  const text =
    '{"type":"signal","action":"buy","symbol":"XAUUSD","lot":0.1,"tp":40,"sl":20,"signal_id":"BENCH_0000000"}';
  const times = await timed(async () => {
    await push.send(text);
    await pull.receive();
  });
  await peer.end('SIGKILL');
  push.close();
  pull.close();
  return times;
}

/** A call of `fire` at a client of the contract, until the event that the order is filled reaches that client. */
async function fireToResult(journal: Journal): Promise<number[]> {
  const app = await openBenchApp(journal);
  const { command, feedback } = app.link.endpoints;
  const peer = run(['test/bench/echoPeer.ts', command, feedback, 'ea']);
  let awaited: { signalId: string; resolve: (state: OrderState) => void } | null = null;
  app.client.follow(({ event }) => {
    if (event.type !== 'order' || event.order.state === 'sent' || event.order.signalId !== awaited?.signalId) return;
    awaited.resolve(event.order.state);
  });
  await until(() => app.controller.bridge('main').state().obstacle === null, 'the bench EA is ready');
  const times = await timed(async (round) => {
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
  });
  await peer.end('SIGKILL');
  await app.stop();
  return times;
}

/** A bare durable commit of one row as long as an order's, in WAL mode with `synchronous=FULL`. */
async function bareCommit(dataDir: string): Promise<number[]> {
  const db = new Database(join(dataDir, 'bare.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE entries (seq INTEGER PRIMARY KEY, body TEXT NOT NULL)');
  const insert = db.prepare('INSERT INTO entries (body) VALUES (?)');
  const body = 'x'.repeat(600);
  const times = await timed(() => {
    insert.run(body);
    return Promise.resolve();
  });
  db.close();
  return times;
}

const folder = tempDir();
const times = await measure(process.argv[2] ?? '', folder.path);
folder.remove();
process.stdout.write(JSON.stringify(times));
process.exit();

function measure(what: string, dataDir: string): Promise<number[]> {
  switch (what) {
    case 'echo':
      return bareEcho();
    case 'commit':
      return bareCommit(dataDir);
    case 'memory':
      return fireToResult(memoryJournal());
    default:
      return fireToResult(openSqliteJournal({ dataDir, now: Date.now, onTrouble: throwTrouble }).journal);
  }
}

function throwTrouble(sentence: string, error?: unknown): never {
  throw new Error(sentence, { cause: error });
}
