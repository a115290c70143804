import { beforeEach, describe, expect, it } from 'vitest';
import { defaultEngineSettings, mostWaiting, type EngineSettings } from '../../src/api/state/engines.ts';
import { bridgeBench, type BenchOptions, type BridgeBench } from '../support/bridgeBench.ts';
import { FakeLink } from '../support/fakeLink.ts';
import { memoryEngines } from '../support/memoryEngines.ts';
import type { BridgeConfig } from '../../src/controller/bridge/bridgeConfig.ts';

interface Told extends Record<string, unknown> {
  type: string;
  final: boolean;
}

let bench: BridgeBench;
let token: string;

const encoder = new TextEncoder();

function start(
  settings: Partial<EngineSettings> = {},
  config: Partial<BridgeConfig> = {},
  options: BenchOptions = {},
): void {
  bench = bridgeBench(config, options);
  bench.connect();
  token = bench.controller.signals.addEngine(
    'VENOM',
    { ...defaultEngineSettings, mode: 'auto', ...settings },
    'ticket',
  );
}

const base = { type: 'signal', action: 'buy', symbol: 'XAUUSD', lot: 0.1, sl: 20, tp: 40, signal_id: 'V1' };

/** What the engine hears of a request, as it comes. */
function ask(changes: Record<string, unknown> = {}, as: Record<string, unknown> = { engine: 'VENOM', token }): Told[] {
  return raw({ ...base, ...as, ...changes });
}

