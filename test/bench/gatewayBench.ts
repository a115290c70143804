import { join } from 'node:path';
import { Pull, Push } from 'zeromq';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { defaultEngineSettings } from '../../src/api/state/engines.ts';
import { openGateway } from '../../src/gateway/openGateway.ts';
import { openPublisher } from '../../src/gateway/openPublisher.ts';
import { openSqliteJournal } from '../../src/journal/sqliteJournal.ts';
import { memoryEngines } from '../support/memoryEngines.ts';
import { run } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';
import { openBenchApp } from './benchApp.ts';

// The gateway's figures. argv: "bare", "fire", "many <seconds>" or "telemetry <seconds>"

const rounds = 1_500;
const warmUp = 300;
const folder = tempDir();

/** The whole core with gateway, re-publication and a durable journal; an engine that may do everything. */
async function openApp(bridges: number, mostUnanswered: number) {
  const logError = (sentence: string, error?: unknown): never => {
    throw new Error(sentence, { cause: error });
  };
  const gateway = await openGateway(0, logError);
  const publisher = await openPublisher(0);
  const { journal } = openSqliteJournal({ dataDir: folder.path, now: Date.now, logError });
  const app = await openBenchApp(
    journal,
    { command: 'push', feedback: 'push' },
    {
      bridges,
      mostUnanswered,
      engines: memoryEngines(),
      publication: publisher,
    },
  );
  const open = { mode: 'auto', maxLot: null, tradesPerMinute: null, tradesPerDay: null, haltAfter: null } as const;
  const token = app.controller.signals.addEngine('BENCH', { ...defaultEngineSettings, ...open }, 'ticket');
  gateway.serve(app.controller.signals);
  const ready = () =>
    until(
      () => app.controller.snapshot().state.bridges.every(({ obstacle }) => obstacle === null),
      'every bridge is ready',
      30_000,
    );
  return {
    app,
    gateway: gateway.endpoint,
    publish: publisher.endpoint,
    hasSubscribers: () => publisher.hasSubscribers,
    token,
    ready,
  };
}

