import { atMarket, stepPrice } from '../../renderer/views/ticket/form/ticketEntry.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Quote } from '../../src/domain/market/quote.ts';
import type { BridgeState } from '../../src/api/state/state.ts';
import { encodeSignal } from '../../src/protocol/ea/commandFrame.ts';
import type { PlacedStop, TypedStopUnit } from '../../src/domain/sizing/stops.ts';
import { firstGap, planFigure, planRows } from '../../renderer/views/ticket/form/planWords.ts';
import {
  changeTicket,
  emptyTicket,
  unitOf,
  type TicketChange,
  type TicketFields,
} from '../../renderer/views/ticket/form/ticketFields.ts';
import {
  closeRequest,
  needsConfirmation,
  readTicket,
  readIntent,
  rulesOf,
  stepLots,
  unsettledBeside,
} from '../../renderer/views/ticket/form/ticketForm.ts';
import { describeStop, planOf } from '../../renderer/views/ticket/form/ticketSizing.ts';
import { instrumentOf, type Market } from '../../renderer/shared/symbolContext.ts';
import { bridgeBench } from '../support/bridgeBench.ts';
import { anOrder } from './anOrder.ts';

const bridge = bridgeBench().state();
const inPrices = { ...bridge, stopUnit: 'price' as const };
const newId = (symbol: string): string => `NEW_${symbol}`;
const gold: Quote = { symbol: 'XAUUSD', bid: 2341.22, ask: 2341.47, digits: 2, point: 0.01, at: 0, earlier: false };
const market: Market = { quotes: [gold], now: 0 };

/** A ticket as typed, with stops in the bridge's unit or in another. */
interface Typed {
  symbol?: string;
  lot?: string;
  percent?: string;
  money?: string;
  sl?: string;
  tp?: string;
  unit?: TypedStopUnit;
  signalId?: string;
  entry?: TicketFields['entry'];
}
const typed = (changes: Typed = {}): TicketFields => {
  const { entry = atMarket } = changes;
  const { symbol = 'XAUUSD', lot = '0.1', percent, money, sl = '20', tp = '40', unit, signalId = '' } = changes;
  return {
    symbol,
    sizeBy: percent !== undefined ? 'percent' : money !== undefined ? 'money' : 'lots',
    sizes: { lots: lot, percent: percent ?? '', money: money ?? '' },
    stopUnit: unit ?? null,
    stops: { sl, tp },
    entry,
    signalId,
  };
};
const readFrom = (changes: Typed = {}, side: 'buy' | 'sell' = 'buy', on = bridge, seen = market) =>
  readTicket(typed(changes), side, on, seen, newId);
const errorWith = (field: string, words: string) => ({ errors: { [field]: expect.stringContaining(words) as string } });

