import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noTicketSettings, ticketSettingsSchema, type TicketPreset } from '../../src/api/settings/ticketSettings.ts';
import { emptyTicket, type TicketFields } from '../../renderer/views/ticket/form/ticketFields.ts';
import {
  fillFrom,
  keepPreset,
  keepQuickLots,
  presetOf,
  presetsOf,
  presetWords,
  quickLotsOf,
  readQuickLots,
  removePreset,
  shownPreset,
  toggleFavourite,
} from '../../renderer/views/ticket/form/ticketMemory.ts';

const bridge = { stopUnit: 'points' as const };
const limits = { min: 0.01, max: 50, step: 0.01 };
const scalp: TicketPreset = {
  symbol: 'XAUUSD',
  name: 'Scalp',
  isDefault: true,
  size: { by: 'lots', value: 0.1 },
  stopUnit: 'points',
  sl: 500,
  tp: 1000,
};

describe('favourites', () => {
  it('come and go', () => {
    const one = toggleFavourite(noTicketSettings, 'XAUUSD');
    expect(one.favourites).toEqual(['XAUUSD']);
    expect(toggleFavourite(one, 'XAUUSD')).toEqual(noTicketSettings);
  });
});

describe('quick lots', () => {
  it('are the symbol’s own, else those of all, else the usual ones that the symbol takes', () => {
    const all = keepQuickLots(noTicketSettings, null, [1, 2]);
    const own = keepQuickLots(all, 'XAUUSD', [0.02]);
    expect(quickLotsOf(own, 'XAUUSD', limits)).toEqual([0.02]);
    expect(quickLotsOf(own, 'EURUSD', limits)).toEqual([1, 2]);
    expect(quickLotsOf(noTicketSettings, 'EURUSD', { ...limits, min: 0.1 })).toEqual([0.1, 0.5]);
    expect(quickLotsOf(keepQuickLots(own, 'XAUUSD', []), 'XAUUSD', limits)).toEqual([1, 2]);
  });

  it.each([
    ['0.01 0.10  1', { lots: [0.01, 0.1, 1] }],
    ['', { lots: [] }],
    ['0.1 x', { problem: expect.stringContaining('"x"') as string }],
    ['0', { problem: expect.stringContaining('"0"') as string }],
    ['0,1', { problem: expect.stringContaining('"0,1"') as string }],
    ['0.123', { problem: expect.stringContaining('"0.123"') as string }],
    ['1 2 3 4 5', { problem: 'There is place for 4: remove one.' }],
  ])('%j is %j', (text, read) => {
    expect(readQuickLots(text)).toEqual(read);
  });
});

describe('presets', () => {
  it('fill the ticket with what was kept of it', () => {
    const size = fc.record({
      by: fc.constantFrom('lots', 'percent', 'money'),
      value: fc.integer({ min: 1, max: 5_000 }).map((cents) => cents / 100),
    });
    const stop = fc.integer({ min: 0, max: 999_999 }).map((points) => points / 100);
    const unit = fc.constantFrom('points', 'pips', 'price', 'money');
    fc.assert(
      fc.property(size, stop, stop, unit, (sized, sl, tp, stopUnit) => {
        const preset = { ...scalp, isDefault: false, size: sized, sl, tp, stopUnit };
        const filled = fillFrom(emptyTicket, preset);
        expect(presetOf(filled, 'XAUUSD', 'Scalp', bridge)).toEqual(preset);
        expect(shownPreset(keepPreset(noTicketSettings, preset), filled, 'XAUUSD', bridge)).toEqual(preset);
      }),
    );
  });

  it('keep no ticket that can’t be read', () => {
    const lots = (text: string): TicketFields => ({ ...emptyTicket, sizes: { ...emptyTicket.sizes, lots: text } });
    for (const text of ['', '0', 'x', '0,1', '1e3']) expect(presetOf(lots(text), 'XAUUSD', 'A', bridge)).toBeNull();
    expect(presetOf(lots('0.1'), '', 'A', bridge)).toBeNull();
  });

  it('have each name once for a symbol, and one default', () => {
    const swing = { ...scalp, name: 'Swing', sl: 2000 };
    const elsewhere = { ...scalp, symbol: 'EURUSD' };
    const kept = [scalp, elsewhere, swing, { ...scalp, sl: 1, isDefault: false }].reduce(keepPreset, noTicketSettings);
    expect(presetsOf(kept, 'XAUUSD').map(({ name, sl, isDefault }) => [name, sl, isDefault])).toEqual([
      ['Swing', 2000, true],
      ['Scalp', 1, false],
    ]);
    expect(presetsOf(kept, 'EURUSD')).toEqual([elsewhere]);
    expect(presetsOf(removePreset(kept, swing), 'XAUUSD')).toHaveLength(1);
    expect(ticketSettingsSchema.safeParse(kept).success).toBe(true);
  });

  it('are said in words', () => {
    expect(presetWords(scalp, 'USD')).toBe('0.10 lots, SL 500, TP 1000 points');
    expect(presetWords({ ...scalp, size: { by: 'percent', value: 1 }, stopUnit: 'money', tp: 0 }, 'EUR')).toBe(
      '1 %, SL 500, TP none EUR',
    );
  });
});
