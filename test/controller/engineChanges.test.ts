import { beforeEach, describe, expect, it } from 'vitest';
import { defaultEngineSettings, type EngineSettings } from '../../src/api/state/engines.ts';
import { hello } from '../support/bench8.ts';
import { opened, pending, position } from '../support/openBench.ts';
import type { BenchOptions } from '../support/bridgeBench.ts';
import { FakeClock } from '../support/fakeClock.ts';
import { openLimits } from '../support/openLimits.ts';
import { memoryEngines } from '../support/memoryEngines.ts';

// Engines close, modify and cancel what they have opened, on the path of every order: once, and nothing of others.

interface Told extends Record<string, unknown> {
  type: string;
  final: boolean;
}

type Opened = ReturnType<typeof opened>;

let made: Opened;
const tokens = new Map<string, string>();
const settled = () => new Promise((resolve) => setImmediate(resolve));
const settings: EngineSettings = { ...defaultEngineSettings, mode: 'auto', tradesPerMinute: null, haltAfter: null };

function add(name: string, more: Partial<EngineSettings> = {}): void {
  tokens.set(name, made.bench.controller.signals.addEngine(name, { ...settings, ...more }, 'ticket'));
}

/** What the engine hears of a request, as it comes. */
function ask(request: Record<string, unknown>, engine = 'VENOM'): Told[] {
  const told: Told[] = [];
  const text = JSON.stringify({ engine, token: tokens.get(engine), ...request });
  made.bench.controller.signals.request(new TextEncoder().encode(text), {
    reply: (reply, final) => told.push({ ...(JSON.parse(reply) as Told), final }),
  });
  return told;
}

/** An engine buys or sells, and the EA opens it. */
async function trade(engine: string, signal_id: string, action = 'buy'): Promise<void> {
  const stops = action === 'buy' ? { sl_price: 2390, tp_price: 2410 } : { sl_price: 2420, tp_price: 2380 };
  ask({ type: 'signal', signal_id, action, symbol: 'XAUUSD', lot: 0.1, ...stops }, engine);
  await settled();
  made.bench.link.says({ type: 'trade_result', signal_id, status: 'success', ticket: 7, price: 2400, lot: 0.1 });
  expect(made.bench.order(signal_id).state).toBe('filled');
}

const opened_at = new FakeClock().now();
const own = [
  position(11, { opened_at, signal_id: 'V1', reason: 'expert' }),
  position(12, { opened_at, signal_id: 'V2', side: 'sell', sl: 2420, tp: 2380, reason: 'expert' }),
  position(13, { opened_at, signal_id: 'O1', reason: 'expert' }),
  position(14, { comment: 'V1' }),
];

/** Two engines; VENOM has opened 11 and 12, OTHER 13, a person 14. */
async function start(more: Partial<EngineSettings> = {}, options: BenchOptions = {}, told = {}): Promise<void> {
  const positionMode = 'margin_mode' in told ? 'netting' : 'hedging';
  made = opened(options, false, { limits: openLimits, positionMode, stopUnit: 'price' }, told);
  if (options.journal !== undefined) return;
  add('VENOM', more);
  add('OTHER');
  made.bench.controller.risk.arm('main', 'ticket');
  const signals = { V1: 'buy', V2: 'sell', O1: 'buy' };
  for (const [id, action] of Object.entries(signals)) await trade(id.startsWith('V') ? 'VENOM' : 'OTHER', id, action);
  made.lists(own, [pending(21), pending(22, { signal_id: 'V3' })]);
}

const configure = (more: Partial<EngineSettings>, name = 'VENOM'): void => {
  made.bench.controller.signals.configureEngine(name, { ...settings, ...more }, 'ticket');
};
const done = (signal_id: string): void => {
  made.bench.link.says({ type: 'trade_result', signal_id, status: 'success', deal: 9, price: 2400 });
};
const waiting = () => made.bench.controller.snapshot().state.waiting;
const engine = () => made.bench.controller.snapshot().state.engines[0];

const close = { type: 'close', signal_id: 'C1', position: '11' };
const modify = { type: 'modify', signal_id: 'M1', position: '11' };

beforeEach(async () => {
  await start();
});

