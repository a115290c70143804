import { beforeEach, describe, expect, it } from 'vitest';
import { defaultEngineSettings, defaultFeedSettings } from '../../src/api/state/engines.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';
import { FakeLink } from '../support/fakeLink.ts';
import { FakeFeeds } from '../support/memoryEngines.ts';
import type { FeedListener } from '../../src/controller/ports/stores.ts';

let bench: BridgeBench;
let feeds: FakeFeeds;

beforeEach(() => {
  feeds = new FakeFeeds();
  bench = bridgeBench({ pipsConfirmed: true, currency: 'USD' }, { feeds });
  bench.connect();
  bench.controller.signals.addFeed({ name: 'ELITE', ...defaultFeedSettings }, 'ticket');
});

const listener = (): FeedListener => {
  const known = feeds.listeners.get('ELITE');
  if (known === undefined) throw new Error('Nobody listens.');
  return known;
};
const publish = (text: string) => {
  listener().frame(new TextEncoder().encode(text));
};
const venom = (changes: object = {}) =>
  `VENOM_SIGNAL ${JSON.stringify({
    signal_id: 'VENOM_XAU',
    symbol: 'XAUUSD',
    direction: 'BUY',
    signal_type: 'RAPID_ASSAULT',
    confidence: 88,
    stop_pips: 20,
    target_pips: 40,
    citadel_shield: { score: 9 },
    ...changes,
  })}`;
const feed = () => bench.controller.snapshot().state.feeds[0];
const waiting = () => bench.controller.snapshot().state.waiting;
const tick = () => {
  bench.link.says({ type: 'tick', symbol: 'XAUUSD', bid: 2341, ask: 2341.3, spread: 30, volume: 1, timestamp: 1 });
};

