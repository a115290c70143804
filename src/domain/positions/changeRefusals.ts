import type { Refusal } from '../orders/refusal.ts';

const seeAnew = 'Look at it anew, and decide again.';

/** Refusals of changes of a position or pending order. */
export const changeRefusals = {
  /** The documented EA takes buys, sells, and closes by symbol (W2). */
  notSupported: (): Refusal => ({
    code: 'not_supported',
    reason: 'This EA takes no change of a single position or pending order, only buys, sells and closes by symbol.',
    nextStep: 'Do it in MT5, or install the EA that comes with the desk: gear, Bridge settings, Connection to the EA.',
  }),
  /** @param seen account on the screen @param now account of the EA */
  otherAccount: (seen: string | null, now: string | null): Refusal => ({
    code: 'changed',
    reason: `It was shown of account ${seen ?? 'without a name'}, and the EA is on account ${now ?? 'without a name'} now.`,
    nextStep: seeAnew,
  }),
  notFound: (what: 'position' | 'pending order', ticket: string): Refusal => ({
    code: 'not_found',
    reason: `There is no ${what} ${ticket} in the EA's list: it is closed, or it was never there.`,
    nextStep: 'Look at what is open now.',
  }),
  /** The EA lists what is open once the terminal is connected, and then whenever it changes. */
  notListed: (): Refusal => ({
    code: 'not_found',
    reason:
      'The EA has not listed what is open since it connected, so that nobody can tell whether it is as you saw it.',
    nextStep: 'Wait for the list, or close all of the position.',
  }),
  /** The documented EA tells at most how many positions there are. */
  notListedEver: (): Refusal => ({
    code: 'not_supported',
    reason: 'This EA does not list what is open.',
    nextStep: 'Look in MT5, or install the EA that comes with the desk: gear, Bridge settings, Connection to the EA.',
  }),
  notListedSince: (ticket: string, signalId: string): Refusal => ({
    code: 'changed',
    reason: `${signalId} has changed ${ticket}, and the EA has not listed what is open since then.`,
    nextStep: seeAnew,
  }),
  noLimitPrice: (kind: string): Refusal => ({
    code: 'invalid_action',
    reason: `Only a stop-limit order has a limit price, and this is a ${kind} order.`,
    nextStep: 'Change its price instead.',
  }),
  /** @param what changed, as "its lots" */
  changed: (what: string, seen: string, now: string): Refusal => ({
    code: 'changed',
    reason: `Since you saw it, ${what} changed from ${seen} to ${now}.`,
    nextStep: seeAnew,
  }),
  onItsWay: (ticket: string, signalId: string): Refusal => ({
    code: 'busy',
    reason: `${signalId}, which changes ${ticket} too, is on its way, and the EA has not answered it yet.`,
    nextStep: 'Wait for its result.',
  }),
  inDoubt: (ticket: string, signalId: string): Refusal => ({
    code: 'risk_unsettled',
    reason: `What became of ${signalId}, which closes a part of ${ticket}, is unknown: it may be done already.`,
    nextStep: 'Look in MT5 and settle it, or close all of the position.',
  }),
  tooManyLots: (asked: string, open: string): Refusal => ({
    code: 'invalid_lot',
    reason: `The position has ${open} lots, and ${asked} were to be closed.`,
    nextStep: 'Type fewer lots, or close all of it.',
  }),
  sameStops: (): Refusal => ({
    code: 'invalid_sl',
    reason: 'These are the stops, and the price, that it has already.',
    nextStep: 'Type what is to be changed.',
  }),
  wrongSide: (field: 'sl' | 'tp', stop: string, side: 'buy' | 'sell', price: string): Refusal => {
    const isBelow = (field === 'sl') === (side === 'buy');
    const name = field === 'sl' ? 'stop loss' : 'take profit';
    return {
      code: field === 'sl' ? 'invalid_sl' : 'invalid_tp',
      reason: `A ${name} of ${stop} would be reached at once: that of a ${side} is ${isBelow ? 'below' : 'above'} the price, which is ${price} now.`,
      nextStep: `Type a ${name} ${isBelow ? 'below' : 'above'} ${price}.`,
    };
  },
  movesAway: (from: string, to: string): Refusal => ({
    code: 'stop_away',
    reason: `The stop loss would move away from the price, from ${from} to ${to}: the position could lose more than now.`,
    nextStep: 'Confirm that it may, or type one that is closer.',
  }),
  noPair: (why: string): Refusal => ({
    code: 'invalid_action',
    reason: `These two positions can't be closed by each other: ${why}.`,
    nextStep: 'Choose an open position of the same symbol and the other side, or close each of them.',
  }),
};
