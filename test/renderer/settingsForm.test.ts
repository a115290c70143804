import { describe, expect, it } from 'vitest';
import { defaultRiskLimits } from '../../src/domain/risk/riskLimits.ts';
import {
  changesOf,
  formOf,
  profileIn,
  readSettings,
  type SettingsForm,
  withProfile,
} from '../../renderer/views/settings/settingsForm.ts';
import { rowOf } from '../../src/domain/market/symbolRow.ts';
import { unknownSymbol } from '../../src/domain/market/symbolSpec.ts';
import { bringsSizes, contradicted, emptyRow, mergeRows } from '../../renderer/views/settings/symbolForm.ts';
import { openSymbols } from '../support/openLimits.ts';
import type { TextKey } from '../../renderer/views/settings/settingsFields.ts';
import { defaultPorts } from '../../src/protocol/ea/portSettings.ts';
import { type BridgeSettings, bridgeSettingsSchema } from '../../src/api/settings/bridgeSettings.ts';

const settings: BridgeSettings = {
  name: 'Main',
  colour: '#3b82f6',
  currency: 'USD',
  stopUnit: 'points',
  positionMode: 'hedging',
  lots: { min: 0.01, max: 50, step: 0.01 },
  slippage: 10,
  ...defaultPorts,
  heavyRiskPercent: 5,
  limits: {
    ...defaultRiskLimits,
    symbols: ['EURUSD', 'XAUUSD.m'],
    stopDistance: { min: 50, max: null },
    riskPercent: 2,
  },
  ...openSymbols,
  leverage: 100,
};
const opened = formOf(settings);
const typing = (texts: Partial<Record<TextKey, string>>): SettingsForm => ({
  ...opened,
  texts: { ...opened.texts, ...texts },
});
const read = (form: SettingsForm): BridgeSettings => {
  const result = readSettings(form, settings);
  if ('errors' in result) throw new Error(JSON.stringify(result.errors));
  return result.settings;
};
const errorsOf = (form: SettingsForm): object => {
  const result = readSettings(form, settings);
  return 'errors' in result ? result.errors : {};
};