describe('an engine that changes what it has opened', () => {
  it('closes it: the ack, the command to the EA, the order in the journal, and the result', async () => {
    const told = ask(close);
    await settled();
    expect(made.sent()).toMatchObject({ type: 'close', position: '11', signal_id: 'C1' });
    expect(told).toMatchObject([{ type: 'ack', state: 'sent', action: 'close_position', position: '11', lot: 0.1 }]);
    done('C1');
    expect(told.at(-1)).toMatchObject({
      type: 'trade_result',
      signal_id: 'C1',
      position: '11',
      price: 2400,
      final: true,
    });
    made.bench.clock.advance(10);
    expect(made.bench.journal.findSent('main', 'C1')).toMatchObject({
      ...{ source: 'engine VENOM', asked: 'close position 11', action: 'close_position', state: 'filled' },
    });
  });

  it('closes a part, or by an opposite one, and sets stops of which one is left as it is', async () => {
    ask({ ...close, lot: 0.04 });
    await settled();
    expect(made.sent()).toMatchObject({ type: 'close', position: '11', lot: 0.04 });
    done('C1');
    made.lists(own, []);
    ask({ ...close, signal_id: 'C2', by: '12' });
    await settled();
    expect(made.sent()).toMatchObject({ type: 'close_by', position: '11', by: '12' });
    done('C2');
    made.lists(own, []);
    ask({ ...modify, sl_price: 2395 });
    await settled();
    expect(made.sent()).toMatchObject({ type: 'modify', position: '11', sl_price: 2395, tp_price: 2410 });
  });

  it('takes a number as JSON’s where it is exact', async () => {
    ask({ ...close, position: 11 });
    await settled();
    expect(made.count()).toBe(1);
    expect(ask({ ...close, signal_id: 'C2', position: 2 ** 53 })).toMatchObject([{ code: 'invalid_request' }]);
  });

  it('gets the first result for a repeated request, and nothing is sent again, after a restart too', async () => {
    ask(close);
    const again = ask(close);
    await settled();
    expect(again).toMatchObject([{ type: 'ack' }]);
    done('C1');
    expect(again).toMatchObject([{ type: 'ack' }, { type: 'trade_result' }]);
    expect(ask(close)).toMatchObject([{ type: 'trade_result', signal_id: 'C1' }]);
    expect(ask({ ...close, lot: 0.05 })).toMatchObject([{ type: 'refused', code: 'duplicate_id' }]);
    expect(ask(close, 'OTHER')).toMatchObject([{ type: 'refused', code: 'duplicate_id' }]);
    expect(ask({ type: 'order', signal_id: 'C1' })).toMatchObject([{ type: 'trade_result', position: '11' }]);
    expect(made.count()).toBe(1);
  });

  it('is told of a request in doubt after a restart that it is unknown, and nothing is sent', async () => {
    const engines = memoryEngines();
    await start({}, { engines });
    ask({ ...close, lot: 0.05 });
    await settled();
    expect(made.count()).toBe(1);
    made.bench.clock.advance(10);
    const { journal, clock } = made.bench;
    await start({}, { engines, journal, clock });
    made.bench.controller.risk.arm('main', 'ticket');
    made.lists(own, []);
    expect(ask({ ...close, lot: 0.05 })).toMatchObject([{ type: 'unknown', position: '11' }]);
    expect(ask({ ...close, lot: 0.05, signal_id: 'C2' })).toMatchObject([{ code: 'risk_unsettled' }]);
    expect(made.count()).toBe(0);
  });

  it('still may after a restart, by its orders in the journal, and still not what others opened', async () => {
    const engines = memoryEngines();
    await start({}, { engines });
    made.bench.clock.advance(10);
    const { journal, clock } = made.bench;
    await start({}, { engines, journal, clock });
    made.bench.controller.risk.arm('main', 'ticket');
    made.lists(own, []);
    expect(ask({ ...close, signal_id: 'C3', position: '13' })).toMatchObject([{ code: 'not_found' }]);
    ask(close);
    await settled();
    expect(made.count()).toBe(1);
  });

  it('is refused by the bridge’s guards as its orders are: disarmed, kill switch', async () => {
    made.bench.controller.risk.disarm('main', 'ticket');
    expect(await refusal(close)).toBe('disarmed');
    made.bench.controller.risk.kill('ticket');
    expect(await refusal({ ...modify, sl_price: 2395 })).toBe('kill_switch');
    expect(made.count()).toBe(0);
  });

  it('is refused by its own limits, mode and age', async () => {
    configure({ mode: 'paused' });
    expect(await refusal(close)).toBe('engine_paused');
    configure({ symbols: ['EURUSD'] });
    expect(await refusal(close)).toBe('engine_limit');
    configure({ bridges: ['gold'] });
    expect(await refusal(close)).toBe('engine_limit');
    configure({});
    expect(await refusal({ ...close, sent_at: made.bench.clock.now() - 5_000 })).toBe('expired');
    expect(made.count()).toBe(0);
  });
});

