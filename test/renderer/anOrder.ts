import type { Order } from '../../src/api/order.ts';

/** An order that was filled, unless it is said otherwise. */
export function anOrder(changes: Partial<Order> = {}): Order {
  return {
    number: 1,
    bridge: 'main',
    account: 'paper-001',
    signalId: 'VENOM_XAU_001',
    source: 'ticket',
    asked: null,
    approvedBy: null,
    action: 'buy',
    symbol: 'XAUUSD',
    lot: 0.1,
    sl: 2000,
    tp: 4000,
    stopUnit: 'points',
    state: 'filled',
    at: 1_000,
    day: '1970-01-01',
    quote: null,
    refusal: null,
    doubt: null,
    ticket: 8_412_389,
    price: 2341.47,
    unverified: false,
    message: null,
    roundTripMs: 88,
    timing: null,
    late: false,
    repeats: 0,
    contradicted: false,
    closeReported: null,
    settledBy: null,
    brokenFeedback: null,
    ...changes,
  };
}

/** The same order right after it was sent. */
export function aSentOrder(changes: Partial<Order> = {}): Order {
  return anOrder({ state: 'sent', ticket: null, price: null, roundTripMs: null, ...changes });
}