describe('the settings of a bridge in a form', () => {
  it('come out as they went in', () => {
    expect(read(opened)).toEqual(bridgeSettingsSchema.parse(settings));
    expect(changesOf(settings, read(opened), settings)).toEqual({});
  });

  it('have every limit that can be off, off where the field is empty', () => {
    const { limits } = read(
      typing({
        'limits.openTrades': '',
        'limits.tradesPerDay': ' ',
        'limits.tradesPerMinute': '',
        'limits.riskPercent': '',
        'limits.dailyLossPercent': '',
        'limits.drawdownPercent': '',
        'limits.marginLevel': '',
        'limits.freeMargin': '',
        'limits.stopDistance.min': '',
        'limits.symbols': '',
      }),
    );
    expect(limits).toMatchObject({
      openTrades: null,
      tradesPerDay: null,
      tradesPerMinute: null,
      riskPercent: null,
      dailyLossPercent: null,
      drawdownPercent: null,
      marginLevel: null,
      freeMargin: null,
      stopDistance: { min: null, max: null },
      symbols: [],
    });
  });

  it('take symbols with commas, blanks or lines between them, each once', () => {
    expect(read(typing({ 'limits.symbols': 'EURUSD,  XAUUSD\nGBPUSD; EURUSD' })).limits.symbols).toEqual([
      'EURUSD',
      'XAUUSD',
      'GBPUSD',
    ]);
  });

  it.each([
    [{ name: ' ' }, '1 to 40 characters'],
    [{ currency: 'DOLLAR' }, 'Three capital letters'],
    [{ slippage: '1.5' }, 'whole number of points'],
    [{ slippage: '' }, 'whole number of points'],
    [{ leverage: '0' }, 'such as 100'],
    [{ symbolSuffix: '.m,' }, 'At most 10'],
    [{ 'lots.min': '0' }, 'above 0'],
    [{ 'lots.min': '0,1' }, 'not a comma'],
    [{ 'lots.min': '51' }, 'above the largest'],
    [{ 'lots.min': '0.015' }, '2 decimals'],
    [{ 'lots.step': '0.015' }, 'multiple of 0.01'],
    [{ 'limits.openTrades': '0' }, 'whole number of 1 or more'],
    [{ 'limits.tradesPerDay': '2.5' }, 'whole number of 1 or more'],
    [{ 'limits.tradesPerMinute': 'five' }, 'whole number of 1 or more'],
    [{ 'limits.duplicateWindowS': '' }, '0 is off'],
    [{ 'limits.duplicateWindowS': '86401' }, '0 to 86400'],
    [{ 'limits.riskPercent': '101' }, 'at most 100'],
    [{ 'limits.dailyLossPercent': '0' }, 'above 0'],
    [{ 'limits.drawdownPercent': '-5' }, 'above 0'],
    [{ 'limits.marginLevel': '1e3' }, 'above 0'],
    [{ 'limits.freeMargin': 'x' }, '0 or more'],
    [{ 'limits.stopDistance.max': '49' }, null],
    [{ 'limits.symbols': 'EURUSD, XAU"USD' }, 'comma between them'],
    [{ 'limits.day.timeZone': 'Atlantis' }, 'Not a known time zone'],
    [{ 'limits.day.startsAt': '24:00' }, '17:00'],
  ] as const)('say in one sentence what is wrong with %j', (texts, words) => {
    const [key] = Object.keys(texts);
    expect(errorsOf(typing(texts))).toEqual(
      words === null
        ? { 'limits.stopDistance.min': 'The smallest stop distance is above the largest.' }
        : { [key ?? '']: expect.stringContaining(words) as string },
    );
  });

  it('have the symbol table, with what is wrong in it said of its cell', () => {
    const wrong = { ...emptyRow, symbol: 'XAUUSD', pip: '0,1' };
    expect(errorsOf({ ...opened, symbols: [emptyRow, wrong] })).toEqual({
      'symbols.1.pip': `XAUUSD, pip: "0,1" can't be read: write a number above 0, such as 0.0001, or leave it empty.`,
    });
    const twice = [
      { ...emptyRow, symbol: 'EURUSD' },
      { ...emptyRow, symbol: ' EURUSD ' },
    ];
    expect(errorsOf({ ...opened, symbols: twice })).toEqual({ 'symbols.1.symbol': 'EURUSD stands here twice.' });
    const one = { ...opened, symbols: [emptyRow, { ...emptyRow, symbol: 'EURUSD', alias: ' EURO ' }] };
    expect(read(one).symbols).toEqual([{ ...unknownSymbol('EURUSD'), alias: 'EURO' }]);
  });

  it('know a name that two rows have only because of the suffix', () => {
    const rows = [
      { ...emptyRow, symbol: 'GOLD', alias: 'XAUUSD.m' },
      { ...emptyRow, symbol: 'XAUUSD' },
    ];
    expect(errorsOf({ ...typing({ symbolSuffix: '' }), symbols: rows })).toEqual({});
    expect(errorsOf({ ...typing({ symbolSuffix: '.m' }), symbols: rows })).toEqual({
      'symbols.1.alias': 'XAUUSD.m would be both XAUUSD and GOLD.',
    });
  });
});

describe('the symbol table', () => {
  const gold = { ...unknownSymbol('XAUUSD'), point: 0.01, pip: 0.1, digits: 2 };

  it('takes imported symbols in place of the rows of their name, and the others below', () => {
    const rows = [rowOf({ ...gold, alias: 'GOLD' }), rowOf(unknownSymbol('EURUSD'))];
    expect(mergeRows(rows, [unknownSymbol('US30'), gold])).toEqual({
      rows: [rowOf(gold), rowOf(unknownSymbol('EURUSD')), rowOf(unknownSymbol('US30'))],
      replaced: 1,
      added: 1,
    });
  });

  it('shows a point that its ticks contradict, under the name that the broker has', () => {
    const quote = { symbol: 'XAUUSD.m', bid: 1, ask: 2, digits: 3, point: 0.001, at: 0, earlier: false };
    const rows = [emptyRow, rowOf(gold)];
    expect(contradicted(rows, '.m', [quote], [])).toEqual([
      { row: 1, sentence: 'XAUUSD.m: a point is 0.001 by its ticks. Until both agree, stops are refused.' },
    ]);
    expect(contradicted(rows, '.m', [{ ...quote, point: 0.01 }], [])).toEqual([]);
    expect(contradicted(rows, '.m', [{ ...quote, point: null }], [])).toEqual([]);
    expect(contradicted(rows, '', [quote], [])).toEqual([]);
    const lots = { min: 0.01, max: 50, step: 0.01 };
    const told = [{ symbol: 'XAUUSD.m', digits: 2, contractSize: 10, quoteCurrency: 'USD', moneyPerPoint: null, lots }];
    const own = [rowOf({ ...gold, contractSize: 1_000 })];
    expect(contradicted(own, '.m', [], told)).toEqual([
      { row: 0, sentence: 'The contract size of XAUUSD.m is 10 by the EA and 1000 in the symbol table.' },
    ]);
  });
});