describe('a feed', () => {
  it('has its signals wait, with lots by the risk and no scaling, until a person fires', async () => {
    tick();
    publish(venom());
    expect(waiting()).toMatchObject([
      {
        source: 'feed ELITE',
        bridge: 'main',
        planned: { lot: 0.28, sl: 200, tp: 400 },
        problem: null,
        note: 'RAPID_ASSAULT, confidence 88',
      },
    ]);
    const order = await bench.controller.signals.fireWaiting(1, null, 'ticket');
    expect(order).toMatchObject({ state: 'sent', source: 'feed ELITE', approvedBy: 'ticket', lot: 0.28 });
    expect(feed()).toMatchObject({ counts: { received: 1 }, last: { signalId: 'VENOM_XAU' } });
  });

  it('is told a repeat from two signals that share an ID', () => {
    tick();
    publish(venom());
    publish(venom());
    publish(venom({ symbol: 'EURUSD' }));
    publish(venom({ symbol: 'EURUSD' }));
    publish(venom({ stop_pips: 30 }));
    expect(feed()?.counts).toMatchObject({ received: 5, repeated: 2, collided: 2 });
    expect(waiting().map(({ signalId, asked }) => [signalId, asked.split(',')[0]])).toEqual([
      ['VENOM_XAU', 'buy XAUUSD'],
      ['VENOM_XAU_2', 'buy EURUSD'],
      ['VENOM_XAU_3', 'buy XAUUSD'],
    ]);
    expect(waiting()[1]?.problem).toContain('Another signal or order has the ID VENOM_XAU');
  });

  it("leaves another source's long ID to that source", async () => {
    const longId = 'ELITE_RAPID_XAUUSD_CRYPTO_1756773488_0001';
    const { signals } = bench.controller;
    const ask = (engine: string): string[] => {
      const token = signals.addEngine(engine, { ...defaultEngineSettings, mode: 'auto' }, 'ticket');
      const request = { type: 'signal', engine, token, action: 'buy', symbol: 'XAUUSD', lot: 0.1, sl: 20, tp: 40 };
      const told: string[] = [];
      const frame = new TextEncoder().encode(JSON.stringify({ ...request, signal_id: longId }));
      bench.controller.signals.request(frame, { reply: (text) => told.push(text) });
      return told;
    };
    tick();
    ask('ONE');
    await bench.clock.turn();
    await bench.clock.turn();
    publish(venom({ signal_id: longId }));
    expect(waiting()[0]?.problem).toContain('Another signal or order has the ID');
    expect(ask('OTHER')[0]).toContain('duplicate_id');
  });

  it("has a signal wait though the journal can't be read, and its ID looked for no further", () => {
    tick();
    publish(venom());
    let reads = 0;
    bench.journal.findSent = () => {
      reads += 1;
      // So that a search without an end has one here.
      if (reads > 100) return null;
      throw new Error('disk I/O error');
    };
    publish(venom({ symbol: 'EURUSD' }));
    expect(reads).toBeLessThan(10);
    expect(waiting().map(({ signalId }) => signalId)).toEqual(['VENOM_XAU', 'VENOM_XAU_2']);
  });

  it('has signals expire by their age, told by themselves or by their ID', () => {
    const now = bench.clock.now();
    const second = Math.floor(now / 1_000);
    publish(venom({ signal_id: `ELITE_RAPID_EURUSD_${String(second - 121)}` }));
    publish(venom({ signal_id: 'OLD', timestamp: second - 200 }));
    expect(waiting()).toEqual([]);
    expect(feed()?.counts).toMatchObject({ tooOld: 2 });
    publish(venom({ signal_id: `ELITE_RAPID_EURUSD_${String(second - 60)}` }));
    publish(venom({ signal_id: 'AHEAD', timestamp: second + 3_600 }));
    expect(waiting().map(({ expiresAt }) => Math.round((expiresAt - now) / 1_000))).toEqual([60, 120]);
    bench.clock.advance(61_000);
    expect(waiting().map(({ signalId }) => signalId)).toEqual(['AHEAD']);
    expect(bench.order(`ELITE_RAPID_EURUSD_${String(second - 60)}`)).toMatchObject({ refusal: { code: 'expired' } });
  });

  it('is read with and without a topic; what can not be read is counted and harms nothing', () => {
    publish(venom().replace('VENOM_SIGNAL ', ''));
    publish(venom({ signal_id: 'SECOND', symbol: undefined, pair: 'EURUSD', note: '{' }));
    for (const text of [
      '',
      'hello',
      'TOPIC',
      'TOPIC {',
      'TOPIC []',
      venom({ direction: 'HOLD' }),
      venom({ stop_pips: null }),
    ])
      publish(text);
    listener().frame(new Uint8Array([0x7b, 0xff]));
    expect(waiting()).toHaveLength(2);
    expect(feed()).toMatchObject({ counts: { received: 2, unreadable: 8 }, problem: expect.any(String) as string });
  });

  it('fills neither the inbox nor the list when it floods', () => {
    for (let count = 0; count < 5_000; count += 1) publish(venom({ signal_id: `F${String(count)}` }));
    expect(waiting().length).toBeLessThanOrEqual(120);
    expect(feed()?.counts.dropped).toBe(5_000 - 120);
  });

  it('is heard behind any number of repeats of one signal, and of what can not be read', () => {
    tick();
    for (let count = 0; count < 20_000; count += 1) {
      publish(venom());
      publish('no signal');
    }
    // The same signal, told in other words each time.
    for (let count = 0; count < 3_000; count += 1) publish(venom({ sent: count }));
    publish(venom({ signal_id: 'NEW' }));
    expect(waiting().map(({ signalId }) => signalId)).toEqual(['VENOM_XAU', 'NEW']);
    expect(feed()?.counts).toMatchObject({ received: 23_001, repeated: 22_999, unreadable: 20_000, dropped: 0 });
  });

  it('writes no more than so many bytes an hour, and takes what found no place when it comes again', () => {
    const long = (count: number): string =>
      venom({ signal_id: `${'B'.repeat(100)}_${String(count)}`, pattern: 'y'.repeat(200) });
    for (let count = 0; count < 1_200; count += 1) {
      publish(long(count));
      if (count % 100 !== 99) continue;
      for (const { number } of waiting()) bench.controller.signals.dismissWaiting(number);
      bench.clock.advance(61_000);
    }
    const counts = () => ({ ...feed()?.counts });
    expect(counts().dropped).toBeGreaterThan(100);
    const before = counts().dropped ?? 0;
    publish(long(1_199));
    expect(counts()).toMatchObject({ dropped: before + 1, repeated: 0 });
    bench.clock.advance(3_600_001);
    publish(long(1_199));
    expect(waiting()).toHaveLength(1);
  });

  it('has a person say the bridge where there are several and the signal names none', async () => {
    const link = new FakeLink();
    bench.controller.addBridge({ ...bench.controller.bridge('main').config, id: 'second' }, link);
    tick();
    publish(venom());
    expect(waiting()).toMatchObject([{ bridge: null, planned: null }]);
    await expect(bench.controller.signals.fireWaiting(1, null, 'ticket')).rejects.toThrow('Say which bridge');
    expect(await bench.controller.signals.fireWaiting(1, 'main', 'ticket')).toMatchObject({
      bridge: 'main',
      state: 'sent',
    });
  });

  it('is listened to until it is removed, and after a restart', () => {
    expect(feeds.kept).toMatchObject([{ name: 'ELITE', endpoint: 'tcp://127.0.0.1:5557' }]);
    listener().connected(true);
    expect(feed()?.connected).toBe(true);
    publish(venom());
    bench.controller.signals.removeFeed('ELITE', 'ticket');
    expect([feeds.listeners.size, feeds.kept.length, waiting().length]).toEqual([0, 0, 0]);
    expect(() => {
      bench.controller.signals.removeFeed('ELITE', 'ticket');
    }).toThrow('There is no feed');
  });
});
