import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultEngineSettings, defaultFeedSettings } from '../../src/api/state/engines.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';
import { FakeFeeds, memoryEngines } from '../support/memoryEngines.ts';
import type { EngineStore } from '../../src/controller/ports/stores.ts';

const full = (): never => {
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
};
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

let store: EngineStore;
let feeds: FakeFeeds;
let bench: BridgeBench;
let token: string;
let lost: unknown[];
const note = (error: unknown): void => {
  lost.push(error);
};

beforeEach(() => {
  lost = [];
  process.on('unhandledRejection', note);
  store = memoryEngines();
  feeds = new FakeFeeds();
  bench = bridgeBench({ armed: false }, { engines: store, feeds });
  bench.connect();
  token = book().add('VENOM', { ...defaultEngineSettings, mode: 'auto' }, 'ticket');
});
afterEach(() => {
  process.off('unhandledRejection', note);
  expect(lost).toEqual([]);
});

const book = () => bench.controller.signals.engines.registry;
const settings = () => book().get('VENOM').settings;
const stored = () => store.load()[0];
const alarms = (): string[] => bench.controller.snapshot().state.alarms.map(({ code }) => code);
/** From now on nothing can be written. @returns lets it be written again */
const fillDisk = (): (() => void) => {
  const save = store.save.bind(store);
  store.save = full;
  const saveFeeds = feeds.save.bind(feeds);
  feeds.save = full;
  return () => {
    store.save = save;
    feeds.save = saveFeeds;
  };
};
const ask = (id: string): void => {
  const request = { type: 'signal', engine: 'VENOM', token, action: 'buy', symbol: id, lot: 0.1, sl: 1, tp: 1 };
  bench.controller.signals.request(new TextEncoder().encode(JSON.stringify({ ...request, signal_id: id })), {
    reply: () => undefined,
  });
};

describe('a disk that is full', () => {
  it('halts a runaway engine all the same, says so, and writes it down when there is room', async () => {
    const free = fillDisk();
    for (let count = 0; count < 6; count += 1) {
      ask(`RUN_${String(count)}`);
      await settled();
    }
    expect(book().get('VENOM').halted).not.toBeNull();
    bench.clock.advance(5_000);
    expect(alarms()).toEqual(expect.arrayContaining(['engine_halted', 'settings_not_saved']));
    expect(stored()?.halted).toBeNull();
    free();
    bench.clock.advance(1_000);
    expect(stored()?.halted).not.toBeNull();
    expect(alarms()).toContain('settings_saved');
  });

  it('lets nothing be loosened: what failed is in force neither now nor when there is room', () => {
    book().pause('VENOM', 'ticket');
    const free = fillDisk();
    const before = { ...settings() };
    const wider = { ...before, maxLot: null, tradesPerDay: null };
    expect(() => {
      book().configure('VENOM', wider, 'ticket');
    }).toThrow('enter it again');
    expect(() => {
      book().resume('VENOM', 'ticket');
    }).toThrow('enter it again');
    expect(() => book().add('ADDER', defaultEngineSettings, 'ticket')).toThrow('enter it again');
    expect(() => {
      bench.controller.signals.addFeed({ ...defaultFeedSettings, name: 'COBRA' }, 'ticket');
    }).toThrow('enter it again');
    free();
    bench.clock.advance(5_000);
    expect(settings()).toEqual(before);
    expect(store.load()).toEqual([expect.objectContaining({ settings: before })]);
    expect(book().states()).toHaveLength(1);
    expect([feeds.kept, feeds.listeners.size]).toEqual([[], 0]);
  });

  it('lets everything be tightened: it holds now, and is written when there is room', () => {
    bench.controller.signals.addFeed({ ...defaultFeedSettings, name: 'COBRA' }, 'ticket');
    const free = fillDisk();
    book().configure('VENOM', { ...settings(), maxLot: 0.1, mode: 'ask' }, 'ticket');
    book().pause('VENOM', 'ticket');
    bench.controller.signals.removeFeed('COBRA', 'ticket');
    expect(settings()).toMatchObject({ maxLot: 0.1, mode: 'paused' });
    expect(feeds.listeners.size).toBe(0);
    bench.clock.advance(3_000);
    expect(stored()?.settings).toMatchObject({ maxLot: 1, mode: 'auto' });
    free();
    bench.clock.advance(1_000);
    expect(stored()).toMatchObject({ settings: { maxLot: 0.1, mode: 'paused' }, pausedFrom: 'ask' });
    expect(feeds.kept).toEqual([]);
  });

  it('parts a change that does both', () => {
    const free = fillDisk();
    expect(() => {
      book().configure('VENOM', { ...settings(), maxLot: 0.1, tradesPerDay: null }, 'ticket');
    }).toThrow('What it tightens holds');
    free();
    bench.clock.advance(1_000);
    expect(settings()).toMatchObject({ maxLot: 0.1, tradesPerDay: 50 });
    expect(stored()?.settings).toEqual(settings());
  });

  it('gives a removed engine nothing back', () => {
    const free = fillDisk();
    book().remove('VENOM', 'ticket');
    expect(book().authenticate('VENOM', token)).toBeNull();
    free();
    bench.clock.advance(1_000);
    expect(store.load()).toEqual([]);
  });

  it('writes nothing in the middle of what an order publishes', () => {
    const saved: number[] = [];
    let publishing = false;
    const save = store.save.bind(store);
    store.save = (engines) => {
      expect(publishing).toBe(false);
      saved.push(engines.length);
      save(engines);
    };
    bench.controller.follow(({ event }) => {
      publishing = event.type === 'order' || event.type === 'alarm';
    });
    for (let count = 0; count < 6; count += 1) ask(`RUN_${String(count)}`);
    publishing = false;
    expect(book().get('VENOM').halted).not.toBeNull();
    expect(saved).toEqual([]);
    bench.clock.advance(1);
    expect(saved).toEqual([1]);
  });
});
