import { randomBytes } from 'node:crypto';
import type { FireRequest } from '../../src/api/contract.ts';
import type { AppEvent } from '../../src/api/events.ts';
import type { BridgeState, Order } from '../../src/api/state.ts';
import type { BridgeConfig } from '../../src/controller/bridge.ts';
import { Controller } from '../../src/controller/controller.ts';
import { memoryJournal, type MemoryJournal } from '../../src/journal/memoryJournal.ts';
import { FakeClock } from './fakeClock.ts';
import { FakeLink } from './fakeLink.ts';

const mainBridge: BridgeConfig = {
  id: 'main',
  name: 'Main',
  kind: 'real',
  colour: '#3b82f6',
  currency: null,
  stopUnit: 'points',
  lots: { min: 0.01, max: 50, step: 0.01 },
  slippage: 10,
  armed: true,
};

const request: FireRequest = {
  bridge: 'main',
  action: 'buy',
  symbol: 'XAUUSD',
  lot: 0.1,
  sl: 20,
  tp: 40,
  signalId: '',
};

export interface BridgeBench {
  clock: FakeClock;
  link: FakeLink;
  journal: MemoryJournal;
  controller: Controller;
  events: AppEvent[];
  troubles: string[];
  state: () => BridgeState;
  /** The order as the list shows it now. */
  order: (signalId: string) => Order;
  fire: (changes?: Partial<FireRequest>) => Promise<Order>;
  /** An EA with pong joins, catches up and reports its account. */
  connect: () => void;
  heartbeat: () => void;
  /** Answers every ping since the last call. */
  answerPings: () => void;
}

/** A controller with one bridge, whose clock and link are the test's. */
export function bridgeBench(config: Partial<BridgeConfig> = {}): BridgeBench {
  const clock = new FakeClock();
  const link = new FakeLink();
  const journal = memoryJournal();
  const events: AppEvent[] = [];
  const troubles: string[] = [];
  const controller = new Controller({
    clock,
    journal,
    random: (count) => randomBytes(count),
    app: { version: 'test', dataDir: '/nowhere' },
    settings: { confirmOrders: true, theme: 'system' },
    onTrouble: (sentence) => troubles.push(sentence),
  });
  controller.follow(({ event }) => events.push(event));
  controller.addBridge({ ...mainBridge, ...config }, link);

  const answerPings = (): void => {
    for (const { type } of link.takeSent()) if (type === 'ping') link.says({ type: 'pong', timestamp: 'x' });
  };
  const heartbeat = (): void => {
    link.says({ type: 'heartbeat', balance: 3000, equity: 2987.5, positions: 1, timestamp: 'x' });
  };
  return {
    clock,
    link,
    journal,
    controller,
    events,
    troubles,
    state: () => controller.bridge('main').state(),
    order: (signalId) => {
      const order = controller.snapshot().state.orders.find((one) => one.signalId === signalId);
      if (order === undefined) throw new Error(`No order ${signalId}`);
      return order;
    },
    fire: (changes = {}) => controller.fire({ ...request, ...changes }, 'ticket'),
    connect: () => {
      link.join();
      answerPings();
      clock.advance(1_000);
      answerPings();
      heartbeat();
      link.takeSent();
    },
    heartbeat,
    answerPings,
  };
}
