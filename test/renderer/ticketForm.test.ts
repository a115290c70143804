import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Quote } from '../../src/api/state.ts';
import { encodeSignal } from '../../src/protocol/commandFrame.ts';
import {
  describeStop,
  emptyTicket,
  needsConfirmation,
  readTicket,
  stepLots,
  type TicketFields,
} from '../../renderer/views/ticket/ticketForm.ts';
import { bridgeBench } from '../support/bridgeBench.ts';

const bridge = bridgeBench().state();
const inPrices = { ...bridge, stopUnit: 'price' as const };
const newId = (symbol: string): string => `NEW_${symbol}`;
const fields: TicketFields = { symbol: 'XAUUSD', lot: '0.1', sl: '20', tp: '40', signalId: '' };
const gold: Quote = { symbol: 'XAUUSD', bid: 2341.22, ask: 2341.47, digits: 2, point: 0.01, at: 0 };

describe('reading the ticket', () => {
  it('gives the order as typed, with an ID of its own when none is', () => {
    expect(readTicket(fields, 'buy', bridge, newId)).toEqual({
      request: { bridge: 'main', action: 'buy', symbol: 'XAUUSD', lot: 0.1, sl: 20, tp: 40, signalId: 'NEW_XAUUSD' },
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
    expect(stepLots(from, bridge, direction)).toBe(to);
  });

  it('keep to a coarser grid', () => {
    const coarse = { ...bridge, lots: { min: 0.1, max: 1, step: 0.1 } };
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
  const request = { bridge: 'main', action: 'buy' as const, symbol: 'X', lot: 1, sl: 20, tp: 40, signalId: 'A' };
  it('is asked for as the setting says, and always without a stop (W2)', () => {
    expect(needsConfirmation(request, true)).toBe(true);
    expect(needsConfirmation(request, false)).toBe(false);
    expect(needsConfirmation({ ...request, sl: 0 }, false)).toBe(true);
    expect(needsConfirmation({ ...request, tp: 0 }, false)).toBe(true);
  });
});
