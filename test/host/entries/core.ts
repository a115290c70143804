import { expect, vi } from 'vitest';
import { defaultEngineSettings, defaultFeedSettings } from '../../../src/api/state/engines.ts';
import { faultsOf, guarded } from '../../../src/base/guard.ts';
import { ReportedFigures } from '../../../src/controller/account/reportedFigures.ts';
import { guardedClock } from '../../../src/controller/ports/guardedClock.ts';
import { JournalWriter } from '../../../src/controller/records/journalWriter.ts';
import { FrameLog } from '../../../src/controller/session/frameLog.ts';
import { PaperBridge } from '../../../src/host/bridges/paperBridge.ts';
import { systemClock } from '../../../src/host/machine/systemClock.ts';
import { openJournal } from '../../../src/host/folder/openJournal.ts';
import { HistoryClient } from '../../../src/journal/history/historyClient.ts';
import { memoryJournal } from '../../../src/journal/memory/memoryJournal.ts';
import { bridgeBench, type BenchOptions, type BridgeBench } from '../../support/bridgeBench.ts';
import { mainBridge } from '../../support/mainBridge.ts';
import { FakeFeeds } from '../../support/memoryEngines.ts';
import { tempDir } from '../../support/tempDir.ts';
import { until } from '../../support/until.ts';
import type { Walk, Walker } from './walk.ts';

function benchOf({ faults }: Walker, options: BenchOptions = {}): BridgeBench {
  const bench = bridgeBench({ armed: true }, { ...options, logError: faults.take });
  faults.tellBy((alarm) => {
    bench.controller.alarm(null, alarm);
  });
  bench.connect();
  return bench;
}

export const timers: Walk = async ({ bug, counted, faults, undo }) => {
  const clock = guardedClock(systemClock, faultsOf('timer', faults.take));
  undo(clock.every(1, bug));
  clock.after(1, bug);
  await counted('timer', 5);
};

/** One part of the pulse keeps the others from nothing. */
export const pulse: Walk = (walker) => {
  const bench = benchOf(walker);
  bench.controller.signals.pulse = walker.bug;
  bench.heartbeat();
  bench.clock.advance(1_000);
  expect(walker.faults.total('timer')).toBeGreaterThanOrEqual(3);
  expect(bench.state().id).toBe('main');
};

/** Faults are alarms, and alarms go to who follows: that ends. */
export const followers: Walk = (walker) => {
  const bench = benchOf(walker);
  bench.controller.follow(walker.bug);
  const events: string[] = [];
  bench.controller.follow(({ event }) => events.push(event.type));
  bench.controller.risk.kill('ticket');
  bench.controller.risk.release('ticket');
  expect(events.filter((type) => type === 'kill_switch')).toHaveLength(2);
  expect(bench.controller.snapshot().state.alarms.map(({ code }) => code)).toContain('internal_fault');
};

/** Whatever follows from an order, its frame leaves and its result is kept. */
export const orders: Walk = async (walker) => {
  const bench = benchOf(walker, { publication: { hasSubscribers: true, publish: walker.bug } });
  bench.controller.signals.orderChanged = walker.bug;
  const order = await bench.fire();
  expect(order.state).toBe('sent');
  bench.link.says({ type: 'trade_result', signal_id: order.signalId, status: 'success', ticket: 7, price: 1.5 });
  expect(walker.faults.total('publication')).toBeGreaterThanOrEqual(1);
  expect(bench.order(order.signalId).state).toBe('filled');
};

/** A result is read whatever is wrong with the list of frames, or with what stands before it in the same frame. */
export const partsOfFrames: Walk = async (walker) => {
  const bench = benchOf(walker);
  const order = await bench.fire();
  const listed = vi.spyOn(FrameLog.prototype, 'add').mockImplementation(walker.bug);
  const figures = vi.spyOn(ReportedFigures.prototype, 'report').mockImplementation(walker.bug);
  walker.undo(() => {
    listed.mockRestore();
    figures.mockRestore();
  });
  const telemetry = JSON.stringify({ type: 'telemetry', equity: 3000, balance: 3000, positions: 1 });
  const result = { type: 'trade_result', signal_id: order.signalId, status: 'success', ticket: 7, price: 1.5 };
  const says = guarded(faultsOf('frame', walker.faults.take), () => {
    bench.link.says(`${telemetry}${JSON.stringify(result)}`);
  });
  says();
  expect(figures).toHaveBeenCalled();
  expect(bench.order(order.signalId).state).toBe('filled');
};

