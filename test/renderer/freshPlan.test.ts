import { describe, expect, it } from 'vitest';
import { isUnavailable } from '../../src/domain/arithmetic/unavailable.ts';
import type { OrderIntent } from '../../src/domain/sizing/planTrade.ts';
import { planOf } from '../../renderer/views/ticket/form/ticketSizing.ts';
import { type Market } from '../../renderer/shared/symbolContext.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';

const intent: OrderIntent = {
  side: 'buy',
  size: { by: 'percent', value: 1 },
  sl: { unit: 'points', value: 500 },
  tp: { unit: 'points', value: 0 },
};

/** Whether the ticket works out lots, and whether an engine's signal has what they are worked out by. */
function lotsOn(bench: BridgeBench, of = intent): { ticket: boolean; engine: boolean } {
  const { quotes } = bench.controller.snapshot().state;
  const market: Market = { quotes: quotes['main'] ?? [], now: bench.clock.now() };
  const { lots } = planOf(of, 'XAUUSD', bench.state(), market);
  const { account, instrument } = bench.controller.bridge('main').ground('XAUUSD');
  return { ticket: !isUnavailable(lots), engine: account.equity !== null && instrument.quote !== null };
}

function connected(): BridgeBench {
  const bench = bridgeBench({ currency: 'USD', sizesConfirmed: true, pipsConfirmed: true });
  bench.connect();
  const tick = { type: 'tick', symbol: 'XAUUSD', bid: 2341.22, ask: 2341.47, spread: 25 };
  bench.link.says(tick);
  return bench;
}

describe('a size in % of equity on the ticket', () => {
  it('is worked out by fresh figures, as for an engine', () => {
    expect(lotsOn(connected())).toEqual({ ticket: true, engine: true });
  });

  it('is not worked out by equity that the EA told too long ago', () => {
    const bench = connected();
    bench.clock.advance(15_001);
    expect(lotsOn(bench)).toEqual({ ticket: false, engine: false });
    bench.heartbeat();
    expect(lotsOn(bench)).toEqual({ ticket: true, engine: true });
  });

  it('is not worked out by equity of before the EA connected anew', () => {
    const bench = connected();
    bench.rejoin();
    bench.link.says({ type: 'tick', symbol: 'XAUUSD', bid: 2341.22, ask: 2341.47, spread: 25 });
    expect(lotsOn(bench).engine).toBe(false);
  });

  it('is not worked out by a price of more than a minute ago', () => {
    const bench = connected();
    const byPrice = { ...intent, sl: { unit: 'price', value: 2336 } } as const;
    expect(lotsOn(bench, byPrice)).toEqual({ ticket: true, engine: true });
    bench.clock.advance(60_001);
    bench.heartbeat();
    expect(lotsOn(bench, byPrice)).toEqual({ ticket: false, engine: false });
  });
});