/** Code of the refusal of a request. */
async function refusal(request: Record<string, unknown>, name = 'VENOM'): Promise<unknown> {
  const told = ask(request, name);
  await settled();
  return told.at(-1)?.['code'] ?? told.at(-1)?.type;
}

describe('an engine without the permission', () => {
  it('changes nothing that another engine or a person opened, nor learns whether it is there', async () => {
    const codes = new Set<unknown>();
    for (const [position, id] of Object.entries({ 13: 'X1', 14: 'X2', 99: 'X3' })) {
      const [told] = ask({ ...close, signal_id: id, position });
      codes.add(String(told?.['reason']).replace(position, 'N'));
    }
    expect(codes).toEqual(new Set(['No position N that this engine may change is open on this account.']));
    expect(await refusal({ ...close, by: '13' })).toBe('not_found');
    expect(await refusal({ ...modify, position: '13', sl_price: 2395 })).toBe('not_found');
    expect(await refusal({ type: 'cancel', signal_id: 'K1', order: '21' })).toBe('not_found');
    expect(made.count()).toBe(0);
    expect(engine()).toMatchObject({ counts: { refused: 6 } });
  });

  it('is halted where it guesses numbers', async () => {
    configure({ haltAfter: 5 });
    for (let guess = 100; guess < 105; guess += 1)
      await refusal({ ...close, signal_id: `G${String(guess)}`, position: '99' });
    expect(await refusal(close)).toBe('engine_halted');
  });

  it('owns no position whose ID is another account’s order', async () => {
    made.bench.link.says({ ...hello, login: 2_000_002, sent_at: 2 });
    made.bench.controller.risk.acceptAccount('main', '2000002@Broker-Demo', 'ticket');
    made.bench.controller.risk.arm('main', 'ticket');
    made.lists(own, []);
    expect(await refusal(close)).toBe('not_found');
    expect(made.count()).toBe(0);
  });

  it('closes no symbol in which others opened through the EA, and one of its own alone', async () => {
    for (const request of [{ action: 'close', symbol: 'XAUUSD' }, { action: 'close_all' }]) {
      const told = ask({ type: 'signal', signal_id: 'S1', ...request });
      await settled();
      expect(told.at(-1)).toMatchObject({ type: 'refused', code: 'engine_limit' });
    }
    // What a person opened by hand is not closed by symbol.
    made.lists([position(11, { opened_at, signal_id: 'V1', reason: 'expert' }), position(14)], []);
    ask({ type: 'signal', signal_id: 'S1', action: 'close', symbol: 'XAUUSD' });
    await settled();
    expect(made.sent()).toMatchObject({ type: 'close_all', symbol: 'XAUUSD', whose: 'own' });
  });

  it('owns nothing by an ID that fits only in name: opened before, of another side or symbol, or known to the EA before', async () => {
    ask({ type: 'signal', signal_id: 'V9', action: 'buy', symbol: 'XAUUSD', lot: 0.1, sl_price: 2390, tp_price: 2410 });
    await settled();
    made.bench.link.says({
      type: 'error',
      signal_id: 'V9',
      code: 'duplicate',
      error: 'It is known with other content.',
    });
    expect(made.bench.order('V9')).toMatchObject({ state: 'unknown', doubt: 'unclear_status' });
    const foreign = [
      { opened_at: opened_at - 86_400_000, signal_id: 'V1' },
      { opened_at, signal_id: 'V1', side: 'sell' },
      { opened_at, signal_id: 'V1', symbol: 'EURUSD' },
      { opened_at, signal_id: 'V9' },
    ];
    for (const each of foreign) {
      made.lists([position(11, { ...each, sl: 0, tp: 0 })], []);
      expect(await refusal(close), JSON.stringify(each)).toBe('not_found');
    }
    expect(made.count()).toBe(0);
  });

  it('owns no position of a netting account', async () => {
    await start({}, {}, { margin_mode: 'netting' });
    expect(await refusal(close)).toBe('not_found');
  });

  it('changes them with it', async () => {
    configure({ changeOthers: true });
    ask({ ...close, position: '14' });
    await settled();
    expect(made.sent()).toMatchObject({ type: 'close', position: '14' });
    ask({ type: 'cancel', signal_id: 'K1', order: '21' });
    await settled();
    expect(made.sent()).toMatchObject({ type: 'cancel', order: '21' });
  });
});