describe('reading the ticket', () => {
  it('gives the order as typed, with an ID of its own when none is', () => {
    expect(readFrom()).toMatchObject({
      request: {
        bridge: 'main',
        action: 'buy',
        symbol: 'XAUUSD',
        lot: 0.1,
        sl: 20,
        tp: 40,
        signalId: 'NEW_XAUUSD',
        confirmed: [],
      },
    });
    expect(readFrom({ signalId: ' VENOM_1 ' }, 'sell')).toMatchObject({
      request: { action: 'sell', signalId: 'VENOM_1' },
    });
  });

  it('takes an empty stop for none, which is 0, and an empty lot for an error', () => {
    expect(readFrom({ sl: '', tp: ' ' })).toMatchObject({
      request: { sl: 0, tp: 0 },
    });
    expect(readFrom({ lot: '' })).toEqual({
      errors: { lot: 'Lots must be a number.' },
    });
  });

  it.each([
    [{ lot: '0,1' }, 'lot', 'comma'],
    [{ lot: '1e2' }, 'lot', 'number'],
    [{ lot: '-1' }, 'lot', 'number'],
    [{ lot: '0.016' }, 'lot', '2 decimals'],
    [{ sl: '20pt' }, 'sl', 'number'],
    [{ sl: '2341.5' }, 'sl', 'whole number of points'],
    [{ symbol: '' }, 'symbol', 'Type a symbol'],
    [{ signalId: 'no blanks' }, 'signal_id', 'Signal ID'],
  ] as const)('names the field of %j', (changes, field, words) => {
    expect(readFrom(changes)).toEqual({
      errors: { [field]: expect.stringContaining(words) as string },
    });
  });

  it('lets through nothing that could not be encoded for the EA', () => {
    const text = fc.oneof(fc.string({ maxLength: 8 }), fc.double().map(String), fc.integer().map(String));
    const anything = fc.record(
      {
        symbol: fc.oneof(fc.constantFrom('XAUUSD', 'EURUSD'), fc.string({ maxLength: 35 })),
        lot: text,
        percent: text,
        money: text,
        sl: text,
        tp: text,
        unit: fc.constantFrom('points', 'pips', 'price'),
        signalId: fc.string({ maxLength: 35 }),
      },
      { requiredKeys: ['symbol', 'lot', 'sl', 'tp', 'signalId'] },
    );
    fc.assert(
      fc.property(anything, fc.constantFrom(bridge, inPrices), (candidate, rules) => {
        const read = readFrom(candidate, 'buy', { ...rules, currency: 'USD', pipsConfirmed: true });
        if ('errors' in read) {
          expect(Object.keys(read.errors).length).toBeGreaterThan(0);
          return;
        }
        const { action, symbol, lot, sl, tp, signalId } = read.request;
        expect(encodeSignal({ action, symbol, lot, sl, tp, signal_id: signalId }, rules).ok).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  it('takes the lots of a symbol that has its own', () => {
    const own = { min: 0.5, max: 5, step: 0.5 };
    const strict = {
      ...bridge,
      symbols: bridge.symbols.map((spec) => (spec.symbol === 'XAUUSD' ? { ...spec, lots: own } : spec)),
    };
    expect(rulesOf(strict, 'XAUUSD').lots).toEqual(own);
    expect(readFrom({}, 'buy', strict)).toEqual(errorWith('lot', 'below the minimum of 0.5'));
    expect(readFrom({ symbol: 'EURUSD' }, 'buy', strict)).toHaveProperty('request');
  });

  it('takes no stop while its unit is not set', () => {
    const unset = { ...bridge, stopUnit: null };
    expect(readFrom({}, 'buy', unset)).toMatchObject(errorWith('sl', "whether this bridge's EA reads stops"));
    expect(readFrom({ sl: '', tp: '' }, 'buy', unset)).toHaveProperty('request');
  });

  it('starts with a ticket that can be fired', () => {
    expect(readTicket(emptyTicket, 'buy', bridge, market, newId)).toHaveProperty('request');
  });
});

describe('lot steppers', () => {
  it.each([
    ['0.01', 1, '0.02'],
    ['0.1', -1, '0.09'],
    ['0.01', -1, '0.01'],
    ['50', 1, '50.00'],
    ['0.015', 1, '0.02'],
    ['0.015', -1, '0.01'],
    ['0.29', 1, '0.30'],
    ['rubbish', 1, '0.02'],
  ] as const)('%s by %i is %s', (from, direction, to) => {
    expect(stepLots(from, bridge.lots, direction)).toBe(to);
  });

  it('keep to a coarser grid', () => {
    const coarse = { min: 0.1, max: 1, step: 0.1 };
    expect([stepLots('0.25', coarse, 1), stepLots('0.25', coarse, -1), stepLots('0.3', coarse, 1)]).toEqual([
      '0.30',
      '0.20',
      '0.40',
    ]);
  });
});

describe('what a stop amounts to', () => {
  const describe = (value: number, unit: PlacedStop['unit'], quote: Quote | null = gold) =>
    describeStop({ unit, value }, instrumentOf({ ...bridge, pipsConfirmed: true }, [], 'XAUUSD'), quote);

  it('is its distance in price, by the symbol’s own point or pip', () => {
    expect(describe(200, 'points')).toEqual({ text: '= 2.00 in price', warning: false });
    expect(describe(20, 'pips')).toEqual({ text: '= 2.00 in price', warning: false });
  });

  it('warns of a stop inside the spread: a mistaken unit, most likely', () => {
    expect(describe(20, 'points')).toEqual({ text: 'inside the spread of 25', warning: true });
    expect(describe(2, 'pips')).toEqual({ text: 'inside the spread of 25', warning: true });
  });

  it('is not guessed at without a quote, and is no distance where stops are prices', () => {
    expect(describe(20, 'points', null)).toBeNull();
    expect(describe(2340, 'price')).toEqual({ text: 'an absolute price', warning: false });
    expect(describe(0, 'points')).toBeNull();
    expect(describe(Number.NaN, 'points')).toBeNull();
  });
});

describe('a size that is worked out', () => {
  const rich: BridgeState = {
    ...bridge,
    currency: 'USD',
    leverage: 100,
    stream: 'current',
    account: { ...bridge.account, equity: 10_000, margin: 0, at: 0, marginAt: 0 },
  };

  it('is fired in lots, with stops in the unit of the EA', () => {
    expect(readFrom({ percent: '2', sl: '500', tp: '1000' }, 'buy', rich)).toMatchObject({
      request: { lot: 0.4, sl: 500, tp: 1000 },
      plan: { atRisk: 200, reward: 400 },
    });
    expect(readFrom({ money: '150', sl: '2336.22', tp: '2351.22', unit: 'price' }, 'sell', rich)).toEqual({
      errors: {
        sl: expect.stringContaining('must be above the price') as string,
        tp: expect.stringContaining('must be below the price') as string,
      },
    });
    expect(readFrom({ money: '150', sl: '2346.22', tp: '2331.22', unit: 'price' }, 'sell', rich)).toMatchObject({
      request: { lot: 0.3, sl: 500, tp: 1000 },
    });
    const pips = { percent: '2', sl: '50', tp: '100', unit: 'pips' } as const;
    expect(readFrom(pips, 'buy', { ...rich, stopUnit: 'price', pipsConfirmed: true })).toMatchObject({
      request: { lot: 0.4, sl: 2336.47, tp: 2351.47 },
    });
    expect(readFrom(pips, 'buy', rich)).toMatchObject(
      errorWith('sl', 'What a pip is on this bridge has not been confirmed'),
    );
  });

  it('needs what it is worked out from, and says so', () => {
    expect(readFrom({ percent: '2', sl: '' }, 'buy', rich)).toEqual(errorWith('lot', 'no stop loss. Set a stop loss.'));
    expect(readFrom({ percent: '2', sl: '500' }, 'buy', { ...rich, currency: null })).toEqual(
      errorWith('lot', "The account's currency is not known"),
    );
    expect(readFrom({ percent: '', sl: '500' }, 'buy', rich)).toEqual(errorWith('lot', 'Risk must be a number.'));
  });

  it('is sent under the name that the broker has for the symbol', () => {
    const suffixed = { ...rich, symbolSuffix: '.m' };
    const quotes = [{ ...gold, symbol: 'XAUUSD.m' }];
    expect(readFrom({ percent: '2', sl: '500' }, 'buy', suffixed, { quotes, now: 0 })).toMatchObject({
      request: { symbol: 'XAUUSD.m', lot: 0.4, signalId: 'NEW_XAUUSD.m' },
      plan: { stopPrice: 2336.47 },
    });
    expect(closeRequest(suffixed, 'XAUUSD', newId)).toMatchObject({ symbol: 'XAUUSD.m' });
    expect(closeRequest(suffixed, null, newId)).toMatchObject({ symbol: 'ALL' });
  });
});

describe('typing', () => {
  const type = (changes: TicketChange[], unit: 'points' | 'price' = 'points'): TicketFields =>
    changes.reduce<TicketFields>((fields, change) => changeTicket(fields, change, unit), emptyTicket);

  it('keeps a text for each way to say a size', () => {
    const fields = type([{ sizeBy: 'percent' }, { field: 'size', text: '1' }]);
    expect(fields.sizes).toEqual({ lots: '0.01', percent: '1', money: '' });
    expect([unitOf(fields, 'price'), unitOf(emptyTicket, null)]).toEqual(['price', 'points']);
  });

  it('takes the converted stops with another unit', () => {
    const stops = { sl: '50', tp: '' };
    const fields = type([
      { field: 'sl', text: '500' },
      { stopUnit: 'pips', stops },
    ]);
    expect([unitOf(fields, 'points'), fields.stops]).toEqual(['pips', stops]);
  });

  it.each(['points', 'pips', 'price'] as const)('clears stops in %s with the symbol', (stopUnit) => {
    const stops = { sl: '2335', tp: '2350' };
    const typed: TicketChange[] = [{ stopUnit, stops }];
    expect(type([...typed, { field: 'symbol', text: 'xauusd ' }]).stops).toEqual(stops);
    expect(type([...typed, { field: 'symbol', text: 'USDJPY' }])).toMatchObject({
      symbol: 'USDJPY',
      stops: { sl: '', tp: '' },
    });
  });

  it('keeps stops in money with another symbol', () => {
    const stops = { sl: '50', tp: '100' };
    expect(
      type([
        { stopUnit: 'money', stops },
        { field: 'symbol', text: 'USDJPY' },
      ]).stops,
    ).toEqual(stops);
  });
});

describe('the figures before an order', () => {
  const rich: BridgeState = {
    ...bridge,
    currency: 'USD',
    stream: 'current',
    account: { ...bridge.account, equity: 10_000, margin: 0, at: 0, marginAt: 0 },
  };
  const planFor = (changes: Typed, side: 'buy' | 'sell' = 'buy', on = rich) => {
    const read = readIntent(typed(changes), side, on);
    return 'errors' in read ? null : planOf(read.intent, 'XAUUSD', on, market);
  };
  const shown = (changes: Typed) =>
    Object.fromEntries(planRows(2, 'USD').map((row) => [row.name, planFigure(row, planFor(changes), rich).text]));

  it('are a number each, or a dash with the reason', () => {
    expect(shown({ percent: '2', sl: '500', tp: '1000' })).toEqual({
      Lots: '0.40',
      'Stop at': '2336.47',
      Distance: '5.00',
      'At risk': '200.00',
      Reward: '400.00',
      Margin: '–',
      'Level after': '–',
    });
    expect(shown({ lot: 'x' })).toMatchObject({ Lots: '–', Margin: '–' });
    const margin = planRows(2, 'USD').find(({ name }) => name === 'Margin');
    expect(margin === undefined ? null : planFigure(margin, planFor({}), rich)).toEqual({
      text: '–',
      share: null,
      isHeavy: false,
      why: "The account's leverage is not known. Set the leverage in the settings of the bridge.",
    });
  });

  it('have their share of equity beside a figure of money, red from 5 % at risk on', () => {
    const [risk, reward] = ['At risk', 'Reward'].map((name) => planRows(2, 'USD').find((row) => row.name === name));
    const figure = (row: typeof risk, changes: Typed, equity: number | null) =>
      row === undefined ? null : planFigure(row, planFor(changes), { account: { equity }, heavyRiskPercent: 5 });
    expect(figure(risk, { percent: '2', sl: '500' }, 10_000)).toMatchObject({ share: '2.0 %', isHeavy: false });
    expect(figure(risk, { lot: '1', sl: '500' }, 10_000)).toMatchObject({ share: '5.0 %', isHeavy: true });
    expect(figure(reward, { lot: '1', sl: '500', tp: '500' }, 10_000)).toMatchObject({ isHeavy: false });
    expect(figure(risk, { lot: '10', sl: '50000' }, 10_000)?.share).toBe('over 999 %');
    expect(figure(risk, { lot: '1', sl: '500' }, null)).toMatchObject({ share: null, isHeavy: false });
  });

  it('name first what is missing on both sides, and no stop that nobody wanted', () => {
    const of = (changes: Typed, on = rich) => firstGap([planFor(changes, 'sell', on), planFor(changes, 'buy', on)]);
    const leveraged = { ...rich, leverage: 100 };
    expect(of({ sl: '', tp: '' }, leveraged)).toBeNull();
    expect(of({ percent: '1', sl: '', tp: '' }, leveraged)?.missing).toBe('The order has no stop loss');
    expect(of({})?.missing).toContain('leverage');
    expect(of({ unit: 'pips' })?.missing).toContain('What a pip is on this bridge has not been confirmed');
    const price = { sl: '2330', tp: '', unit: 'price' } as const;
    expect(of(price)?.missing).toContain('leverage');
    expect(of(price, leveraged)?.missing).toContain('of a sell must be above');
    expect(firstGap([null, null])).toBeNull();
  });
});

describe('confirmation', () => {
  const request = {
    bridge: 'main',
    action: 'buy' as const,
    symbol: 'X',
    lot: 1,
    sl: 20,
    tp: 40,
    signalId: 'A',
    confirmed: [],
  };
  it('is asked for unless one-click is on, and always without a stop (W2)', () => {
    expect(needsConfirmation(request, false)).toBe(true);
    expect(needsConfirmation(request, true)).toBe(false);
    expect(needsConfirmation({ ...request, sl: 0 }, true)).toBe(true);
    expect(needsConfirmation({ ...request, tp: 0 }, true)).toBe(true);
    const none = { stops: [], risk: null, isHeavy: false };
    expect(needsConfirmation(request, true, [], none)).toBe(false);
    expect(needsConfirmation(request, true, [], { ...none, stops: [{ key: 'sl far', text: 'far' }] })).toBe(true);
    expect(needsConfirmation(request, true, [], { ...none, risk: 'much' })).toBe(true);
  });
});

describe('closes', () => {
  it('carry what the wire wants of them (W2, W3)', () => {
    expect(closeRequest(bridge, 'XAUUSD', newId)).toEqual({
      bridge: 'main', action: 'close', symbol: 'XAUUSD', lot: 0.01, sl: 0, tp: 0, signalId: 'NEW_XAUUSD', confirmed: [],
    }); // prettier-ignore
    expect(closeRequest(bridge, null, newId)).toMatchObject({
      action: 'close_all',
      symbol: 'ALL',
      signalId: 'NEW_ALL',
    });
  });
});

describe('orders beside unknown ones', () => {
  const request = { ...closeRequest(bridge, 'XAUUSD', newId), action: 'sell' as const, sl: 20, tp: 40 };
  const unknown = anOrder({ state: 'unknown' });

  it('are those in the same symbol of the same bridge and of bridges that are gone, and closes are none', () => {
    const gone = anOrder({ state: 'unknown', bridge: 'gold' });
    const orders = [
      unknown,
      gone,
      anOrder({ state: 'unknown', bridge: 'gold', symbol: 'EURUSD' }),
      anOrder({ state: 'filled' }),
      anOrder({ state: 'unknown', symbol: 'EURUSD' }),
      anOrder({ state: 'unknown', bridge: 'paper' }),
      anOrder({ state: 'unknown', action: 'close' }),
    ];
    const app = { orders, bridges: [bridge] };
    expect(unsettledBeside(app, request)).toEqual([unknown, gone]);
    expect(unsettledBeside({ orders, bridges: [{ ...bridge, kind: 'paper' }] }, request)).toEqual([unknown]);
    expect(unsettledBeside(app, closeRequest(bridge, 'XAUUSD', newId))).toEqual([]);
  });

  it('are always asked about', () => {
    expect(needsConfirmation(request, true, [unknown])).toBe(true);
    expect(needsConfirmation(request, true, [])).toBe(false);
  });
});

describe('a pending order on the ticket', () => {
  const eight = { ...bridge, speaks8: true };
  const limit = { ...atMarket, kind: 'limit', price: '2300' } as const;

  it('is sent as typed, and is sized from its own price', () => {
    const read = readFrom({ entry: limit, unit: 'price', sl: '2290', tp: '' }, 'buy', { ...eight, stopUnit: 'price' });
    expect(read).toMatchObject({
      request: { action: 'buy', sl: 2290, entry: { kind: 'limit', price: 2300, limitPrice: null, until: 'gtc' } },
      plan: { distance: 10, stopPrice: 2290 },
    });
  });

  it('always asks, with one-click too', () => {
    const read = readFrom({ entry: limit }, 'buy', eight);
    if ('errors' in read) throw new Error(JSON.stringify(read.errors));
    expect(needsConfirmation(read.request, true)).toBe(true);
  });

  it('has an error beside each wrong field', () => {
    const on = (entry: TicketFields['entry'], side: 'buy' | 'sell' = 'buy') => readFrom({ entry }, side, eight);
    expect(on({ ...limit, price: '' })).toEqual(errorWith('price', 'type a price'));
    expect(on({ ...limit, price: '2300,5' })).toEqual(errorWith('price', 'a point, not a comma'));
    expect(on({ ...limit, kind: 'stop_limit' })).toEqual(errorWith('limit', 'type a price'));
    expect(on({ ...limit, expiry: 'time' })).toEqual(errorWith('until', 'date and time'));
    expect(on(limit, 'sell')).toEqual(errorWith('price', 'must be above the bid'));
    expect(readFrom({ entry: limit })).toEqual(errorWith('press', 'takes no limit'));
  });

  it('steps its price along the grid of ticks', () => {
    expect(stepPrice('2300.10', 0.05, 2, 1, null)).toBe('2300.15');
    expect(stepPrice('2300.12', 0.05, 2, 1, null)).toBe('2300.15');
    expect(stepPrice('2300.12', 0.05, 2, -1, null)).toBe('2300.10');
    expect(stepPrice('', 0.05, 2, 10, 2341)).toBe('2341.00');
    expect(stepPrice('', 0.05, 2, 1, null)).toBe('');
  });
});
