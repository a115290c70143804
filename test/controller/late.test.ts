import { beforeEach, describe, expect, it } from 'vitest';
import { defaultEngineSettings, type EngineSettings } from '../../src/api/state/engines.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';
import { addBridge } from '../support/secondBridge.ts';

// What happens while an order is written down, or waits for room in the socket, and what it may still stop.

let bench: BridgeBench;
let token: string;

const settled = () => new Promise((resolve) => setImmediate(resolve));
const signals = () => bench.link.takeSent().filter(({ type }) => type === 'signal');
const trading = () => bench.controller.bridge('main').orderManager;

function addEngine(settings: Partial<EngineSettings> = {}): void {
  const { signals } = bench.controller;
  token = signals.addEngine('VENOM', { ...defaultEngineSettings, mode: 'auto', ...settings }, 'ticket');
}

/** What the engine hears. */
function ask(changes: Record<string, unknown> = {}): Record<string, unknown>[] {
  const told: Record<string, unknown>[] = [];
  const base = { type: 'signal', engine: 'VENOM', token, action: 'buy', symbol: 'XAUUSD', lot: 0.1, sl: 20, tp: 40 };
  const text = JSON.stringify({ ...base, signal_id: 'V1', ...changes });
  bench.controller.signals.request(new TextEncoder().encode(text), {
    reply: (reply) => told.push(JSON.parse(reply) as Record<string, unknown>),
  });
  return told;
}

beforeEach(() => {
  bench = bridgeBench();
  bench.connect();
});

describe('after the commit the event loop turns once, and every guard is asked again', () => {
  const happenings: [what: string, code: string, happen: () => void][] = [
    [
      'the kill switch',
      'kill_switch',
      () => {
        bench.controller.risk.kill('ticket');
      },
    ],
    [
      'a disarm',
      'disarmed',
      () => {
        trading().disarm(null, 'ticket');
      },
    ],
    [
      'a disconnect',
      'no_ea',
      () => {
        bench.link.leave();
      },
    ],
    [
      'a second EA',
      'second_ea',
      () => {
        bench.link.to.peerRefused('command', '10.0.0.9', 'second');
      },
    ],
    [
      'another account',
      'account_changed',
      () => {
        bench.nameAccount(2_000_002);
      },
    ],
    [
      'a lower limit',
      'risk_trades_day',
      () => {
        lowerLimit({ tradesPerDay: 0 });
      },
    ],
    [
      'a clock that was set',
      'disarmed',
      () => {
        bench.clock.jump(3_600_000);
      },
    ],
  ];

  function lowerLimit(limits: Partial<ReturnType<typeof bench.state>['limits']>): void {
    const bridge = bench.controller.bridge('main');
    bridge.configure({ limits: { ...bridge.config.limits, ...limits } }, 'ticket');
  }

  it.each(happenings)('%s stops what has not left: %s', async (_, code, happen) => {
    const fired = bench.fire({ signalId: 'LATE' });
    happen();
    const order = await fired;
    expect(order).toMatchObject({ state: 'refused', refusal: { code } });
    expect(signals()).toEqual([]);
    // The journal knows it as refused before its ID may be used again.
    expect(bench.journal.findSent('main', 'LATE')).toBeNull();
    expect(bench.order('LATE').state).toBe('refused');
  });

  it('lets through what nothing has happened to, and counts it once', async () => {
    expect(await bench.fire({ signalId: 'GOOD' })).toMatchObject({ state: 'sent' });
    expect(signals()).toHaveLength(1);
    expect(bench.state().obstacle?.code).toBe('busy');
  });

  it('does not count an order against itself', async () => {
    bench = bridgeBench({ limits: { ...bench.state().limits, tradesPerDay: 1, tradesPerMinute: 1, openTrades: 2 } });
    bench.connect();
    expect(await bench.fire({ signalId: 'ONLY' })).toMatchObject({ state: 'sent' });
  });

  it('holds a second order that comes meanwhile as busy', async () => {
    const [one, other] = await Promise.all([
      bench.fire({ signalId: 'A' }),
      bench.fire({ signalId: 'B', symbol: 'EURUSD' }),
    ]);
    expect([one.state, other.state, other.refusal?.code]).toEqual(['sent', 'refused', 'busy']);
    expect(signals()).toMatchObject([{ signal_id: 'A' }]);
  });

  it('holds the same ID again as a duplicate', async () => {
    const [, again] = await Promise.all([
      bench.fire({ signalId: 'A' }),
      bench.fire({ signalId: 'A', symbol: 'EURUSD' }),
    ]);
    expect(again).toMatchObject({ state: 'refused', refusal: { code: 'duplicate_id' } });
    expect(signals()).toHaveLength(1);
  });

  it('frees the ID of what was stopped', async () => {
    const fired = bench.fire({ signalId: 'A' });
    trading().disarm(null, 'ticket');
    await fired;
    trading().arm('ticket');
    expect(await bench.fire({ signalId: 'A' })).toMatchObject({ state: 'sent' });
  });

  it('writes down what was stopped, however many refusals of its source were counted without a row', async () => {
    const { controller, journal } = bench;
    const request = { bridge: 'main', action: 'buy', symbol: 'XAUUSD', lot: 0.1, sl: 20, tp: 40 } as const;
    const origin = { source: 'engine VENOM', asked: null, approvedBy: null, longId: null } as const;
    const fire = (signalId: string) => trading().fire({ ...request, signalId, confirmed: [] }, origin);
    trading().disarm(null, 'ticket');
    for (let count = 0; count < 130; count += 1) await fire(`R${String(count)}`);
    trading().arm('ticket');
    const fired = fire('A');
    controller.risk.kill('ticket');
    expect(await fired).toMatchObject({ state: 'refused', refusal: { code: 'kill_switch' } });
    expect(journal.ordersInDoubt('main')).toEqual([]);
    expect(bench.order('A').state).toBe('refused');
  });

  it('writes down as refused what was about to leave when the app ends', async () => {
    const fired = bench.fire({ signalId: 'A' });
    await bench.controller.stop();
    expect(await fired).toMatchObject({ state: 'refused', refusal: { code: 'expired' } });
    expect(bench.journal.ordersInDoubt('main')).toEqual([]);
  });
});