function raw(request: unknown): Told[] {
  const told: Told[] = [];
  const text = typeof request === 'string' ? request : JSON.stringify(request);
  bench.controller.signals.request(encoder.encode(text), {
    reply: (reply, final) => told.push({ ...(JSON.parse(reply) as Told), final }),
  });
  return told;
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const tick = (symbol = 'XAUUSD', bid = 2341, ask = 2341.3, spread = 30) => {
  bench.link.says({ type: 'tick', symbol, bid, ask, spread, volume: 1, timestamp: 1 });
};
const filled = (signal_id: string) => {
  bench.link.says({ type: 'trade_result', signal_id, status: 'success', ticket: 7, price: 2341.2 });
};
const sent = () => bench.link.takeSent().filter(({ type }) => type === 'signal');
const waiting = () => bench.controller.snapshot().state.waiting;
const engine = () => bench.controller.snapshot().state.engines[0];

beforeEach(() => {
  start();
});

describe('an entry without a stop loss', () => {
  const bare = { sl: 0, tp: 0 };

  it('is refused in mode auto, as long as nobody has permitted it, and a close is not', async () => {
    expect(ask({ ...bare, signal_id: 'B1' })).toMatchObject([{ type: 'refused', code: 'engine_limit' }]);
    expect(bench.order('B1').refusal?.reason).toBe(
      'Engine VENOM may not buy or sell without a stop loss in mode Auto.',
    );
    ask({ action: 'close', lot: undefined, sl: undefined, tp: undefined, signal_id: 'C1' });
    await settled();
    expect(sent()).toMatchObject([{ action: 'close' }]);
    start({ withoutStop: true });
    ask({ ...bare, signal_id: 'B3' });
    await settled();
    expect(sent()).toMatchObject([{ signal_id: 'B3', sl: 0 }]);
  });

  it('waits for a person in mode ask, who may fire it even after a change to auto', async () => {
    start({ mode: 'ask' });
    ask({ ...bare, signal_id: 'B4' });
    bench.controller.signals.configureEngine('VENOM', { ...defaultEngineSettings, mode: 'auto' }, 'ticket');
    const order = await bench.controller.signals.fireWaiting(waiting()[0]?.number ?? 0, null, 'ticket');
    expect(order.state).toBe('sent');
  });
});

describe('an ID that is too long for MT5', () => {
  const longId = 'ELITE_RAPID_BTCUSD_CRYPTO_1756773488_0001';

  it('is sent under a short one, with its own beside it, in replies too', async () => {
    const told = ask({ signal_id: longId });
    await settled();
    const [order] = sent();
    const short = String(order?.['signal_id']);
    expect(short).toMatch(/^ELITE_RAPID_BTCUSD_[0-9A-HJKMNP-TV-Z]{12}$/);
    filled(short);
    expect(told).toMatchObject([
      { type: 'ack', signal_id: short, long_id: longId },
      { type: 'trade_result', signal_id: short, long_id: longId },
    ]);
    expect(bench.order(short)).toMatchObject({ state: 'filled', longId });
    expect(ask({ type: 'order', signal_id: longId })).toMatchObject([{ type: 'trade_result', long_id: longId }]);
  });

  it('is known again after a restart, with the same content and with another, from this engine and from others', async () => {
    const engines = memoryEngines();
    start({}, {}, { engines });
    ask({ signal_id: longId });
    await settled();
    const short = String(sent()[0]?.['signal_id']);
    filled(short);
    bench.clock.advance(10);
    const { journal, clock } = bench;
    const kept = token;
    bench = bridgeBench({}, { journal, clock, engines });
    bench.connect();
    expect(ask({ signal_id: longId }, { engine: 'VENOM', token: kept })).toMatchObject([{ type: 'trade_result' }]);
    expect(ask({ signal_id: longId, lot: 0.2 }, { engine: 'VENOM', token: kept })).toMatchObject([
      { type: 'refused', code: 'duplicate_id', signal_id: short, long_id: longId },
    ]);
    const other = bench.controller.signals.addEngine('CITADEL', { ...defaultEngineSettings, mode: 'auto' }, 'ticket');
    expect(ask({ signal_id: longId }, { engine: 'CITADEL', token: other })).toMatchObject([
      { type: 'refused', code: 'duplicate_id', long_id: longId },
    ]);
    await settled();
    expect(sent()).toEqual([]);
  });

  it('is free for others when it was refused', async () => {
    bench.link.leave();
    ask({ signal_id: longId });
    await settled();
    const other = bench.controller.signals.addEngine('CITADEL', { ...defaultEngineSettings, mode: 'auto' }, 'ticket');
    bench.connect();
    ask({ signal_id: longId }, { engine: 'CITADEL', token: other });
    await settled();
    expect(sent()).toHaveLength(1);
  });
});

describe('an engine in mode auto', () => {
  it('fires, and hears ack and result in this order', async () => {
    const told = ask();
    await settled();
    expect(told).toMatchObject([{ type: 'ack', state: 'sent', final: false }]);
    filled('V1');
    expect(told).toMatchObject([{ type: 'ack' }, { type: 'trade_result', ticket: 7, final: true }]);
    expect(sent()).toMatchObject([{ signal_id: 'V1', lot: 0.1, sl: 20, tp: 40 }]);
    expect(bench.order('V1')).toMatchObject({
      source: 'engine VENOM',
      asked: 'buy XAUUSD, lot 0.1, sl 20, tp 40',
      approvedBy: null,
    });
    expect(engine()).toMatchObject({
      fillRate: 1,
      tradesToday: 1,
      ordersLastMinute: 1,
      lastSignal: { signalId: 'V1', state: 'filled' },
    });
  });

  it('hears a refusal alone when the socket takes nothing', async () => {
    bench.link.takes = false;
    const told = ask();
    await settled();
    expect(told).toMatchObject([{ type: 'refused', code: 'no_ea', final: true }]);
    // It was not sent, so that its ID is free: asking again is a new try.
    bench.link.takes = true;
    const again = ask();
    await settled();
    expect(again).toMatchObject([{ type: 'ack', state: 'sent' }]);
  });

  it('asks the same again while it is on its way: both hear the result, and it is sent once', async () => {
    const first = ask();
    const second = ask();
    await settled();
    filled('V1');
    expect(first.map(({ type }) => type)).toEqual(['ack', 'trade_result']);
    expect(second.map(({ type }) => type)).toEqual(['ack', 'trade_result']);
    expect(sent()).toHaveLength(1);
  });

  it('fires nothing that was sent a while ago, and tells the same signal from another by what it asks for', async () => {
    const now = bench.clock.now();
    expect(ask({ sent_at: now - 2_300 })).toMatchObject([
      {
        type: 'refused',
        code: 'expired',
        reason: 'This signal was sent 2.3 s ago; after 2 s none is fired.',
        final: true,
      },
    ]);
    expect(bench.order('V1')).toMatchObject({ state: 'refused', refusal: { code: 'expired' } });
    expect(ask({ sent_at: now + 60_000 })).toMatchObject([{ code: 'invalid_request' }]);
    expect(ask({ sent_at: now - 1_900 })).toEqual([]);
    await settled();
    filled('V1');
    // Asked again with another time of sending: its state.
    expect(ask({ sent_at: now })).toMatchObject([{ type: 'trade_result', final: true }]);
    expect(ask({ sent_at: now - 60_000 })).toMatchObject([{ type: 'trade_result', final: true }]);
    expect(sent()).toHaveLength(1);
  });

  it('fires nothing that waited while the app stood still, before anything else has noticed', async () => {
    bench.clock.sleep(6_000);
    const told = ask();
    await settled();
    expect(told).toMatchObject([{ type: 'refused', code: 'disarmed' }]);
    expect(sent()).toEqual([]);
    expect(bench.state().armed).toBe(false);
  });

  it.each([
    ['another lot', { lot: 0.2 }],
    ['another unit', { sl: undefined, sl_points: 20 }],
  ])('is refused the same ID with %s', async (_, changes) => {
    ask();
    await settled();
    expect(ask(changes)).toMatchObject([{ type: 'refused', code: 'duplicate_id', final: true }]);
  });

  it('gets pips and prices turned into the unit of the bridge, and is refused where that is not sure', async () => {
    start({}, { pipsConfirmed: true });
    expect(ask({ sl: undefined, sl_price: 2331 })).toMatchObject([
      { code: 'invalid_sl', reason: '"sl_price": The price of XAUUSD is not known.' },
    ]);
    tick();
    ask({ signal_id: 'PIPS', sl: undefined, stop_pips: 20, tp: undefined, target_pips: 40 });
    await settled();
    expect(sent()).toMatchObject([{ signal_id: 'PIPS', sl: 200, tp: 400 }]);
    filled('PIPS');
    ask({ signal_id: 'PRICE', sl: undefined, stop_loss: 2331.3, tp: 0 });
    await settled();
    expect(sent()).toMatchObject([{ signal_id: 'PRICE', sl: 1000, tp: 0 }]);
    filled('PRICE');
    // Two ways to say the same are fine, as long as they do.
    ask({ signal_id: 'BOTH', sl: 200, stop_pips: 20 });
    await settled();
    expect(sent()).toMatchObject([{ signal_id: 'BOTH', sl: 200 }]);
    filled('BOTH');
    expect(ask({ signal_id: 'LIAR', sl: 200, stop_pips: 21 })).toMatchObject([
      {
        code: 'invalid_sl',
        reason: '"sl" and "stop_pips" disagree: on this bridge the first is 200 and the second 210 (points).',
      },
    ]);
    bench.clock.advance(61_000);
    bench.heartbeat();
    expect(ask({ signal_id: 'STALE', sl: undefined, sl_price: 2331 })).toMatchObject([{ code: 'invalid_sl' }]);
  });

  it("has pips and prices compared at its own entry, as Elite Guard's signals state both (G5)", async () => {
    start({}, { pipsConfirmed: true });
    tick();
    // Bid 2341, ask 2341.3 now; the signal saw 2340.8 and has moved half a dollar of a stop of 2.
    const elite = {
      sl: undefined,
      tp: undefined,
      entry_price: 2340.8,
      stop_pips: 20,
      stop_loss: 2338.8,
      target_pips: 40,
      take_profit: 2344.85,
    };
    ask({ signal_id: 'ELITE', ...elite });
    await settled();
    expect(sent()).toMatchObject([{ signal_id: 'ELITE', sl: 200, tp: 400 }]);
    expect(ask({ signal_id: 'APART', ...elite, stop_loss: 2338.5 })).toMatchObject([
      {
        code: 'invalid_sl',
        reason: expect.stringContaining('"stop_pips" and "stop_loss" disagree: at the signal') as string,
      },
    ]);
    expect(ask({ signal_id: 'SIDE', ...elite, stop_loss: 2342.8 })).toMatchObject([{ code: 'invalid_sl' }]);
  });

  it.each([
    ['by a quarter of the stop below', 2341.8, { sl: 200 }, 'sent'],
    ['by more than a quarter below', 2341.81, { sl: 200 }, 'late'],
    ['by a quarter above', 2340.5, { sl: 200 }, 'sent'],
    ['by more than a quarter above', 2340.49, { sl: 200 }, 'late'],
    ['far, with no stop', 2300, { sl: 0 }, 'sent'],
  ] as const)('is late when the price has left its entry: %s', async (_, entry_price, changes, expected) => {
    start({ withoutStop: true });
    tick();
    const replies = ask({ entry_price, ...changes });
    await settled();
    const [first] = replies as { type: string; code?: string; state?: string }[];
    expect(first?.code ?? first?.state ?? 'sent').toBe(expected);
    expect(sent()).toHaveLength(expected === 'sent' ? 1 : 0);
  });

  it('is refused pips that nobody has confirmed, and stops of a bridge that has no unit', () => {
    expect(ask({ sl: undefined, stop_pips: 20 })).toMatchObject([
      { code: 'invalid_sl', reason: '"stop_pips": What a pip is on this bridge has not been confirmed.' },
    ]);
    start({}, { stopUnit: null });
    expect(ask()).toMatchObject([{ code: 'unit_unknown' }]);
  });

  it('has lots worked out from the risk (R3), scaled by CITADEL where it may (G4)', async () => {
    const venom = {
      lot: undefined,
      sl: undefined,
      tp: undefined,
      stop_pips: 20,
      target_pips: 40,
      citadel_shield: { score: 8 },
    };
    start({}, { pipsConfirmed: true, currency: 'USD' });
    tick();
    // 2 % of 2,987.50 is 59.75; 20 pips of 0.1 with 100 ounces cost 200 a lot. Of 0.29 lots v7 would trade 0.28 (W6).
    ask(venom);
    await settled();
    expect(sent()).toMatchObject([{ lot: 0.28, sl: 200 }]);
    for (const [score, lot] of [
      [8, 0.44],
      [6, 0.28],
      [4, 0.14],
      [1, 0.07],
    ]) {
      start({ citadelScaling: true }, { pipsConfirmed: true, currency: 'USD' });
      tick();
      ask({ ...venom, citadel_shield: { score } });
      await settled();
      expect(sent()).toMatchObject([{ lot }]);
    }
    start({ citadelScaling: true });
    ask({ lot: 0.13, citadel_score: 9 });
    await settled();
    expect(sent()).toMatchObject([{ lot: 0.19 }]);
    start({ riskPercent: null });
    expect(ask(venom)).toMatchObject([{ code: 'invalid_sl' }]);
    expect(ask({ lot: undefined })).toMatchObject([{ code: 'invalid_lot', reason: '"lot" is missing.' }]);
    start({}, { currency: null });
    tick();
    expect(ask({ lot: undefined })).toMatchObject([
      { code: 'invalid_lot', reason: '"lot": The account\'s currency is not known.' },
    ]);
  });

  it('is held to its own limits: lots, symbols, bridges, orders a minute, trades a day', async () => {
    start({ maxLot: 0.5, symbols: ['XAUUSD'], tradesPerMinute: 2, tradesPerDay: 3, haltAfter: null });
    expect(ask({ lot: 0.6 })).toMatchObject([{ code: 'engine_limit' }]);
    expect(ask({ symbol: 'EURUSD' })).toMatchObject([
      { code: 'engine_limit', reason: expect.stringContaining('EURUSD') as string },
    ]);
    for (const signal_id of ['A', 'B']) {
      ask({ signal_id });
      await settled();
      filled(signal_id);
    }
    expect(ask({ signal_id: 'C' })).toMatchObject([
      { code: 'engine_limit', reason: expect.stringContaining('minute') as string },
    ]);
    bench.clock.advance(60_001);
    bench.heartbeat();
    ask({ signal_id: 'D' });
    await settled();
    filled('D');
    expect(ask({ signal_id: 'E' })).toMatchObject([
      { code: 'engine_limit', reason: expect.stringContaining('today') as string },
    ]);
    expect(sent()).toHaveLength(3);
    start({ bridges: ['other'] });
    expect(ask()).toMatchObject([{ code: 'engine_limit', reason: expect.stringContaining('bridge main') as string }]);
  });

  it('slips past no limit with many at once', async () => {
    start({ tradesPerMinute: 3, haltAfter: null });
    const told = Array.from({ length: 50 }, (_, index) => ask({ signal_id: `M${String(index)}` }));
    await settled();
    // One is unanswered (S11), so that the bridge refuses the others as busy until the engine's own limit does.
    expect(sent()).toHaveLength(1);
    expect(told.filter(([first]) => first?.['code'] === 'busy')).toHaveLength(49);
  });

  it('closes only where it may trade; a person closes at any time', async () => {
    bench.controller.risk.disarm('main', 'ticket');
    expect(ask({ action: 'close' })).toMatchObject([{ code: 'disarmed' }]);
    await bench.fire({ action: 'close', signalId: 'PERSON', lot: 0.01, sl: 0, tp: 0 });
    expect(sent()).toMatchObject([{ signal_id: 'PERSON' }]);
    bench.controller.risk.arm('main', 'ticket');
    ask({ action: 'close', signal_id: 'CLOSE' });
    await settled();
    expect(sent()).toMatchObject([{ action: 'close', signal_id: 'CLOSE', lot: 0.01 }]);
    bench.controller.risk.kill('ticket');
    expect(ask({ action: 'close_all', signal_id: 'ALL' })).toMatchObject([{ code: 'kill_switch' }]);
    expect(sent()).toEqual([]);
  });

  it('can ask about its own orders, and neither arm, release nor change anything', async () => {
    ask();
    await settled();
    filled('V1');
    expect(ask({ type: 'order' })).toMatchObject([{ type: 'trade_result', final: true }]);
    await bench.fire({ signalId: 'PERSON', symbol: 'EURUSD' });
    expect(ask({ type: 'order', signal_id: 'PERSON' })).toMatchObject([{ type: 'not_found' }]);
    bench.journal.findSent = () => {
      throw new Error('disk I/O error');
    };
    expect(ask({ type: 'order', signal_id: 'OLDER' })).toMatchObject([{ type: 'refused', code: 'journal_failed' }]);
    for (const type of ['arm', 'release', 'kill', 'updateEngine', 'updateBridge', 'command', 'config', null, 1]) {
      expect(ask({ type })).toMatchObject([{ type: 'refused', code: 'invalid_request' }]);
    }
  });
});

describe('an engine that is refused again and again', () => {
  it('is halted, which stays until a person resumes it, and takes so many rows of the journal and no more', async () => {
    const engines = memoryEngines();
    start({ haltAfter: 5 }, {}, { engines });
    bench.controller.risk.disarm('main', 'ticket');
    const codes = Array.from({ length: 1_000 }, (_, index) => ask({ signal_id: `R${String(index)}` })[0]?.['code']);
    expect(codes.filter((code) => code === 'disarmed')).toHaveLength(5);
    expect(codes.filter((code) => code === 'engine_halted')).toHaveLength(995);
    expect(bench.controller.snapshot().state.alarms).toMatchObject([{ code: 'engine_halted', level: 'critical' }]);
    bench.clock.advance(10);
    const rows = bench.journal.entries().filter(({ entry }) => entry.type === 'order');
    expect(rows.length).toBeLessThanOrEqual(65);
    expect(engines.load()).toMatchObject([{ halted: { why: expect.stringContaining('5 of its signals') as string } }]);
    bench.controller.signals.resumeEngine('VENOM', 'ticket');
    bench.controller.risk.arm('main', 'ticket');
    ask({ signal_id: 'GOOD' });
    await settled();
    expect(sent()).toMatchObject([{ signal_id: 'GOOD' }]);
  });

  it('is not, when a fill comes in between; rejections count, unknown ones do not', async () => {
    start({ haltAfter: 2, tradesPerMinute: null });
    const reject = (signal_id: string) => {
      bench.link.says({ type: 'error', signal_id, error: 'Trade is not allowed' });
    };
    for (const [signal_id, end] of [
      ['A', reject],
      ['B', filled],
      ['C', reject],
    ] as const) {
      ask({ signal_id });
      await settled();
      end(signal_id);
    }
    expect(engine()?.halted).toBeNull();
    ask({ signal_id: 'D' });
    await settled();
    reject('D');
    expect(engine()).toMatchObject({
      halted: { why: expect.any(String) as string },
      counts: { filled: 1, rejected: 3 },
    });
  });
});

describe('who asks', () => {
  it('is told late that the token is wrong, whether or not there is such an engine', () => {
    for (const as of [
      { engine: 'VENOM', token: 'x' },
      { engine: 'VENOM' },
      { engine: 'NOBODY', token },
      { engine: '', token: '' },
      {},
      { engine: 5, token: null },
    ]) {
      const told = ask({}, as);
      expect(told).toEqual([]);
      bench.clock.advance(1_000);
      expect(told).toMatchObject([{ type: 'refused', code: 'unauthorized', signal_id: 'V1', final: true }]);
    }
    expect(sent()).toEqual([]);
    const alarms = bench.controller.snapshot().state.alarms;
    expect(alarms.map(({ code, count }) => [code, count])).toEqual([
      ['engine_unauthorized', 4],
      ['engine_unauthorized', 2],
    ]);
  });

  it('with wrong tokens in a flood gets no more than so many answers, and the right one is served all the same', async () => {
    const answers = Array.from({ length: 1_000 }, () => ask({}, { engine: 'VENOM', token: 'x' }));
    ask();
    await settled();
    expect(sent()).toHaveLength(1);
    bench.clock.advance(1_000);
    expect(answers.filter(({ length }) => length === 1)).toHaveLength(200);
  });
});

describe('an engine in mode ask', () => {
  beforeEach(() => {
    start({ mode: 'ask', expiryS: 30 });
  });

  it('waits for a person, who fires', async () => {
    const told = ask();
    expect(told).toMatchObject([
      { type: 'ack', state: 'waiting', expires_at: bench.clock.now() + 30_000, final: false },
    ]);
    expect(waiting()).toMatchObject([
      {
        source: 'engine VENOM',
        bridge: 'main',
        signalId: 'V1',
        asked: 'buy XAUUSD, lot 0.1, sl 20, tp 40',
        planned: { lot: 0.1, sl: 20, tp: 40 },
        problem: null,
      },
    ]);
    expect(sent()).toEqual([]);
    const order = await bench.controller.signals.fireWaiting(waiting()[0]?.number ?? 0, null, 'ticket');
    expect(order).toMatchObject({ state: 'sent', source: 'engine VENOM', approvedBy: 'ticket' });
    expect(waiting()).toEqual([]);
    filled('V1');
    expect(told.map(({ type, state }) => [type, state])).toEqual([
      ['ack', 'waiting'],
      ['ack', 'sent'],
      ['trade_result', undefined],
    ]);
    bench.clock.advance(60_000);
    expect(told).toHaveLength(3);
  });

  it('hears that it was dismissed, or has expired; both are in the list of orders', () => {
    const dismissed = ask();
    bench.controller.signals.dismissWaiting(waiting()[0]?.number ?? 0);
    expect(dismissed.at(-1)).toMatchObject({ type: 'refused', code: 'dismissed', final: true });
    const expired = ask({ signal_id: 'V2' });
    bench.clock.advance(30_000);
    expect(expired.at(-1)).toMatchObject({ type: 'refused', code: 'expired', final: true });
    expect(bench.order('V1')).toMatchObject({ state: 'refused', refusal: { code: 'dismissed' } });
    expect(bench.order('V2')).toMatchObject({ state: 'refused', refusal: { code: 'expired' } });
    expect(waiting()).toEqual([]);
    // Neither says anything of the engine.
    expect(engine()).toMatchObject({ failuresInARow: 0 });
    expect(sent()).toEqual([]);
  });

  it('stays when it is refused, with the reason, until it can be fired', async () => {
    bench.controller.risk.disarm('main', 'ticket');
    const told = ask();
    const number = waiting()[0]?.number ?? 0;
    expect(await bench.controller.signals.fireWaiting(number, null, 'ticket')).toMatchObject({
      state: 'refused',
    });
    // The try is told as one of then: what stops the signal now may be something else, or nothing.
    const refused = { reason: 'The bridge is not armed.', at: bench.clock.now() };
    expect(waiting()).toMatchObject([{ problem: null, refused }]);
    expect(told).toHaveLength(1);
    bench.controller.risk.arm('main', 'ticket');
    expect(waiting()).toMatchObject([{ problem: null, refused }]);
    await bench.controller.signals.fireWaiting(number, null, 'ticket');
    expect(told).toMatchObject([{ state: 'waiting' }, { state: 'sent' }]);
    await expect(bench.controller.signals.fireWaiting(number, null, 'ticket')).rejects.toThrow(
      'does not wait any more',
    );
    expect(sent()).toHaveLength(1);
  });

  it('says what a person who fires would meet, with a next step that is open to a waiting signal', async () => {
    tick();
    const obstacle = () => {
      bench.clock.advance(1_000);
      return waiting()[0]?.obstacle;
    };
    ask();
    expect(waiting()).toMatchObject([{ obstacle: null }]);
    bench.controller.risk.disarm('main', 'ticket');
    expect(obstacle()).toMatchObject({ code: 'disarmed' });
    bench.controller.risk.arm('main', 'ticket');
    expect(obstacle()).toBeNull();
    await bench.fire({ symbol: 'XAUUSD', signalId: 'LOST' });
    bench.clock.advance(60_000);
    expect(bench.order('LOST')).toMatchObject({ state: 'unknown' });
    bench.connect();
    tick();
    ask({ signal_id: 'V2' });
    const refusal = {
      code: 'risk_unsettled',
      reason: 'What became of LOST in XAUUSD is unknown: it may be open.',
      nextStep: 'Look in MT5 whether it is open, settle it in Executions, then fire.',
    };
    expect(waiting()).toMatchObject([{ signalId: 'V2', planned: { lot: 0.1 }, obstacle: refusal }]);
    const number = waiting()[0]?.number ?? 0;
    expect(await bench.controller.signals.fireWaiting(number, null, 'ticket')).toMatchObject({
      refusal: { code: 'risk_unsettled' },
    });
    ask({ action: 'close', lot: undefined, sl: undefined, tp: undefined, signal_id: 'C1' });
    expect(waiting()).toMatchObject([{}, { signalId: 'C1', obstacle: null }]);
  });

  it('is not fired when its time is up, though no timer has run yet', async () => {
    start({ mode: 'ask', expiryS: 5 });
    const told = ask();
    bench.clock.sleep(5_100);
    const { number = 0 } = waiting()[0] ?? {};
    await expect(bench.controller.signals.fireWaiting(number, null, 'ticket')).rejects.toThrow('has expired');
    expect(told).toMatchObject([{ type: 'ack' }, { type: 'refused', code: 'expired', final: true }]);
    expect(sent()).toEqual([]);
    bench.clock.advance(10_000);
    expect(waiting()).toEqual([]);
    expect(told).toHaveLength(2);
  });

  it('is fired once, however often a person presses', async () => {
    ask();
    const number = waiting()[0]?.number ?? 0;
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => bench.controller.signals.fireWaiting(number, null, 'ticket')),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(sent()).toHaveLength(1);
  });

  it('knows the same signal and another of the same ID, and asks of what waits', () => {
    ask();
    const again = ask();
    expect(again).toMatchObject([{ type: 'ack', state: 'waiting' }]);
    expect(ask({ lot: 0.2 })).toMatchObject([{ code: 'duplicate_id' }]);
    expect(ask({ type: 'order' })).toMatchObject([{ state: 'waiting', final: true }]);
    expect(waiting()).toHaveLength(1);
    bench.controller.signals.dismissWaiting(waiting()[0]?.number ?? 0);
    expect(again.at(-1)).toMatchObject({ code: 'dismissed' });
  });

  it('fills the inbox and no more', () => {
    start({ mode: 'ask', tradesPerMinute: null, haltAfter: null });
    for (let count = 0; count < mostWaiting; count += 1) ask({ signal_id: `W${String(count)}` });
    expect(ask({ signal_id: 'OVER' })).toMatchObject([{ type: 'refused', code: 'engine_limit' }]);
    expect(waiting()).toHaveLength(mostWaiting);
  });

  it('hears at the end of the app that nobody fired', async () => {
    const told = ask();
    await bench.controller.stop();
    expect(told.at(-1)).toMatchObject({ type: 'refused', code: 'expired', final: true });
  });
});

