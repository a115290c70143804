import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EntryFault, entryPointNames, type EntryPoint } from '../../src/base/guard.ts';
import { FaultLog } from '../../src/host/machine/faultLog.ts';
import { oddities } from '../support/oddities.ts';
import * as core from './entries/core.ts';
import * as desktop from './entries/desktop.ts';
import * as servers from './entries/servers.ts';
import * as sockets from './entries/sockets.ts';
import { expectCounted, walkerOf, type Walk } from './entries/walk.ts';

// ARCHITECTURE rule 7a: whoever is called at an entry point throws each time. The process goes on, and each fault is counted.

vi.mock('electron', () => import('../support/electron/fakeElectron.ts'));

/** Every entry point, so that a new one without a walk doesn't compile. */
const walks: Record<EntryPoint, Record<string, Walk>> = {
  http: { 'requests of browsers and strangers': servers.webRequests },
  upgrade: { 'WebSocket clients that knock': servers.upgrades },
  'web message': { "browser windows' messages and their end": servers.webMessages },
  'control message': { "the command line's messages and their end": servers.controlMessages },
  'window message': { "desktop windows' messages": servers.windowMessages, 'IPC of their pages': desktop.pages },
  connection: { 'connections of the command line': servers.connections },
  gateway: { "engines' requests": sockets.gateway },
  publication: { 'subscriptions, and what goes out': sockets.publication },
  feed: { "feeds' messages and connections": sockets.feed },
  zap: { 'questions about who may connect': sockets.whoMayConnect },
  'socket event': { 'peers that come and go': sockets.socketEvents },
  frame: {
    "EAs' frames": sockets.frames,
    'frames that are acknowledged': sockets.framesToAnswer,
    'what stands beside a result': core.partsOfFrames,
  },
  command: { 'commands on their way': sockets.commands },
  timer: { 'timers of the machine': core.timers, 'the pulse': core.pulse },
  worker: { 'the thread that reads the journal': core.worker },
  follower: { 'who follows the state': core.followers },
  signal: { "engines' and feeds' signals": core.signals },
  order: { 'what follows from an order': core.orders, 'what waits for its row': core.written },
  paper: { "the paper EA's end": core.paperEnds },
  desktop: {
    "the app's events": desktop.appEvents,
    'the tray': desktop.trayClicks,
    'tray and notifications that are drawn': desktop.drawing,
    'notifications that are clicked': desktop.notificationClicks,
    "windows' events": desktop.windowEvents,
    'questions that can not be asked': desktop.questions,
  },
};

function throwing(thrown: unknown): () => never {
  return () => {
    throw thrown;
  };
}

/** As a handler that is async by mistake ends: nobody waits for it. */
const rejecting = (): never => Promise.reject(new Error('a bug')) as never;

const bugs: Record<string, () => never> = {
  'throw an error': throwing(new Error('a bug')),
  'throw nothing': throwing(undefined),
  'throw what has no text': throwing(oddities.find(([what]) => what.startsWith('an object whose text'))?.[1]),
  reject: rejecting,
};

/** Whose handlers can be async: the others' types keep a promise out, and a lint rule looks that they do. */
const mayReject: ReadonlySet<Walk> = new Set([
  sockets.frames,
  sockets.socketEvents,
  sockets.whoMayConnect,
  core.timers,
  core.signals,
]);

const undos: (() => unknown)[] = [];
let faults: FaultLog;
beforeEach(() => {
  faults = new FaultLog({ log: () => undefined, now: () => performance.now() });
});
afterEach(async () => {
  for (const undo of undos.splice(0).reverse()) await undo();
});

describe.each(entryPointNames)('%s', (entry) => {
  const cases = Object.entries(walks[entry]).flatMap(([name, walk]) =>
    Object.entries(bugs)
      .filter(([, bug]) => bug !== rejecting || mayReject.has(walk))
      .map(([kind, bug]) => ({ name, kind, walk, bug })),
  );
  it.each(cases)('$name: handlers that $kind', async ({ walk, bug }) => {
    await walk(walkerOf(faults, bug, undos));
    expectCounted(faults, entry);
  });
});

describe('while the app ends', () => {
  const kinds = Object.entries(bugs).filter(([, bug]) => bug !== rejecting);
  it.each(kinds)('the desktop: parts that %s', async (_kind, bug) => {
    await desktop.ending(walkerOf(faults, bug, undos));
  });
});

it('floods neither the log nor the list of alarms', () => {
  const logged: string[] = [];
  const alarms = new Set<string>();
  const book = new FaultLog({ log: (sentence) => logged.push(sentence), now: () => 0 });
  book.tellBy(({ text }) => alarms.add(text));
  for (let count = 0; count < 1_000; count += 1) {
    const fault = new EntryFault('http', new Error(String(count)));
    book.take(fault.message, fault);
  }
  expect([logged.length, alarms.size, book.total('http')]).toEqual([5, 1, 1_000]);
});