describe('an engine', () => {
  const stops: [what: string, code: string, happen: () => void][] = [
    [
      'paused',
      'engine_paused',
      () => {
        bench.controller.signals.pauseEngine('VENOM', 'ticket');
      },
    ],
    [
      'removed',
      'engine_paused',
      () => {
        bench.controller.signals.removeEngine('VENOM', 'ticket');
      },
    ],
    [
      'limited',
      'engine_limit',
      () => {
        limit({ symbols: ['EURUSD'] });
      },
    ],
  ];

  function limit(changes: Partial<EngineSettings>): void {
    const { signals } = bench.controller;
    signals.configureEngine('VENOM', { ...signals.engineSettings('VENOM'), ...changes }, 'ticket');
  }

  it.each(stops)('that is %s meanwhile sends nothing', async (_, code, happen) => {
    addEngine();
    const told = ask();
    happen();
    await settled();
    expect(told).toMatchObject([{ type: 'refused', code }]);
    expect(signals()).toEqual([]);
  });

  it('asks again meanwhile: both hear what becomes of it', async () => {
    addEngine();
    const [one, other] = [ask(), ask()];
    trading().disarm(null, 'ticket');
    await settled();
    expect([one, other]).toMatchObject([[{ type: 'refused' }], [{ type: 'refused' }]]);
  });

  it('hears that its order was stopped when the bridge is removed meanwhile', async () => {
    addEngine();
    const told = ask();
    await bench.controller.removeBridge('main');
    await settled();
    expect(told).toMatchObject([{ type: 'refused', signal_id: 'V1', code: 'expired' }]);
  });

  it('is not told that its signal was refused while a person fires it and the desk is closed', async () => {
    addEngine({ mode: 'ask' });
    const told = ask();
    let take: (taken: boolean) => void = () => undefined;
    bench.link.send = () =>
      new Promise((resolve) => {
        take = resolve;
      });
    const fired = bench.controller.signals.fireWaiting(1, null, 'ticket');
    await settled();
    await settled();
    const stopped = bench.controller.stop();
    take(true);
    await stopped;
    expect((await fired).state).toBe('sent');
    expect(told).toMatchObject([{ state: 'waiting' }, { state: 'sent' }]);
  });

  it('hears that the desk was closed where its signal did not leave after all', async () => {
    addEngine({ mode: 'ask' });
    const told = ask();
    const fired = bench.controller.signals.fireWaiting(1, null, 'ticket');
    await bench.controller.stop();
    expect((await fired).state).toBe('refused');
    expect(told).toMatchObject([{ state: 'waiting' }, { type: 'refused', code: 'expired' }]);
    expect(signals()).toEqual([]);
  });

  it('that is removed has nothing waiting, though the time of some of it was up', () => {
    addEngine({ mode: 'ask' });
    ask();
    ask({ signal_id: 'V2' });
    bench.clock.sleep(3_600_000);
    bench.controller.signals.removeEngine('VENOM', 'ticket');
    expect(bench.controller.snapshot().state.waiting).toEqual([]);
  });

  it('fires on two bridges at once: its limit of both holds', async () => {
    addEngine({ tradesPerDay: 1 });
    const { link } = addBridge(bench, { id: 'fx' });
    ask({ bridge: 'main' });
    ask({ bridge: 'fx', signal_id: 'V2' });
    await settled();
    const there = link.takeSent().filter(({ type }) => type === 'signal');
    expect([...signals(), ...there]).toHaveLength(1);
  });

  it('whose signal became too old while it was written down is refused', async () => {
    addEngine();
    const told = ask({ sent_at: bench.clock.now() - 1_800 });
    bench.slowDisk(0);
    bench.clock.sleep(400);
    await settled();
    expect(told).toMatchObject([{ type: 'refused', code: 'expired' }]);
    expect(signals()).toEqual([]);
  });

  it('whose close is written down slowly or stopped by the kill switch sends none', async () => {
    addEngine();
    bench.slowDisk(600);
    const late = ask({ action: 'close', signal_id: 'C1' });
    await settled();
    const killed = ask({ action: 'close', signal_id: 'C2' });
    bench.controller.risk.kill('ticket');
    await settled();
    expect([late, killed]).toMatchObject([[{ code: 'expired' }], [{ code: 'kill_switch' }]]);
    expect(signals()).toEqual([]);
  });
});