describe('a stop loss that moves away', () => {
  const away = { ...modify, sl_price: 2380 };

  it('waits for a person in mode auto, says so, and leaves when the person fires it', async () => {
    const told = ask(away);
    await settled();
    expect(told).toMatchObject([{ type: 'ack', state: 'waiting' }]);
    expect(made.count()).toBe(0);
    expect(waiting()).toMatchObject([
      {
        ...{ action: 'modify_position', symbol: 'XAUUSD', asked: 'modify position 11, stop loss 2380', obstacle: null },
        problem: expect.stringContaining('from 2390 to 2380') as string,
        change: { sl: 2380, tp: 2410, before: { sl: 2390, lots: 0.1 } },
      },
    ]);
    await made.bench.controller.signals.fireWaiting(waiting()[0]?.number ?? 0, null, 'ticket');
    expect(made.sent()).toMatchObject({ type: 'modify', sl_price: 2380 });
    done('M1');
    expect(told.at(-1)).toMatchObject({ type: 'trade_result', signal_id: 'M1' });
    expect(made.bench.order('M1')).toMatchObject({ approvedBy: 'ticket', source: 'engine VENOM' });
  });

  it('is not sent where the stop was changed since', async () => {
    ask(away);
    made.lists([position(11, { opened_at, signal_id: 'V1', sl: 2395 })], []);
    made.bench.clock.advance(250);
    expect(waiting()).toMatchObject([{ obstacle: { code: 'changed' } }]);
    await made.bench.controller.signals.fireWaiting(waiting()[0]?.number ?? 0, null, 'ticket');
    expect(made.count()).toBe(0);
    expect(waiting()).toHaveLength(1);
  });

  it('is told again as waiting, and expires', async () => {
    ask(away);
    expect(ask(away)).toMatchObject([{ type: 'ack', state: 'waiting' }]);
    expect(waiting()).toHaveLength(1);
    made.bench.clock.advance(61_000);
    await settled();
    expect(made.bench.order('M1')).toMatchObject({ state: 'refused', refusal: { code: 'expired' } });
    expect(made.count()).toBe(0);
  });
});

describe('in mode ask', () => {
  beforeEach(() => {
    configure({ mode: 'ask' });
  });

  it('a change waits for a person, whose close leaves under the kill switch too', async () => {
    const told = ask(close);
    await settled();
    expect(told).toMatchObject([{ type: 'ack', state: 'waiting' }]);
    expect(made.count()).toBe(0);
    made.bench.controller.risk.kill('ticket');
    made.bench.clock.advance(250);
    expect(waiting()).toMatchObject([{ action: 'close_position', obstacle: null }]);
    await made.bench.controller.signals.fireWaiting(waiting()[0]?.number ?? 0, null, 'ticket');
    expect(made.count()).toBe(1);
  });

  it('a change that can’t be is refused, and no person is asked', async () => {
    expect(await refusal({ ...modify, sl_price: 2400 })).toBe('invalid_sl');
    expect(await refusal({ ...close, position: '13' })).toBe('not_found');
    expect(waiting()).toEqual([]);
  });

  it('a dismissed one is told so', async () => {
    const told = ask(close);
    made.bench.controller.signals.dismissWaiting(waiting()[0]?.number ?? 0);
    await settled();
    expect(told.at(-1)).toMatchObject({ type: 'refused', code: 'dismissed' });
    expect(made.count()).toBe(0);
  });
});

