import { type EntryKind, entryKindWords, utcWords } from './pendingEntry.ts';
import type { Refusal, RefusalCode } from './refusal.ts';

type StopCode = Extract<RefusalCode, 'invalid_sl' | 'invalid_tp'>;
type PriceCode = StopCode | Extract<RefusalCode, 'invalid_price' | 'invalid_limit_price'>;
type ExpiryKind = 'gtc' | 'day' | 'time';

const expiryNames: Record<ExpiryKind, string> = { gtc: 'until cancelled', day: 'for the day', time: 'until a time' };

/** Refusals of pending orders. Nothing is adjusted: the person types another price. */
export const pendingRefusals = {
  notSupported: (): Refusal => ({
    code: 'not_supported',
    reason: 'This EA takes no limit, stop and stop-limit orders, only buys and sells at the market.',
    nextStep:
      'Place it in MT5, or install the EA that comes with the desk: gear, Bridge settings, Connection to the EA.',
  }),
  noPrice: (name: 'price' | 'limit price'): Refusal => ({
    code: name === 'price' ? 'invalid_price' : 'invalid_limit_price',
    reason: `The ${name} must be a number above 0.`,
    nextStep: `Type a ${name}.`,
  }),
  noLimitPrice: (kind: EntryKind): Refusal => ({
    code: 'invalid_limit_price',
    reason: `Only a stop-limit order has a limit price, and this is a ${entryKindWords[kind]} order.`,
    nextStep: 'Leave the limit price out.',
  }),
  offGrid: (code: PriceCode, name: string, value: number, symbol: string, tick: number): Refusal => ({
    code,
    reason: `The ${name} ${String(value)} is no price of ${symbol}: its prices are multiples of ${String(tick)}.`,
    nextStep: `Type a ${name} that is a multiple of ${String(tick)}.`,
  }),
  wrongSide: (side: 'buy' | 'sell', kind: EntryKind, price: number, market: number, above: boolean): Refusal => {
    const quoted = side === 'buy' ? 'ask' : 'bid';
    const where = above ? 'above' : 'below';
    return {
      code: 'invalid_price',
      reason: `The price ${String(price)} of a ${side} ${entryKindWords[kind]} order must be ${where} the ${quoted}, which is ${String(market)}.`,
      nextStep: `Type a price ${where} ${String(market)}, or choose another kind of order.`,
    };
  },
  limitSide: (side: 'buy' | 'sell', limit: number, price: number): Refusal => {
    const where = side === 'buy' ? 'below' : 'above';
    return {
      code: 'invalid_limit_price',
      reason: `The limit price ${String(limit)} of a ${side} stop-limit order must be ${where} its stop price, which is ${String(price)}.`,
      nextStep: `Type a limit price ${where} ${String(price)}.`,
    };
  },
  tooClose: (code: PriceCode, name: string, value: number, from: number, level: number): Refusal => ({
    code,
    reason: `The ${name} ${String(value)} is closer to ${String(from)} than the ${String(level)} points that the broker asks for.`,
    nextStep: `Type a ${name} that is at least ${String(level)} points away.`,
  }),
  pointsTooClose: (code: StopCode, name: string, points: number, level: number): Refusal => ({
    code,
    reason: `A ${name} of ${String(points)} points is closer than the ${String(level)} points that the broker asks for.`,
    nextStep: `Type a ${name} of at least ${String(level)} points.`,
  }),
  stopSide: (
    code: StopCode,
    name: string,
    side: 'buy' | 'sell',
    stop: number,
    opens: number,
    isBelow: boolean,
  ): Refusal => {
    const where = isBelow ? 'below' : 'above';
    return {
      code,
      reason: `The ${name} ${String(stop)} of a ${side} must be ${where} the price at which it opens, which is ${String(opens)}.`,
      nextStep: `Type a ${name} ${where} ${String(opens)}.`,
    };
  },
  expiryUntold: (symbol: string): Refusal => ({
    code: 'invalid_until',
    reason: `The EA does not tell which expiries ${symbol} takes, so that only an order until cancelled can be placed.`,
    nextStep: 'Choose "Until cancelled", or install the EA that comes with the desk.',
  }),
  expiryKind: (kind: ExpiryKind, symbol: string, allowed: readonly ExpiryKind[]): Refusal => ({
    code: 'invalid_until',
    reason: `The broker takes no order ${expiryNames[kind]} in ${symbol}.`,
    nextStep:
      allowed.length === 0
        ? 'Ask the broker.'
        : `Choose an order ${allowed.map((each) => expiryNames[each]).join(' or ')}.`,
  }),
  past: (until: number): Refusal => ({
    code: 'invalid_until',
    reason: `The order would end at ${utcWords(until)}, which is over or less than a minute away.`,
    nextStep: 'Type a later time.',
  }),
};