describe('between the decision and the socket', () => {
  it.each([
    [499, 'sent'],
    [501, 'refused'],
    [9_000, 'refused'],
  ] as const)('a disk that takes %s ms: %s', async (ms, state) => {
    bench.slowDisk(ms);
    const order = await bench.fire({ signalId: 'SLOW' });
    expect(order.state).toBe(state);
    expect(signals()).toHaveLength(state === 'sent' ? 1 : 0);
    if (state === 'refused') {
      expect(order.refusal?.code).toBe('expired');
      expect(bench.journal.findSent('main', 'SLOW')).toBeNull();
    }
  });

  it.each([
    [
      'a disarm',
      'disarmed',
      () => {
        trading().disarm(null, 'ticket');
      },
    ],
    [
      'the kill switch',
      'kill_switch',
      () => {
        bench.controller.risk.kill('ticket');
      },
    ],
    [
      'half a second',
      'expired',
      () => {
        bench.clock.sleep(501);
      },
    ],
  ] as const)('%s stops what waits for room in the socket', async (_, code, happen) => {
    const send = bench.link.send.bind(bench.link);
    bench.link.send = async (text, still) => {
      happen();
      return send(text, still);
    };
    expect(await bench.fire({ signalId: 'ROOM' })).toMatchObject({ state: 'refused', refusal: { code } });
    expect(signals()).toEqual([]);
  });

  it('a quote that became old meanwhile is no price', async () => {
    bench.link.says({ type: 'tick', symbol: 'XAUUSD', bid: 2341, ask: 2341.3, spread: 30 });
    for (let waited = 0; waited < 60_000; waited += 10_000) {
      bench.clock.advance(10_000);
      bench.heartbeat();
    }
    // Another symbol's market is open.
    bench.link.says({ type: 'tick', symbol: 'EURUSD', bid: 1.1, ask: 1.1001, spread: 10 });
    bench.link.takeSent();
    bench.slowDisk(100);
    expect(await bench.fire({ signalId: 'OLD' })).toMatchObject({ refusal: { code: 'no_quotes' } });
    expect(signals()).toEqual([]);
  });
});