describe('several that close the same position', () => {
  it('send it once: two engines and a window at the same moment', async () => {
    configure({ changeOthers: true }, 'OTHER');
    const venom = ask(close);
    const other = ask({ ...close, signal_id: 'C2' }, 'OTHER');
    const person = await made.change(
      { action: 'close_position', position: '11', lot: null },
      { seen: { symbol: 'XAUUSD', side: 'buy', lots: 0.1, price: 2400, sl: 2390, tp: 2410 } },
    );
    await settled();
    expect(person.state).toBe('sent');
    expect([venom.at(-1), other.at(-1)]).toMatchObject([{ code: 'busy' }, { code: 'busy' }]);
    expect(made.count()).toBe(1);
  });

  it('send it once: a flood of one engine under IDs of their own', async () => {
    configure({ tradesPerMinute: 3 });
    const told = Array.from({ length: 50 }, (_, index) => ask({ ...close, signal_id: `F${String(index)}` }));
    await settled();
    expect(made.count()).toBe(1);
    // Its two trades and the first close are three orders.
    expect(told.filter((each) => each.at(-1)?.['code'] === 'engine_limit')).toHaveLength(49);
  });

  it('of parts are counted as orders of the minute', async () => {
    configure({ tradesPerMinute: 4 });
    for (const id of ['P1', 'P2', 'P3']) {
      ask({ ...close, signal_id: id, lot: 0.01 });
      await settled();
      done(id);
      made.lists(own, []);
    }
    // Its two trades count too.
    expect(made.count()).toBe(2);
    expect(engine()?.tradesToday).toBe(2);
  });
});

describe('a request that is wrong', () => {
  it('is refused with a sentence that names the field, and counted', () => {
    const wrong: [Record<string, unknown>, string, RegExp][] = [
      [{ type: 'close', signal_id: 'W' }, 'invalid_request', /"position" is missing\./],
      [{ type: 'close', position: '11' }, 'invalid_signal_id', /"signal_id" is missing\./],
      [{ ...close, signal_id: 'a b' }, 'invalid_signal_id', /letters, digits/],
      [{ ...close, position: '-1' }, 'invalid_request', /"position" must be its number, as text of digits\./],
      [{ ...close, position: 1.5 }, 'invalid_request', /as text of digits/],
      [{ ...close, lot: 0 }, 'invalid_lot', /"lot" must be a number of lots above 0\./],
      [{ ...close, lot: '0.1' }, 'invalid_lot', /"lot" must be a number/],
      [{ ...close, lot: 0.05, by: '12' }, 'invalid_lot', /together with "by"/],
      [{ ...close, lots: 0.05 }, 'invalid_request', /"lots" is no field of a request of type close\./],
      [{ ...close, bridge: 'silver' }, 'invalid_bridge', /silver/],
      [{ ...close, sent_at: 'now' }, 'invalid_request', /"sent_at" must be Unix time/],
      [modify, 'invalid_request', /"sl_price" is missing, and so is everything else/],
      [{ ...modify, sl: 20 }, 'invalid_request', /"sl" is no field of .* stops are prices, sl_price and tp_price\./],
      [{ ...modify, sl_price: -1 }, 'invalid_sl', /must be a price, 0 for none/],
      [{ ...modify, tp_price: null }, 'invalid_tp', /must be a price/],
      [{ ...modify, order: '22', sl_price: 2395 }, 'invalid_request', /and not both/],
      [{ ...modify, price: 2395 }, 'invalid_request', /"price" is of a pending order/],
      [{ type: 'cancel', signal_id: 'W', order: '22', lot: 1 }, 'invalid_lot', /"lot" is no field/],
      [{ type: 'positions', limit: 101 }, 'invalid_request', /"limit" must be a whole number from 1 to 100\./],
      [{ type: 'deals', cursor: '5' }, 'invalid_request', /"cursor" must be the "next" of a page\./],
      [{ type: 'deals', since: '2026-01-01' }, 'invalid_request', /"since" must be Unix time/],
      [{ type: 'modif' }, 'invalid_request', /"type" must be signal, close, modify, cancel/],
    ];
    for (const [request, code, reason] of wrong) {
      expect(ask(request), JSON.stringify(request)).toMatchObject([
        { type: 'refused', code, reason: expect.stringMatching(reason) as string, final: true },
      ]);
    }
    expect(engine()?.counts.refused).toBe(wrong.length);
    expect(made.count()).toBe(0);
  });

  it('of another account is refused', async () => {
    expect(await refusal({ ...close, account: '7@Other' })).toBe('changed');
    expect(await refusal({ type: 'positions', account: '7@Other' })).toBe('changed');
    expect(made.count()).toBe(0);
  });
});

