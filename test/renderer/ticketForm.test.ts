import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Quote } from '../../src/api/state.ts';
import { encodeSignal } from '../../src/protocol/commandFrame.ts';
import {
  closeRequest,
  describeStop,
  emptyTicket,
  needsConfirmation,
  readTicket,
  rulesOf,
  stepLots,
  unsettledBeside,
  type TicketFields,
} from '../../renderer/views/ticket/ticketForm.ts';
import { bridgeBench } from '../support/bridgeBench.ts';
import { anOrder } from './anOrder.ts';

const bridge = bridgeBench().state();
const inPrices = { ...bridge, stopUnit: 'price' as const };
const newId = (symbol: string): string => `NEW_${symbol}`;
const fields: TicketFields = { symbol: 'XAUUSD', lot: '0.1', sl: '20', tp: '40', signalId: '' };
const gold: Quote = { symbol: 'XAUUSD', bid: 2341.22, ask: 2341.47, digits: 2, point: 0.01, at: 0 };

describe('reading the ticket', () => {
  it('gives the order as typed, with an ID of its own when none is', () => {
    expect(readTicket(fields, 'buy', bridge, newId)).toEqual({
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
    expect(readTicket({ ...fields, signalId: ' VENOM_1 ' }, 'sell', bridge, newId)).toMatchObject({
      request: { action: 'sell', signalId: 'VENOM_1' },
    });
  });

  it('takes an empty stop for none, which is 0, and an empty lot for an error', () => {
    expect(readTicket({ ...fields, sl: '', tp: ' ' }, 'buy', bridge, newId)).toMatchObject({
      request: { sl: 0, tp: 0 },
    });
    expect(readTicket({ ...fields, lot: '' }, 'buy', bridge, newId)).toEqual({
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
    expect(readTicket({ ...fields, ...changes }, 'buy', bridge, newId)).toEqual({
      errors: { [field]: expect.stringContaining(words) as string },
    });
  });

  it('lets through nothing that could not be encoded for the EA', () => {
    const text = fc.oneof(fc.string({ maxLength: 8 }), fc.double().map(String), fc.integer().map(String));
    const typed = fc.record({
      symbol: fc.string({ maxLength: 35 }),
      lot: text,
      sl: text,
      tp: text,
      signalId: fc.string({ maxLength: 35 }),
    });
    fc.assert(
      fc.property(typed, fc.constantFrom(bridge, inPrices), (candidate, rules) => {
        const read = readTicket(candidate, 'buy', rules, newId);
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
    expect(readTicket(fields, 'buy', strict, newId)).toEqual({
      errors: { lot: expect.stringContaining('below the minimum of 0.5') as string },
    });
    expect(readTicket({ ...fields, symbol: 'EURUSD' }, 'buy', strict, newId)).toHaveProperty('request');
  });

  it('takes no stop while its unit is not set', () => {
    const unset = { ...bridge, stopUnit: null };
    expect(readTicket(fields, 'buy', unset, newId)).toEqual({
      errors: { sl: expect.stringContaining('the stop unit of this bridge is not set') as string },
    });
    expect(readTicket({ ...fields, sl: '', tp: '' }, 'buy', unset, newId)).toHaveProperty('request');
    expect(describeStop('20', unset, gold)).toBeNull();
  });

  it('starts with a ticket that can be fired', () => {
    expect(readTicket(emptyTicket, 'buy', bridge, newId)).toHaveProperty('request');
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
  it('is its distance in price, by the symbol’s own point', () => {
    expect(describeStop('200', bridge, gold)).toEqual({ text: '= 2.00 in price', warning: false });
  });

  it('warns of a stop inside the spread: a mistaken unit, most likely', () => {
    expect(describeStop('20', bridge, gold)).toEqual({
      text: '= 0.20 in price, inside the spread of 25',
      warning: true,
    });
  });

  it('is not guessed at without a quote that tells the point, and is no distance where stops are prices', () => {
    expect(describeStop('20', bridge, null)).toBeNull();
    expect(describeStop('20', bridge, { ...gold, point: null })).toBeNull();
    expect(describeStop('2340', inPrices, gold)).toEqual({ text: 'an absolute price', warning: false });
    expect(describeStop('', bridge, gold)).toBeNull();
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
  it('is asked for as the setting says, and always without a stop (W2)', () => {
    expect(needsConfirmation(request, true)).toBe(true);
    expect(needsConfirmation(request, false)).toBe(false);
    expect(needsConfirmation({ ...request, sl: 0 }, false)).toBe(true);
    expect(needsConfirmation({ ...request, tp: 0 }, false)).toBe(true);
  });
});

describe('closes', () => {
  it('carry what the wire wants of them (W2, W3)', () => {
    expect(closeRequest('main', 'XAUUSD', newId)).toEqual({
      bridge: 'main', action: 'close', symbol: 'XAUUSD', lot: 0.01, sl: 0, tp: 0, signalId: 'NEW_XAUUSD', confirmed: [],
    }); // prettier-ignore
    expect(closeRequest('main', null, newId)).toMatchObject({
      action: 'close_all',
      symbol: 'ALL',
      signalId: 'NEW_ALL',
    });
  });
});

describe('orders beside unknown ones', () => {
  const request = { ...closeRequest('main', 'XAUUSD', newId), action: 'sell' as const, sl: 20, tp: 40 };
  const unknown = anOrder({ state: 'unknown' });

  it('are those in the same symbol of the same bridge, and closes are none', () => {
    const orders = [
      unknown,
      anOrder({ state: 'filled' }),
      anOrder({ state: 'unknown', symbol: 'EURUSD' }),
      anOrder({ state: 'unknown', bridge: 'paper' }),
      anOrder({ state: 'unknown', action: 'close' }),
    ];
    expect(unsettledBeside(orders, request)).toEqual([unknown]);
    expect(unsettledBeside(orders, closeRequest('main', 'XAUUSD', newId))).toEqual([]);
  });

  it('are always asked about', () => {
    expect(needsConfirmation(request, false, [unknown])).toBe(true);
    expect(needsConfirmation(request, false, [])).toBe(false);
  });
});