/** What no order of an engine can do without: a message to the app and back, a commit, a message to the EA and back. */
async function bare(): Promise<number[]> {
  const db = new Database(join(folder.path, 'bare.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE entries (seq INTEGER PRIMARY KEY, body TEXT NOT NULL)');
  const insert = db.prepare('INSERT INTO entries (body) VALUES (?)');
  const { echo, end } = await openEcho();
  const times: number[] = [];
  for (let round = 0; round < warmUp + rounds; round += 1) {
    await wait(4);
    const from = performance.now();
    await echo();
    insert.run('x'.repeat(600));
    await echo();
    if (round >= warmUp) times.push(performance.now() - from);
  }
  await end();
  return times;
}

async function openEcho(): Promise<{ echo: () => Promise<void>; end: () => Promise<unknown> }> {
  const push = new Push();
  const pull = new Pull();
  await push.bind('tcp://127.0.0.1:*');
  await pull.bind('tcp://127.0.0.1:*');
  const peer = run(['test/bench/echoPeer.ts', push.lastEndpoint ?? '', pull.lastEndpoint ?? '', 'echo'], {
    stdin: 'pipe',
  });
  const text =
    '{"type":"signal","action":"buy","symbol":"XAUUSD","lot":0.1,"tp":40,"sl":20,"signal_id":"BENCH_0000000"}';
  return {
    echo: async () => {
      await push.send(text);
      await pull.receive();
    },
    end: () => peer.end('SIGKILL'),
  };
}

/** From an engine's request to its result, in ms. */
async function fire(): Promise<number[]> {
  const { app, gateway, token, ready } = await openApp(1, 1);
  const { command, feedback } = app.link.endpoints;
  const ea = run(['test/bench/echoPeer.ts', command, feedback, 'ea'], { stdin: 'pipe' });
  await ready();
  const engine = run(['test/bench/enginePeer.ts', gateway, token, 'paced', String(warmUp + rounds)]);
  const { code, stdout, stderr } = await engine.finished;
  await ea.end('SIGKILL');
  await app.stop();
  if (code !== 0) throw new Error(stderr);
  return (JSON.parse(stdout) as number[]).slice(warmUp);
}

/** 1,000 signals a second through the gateway to 8 EAs on 8 bridges. */
async function many(seconds: number): Promise<object> {
  const bridges = 8;
  const { app, gateway, token, ready } = await openApp(bridges, 1_000);
  const commands = app.links.map(({ endpoints }) => endpoints.command).join(',');
  const feedbacks = app.links.map(({ endpoints }) => endpoints.feedback).join(',');
  const ea = run(['test/bench/echoPeer.ts', commands, feedbacks, 'ea'], { stdin: 'pipe' });
  await ready();
  const engine = run(['test/bench/enginePeer.ts', gateway, token, 'rate', '1000', String(seconds), String(bridges)]);
  const { code, stdout, stderr } = await engine.finished;
  ea.child.stdin?.end();
  const got = JSON.parse((await ea.finished).stdout) as string[][];
  await app.stop();
  if (code !== 0) throw new Error(stderr);
  const told = JSON.parse(stdout) as {
    wanted: number;
    answered: number;
    twice: number;
    misrouted: number;
    kinds: object;
    tookS: number;
  };
  const atEas = got.flat();
  const misrouted = got.flatMap((ids, bridge) => ids.filter((id) => Number(id.split('_')[1]) % bridges !== bridge));
  return {
    ...told,
    lost: told.wanted - new Set(atEas).size,
    misrouted: told.misrouted + misrouted.length,
    twice: told.twice + atEas.length - new Set(atEas).size,
  };
}

/** 50,000 messages a second of telemetry on one bridge, published again, while an engine fires. */
async function telemetry(seconds: number): Promise<object> {
  const { app, gateway, publish, hasSubscribers, token, ready } = await openApp(1, 1);
  const { command, feedback } = app.link.endpoints;
  const counter = run(['test/bench/countingPeer.ts', publish], { stdin: 'pipe' });
  await until(hasSubscribers, 'the subscriber listens');
  const ea = run(['test/bench/busyPeer.ts', command, feedback, '50000'], { stdin: 'pipe' });
  await ready();
  const before = app.controller.bridge('main').wire.count;
  const from = performance.now();
  const times: number[] = [];
  // One order every 20 ms or so, for as long as the flood lasts.
  const engine = run(['test/bench/enginePeer.ts', gateway, token, 'paced', String(Math.round(seconds * 30))]);
  const { code, stdout, stderr } = await engine.finished;
  if (code !== 0) throw new Error(stderr);
  times.push(...(JSON.parse(stdout) as number[]));
  await wait(Math.max(0, seconds * 1_000 - (performance.now() - from)));
  const tookS = (performance.now() - from) / 1_000;
  const rate = (app.controller.bridge('main').wire.count - before) / tookS;
  ea.child.stdin?.end();
  const sent = Number((await ea.finished).stdout);
  const received = () => app.controller.bridge('main').wire.count;
  await until(() => received() >= sent, 'everything has come', 20_000).catch(() => undefined);
  await wait(1_000);
  counter.child.stdin?.end();
  const published = JSON.parse((await counter.finished).stdout) as { frames: number };
  await app.stop();
  return { times, rate, sent, published: published.frames };
}

const [what = '', seconds = '60'] = (process.argv[2] ?? '').split(' ');
const result = await measure();
folder.remove();
process.stdout.write(JSON.stringify(result), () => process.exit());

function measure(): Promise<object> {
  switch (what) {
    case 'bare':
      return bare();
    case 'fire':
      return fire();
    case 'many':
      return many(Number(seconds));
    default:
      return telemetry(Number(seconds));
  }
}