describe('lists', () => {
  const page = async (request: Record<string, unknown>, name = 'VENOM'): Promise<Told> => {
    const told = ask(request, name);
    await settled();
    expect(told).toHaveLength(1);
    const [page] = told;
    if (page === undefined) throw new Error('Nothing was told.');
    return page;
  };

  it('name what the engine has opened alone, or all where it is permitted', async () => {
    const told = await page({ type: 'positions', signal_id: 'Q1' });
    expect(told).toMatchObject({
      ...{ type: 'positions', signal_id: 'Q1', bridge: 'main', account: '1000001@Broker-Demo', next: null },
      positions: [
        { position: '11', symbol: 'XAUUSD', side: 'buy', lots: 0.1, sl: 2390, opened_by: 'engine VENOM', own: true },
        { position: '12', own: true },
      ],
    });
    configure({ changeOthers: true });
    expect(await page({ type: 'positions' })).toMatchObject({
      positions: [
        { position: '11' },
        { position: '12' },
        { position: '13', own: false },
        { position: '14', opened_by: 'mobile' },
      ],
    });
    expect(await page({ type: 'orders' })).toMatchObject({ orders: [{ order: '21', kind: 'limit' }, { order: '22' }] });
  });

  it('come in pages that a change between them does not mix up', async () => {
    const first = await page({ type: 'positions', limit: 1 });
    expect(first).toMatchObject({ positions: [{ position: '11' }], next: '11' });
    made.lists(own.slice(1), []);
    expect(await page({ type: 'positions', limit: 1, cursor: '11' })).toMatchObject({
      ...{ positions: [{ position: '12' }], next: null },
    });
  });

  it('of deals are those of positions that it opened', async () => {
    const deal = (number: number, at: number, position: number, more: Record<string, unknown>) => {
      made.bench.link.says({
        ...{ type: 'deal', deal: String(number), kind: 'trade', at, position: String(position), symbol: 'XAUUSD' },
        ...{ side: 'buy', entry: 'in', lots: 0.1, price: 2400, ...more },
      });
    };
    for (const [index, id] of ['V1', 'V2', 'O1'].entries()) {
      deal(31 + index, 1_000 + index, 11 + index, { signal_id: id });
      deal(41 + index, 2_000 + index, 11 + index, { side: 'sell', entry: 'out', profit: 5, reason: 'sl' });
    }
    made.bench.clock.advance(1_000);
    const first = await page({ type: 'deals', limit: 1 });
    expect(first).toMatchObject({ deals: [{ deal: '42', position: '12', profit: 5, closed_by: 'sl', own: true }] });
    expect(await page({ type: 'deals', limit: 5, cursor: first['next'] })).toMatchObject({
      ...{ deals: [{ deal: '41' }], next: null },
    });
    expect(await page({ type: 'deals', since: 2.001 })).toMatchObject({ deals: [{ deal: '42' }] });
    configure({ changeOthers: true });
    expect(await page({ type: 'deals' })).toMatchObject({ deals: [{ deal: '43', own: false }, {}, {}] });
  });

  it('are refused where the EA has listed nothing since it connected', async () => {
    made.bench.link.leave();
    expect(await page({ type: 'positions' })).toMatchObject({ type: 'refused' });
    expect(await refusal(close)).not.toBe('ack');
  });

  it('are limited in a minute, which halts nobody', async () => {
    configure({ haltAfter: 5 });
    const told = Array.from({ length: 300 }, () => ask({ type: 'positions' }));
    await settled();
    expect(told.filter(([each]) => each?.['code'] === 'engine_limit')).toHaveLength(60);
    expect(engine()?.halted).toBeNull();
  });

  it('are told to a paused engine too', async () => {
    configure({ mode: 'paused' });
    expect(await page({ type: 'positions' })).toMatchObject({ type: 'positions' });
  });
});
