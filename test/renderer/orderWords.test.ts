import { describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/orders/order.ts';
import { refusals } from '../../src/domain/orders/refusals.ts';
import { errorWords, isUnplanned, lotWords, stopWords } from '../../renderer/shared/orderWords.ts';
import { findOrder, ticketWords } from '../../renderer/views/ticket/form/ticketWords.ts';
import { anOrder, aSentOrder } from './anOrder.ts';

const settledBy = { by: 'ticket', at: 0, note: '' } as const;

const wordsOf = (order: Order): string => errorWords(order).what;

describe('what is odd about an order', () => {
  it('is nothing of a plain fill', () => {
    expect(errorWords(anOrder())).toEqual({ what: '', nextStep: null });
  });

  it.each([
    [{ state: 'refused', refusal: refusals.killSwitch() }, 'The kill switch is on'],
    [{ state: 'rejected', message: 'No money' }, 'No money'],
    [{ late: true }, 'Late'],
    [{ unverified: true }, 'Unverified'],
    [{ repeats: 1 }, 'more than once'],
    [{ repeats: 1, contradicted: true }, 'Contradicted'],
    [{ settledBy, late: true }, 'Settled by hand in a window of the desk.'],
    [{ lot: 0.1, tradedLot: 0.04 }, 'Traded 0.04 of 0.10 lots.'],
  ] as const)('names %j', (changes, words) => {
    expect(wordsOf(anOrder(changes))).toContain(words);
  });

  it('says of an order that was settled by hand neither that a result came late nor that the EA named no price', () => {
    expect(wordsOf(anOrder({ settledBy, late: true, unverified: true }))).not.toMatch(/Late|Unverified/);
  });

  it('carries no code, and the next step by itself', () => {
    const refused = errorWords(anOrder({ state: 'refused', refusal: refusals.disarmed() }));
    expect(refused).toEqual({ what: 'The bridge is not armed.', nextStep: 'Switch "Armed" on.' });
    const message = 'The EA gave no result within 10 s. Look in MT5 whether it was traded.';
    expect(errorWords(anOrder({ state: 'unknown', message }))).toEqual({
      what: 'The EA gave no result within 10 s.',
      nextStep: 'Look in MT5, then settle it here. It is not sent again.',
    });
    expect(errorWords(anOrder({ state: 'rejected', message: 'Trade failed: not enough money' })).nextStep).toContain(
      'trade fewer lots',
    );
  });

  it('is of a dismissed signal that a person dismissed it, with nothing to do', () => {
    const dismissed = anOrder({ state: 'refused', refusal: refusals.dismissed() });
    expect(errorWords(dismissed)).toEqual({ what: 'A person dismissed this signal.', nextStep: null });
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

describe('a signal that ended before it was worked out', () => {
  it('is told from an order by its source and what is missing', () => {
    const ended = { state: 'refused', source: 'engine venom', refusal: refusals.dismissed() } as const;
    expect(isUnplanned(anOrder({ ...ended, lot: 0, sl: 0, tp: 0 }))).toBe(true);
    expect(isUnplanned(anOrder({ ...ended, lot: 0.1, sl: 150, tp: 0 }))).toBe(false);
    expect(isUnplanned(anOrder({ state: 'refused', source: 'ticket', lot: 0, sl: 0, tp: 0 }))).toBe(false);
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
    expect(stopWords(2341.5, 'price', 3)).toBe('at price 2341.500');
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
    [
      aSentOrder({
        action: 'close',
        message: "Closed 1 positions It counts once the EA's next figures show that the positions are gone.",
      }),
      'next figures',
    ],
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