/** What waits until an order is durable. */
export const written: Walk = ({ bug, faults }) => {
  const recorder = new JournalWriter(bridgeBench().clock, memoryJournal(), faults.take);
  const done: string[] = [];
  recorder.record({ type: 'remember', key: 'walk', value: 1 });
  for (const action of [bug, bug, () => done.push('the third')]) recorder.whenDurable(action);
  recorder.flush();
  expect([done, recorder.failure]).toEqual([['the third'], null]);
};

/** An engine's signals, and a feed's that a person fires or nobody does. */
export const signals: Walk = async (walker) => {
  const feeds = new FakeFeeds();
  const bench = benchOf(walker, { feeds });
  const { signals: outside } = bench.controller;
  const token = outside.addEngine('VENOM', { ...defaultEngineSettings, mode: 'auto' }, 'ticket');
  outside.addFeed({ name: 'ELITE', ...defaultFeedSettings }, 'ticket');
  const told: string[] = [];
  const ask = (signal_id: string): void => {
    const signal = { type: 'signal', action: 'buy', symbol: 'XAUUSD', lot: 0.1, sl: 20, tp: 40, signal_id };
    outside.request(new TextEncoder().encode(JSON.stringify({ ...signal, engine: 'VENOM', token })), {
      reply: (text) => told.push(text),
    });
  };
  const { orderManager } = bench.controller.bridge('main');
  const [fire, refuse] = [orderManager.fire.bind(orderManager), orderManager.refuse.bind(orderManager)];
  Object.assign(orderManager, { fire: walker.bug, refuse: walker.bug });
  ask('V1');
  ask('V2');
  const fed = { signal_id: 'E1', symbol: 'XAUUSD', direction: 'BUY', lot: 0.1, stop_pips: 20, target_pips: 40 };
  feeds.listeners.get('ELITE')?.frame(new TextEncoder().encode(`X ${JSON.stringify(fed)}`));
  const [waits] = outside.state().waiting;
  if (waits === undefined) throw new Error('No signal of the feed waits.');
  outside.dismissWaiting(waits.number);
  await walker.counted('signal', 3);
  expect(outside.state().waiting).toEqual([]);
  Object.assign(orderManager, { fire, refuse });
  ask('V3');
  await until(() => told.some((text) => text.includes('V3')), 'the next signal is answered');
};

/** A thread that answers what can't be understood, and one that dies. */
export const worker: Walk = async ({ counted, faults, undo }) => {
  const source = `
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ id, name }) => {
      if (name === 'timeline') throw new Error('a bug in the thread');
      for (const odd of [null, undefined]) parentPort.postMessage(odd);
      parentPort.postMessage({ id, answer: 'whole' });
    });`;
  const url = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
  const client = new HistoryClient(url, 'nowhere', faults.take);
  undo(() => client.close());
  expect(await client.call('check', null, 'awaited')).toBe('whole');
  await counted('worker');
  await expect(client.call('timeline', { order: 1 }, 'awaited')).rejects.toThrow(/a bug in the thread/);
  expect(await client.call('check', null, 'awaited')).toBe('whole');
};

/** The paper EA's process ends, or is no more when it is told something. */
export const paperEnds: Walk = async (walker) => {
  const { faults, bug, undo } = walker;
  const bench = bridgeBench({}, { logError: faults.take });
  const { path, remove } = tempDir();
  undo(remove);
  let end: (code: number | null) => void = () => undefined;
  const paper = new PaperBridge(bench.controller, {
    launch: (_flags, onExit) => {
      end = onExit;
      return { setFault: () => undefined, stop: () => Promise.resolve() };
    },
    dataDir: path,
    openJournal: (dataDir) => openJournal({ dataDir, workerUrl: undefined, logError: faults.take }),
    settings: () => mainBridge,
    logError: faults.take,
  });
  undo(() => paper.stop());
  bench.controller.alarm = bug;
  for (let time = 0; time < 2; time += 1) {
    await paper.start();
    end(1);
  }
  expect(bench.controller.hasBridge('paper')).toBe(true);
};
