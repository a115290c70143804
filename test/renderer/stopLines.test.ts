import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typedStopUnits, type Side, type StopKind, type TypedStopUnit } from '../../src/domain/sizing/stops.ts';
import { stopPriceAt } from '../../renderer/views/charts/price/stopDrag.ts';
import { ticketLines, type TicketLines } from '../../renderer/views/charts/price/stopLines.ts';
import { emptyTicket, type TicketFields } from '../../renderer/views/ticket/form/ticketFields.ts';
import { instrumentOf, type Market } from '../../renderer/shared/symbolContext.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';

const bench = quoted({ currency: 'USD', sizesConfirmed: true, pipsConfirmed: true });

function quoted(config: Parameters<typeof bridgeBench>[0]): BridgeBench {
  const made = bridgeBench(config);
  made.connect();
  made.link.says({ type: 'tick', symbol: 'XAUUSD', bid: 2341.22, ask: 2341.47, spread: 25 });
  return made;
}

function linesOf(fields: TicketFields, side: Side, of = bench): TicketLines {
  const quotes = of.controller.snapshot().state.quotes['main'] ?? [];
  const market: Market = { quotes, now: of.clock.now() };
  const bridge = of.state();
  const lines = ticketLines(fields, side, bridge, market, instrumentOf(bridge, quotes, 'XAUUSD'), quotes[0] ?? null);
  if (lines === null) throw new Error('There is no price.');
  return lines;
}

const typed = (unit: TypedStopUnit, stops: Partial<Record<StopKind, string>>, lots = '0.10'): TicketFields => ({
  ...emptyTicket,
  sizes: { ...emptyTicket.sizes, lots },
  stopUnit: unit,
  stops: { sl: '', tp: '', ...stops },
});

const units = fc.constantFrom(...typedStopUnits);
const sides = fc.constantFrom<Side>('buy', 'sell');
const kinds = fc.constantFrom<StopKind>('sl', 'tp');

describe('a line of the ticket', () => {
  it('stands where the typed stop would be placed', () => {
    const lines = linesOf(typed('points', { sl: '300', tp: '600' }), 'buy');
    expect(lines).toMatchObject({
      entry: 2341.47,
      sl: { price: 2338.47, points: 300, side: 'buy', problem: null },
      tp: { price: 2347.47, points: 600 },
    });
    expect(linesOf(typed('pips', { sl: '30' }), 'sell')).toMatchObject({ entry: 2341.22, sl: { price: 2344.22 } });
    expect(linesOf(typed('money', { sl: '30' }), 'buy').sl.price).toBe(2338.47);
    expect(linesOf(typed('price', { tp: '2350.5' }), 'buy').tp).toMatchObject({ price: 2350.5, isTyped: true });
  });

  it('is another side’s where its price fits that alone', () => {
    expect(linesOf(typed('price', { sl: '2350' }), 'buy').sl).toMatchObject({ price: 2350, side: 'sell' });
    expect(linesOf(typed('price', { sl: '2341.3' }), 'buy').sl).toMatchObject({ price: 2341.3, side: 'buy' });
  });

  it('is none without a stop, and stays while another field is no number', () => {
    expect(linesOf(typed('points', {}), 'buy').sl).toMatchObject({ price: null, isTyped: false, problem: null });
    const lines = linesOf(typed('points', { sl: '300', tp: 'x' }, '0.'), 'buy');
    expect([lines.sl.price, lines.tp.price]).toEqual([2338.47, null]);
  });

  it('can’t be moved where its unit can’t be worked out, and says why', () => {
    const unconfirmed = quoted({ currency: 'USD', pipsConfirmed: false });
    expect(linesOf(typed('pips', {}), 'buy', unconfirmed).sl.problem).toContain('pip');
    expect(linesOf(typed('points', {}), 'buy', unconfirmed).sl.problem).toBeNull();
  });
});

describe('a line that is dragged', () => {
  it('types a stop whose line is where it was dropped, to within rounding, in every unit', () => {
    fc.assert(
      fc.property(units, sides, kinds, fc.double({ min: 2000, max: 2700, noNaN: true }), (unit, side, kind, price) => {
        const before = linesOf(typed(unit, {}), side);
        const dropped = stopPriceAt(price, kind, side, before.ground);
        const text = before.textAt(before[kind], dropped);
        expect(text).toMatch(/^\d+(\.\d+)?$/);
        const after = linesOf(typed(unit, { [kind]: text ?? '' }), side)[kind];
        expect(after.side).toBe(side);
        expect(Math.abs((after.price ?? 0) - dropped)).toBeLessThan(0.0011);
      }),
      { numRuns: 300 },
    );
  });

  it('stays on its side of the market and on whole points', () => {
    fc.assert(
      fc.property(sides, kinds, fc.double({ min: -100, max: 5_000, noNaN: true }), (side, kind, price) => {
        const { ground } = linesOf(typed('points', {}), side);
        const at = stopPriceAt(price, kind, side, ground);
        const isBelow = (kind === 'sl') === (side === 'buy');
        if (isBelow) expect(at).toBeLessThan(ground.bid);
        else expect(at).toBeGreaterThan(ground.ask);
        expect(at).toBeGreaterThan(0);
        expect(Math.abs(at * 100 - Math.round(at * 100))).toBeLessThan(1e-6);
      }),
    );
  });

  it('moves by whole points, where points are typed', () => {
    const lines = linesOf(typed('points', { sl: '300' }), 'buy');
    expect(lines.textAt(lines.sl, 2338.46)).toBe('301');
    expect(lines.textAt(lines.tp, 2342.47)).toBe('100');
    const inPips = linesOf(typed('pips', { sl: '30' }), 'buy');
    expect(inPips.textAt(inPips.sl, 2338.46)).toBe('30.1');
  });
});
