import { describe, expect, it } from 'vitest';
import { refusals } from '../../src/domain/orders/refusals.ts';
import { errorText, lotWords, stopWords } from '../../renderer/shared/orderWords.ts';
import { findOrder, ticketWords } from '../../renderer/views/ticket/form/ticketWords.ts';
import { anOrder, aSentOrder } from './anOrder.ts';

const settledBy = { by: 'ticket', at: 0, note: '' } as const;

describe('what is odd about an order', () => {
  it('is nothing of a plain fill', () => {
    expect(errorText(anOrder())).toBe('');
  });

  it.each([
    [{ state: 'refused', refusal: refusals.killSwitch() }, '(kill_switch)'],
    [{ state: 'rejected', message: 'No money' }, 'No money'],
    [{ late: true }, 'Late'],
    [{ unverified: true }, 'Unverified'],
    [{ repeats: 1 }, 'more than once'],
    [{ repeats: 1, contradicted: true }, 'Contradicted'],
    [{ settledBy, late: true }, 'Settled by hand in a window of the desk.'],
  ] as const)('names %j', (changes, words) => {
    expect(errorText(anOrder(changes))).toContain(words);
  });

  it('says of an order that was settled by hand neither that a result came late nor that the EA named no price', () => {
    expect(errorText(anOrder({ settledBy, late: true, unverified: true }))).not.toMatch(/Late|Unverified/);
  });
});

describe('lots in words', () => {
  it('are what was asked for, and where another number was traded both of them, with every decimal', () => {
    expect(lotWords(anOrder({ lot: 0.1, tradedLot: null }))).toEqual(['0.10', null]);
    expect(lotWords(anOrder({ lot: 0.1, tradedLot: 0.1 }))).toEqual(['0.10', null]);
    expect(lotWords(anOrder({ lot: 0.29, tradedLot: 0.28 }))).toEqual(['0.28', '0.29']);
    expect(lotWords(anOrder({ lot: 0.016, tradedLot: 0.015 }))).toEqual(['0.015', '0.016']);
  });
});

describe('a stop in words', () => {
  it('has its unit', () => {
    expect([stopWords(0, null), stopWords(20, 'points'), stopWords(2341.5, 'price'), stopWords(20, null)]).toEqual([
      'none',
      '20 points',
      'at price 2341.5',
      '20, its unit is not set',
    ]);
  });
});

describe('what the ticket says', () => {
  it('is what is wrong with what was typed, before everything else', () => {
    expect(ticketWords({ kind: 'order', bridge: 'main', number: 1 }, anOrder(), 'Lots?')).toMatchObject({
      word: 'not sent',
      text: 'Lots?',
    });
  });

  it('is nothing while nothing was fired', () => {
    expect(ticketWords(null, null, null)).toBeNull();
  });

  it.each([
    [aSentOrder(), 'Waiting for the result'],
    [aSentOrder({ action: 'close', message: 'Closed 1 positions Waiting for telemetry to agree.' }), 'to agree'],
    [anOrder(), 'Filled as ticket 8412389 at 2341.47 in 88 ms.'],
    [anOrder({ lot: 0.1, tradedLot: 0.04 }), 'Filled 0.04 of 0.10 lots as ticket 8412389'],
    [anOrder({ ticket: null, price: null }), 'Filled without a ticket without a price'],
    [anOrder({ settledBy, message: 'Found in MT5 by a person.' }), 'Filled as ticket 8412389 at 2341.47. Found'],
    [anOrder({ action: 'close', ticket: null, message: 'No positions remain.' }), 'No positions remain.'],
    [anOrder({ action: 'close', ticket: null, message: null }), 'Closed.'],
    [anOrder({ state: 'rejected', message: 'No money' }), 'No money'],
    [anOrder({ state: 'refused', refusal: refusals.killSwitch() }), 'The kill switch is on'],
    [anOrder({ state: 'unknown', message: 'Look in MT5.' }), 'Look in MT5.'],
  ])('tells what became of the order (%#)', (order, words) => {
    const said = ticketWords({ kind: 'order', bridge: 'main', number: 1 }, order, null);
    expect(said?.text).toContain(words);
    expect(said).toMatchObject({ word: order.state, state: order.state, signalId: order.signalId });
  });

  it('finds an order whose answer was lost by its ID, once the list is back', () => {
    const lost = { kind: 'unknown', bridge: 'main', signalId: 'VENOM_XAU_001', text: 'Lost.' } as const;
    expect(findOrder([], lost)).toBeNull();
    expect(ticketWords(lost, null, null)).toMatchObject({ word: 'unknown', text: 'Lost.' });
    expect(findOrder([anOrder()], lost)).toMatchObject({ number: 1 });
    expect(findOrder([anOrder({ bridge: 'paper' })], lost)).toBeNull();
    expect(findOrder([anOrder()], { kind: 'order', bridge: 'main', number: 2 })).toBeNull();
  });

  it('is about the order of its own bridge, where another has the same number', () => {
    const orders = [anOrder({ bridge: 'paper', signalId: 'PAPER' }), anOrder()];
    expect(findOrder(orders, { kind: 'order', bridge: 'main', number: 1 })).toBe(orders[1]);
  });
});
