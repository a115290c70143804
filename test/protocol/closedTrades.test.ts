import { describe, expect, it } from 'vitest';
import { closedTrades, type Deal } from '../../src/domain/positions/deals.ts';

// What the deals of a position make: the trades that were closed, with their share of what opening cost.

let number = 0;
const deal = (entry: Deal['entry'], lots: number, price: number | null, more: Partial<Deal> = {}): Deal => {
  number += 1;
  const side = entry === 'in' ? 'buy' : 'sell';
  return {
    ...{ deal: String(number), at: number * 1_000, position: '7', symbol: 'XAUUSD', side, entry, lots, price },
    ...{ profit: 0, swap: 0, costs: 0, reason: 'client', magic: null, comment: '', signalId: null, source: null },
    ...more,
  };
};

describe('closed trades', () => {
  it('have the average price, the time and the origin of what opened them, and their share of its costs', () => {
    const all = closedTrades([
      deal('in', 0.1, 2400, { costs: -0.7, signalId: 'S1', source: 'engine VENOM', at: 5 }),
      deal('in', 0.3, 2404, { costs: -2.1 }),
      deal('out', 0.1, 2410, { profit: 70, swap: -0.4, costs: -0.7, reason: 'tp' }),
      deal('out', 0.3, 2400, { profit: -90, costs: -2.1, reason: 'sl' }),
    ]);
    expect(all).toMatchObject([
      {
        ...{ side: 'buy', lots: 0.1, openPrice: 2403, closePrice: 2410, openedAt: 5, costs: -1.4, net: 68.2 },
        ...{ reason: 'tp', signalId: 'S1', source: 'engine VENOM' },
      },
      { lots: 0.3, openPrice: 2403, costs: -4.2, net: -94.2, reason: 'sl' },
    ]);
    expect(all.reduce((sum, { costs }) => sum + (costs ?? 0), 0)).toBeCloseTo(-5.6, 8);
  });

  it('of a netting account that turns: what was open is closed, and the rest opens on the other side', () => {
    const all = closedTrades([
      deal('in', 0.2, 100, { costs: -1 }),
      deal('inout', 0.5, 110, { profit: 20, costs: -2 }),
      deal('out', 0.3, 105, { profit: 15, side: 'buy', costs: -3 }),
    ]);
    expect(all).toMatchObject([
      { side: 'buy', lots: 0.2, openPrice: 100, costs: -3, net: 17 },
      { side: 'sell', lots: 0.3, openPrice: 110, closePrice: 105, costs: -3, net: 12 },
    ]);
  });

  it('say nothing of an opening that is not known, and nothing is net where no profit is told', () => {
    expect(closedTrades([deal('out', 0.1, 2410, { profit: 5, costs: -1 })])).toMatchObject([
      { side: 'buy', openPrice: null, openedAt: null, signalId: null, costs: -1, net: 4 },
    ]);
    expect(closedTrades([deal('in', 1, 5), deal('out_by', 1, null, { profit: null })])).toMatchObject([
      { net: null, openPrice: 5 },
    ]);
  });
});
