import { Pull, Push, Router, XPublisher } from 'zeromq';
import { setTimeout as wait } from 'node:timers/promises';
import { defaultEngineSettings } from '../../src/api/state/engines.ts';
import { openGateway } from '../../src/gateway/openGateway.ts';
import { openPublication } from '../../src/gateway/openPublication.ts';
import { openSqliteJournal } from '../../src/journal/sqliteJournal.ts';
import { memoryEngines } from '../support/memoryEngines.ts';
import { drain } from '../../src/zmq/drain.ts';
import { eachMessage } from '../../src/zmq/eachMessage.ts';
import { run } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';
import { openCommit, openEcho } from './bareParts.ts';
import { openBenchApp } from './benchApp.ts';

// The gateway's figures. argv: "bare", "fire", "many <seconds>", "telemetry <seconds>" or "bareTelemetry <seconds>"

const rounds = 1_500;
const warmUp = 300;
/** Orders beside a flood before the first that counts: the desk takes the first two seconds for a backlog (W16). */
const floodWarmUp = 60;
const folder = tempDir();

/** The whole core with gateway, re-publication and a durable journal; an engine that may do everything. */
async function openApp(bridges: number, mostUnanswered: number) {
  const logError = (sentence: string, error?: unknown): never => {
    throw new Error(sentence, { cause: error });
  };
  const gateway = await openGateway(0, logError);
  const publication = await openPublication(0);
  const { journal } = openSqliteJournal({ dataDir: folder.path, now: Date.now, logError });
  const app = await openBenchApp(
    journal,
    { command: 'push', feedback: 'push' },
    {
      bridges,
      mostUnanswered,
      engines: memoryEngines(),
      publication,
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
  const stop = async (): Promise<void> => {
    await app.stop();
    // Before its folder is removed: its worker would find none.
    await journal.close();
  };
  return {
    app,
    stop,
    gateway: gateway.endpoint,
    publish: publication.endpoint,
    hasSubscribers: () => publication.hasSubscribers,
    token,
    ready,
  };
}

/** What no order of an engine can do without: a message to the app and back, a commit, a message to the EA and back. */
async function bare(): Promise<number[]> {
  const commit = openCommit(folder.path);
  const { exchange, close } = await openEcho();
  const times: number[] = [];
  for (let round = 0; round < warmUp + rounds; round += 1) {
    await wait(4);
    const from = performance.now();
    await exchange();
    commit();
    await exchange();
    if (round >= warmUp) times.push(performance.now() - from);
  }
  await close();
  return times;
}

/** From an engine's request to its result, in ms. */
async function fire(): Promise<number[]> {
  const { app, stop, gateway, token, ready } = await openApp(1, 1);
  const { command, feedback } = app.link.endpoints;
  const ea = run(['test/bench/echoPeer.ts', command, feedback, 'ea'], { stdin: 'pipe' });
  await ready();
  const engine = run(['test/bench/enginePeer.ts', gateway, token, 'paced', String(warmUp + rounds)]);
  const { code, stdout, stderr } = await engine.finished;
  await ea.end('SIGKILL');
  await stop();
  if (code !== 0) throw new Error(stderr);
  return (JSON.parse(stdout) as number[]).slice(warmUp);
}

/** 1,000 signals a second through the gateway to 8 EAs on 8 bridges. */
async function many(seconds: number): Promise<object> {
  const bridges = 8;
  const { app, stop, gateway, token, ready } = await openApp(bridges, 1_000);
  const commands = app.links.map(({ endpoints }) => endpoints.command).join(',');
  const feedbacks = app.links.map(({ endpoints }) => endpoints.feedback).join(',');
  const ea = run(['test/bench/echoPeer.ts', commands, feedbacks, 'ea'], { stdin: 'pipe' });
  await ready();
  const engine = run(['test/bench/enginePeer.ts', gateway, token, 'rate', '1000', String(seconds), String(bridges)]);
  const { code, stdout, stderr } = await engine.finished;
  ea.child.stdin?.end();
  const got = JSON.parse((await ea.finished).stdout) as string[][];
  await stop();
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
async function telemetry(seconds: number): Promise<FloodFigures> {
  const { app, stop, gateway, publish, hasSubscribers, token, ready } = await openApp(1, 1);
  const { command, feedback } = app.link.endpoints;
  const received = () => app.controller.bridge('main').wire.count;
  const figures = await besideFlood(seconds, {
    command,
    feedback,
    publish,
    gateway,
    token,
    hasSubscribers,
    ready,
    received,
  });
  await stop();
  return figures;
}

/**
 * The same by bare sockets: what comes in is published again as it is, a request is committed and goes to the EA, a result goes
 * to the engine. Nothing is parsed and nothing is checked.
 */
async function bareTelemetry(seconds: number): Promise<FloodFigures> {
  const commit = openCommit(folder.path);
  const [pull, push, router] = [new Pull(), new Push(), new Router()];
  const publisher = new XPublisher({ sendTimeout: 0, sendHighWaterMark: 50_000 });
  for (const socket of [pull, push, router, publisher]) await socket.bind('tcp://127.0.0.1:*');
  let engine: Buffer | null = null;
  let received = 0;
  const requests = eachMessage(router, async ([id, request]: Buffer[]) => {
    engine = id ?? null;
    commit();
    await push.send(request ?? '');
  });
  const frames = drain(pull, ([frame]) => {
    received += 1;
    void publisher.send(frame ?? '');
    if (engine !== null && frame?.includes('"trade_result"') === true) void router.send([engine, frame]);
  });
  const figures = await besideFlood(seconds, {
    command: push.lastEndpoint ?? '',
    feedback: pull.lastEndpoint ?? '',
    publish: publisher.lastEndpoint ?? '',
    gateway: router.lastEndpoint ?? '',
    token: '',
    hasSubscribers: () => publisher.readable,
    ready: () => Promise.resolve(),
    received: () => received,
  });
  for (const socket of [pull, push, router, publisher]) socket.close();
  await Promise.all([requests, frames]);
  return figures;
}

interface FloodFigures {
  times: number[];
  rate: number;
  sent: number;
  published: number;
}

interface Flooded {
  command: string;
  feedback: string;
  publish: string;
  gateway: string;
  token: string;
  hasSubscribers: () => boolean;
  ready: () => Promise<unknown>;
  /** Messages since the start. */
  received: () => number;
}

async function besideFlood(seconds: number, flooded: Flooded): Promise<FloodFigures> {
  const { command, feedback, publish, gateway, token, hasSubscribers, ready, received } = flooded;
  const counter = run(['test/bench/countingPeer.ts', publish], { stdin: 'pipe' });
  await until(hasSubscribers, 'the subscriber listens');
  const ea = run(['test/bench/busyPeer.ts', command, feedback, '50000'], { stdin: 'pipe' });
  await ready();
  const before = received();
  const from = performance.now();
  // One order every 20 ms or so, for as long as the flood lasts.
  const rounds = floodWarmUp + Math.round(seconds * 30);
  const engine = run(['test/bench/enginePeer.ts', gateway, token, 'paced', String(rounds)]);
  const { code, stdout, stderr } = await engine.finished;
  if (code !== 0) throw new Error(stderr);
  const times = (JSON.parse(stdout) as number[]).slice(floodWarmUp);
  await wait(Math.max(0, seconds * 1_000 - (performance.now() - from)));
  const rate = ((received() - before) / (performance.now() - from)) * 1_000;
  ea.child.stdin?.end();
  const sent = Number((await ea.finished).stdout);
  await until(() => received() >= sent, 'everything has come', 20_000).catch(() => undefined);
  await wait(1_000);
  counter.child.stdin?.end();
  const published = JSON.parse((await counter.finished).stdout) as { frames: number };
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
    case 'bareTelemetry':
      return bareTelemetry(Number(seconds));
    default:
      return telemetry(Number(seconds));
  }
}
