import { randomBytes } from 'node:crypto';
import type { FireRequest } from '../../src/api/contract.ts';
import type { LogError } from '../../src/base/guard.ts';
import type { AppEvent } from '../../src/api/state/events.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import type { BridgeState } from '../../src/api/state/state.ts';
import type { BridgeConfig } from '../../src/controller/bridge/bridgeConfig.ts';
import { Controller } from '../../src/controller/controller.ts';
import { memoryJournal, type MemoryJournal } from '../../src/journal/memory/memoryJournal.ts';
import { FakeClock } from './fakeClock.ts';
import { FakeLink } from './fakeLink.ts';
import { mainBridge } from './mainBridge.ts';
import type { EpochCount } from '../../src/controller/ports/epoch.ts';
import type { KillMark } from '../../src/controller/ports/killMark.ts';
import { FakeFeeds, memoryEngines, noEngines } from './memoryEngines.ts';
import { defaultSettings } from '../../src/api/settings/appSettings.ts';
import { sha256 } from '../../src/host/machine/sha256.ts';
import type { EngineStore, FeedStore, Publication } from '../../src/controller/ports/stores.ts';

const request: FireRequest = {
  bridge: 'main',
  action: 'buy',
  symbol: 'XAUUSD',
  lot: 0.1,
  sl: 20,
  tp: 40,
  signalId: '',
  confirmed: [],
};

export interface BridgeBench {
  clock: FakeClock;
  link: FakeLink;
  journal: MemoryJournal;
  controller: Controller;
  events: AppEvent[];
  loggedErrors: string[];
  state: () => BridgeState;
  /** The order as the list shows it now. */
  order: (signalId: string) => Order;
  fire: (changes?: Partial<FireRequest>) => Promise<Order>;
  /** An EA with pong joins, catches up and reports its account. */
  connect: () => void;
  heartbeat: () => void;
  /** The EA says whose account it is on. */
  nameAccount: (login?: number) => void;
  /** Answers every ping since the last call. */
  answerPings: () => void;
  /** The EA's connection breaks and comes back; nothing is said but pongs. */
  rejoin: () => void;
  /** The disk takes so long for the next order, in ms. */
  slowDisk: (ms: number) => void;
}

export interface BenchOptions {
  /** Of an earlier bench, for a restart. */
  journal?: MemoryJournal;
  clock?: FakeClock;
  engines?: EngineStore;
  feeds?: FeedStore;
  publication?: Publication;
  /** Bridges that are going to be added. */
  bridges?: readonly string[];
  killMark?: KillMark;
  epoch?: EpochCount;
  /** Called with each log sentence besides the bench. */
  logError?: LogError;
}

/** The account that the bench's EA names. */
export const benchAccount = '1000001@Broker-Demo';

/** A controller with one bridge, whose clock and link are the test's. */
export function bridgeBench(
  config: Partial<BridgeConfig> = {},
  {
    journal = memoryJournal(),
    clock = new FakeClock(),
    engines = memoryEngines(),
    feeds = new FakeFeeds(),
    publication = noEngines.publication,
    bridges = [],
    killMark = { found: null, write: () => undefined },
    epoch = { current: 1, raise: () => undefined },
    logError = () => undefined,
  }: BenchOptions = {},
): BridgeBench {
  const link = new FakeLink();
  const events: AppEvent[] = [];
  const loggedErrors: string[] = [];
  const controller = new Controller({
    clock,
    journal,
    bridges,
    random: (count) => randomBytes(count),
    sha256,
    app: {
      version: 'test',
      dataDir: '/nowhere',
      logDir: '/nowhere/logs',
      shippedEaVersion: null,
      gateway: null,
      publish: null,
    },
    settings: defaultSettings,
    engines,
    feeds,
    publication,
    killMark,
    epoch,
    logError: (sentence, error) => {
      loggedErrors.push(sentence);
      logError(sentence, error);
    },
  });
  controller.follow(({ event }) => events.push(event));
  controller.addBridge({ ...mainBridge, ...config }, link);

  const answerPings = (): void => {
    for (const { type } of link.takeSent()) if (type === 'ping') link.says({ type: 'pong', timestamp: 'x' });
  };
  const join = (): void => {
    link.join();
    answerPings();
    clock.advance(1_000);
    answerPings();
  };
  const heartbeat = (): void => {
    link.says({ type: 'heartbeat', balance: 3000, equity: 2987.5, positions: 1, timestamp: 'x' });
  };
  const nameAccount = (login = 1000001): void => {
    link.says({ type: 'status', status: 'config', account: login, server: 'Broker-Demo', ea_version: '7.01' });
  };
  return {
    clock,
    link,
    journal,
    controller,
    events,
    loggedErrors,
    state: () => controller.bridge('main').state(),
    order: (signalId) => {
      const order = controller.snapshot().state.orders.find((one) => one.signalId === signalId);
      if (order === undefined) throw new Error(`No order ${signalId}`);
      return order;
    },
    fire: (changes = {}) => controller.orders.fire({ ...request, ...changes }, 'ticket'),
    connect: () => {
      join();
      nameAccount();
      heartbeat();
      link.takeSent();
    },
    heartbeat,
    nameAccount,
    answerPings,
    rejoin: () => {
      link.leave();
      join();
    },
    slowDisk: (ms) => {
      const write = journal.write.bind(journal);
      journal.write = (rows) => {
        if (rows.some(({ entry }) => entry.type === 'order')) {
          clock.sleep(ms);
          journal.write = write;
        }
        write(rows);
      };
    },
  };
}