describe('what is saved', () => {
  it('is what was changed and nothing else', () => {
    expect(changesOf(settings, read({ ...opened, stopUnit: 'price' }), settings)).toEqual({ stopUnit: 'price' });
    expect(changesOf(settings, read(typing({ 'lots.max': '1' })), settings)).toEqual({
      lots: { min: 0.01, max: 1, step: 0.01 },
    });
  });

  it('leaves limits as they are now that somebody else has changed meanwhile', () => {
    const now = { ...settings, limits: { ...settings.limits, openTrades: 1 } };
    const typed = read(typing({ 'limits.tradesPerDay': '3' }));
    expect(changesOf(settings, typed, now)).toEqual({ limits: { ...settings.limits, openTrades: 1, tradesPerDay: 3 } });
    expect(changesOf(settings, read(opened), now)).toEqual({});
  });
});

describe('profiles', () => {
  it('fill in their four limits and are recognised by them', () => {
    const fang = withProfile(opened, 'fang', settings.limits);
    expect(read(fang).limits).toMatchObject({
      openTrades: 2,
      tradesPerDay: 10,
      tradesPerMinute: 5,
      duplicateWindowS: 30,
      riskPercent: 2,
    });
    expect(profileIn(fang, settings.limits)).toBe('fang');
    const own = { ...fang, texts: { ...fang.texts, 'limits.openTrades': '7' } };
    expect(profileIn(own, settings.limits)).toBe('custom');
  });
});

describe('typed rates', () => {
  const known = { pair: 'EURUSD', rate: 1.085, at: 5 };
  const withRates = { ...settings, typedRates: [known] };
  const rates = (text: string, renewed = false) => {
    const form = { ...formOf(withRates), ratesRenewed: renewed };
    const result = readSettings({ ...form, texts: { ...form.texts, typedRates: text } }, withRates);
    return 'errors' in result ? result.errors.typedRates : result.settings.typedRates;
  };

  it('keep their time while they stand there as they were, and are dated anew where a person says so', () => {
    expect(formOf(withRates).texts.typedRates).toBe('EURUSD 1.085');
    expect(rates('EURUSD 1.085, usdjpy=151.2')).toEqual([known, { pair: 'USDJPY', rate: 151.2, at: 0 }]);
    expect(rates('EURUSD 1.085', true)).toEqual([{ ...known, at: 0 }]);
    expect(rates('')).toEqual([]);
  });

  it.each(['EURUSD', 'EURUSD 0', 'EURUSD x', 'EUR 1', '1.085'])('that can’t be read are said: %s', (text) => {
    expect(rates(text)).toEqual(expect.stringContaining('Pairs with their price'));
  });

  it('stand there once a pair', () => {
    expect(rates('EURUSD 1, EURUSD 2')).toBe('A pair stands here twice.');
  });
});

describe('imported contract sizes', () => {
  it('are confirmed where none is left as the desk brought it along', () => {
    const rows = settings.symbols.map(rowOf);
    expect(bringsSizes(rows, settings.symbols)).toBe(true);
    expect(
      bringsSizes(
        rows,
        settings.symbols.filter(({ symbol }) => symbol !== 'US30'),
      ),
    ).toBe(false);
    const edited = rows.map((row) => (row.symbol === 'US30' ? { ...row, 'contract size': '5' } : row));
    expect(
      bringsSizes(
        edited,
        settings.symbols.filter(({ symbol }) => symbol !== 'US30'),
      ),
    ).toBe(true);
  });
});