describe("a person's close", () => {
  const close = (changes = {}): Promise<Order> =>
    bench.fire({ action: 'close', lot: 0.01, sl: 0, tp: 0, signalId: 'CLOSE', ...changes });
  const closeAll = () => close({ action: 'close_all', symbol: 'ALL' });

  const guards: [guard: string, happen: () => void][] = [
    [
      'a disarm',
      () => {
        trading().disarm(null, 'ticket');
      },
    ],
    [
      'the kill switch',
      () => {
        bench.controller.risk.kill('ticket');
      },
    ],
    [
      'a slow commit',
      () => {
        bench.slowDisk(9_000);
      },
    ],
    [
      'limits',
      () => {
        bench.controller
          .bridge('main')
          .configure(
            { limits: { ...bench.state().limits, tradesPerDay: 0, tradesPerMinute: 0, openTrades: 0 } },
            'ticket',
          );
      },
    ],
    [
      'another account',
      () => {
        bench.nameAccount(2_000_002);
      },
    ],
    [
      'a second EA',
      () => {
        bench.link.to.peerRefused('command', '10.0.0.9', 'second');
      },
    ],
    [
      'a stop unit that is not set',
      () => {
        bench.controller.bridge('main').configure({ stopUnit: null }, 'ticket');
      },
    ],
    [
      'old figures',
      () => {
        bench.clock.advance(20_000);
      },
    ],
    [
      'a clock that was set',
      () => {
        bench.clock.jump(-3_600_000);
      },
    ],
    ['an order that is not answered', () => void bench.fire({ signalId: 'BUSY' })],
    [
      'an old quote',
      () => {
        bench.link.says({ type: 'tick', symbol: 'XAUUSD', bid: 2341, ask: 2341.3, spread: 30 });
        bench.clock.advance(61_000);
      },
    ],
  ];

  it.each(guards)('passes %s', async (_, happen) => {
    happen();
    bench.link.takeSent();
    expect((await close()).state).toBe('sent');
    expect((await close({ action: 'close_all', symbol: 'ALL', signalId: 'ALL_1' })).state).toBe('sent');
    expect(signals()).toMatchObject([{ action: 'close' }, { action: 'close_all' }]);
  });

  it.each(guards.slice(0, 2))('passes %s that comes while it waits for room', async (_, happen) => {
    const send = bench.link.send.bind(bench.link);
    bench.link.send = async (text, still) => {
      happen();
      bench.clock.sleep(5_000);
      return send(text, still);
    };
    expect((await closeAll()).state).toBe('sent');
  });

  it('is stopped by no connection, and says to close in MT5', async () => {
    bench.link.leave();
    const order = await closeAll();
    expect(order.refusal?.code).toBe('no_ea');
    expect(order.refusal?.nextStep).toMatch(/^Close in MT5 now\./);
  });

  it('is stopped by a socket that takes nothing, and says to close in MT5', async () => {
    bench.link.takes = false;
    expect((await closeAll()).refusal?.nextStep).toMatch(/^Close in MT5 now\./);
  });

  it("is stopped by a journal that can't be written, and says to close in MT5", async () => {
    bench.journal.write = () => {
      throw new Error('disk full');
    };
    const order = await close();
    expect(order.refusal?.code).toBe('journal_failed');
    expect(order.refusal?.nextStep).toMatch(/^Close in MT5 now\./);
    expect(signals()).toEqual([]);
  });

  it('overtakes what has not left: nothing is opened after it', async () => {
    const gold = bench.fire({ signalId: 'GOLD' });
    const closed = await closeAll();
    expect(closed.state).toBe('sent');
    expect(await gold).toMatchObject({ state: 'refused', refusal: { code: 'expired' } });
    const euro = bench.fire({ signalId: 'EURO', symbol: 'EURUSD' });
    await close({ symbol: 'XAUUSD', signalId: 'OTHER' });
    expect(await euro).toMatchObject({ state: 'sent' });
    expect(signals()).toMatchObject([{ action: 'close_all' }, { action: 'close' }, { signal_id: 'EURO' }]);
  });
});