describe('several bridges', () => {
  it('are named exactly; one ID is one order over all of them', async () => {
    start();
    const link = new FakeLink();
    bench.controller.addBridge({ ...bench.controller.bridge('main').config, id: 'second', armed: false }, link);
    expect(ask()).toMatchObject([
      {
        type: 'refused',
        code: 'invalid_bridge',
        field: 'bridge',
        reason: expect.stringContaining('main, second') as string,
      },
    ]);
    ask({ bridge: 'main' });
    await settled();
    expect(sent()).toHaveLength(1);
    expect(ask({ bridge: 'second' })).toMatchObject([{ code: 'duplicate_id' }]);
    expect(ask({ bridge: 'second', signal_id: 'V2' })).toMatchObject([{ code: 'no_ea' }]);
    expect(link.sent).toEqual([]);
  });
});

describe('what is published again', () => {
  it('is every frame as the EA sent it, with its bridge, and every state of an order', async () => {
    const texts: string[] = [];
    bench = bridgeBench({}, { publication: { hasSubscribers: true, publish: (text) => texts.push(text) } });
    bench.connect();
    texts.length = 0;
    bench.link.says('HEARTBEAT {"balance":3000,"equity":2990,"bridge":"spoofed"}');
    bench.link.says('{"uuid":"user-001","balance":1,"equity":1,"margin":0}\0');
    bench.link.says('{"type":"tick", "symbol":"XAUUSD"');
    await bench.fire({ signalId: 'P1' });
    const [heartbeat, account, broken, order] = texts.map((text) => JSON.parse(text) as Record<string, unknown>);
    expect(heartbeat).toMatchObject({ type: 'HEARTBEAT', equity: 2990, bridge: 'main', history: false });
    expect(account).toMatchObject({ uuid: 'user-001', bridge: 'main' });
    expect(broken).toMatchObject({
      type: 'unreadable',
      bytes: expect.stringMatching(/^7b22/) as string,
      bridge: 'main',
    });
    expect(order).toMatchObject({
      type: 'order',
      bridge: 'main',
      order: { signal_id: 'P1', state: 'sent', source: 'ticket', symbol: 'XAUUSD' },
    });
    // G6: what has one of these in the object itself is taken for a tick by some.
    for (const key of ['symbol', 'bid', 'ask', 'price']) expect(order).not.toHaveProperty(key);
  });

  it('is of every kind that EAs send, known here or not, in their own case and with every digit', () => {
    const texts: string[] = [];
    bench = bridgeBench({}, { publication: { hasSubscribers: true, publish: (text) => texts.push(text) } });
    bench.connect();
    texts.length = 0;
    bench.link.says('{"type":"OHLC","symbol":"XAUUSD","open":2341.10}');
    bench.link.says('{"type":"handshake","ticket":2030028288298532893}');
    bench.link.says('DISCONNECT {"why":"chart closed"}');
    bench.link.says('TICK {"type":"TICK","symbol":"XAUUSD","bid":1,"ask":-nan(ind)}\0rubbish');
    bench.link.says('{"type":"pong"}{"symbol":7}');
    expect(texts.map((text) => text.replace(/,"bridge":"main".*/, ''))).toEqual([
      '{"type":"OHLC","symbol":"XAUUSD","open":2341.10',
      '{"type":"handshake","ticket":2030028288298532893',
      '{"type":"DISCONNECT","why":"chart closed"',
      '{"type":"TICK","symbol":"XAUUSD","bid":1,"ask":null',
      '{"type":"pong"',
      '{"symbol":7',
    ]);
    for (const text of texts) expect(JSON.parse(text)).toMatchObject({ bridge: 'main', history: false });
  });
});
