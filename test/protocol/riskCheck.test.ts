import { noRules } from '../../src/domain/accountRules/accountRules.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Price, Rates } from '../../src/domain/market/fxRates.ts';
import { checkRisk, type RiskFacts, type RiskTrade } from '../../src/domain/risk/riskCheck.ts';
import { riskReport, type RiskRow } from '../../src/domain/risk/riskReport.ts';
import { applyProfile, defaultRiskLimits, type RiskLimits } from '../../src/domain/risk/riskLimits.ts';
import { riskCodes, type RiskCode } from '../../src/domain/risk/riskRefusals.ts';
import { unknownSymbol, type SymbolSpec } from '../../src/domain/market/symbolSpec.ts';

const off: RiskLimits = {
  ...defaultRiskLimits,
  openTrades: null,
  tradesPerDay: null,
  tradesPerMinute: null,
  drawdownPercent: null,
  marginLevel: null,
  freeMargin: null,
};
/** Rates of these pairs and of no other. */
const ratesOf = (prices: Record<string, Price>): Rates => ({
  priceOf: (pair) => (Object.hasOwn(prices, pair) ? (prices[pair] ?? null) : null),
  nameOf: (pair) => ({ name: pair, known: pair === 'USDJPY' }),
});
const noRates = ratesOf({});
const trade: RiskTrade = { side: 'buy', symbol: 'EURUSD', lot: 0.1, sl: 0, tp: 0 };
const facts: RiskFacts = {
  stopUnit: 'points',
  equity: 10_000,
  margin: 100,
  freeMargin: 9_900,
  quote: { bid: 1.1, ask: 1.1002, point: 0.00001 },
  spec: null,
  rates: noRates,
  accountCurrency: 'USD',
  openTrades: 0,
  tradesToday: 0,
  tradesLastMinute: 0,
  dayStartEquity: 10_000,
  peakEquity: 10_000,
};
const nothingKnown: RiskFacts = {
  stopUnit: 'price',
  equity: null,
  margin: null,
  freeMargin: null,
  quote: null,
  spec: null,
  rates: noRates,
  accountCurrency: null,
  openTrades: null,
  tradesToday: Number.NaN,
  tradesLastMinute: Number.NaN,
  dayStartEquity: null,
  peakEquity: null,
};

interface Case {
  trade?: Partial<RiskTrade>;
  facts?: Partial<RiskFacts>;
  limits?: Partial<RiskLimits>;
  /** What the symbol table says of the trade's symbol; null: it isn't in it. */
  spec?: Partial<SymbolSpec> | null;
}
/** The symbols that tests trade, of which nothing but the contract size is told. */
const inDollars: Record<string, number> = { EURUSD: 100_000, USDJPY: 100_000, US30: 1, XAUUSD: 100 };
const specOf = (symbol: string, given: Case['spec']): SymbolSpec | null =>
  given === null || !Object.hasOwn(inDollars, symbol)
    ? null
    : { ...unknownSymbol(symbol), contractSize: inDollars[symbol] ?? null, ...given };
const check = (given: Case) => {
  const checked = { ...trade, ...given.trade };
  const spec = specOf(checked.symbol, given.spec);
  return checkRisk(checked, { ...facts, spec, ...given.facts }, { ...off, ...given.limits });
};
const codeOf = (given: Case): RiskCode | null => check(given)?.code ?? null;

type Boundary = [what: string, given: Case, refused: boolean];

function boundaries(code: RiskCode, cases: Boundary[]): void {
  it.each(cases)(`${code}: %s`, (_, given, refused) => {
    expect(codeOf(given)).toBe(refused ? code : null);
    if (given.limits !== undefined) expect(codeOf({ ...given, limits: {} }), 'switched off').toBe(null);
  });
}

const price = (sl: number, quote: RiskFacts['quote'] = { bid: 1.1, ask: 1.1002, point: 0.00001 }): Case => ({
  trade: { sl },
  facts: { stopUnit: 'price', quote },
});

describe('the first broken limit', () => {
  it('is none where nothing is limited, though nothing is known', () => {
    expect(checkRisk({ ...trade, sl: 1.09 }, nothingKnown, off)).toBeNull();
    expect(checkRisk({ ...trade, sl: 1.2 }, nothingKnown, off)).toBeNull();
  });

  it('is none in an account at rest within the outer limits', () => {
    expect(checkRisk(trade, facts, defaultRiskLimits)).toBeNull();
  });

  boundaries('risk_symbol', [
    ['on the list', { limits: { symbols: ['XAUUSD', 'EURUSD'] } }, false],
    ['not on the list', { limits: { symbols: ['XAUUSD', 'EURUSD.m', 'eurusd'] } }, true],
    [
      'on the list by its canonical name',
      {
        trade: { symbol: 'GOLD' },
        facts: { spec: { ...unknownSymbol('XAUUSD'), alias: 'GOLD' } },
        limits: { symbols: ['XAUUSD'] },
      },
      false,
    ],
  ]);

  const lots = (lot: number): Case => ({
    trade: { lot },
    spec: { lots: { min: 0.1, max: 0.3, step: 0.1 } },
  });
  boundaries('risk_lot', [
    ['below the least', lots(0.09), true],
    ['the least', lots(0.1), false],
    ['between two steps', lots(0.15), true],
    ['0.1 + 0.2, which is not 0.3', lots(0.1 + 0.2), true],
    ['the most', lots(0.3), false],
    ['above the most', lots(0.31), true],
    ['a symbol without lots of its own', { trade: { symbol: 'XAUUSD', lot: 50 } }, false],
  ]);
  it.each([0, -0.1, Number.NaN, Infinity])('risk_lot: lots %f, whatever the limits', (lot) => {
    expect(codeOf({ trade: { lot } })).toBe('risk_lot');
  });

  boundaries('risk_stop_required', [
    ['no stop loss', { limits: { stopLossRequired: true } }, true],
    ['a stop loss', { trade: { sl: 1 }, limits: { stopLossRequired: true } }, false],
  ]);

  const inPoints = (sl: number): Case => ({ trade: { sl }, limits: { stopDistance: { min: 20, max: 50 } } });
  const asPrice = (side: 'buy' | 'sell', sl: number): Case => ({
    ...price(sl),
    trade: { side, sl },
    limits: { stopDistance: { min: 30, max: 50 } },
  });
  boundaries('risk_stop_distance', [
    ['19 of 20 points', inPoints(19), true],
    ['20 of 20 points', inPoints(20), false],
    ['50 of 50 points', inPoints(50), false],
    ['51 of 50 points', inPoints(51), true],
    ['no stop loss is beyond any maximum', inPoints(0), true],
    ['no stop loss is not too close', { limits: { stopDistance: { min: 20, max: null } } }, false],
    ['in points without any price', { ...inPoints(20), facts: { quote: null } }, false],
    ['a buy 29 points under the ask', asPrice('buy', 1.09991), true],
    ['a buy 30 points under the ask', asPrice('buy', 1.0999), false],
    ['a buy 50 points under the ask', asPrice('buy', 1.0997), false],
    ['a buy 50.1 points under the ask', asPrice('buy', 1.099699), true],
    ['a sell 29 points over the bid', asPrice('sell', 1.10029), true],
    ['a sell 30 points over the bid', asPrice('sell', 1.1003), false],
    ['a sell 50 points over the bid', asPrice('sell', 1.1005), false],
    ['a sell 51 points over the bid', asPrice('sell', 1.10051), true],
    [
      '30 points of 8 decimals',
      {
        ...price(0.0000097, { bid: 0.00000999, ask: 0.00001, point: 0.00000001 }),
        limits: { stopDistance: { min: 30, max: 30 } },
      },
      false,
    ],
  ]);
  it.each([
    ['a buy at the bid', 'buy', 1.1, true],
    ['a buy above the bid', 'buy', 1.1001, true],
    ['a buy just below the bid', 'buy', 1.09999, false],
    ['a sell at the ask', 'sell', 1.1002, true],
    ['a sell below the ask', 'sell', 1.1001, true],
    ['a sell just above the ask', 'sell', 1.10021, false],
  ] as const)('risk_stop_distance: %s, whatever the limits', (_, side, sl, refused) => {
    const given = { ...price(sl), trade: { side, sl } };
    expect(codeOf(given)).toBe(refused ? 'risk_stop_distance' : null);
    expect(codeOf({ ...given, facts: { stopUnit: 'points' } })).toBe(null);
  });
  it.each([-20, Number.NaN, Infinity])('risk_stop_distance: stop loss %f, whatever the limits', (sl) => {
    expect(codeOf({ trade: { sl } })).toBe('risk_stop_distance');
    expect(codeOf({ trade: { sl }, facts: { quote: null, stopUnit: 'price' } })).toBe('risk_stop_distance');
  });

  boundaries('risk_open_trades', [
    ['2 of 3', { facts: { openTrades: 2 }, limits: { openTrades: 3 } }, false],
    ['3 of 3', { facts: { openTrades: 3 }, limits: { openTrades: 3 } }, true],
    ['4 of 3', { facts: { openTrades: 4 }, limits: { openTrades: 3 } }, true],
  ]);
  boundaries('risk_trades_day', [
    ['5 of 6', { facts: { tradesToday: 5 }, limits: { tradesPerDay: 6 } }, false],
    ['6 of 6', { facts: { tradesToday: 6 }, limits: { tradesPerDay: 6 } }, true],
    ['7 of 6', { facts: { tradesToday: 7 }, limits: { tradesPerDay: 6 } }, true],
  ]);
  boundaries('risk_trades_minute', [
    ['4 of 5', { facts: { tradesLastMinute: 4 }, limits: { tradesPerMinute: 5 } }, false],
    ['5 of 5', { facts: { tradesLastMinute: 5 }, limits: { tradesPerMinute: 5 } }, true],
    ['6 of 5', { facts: { tradesLastMinute: 6 }, limits: { tradesPerMinute: 5 } }, true],
  ]);

  // 200 points × 0.00001 × 100,000 × 1 lot = 200 USD, 2 % of 10,000.
  const risk = (lot: number, sl: number, more: Partial<RiskFacts> = {}): Case => ({
    trade: { lot, sl },
    facts: more,
    limits: { riskPercent: 2 },
  });
  boundaries('risk_per_trade', [
    ['199 points', risk(1, 199), false],
    ['200 points', risk(1, 200), false],
    ['201 points', risk(1, 201), true],
    ['1.01 lots', risk(1.01, 200), true],
    ['a cent less equity', risk(1, 200, { equity: 9_999.99 }), true],
    ['0.3 lots of 0.1 % at the exact limit', { ...risk(0.3, 20), limits: { riskPercent: 0.06 } }, false],
    ['a buy from the ask', risk(1, 1.0982, { stopUnit: 'price' }), false],
    ['a buy from the ask, a tenth of a point more', risk(1, 1.098199, { stopUnit: 'price' }), true],
    [
      'a price alone is enough',
      risk(1, 1.0982, { stopUnit: 'price', quote: { bid: 1.1, ask: 1.1002, point: null } }),
      false,
    ],
    ['a point alone is enough', risk(1, 200, { quote: { bid: Number.NaN, ask: Number.NaN, point: 0.00001 } }), false],
  ]);
  it('risk_per_trade: a sell from the bid', () => {
    const sell = (sl: number): Case => ({
      ...risk(1, sl, { stopUnit: 'price' }),
      trade: { side: 'sell', lot: 1, sl },
    });
    expect([1.10199, 1.102, 1.10201].map((sl) => codeOf(sell(sl)))).toEqual([null, null, 'risk_per_trade']);
  });

  const loss = (equity: number, dailyLossPercent = 5): Case => ({ facts: { equity }, limits: { dailyLossPercent } });
  boundaries('risk_daily_loss', [
    ['a gain', loss(12_000), false],
    ['499.99 of 500', loss(9_500.01), false],
    ['500 of 500', loss(9_500), true],
    ['500.01 of 500', loss(9_499.99), true],
    ['more than everything', loss(-10), true],
    [
      '0.3 % of 100 after two losses of 0.1 and 0.2',
      {
        facts: { equity: 100 - (0.1 + 0.2), dayStartEquity: 100 },
        limits: { dailyLossPercent: 0.3 },
      },
      true,
    ],
    [
      '0.3 % of 1000.1, which binary numbers can not tell',
      {
        facts: { equity: 997.0997, dayStartEquity: 1000.1 },
        limits: { dailyLossPercent: 0.3 },
      },
      true,
    ],
  ]);
  const drawdown = (equity: number): Case => ({ facts: { equity }, limits: { drawdownPercent: 20 } });
  boundaries('risk_drawdown', [
    ['above the peak', drawdown(10_001), false],
    ['19.9999 %', drawdown(8_000.01), false],
    ['20 %', drawdown(8_000), true],
    ['20.0001 %', drawdown(7_999.99), true],
  ]);
  const level = (equity: number, margin: number): Case => ({ facts: { equity, margin }, limits: { marginLevel: 150 } });
  boundaries('risk_margin_level', [
    ['a cent under 150 %', level(1_499.99, 1_000), true],
    ['150 %', level(1_500, 1_000), false],
    ['150 % of 0.7', level(1.05, 0.7), false],
    ['151 %', level(1_510, 1_000), false],
    ['no margin in use', level(1, 0), false],
    ['equity below 0', level(-1, 1), true],
  ]);
  const free = (freeMargin: number): Case => ({ facts: { freeMargin }, limits: { freeMargin: 50 } });
  boundaries('risk_free_margin', [
    ['49.99 of 50', free(49.99), true],
    ['50 of 50', free(50), false],
    ['64.07 − 14.07, which binary numbers put under 50', free(64.07 - 14.07), false],
    ['65550.01 − 65500.01, the same further apart', free(65550.01 - 65500.01), false],
    ['50.01 of 50', free(50.01), false],
    ['less than nothing', free(-3), true],
  ]);

  it('comes in the order of riskCodes', () => {
    const everything: RiskLimits = {
      ...applyProfile(off, 'nibbler'),
      symbols: ['XAUUSD'],
      stopLossRequired: true,
      stopDistance: { min: 100, max: null },
      riskPercent: 1,
      dailyLossPercent: 1,
      drawdownPercent: 1,
      marginLevel: 150,
      freeMargin: 50,
    };
    const mended: Partial<Record<RiskCode, Case>> = {
      risk_symbol: { limits: { symbols: [] } },
      risk_lot: { facts: { spec: null } },
      risk_stop_required: { trade: { sl: 50 } },
      risk_stop_distance: { trade: { sl: 100 } },
      risk_open_trades: { facts: { openTrades: 0 } },
      risk_trades_day: { facts: { tradesToday: 0 } },
      risk_trades_minute: { facts: { tradesLastMinute: 0 } },
      risk_per_trade: { limits: { riskPercent: null } },
      risk_daily_loss: { limits: { dailyLossPercent: null } },
      risk_drawdown: { limits: { drawdownPercent: null } },
      risk_margin_level: { facts: { margin: 10 } },
    };
    const broken = { equity: 1_000, margin: 1_000, freeMargin: 0, openTrades: 9, tradesToday: 9, tradesLastMinute: 9 };
    let given: { trade: RiskTrade; facts: RiskFacts; limits: RiskLimits } = {
      trade,
      facts: { ...facts, ...broken, spec: { ...unknownSymbol('EURUSD'), lots: { min: 1, max: 1, step: 1 } } },
      limits: everything,
    };
    const codes: (RiskCode | null)[] = [];
    for (const code of riskCodes) {
      codes.push(checkRisk(given.trade, given.facts, given.limits)?.code ?? null);
      const { trade: t, facts: f, limits: l } = mended[code] ?? {};
      given = { trade: { ...given.trade, ...t }, facts: { ...given.facts, ...f }, limits: { ...given.limits, ...l } };
    }
    expect(codes).toEqual(riskCodes);
  });
});

describe('what can not be checked is refused', () => {
  const notNumbers = [null, Number.NaN, Infinity, -Infinity, 1e300];
  const perTrade = { riskPercent: 2 };
  const distance = { stopDistance: { min: 1, max: null } };
  const cases: [code: RiskCode, what: string, given: Case][] = [
    ['risk_stop_distance', 'price', { ...price(1.09, null), limits: distance }],
    [
      'risk_stop_distance',
      'price',
      { ...price(1.09, { bid: Number.NaN, ask: 1.1, point: 0.00001 }), limits: distance },
    ],
    ['risk_stop_distance', 'price', { ...price(1.09, { bid: 1.1, ask: Infinity, point: 0.00001 }), limits: distance }],
    ['risk_stop_distance', 'price', { ...price(1.09, { bid: 1.2, ask: 1.1, point: 0.00001 }), limits: distance }],
    ...[...notNumbers, 0, -1].map((point): [RiskCode, string, Case] => [
      'risk_stop_distance',
      'size of a point',
      { ...price(1.09, { bid: 1.1, ask: 1.1, point }), limits: distance },
    ]),
    ['risk_per_trade', 'no stop loss', { limits: perTrade }],
    ['risk_per_trade', 'price', { ...price(1.09, null), limits: perTrade }],
    ['risk_per_trade', 'size of a point', { trade: { sl: 10 }, facts: { quote: null }, limits: perTrade }],
    ['risk_per_trade', 'contract size of XAGUSD', { trade: { sl: 10, symbol: 'XAGUSD' }, limits: perTrade }],
    ['risk_per_trade', 'contract size of constructor', { trade: { sl: 10, symbol: 'constructor' }, limits: perTrade }],
    ['risk_per_trade', 'contract size', { trade: { sl: 10 }, spec: { contractSize: 0 }, limits: perTrade }],
    ['risk_per_trade', "account's currency", { trade: { sl: 10 }, facts: { accountCurrency: null }, limits: perTrade }],
    ['risk_per_trade', 'No quote of USDJPY, which', { trade: { sl: 10, symbol: 'USDJPY' }, limits: perTrade }],
    [
      'risk_per_trade',
      'No quote of USDEUR, which turns USD into EUR',
      { trade: { sl: 10 }, facts: { accountCurrency: 'EUR' }, limits: perTrade },
    ],
    ['risk_per_trade', 'currency that US30 is priced in', { trade: { sl: 10, symbol: 'US30' }, limits: perTrade }],
    [
      'risk_per_trade',
      'A point of EURUSD is 0.0001 in the symbol table and 0.00001 by its ticks',
      { trade: { sl: 10 }, spec: { point: 0.0001 }, limits: perTrade },
    ],
    ['risk_per_trade', 'has no equity', { trade: { sl: 10 }, facts: { equity: 0 }, limits: perTrade }],
    ['risk_per_trade', 'has no equity', { trade: { sl: 10 }, facts: { equity: -5 }, limits: perTrade }],
    ['risk_margin_level', 'has no equity', { facts: { equity: 0, margin: 0 }, limits: { marginLevel: 150 } }],
    ['risk_margin_level', 'margin in use', { facts: { margin: -1 }, limits: { marginLevel: 150 } }],
    ['risk_open_trades', 'how many trades are open', { facts: { openTrades: -1 }, limits: { openTrades: 5 } }],
    [
      'risk_daily_loss',
      'beginning of the trading day',
      { facts: { dayStartEquity: 0 }, limits: { dailyLossPercent: 5 } },
    ],
    ['risk_drawdown', 'peak', { facts: { peakEquity: -1 }, limits: { drawdownPercent: 20 } }],
    ...notNumbers.flatMap((missing): [RiskCode, string, Case][] => [
      ['risk_open_trades', 'how many trades are open', { facts: { openTrades: missing }, limits: { openTrades: 5 } }],
      [
        'risk_trades_day',
        'trades sent',
        { facts: { tradesToday: missing ?? Number.NaN }, limits: { tradesPerDay: 5 } },
      ],
      [
        'risk_trades_minute',
        'trades sent',
        { facts: { tradesLastMinute: missing ?? Number.NaN }, limits: { tradesPerMinute: 5 } },
      ],
      ['risk_per_trade', 'equity', { trade: { sl: 10 }, facts: { equity: missing }, limits: perTrade }],
      ['risk_daily_loss', 'equity', { facts: { equity: missing }, limits: { dailyLossPercent: 5 } }],
      [
        'risk_daily_loss',
        'beginning of the trading day',
        { facts: { dayStartEquity: missing }, limits: { dailyLossPercent: 5 } },
      ],
      ['risk_drawdown', 'equity', { facts: { equity: missing }, limits: { drawdownPercent: 20 } }],
      ['risk_drawdown', 'peak', { facts: { peakEquity: missing }, limits: { drawdownPercent: 20 } }],
      ['risk_margin_level', 'equity', { facts: { equity: missing }, limits: { marginLevel: 150 } }],
      ['risk_margin_level', 'margin in use', { facts: { margin: missing }, limits: { marginLevel: 150 } }],
      ['risk_free_margin', 'free margin', { facts: { freeMargin: missing }, limits: { freeMargin: 50 } }],
    ]),
  ];

  it.each(cases)('%s without: %s (%j)', (code, what, given) => {
    const refusal = check(given);
    expect(refusal).toMatchObject({ code, reason: expect.stringContaining(what) as string });
    expect(check({ ...given, limits: {} }), 'switched off').toBeNull();
  });

  it('does not take a property of every object for a symbol of the limits', () => {
    for (const symbol of ['constructor', '__proto__', 'toString']) {
      expect(codeOf({ trade: { symbol }, limits: {} })).toBeNull();
      expect(codeOf({ trade: { symbol, sl: 10 }, limits: perTrade })).toBe('risk_per_trade');
    }
  });
});

describe('the sentences', () => {
  it.each<[Case, string]>([
    [
      { facts: { equity: 1_499.999, margin: 1_000 }, limits: { marginLevel: 150 } },
      'The margin level is 149.99 %; a new trade needs at least 150 %.',
    ],
    [
      { facts: { freeMargin: -0.001 }, limits: { freeMargin: 0 } },
      'The free margin is -0.01 USD; a new trade needs at least 0 USD.',
    ],
    [
      { facts: { freeMargin: 7, accountCurrency: null }, limits: { freeMargin: 50 } },
      "The free margin is 7 in the account's currency; a new trade needs at least 50 in the account's currency.",
    ],
    [
      { trade: { sl: 200.01, lot: 1 }, limits: { riskPercent: 2 } },
      'This trade would risk 2.01 % of the equity; the limit is 2 %.',
    ],
    [
      { facts: { equity: 7_999.999 }, limits: { drawdownPercent: 20 } },
      'Equity is 20.01 % below its peak; the limit is 20 %.',
    ],
    [
      { facts: { openTrades: 5 }, limits: { openTrades: 5 } },
      'Open trades, with orders on their way or unknown: 5; the limit is 5.',
    ],
    [
      { facts: { equity: null }, limits: { drawdownPercent: 20 } },
      "The EA has not reported the equity, so the limit on drawdown can't be checked.",
    ],
    [price(1.2), 'The stop loss 1.2 of a buy must be below the bid, which is 1.1.'],
  ])('never contradict the refusal: %j', (given, reason) => {
    expect(check(given)?.reason).toBe(reason);
  });
});

describe('the report', () => {
  const rows = (changes: Partial<RiskFacts>, limits: Partial<RiskLimits> = {}): Partial<Record<RiskCode, RiskRow>> =>
    Object.fromEntries(
      riskReport({ ...facts, ...changes }, { ...defaultRiskLimits, ...limits }).map((row) => [row.code, row]),
    );

  it('has a row for every limit of the account', () => {
    expect(
      riskReport(
        { ...facts, equity: 9_000, openTrades: 2, tradesToday: 7, tradesLastMinute: 1 },
        applyProfile(defaultRiskLimits, 'apex'),
      ),
    ).toEqual([
      { code: 'risk_open_trades', name: 'Open trades', limit: 5, value: 2, unit: 'trades', state: 'ok' },
      { code: 'risk_trades_day', name: 'Trades today', limit: 50, value: 7, unit: 'trades', state: 'ok' },
      {
        code: 'risk_trades_minute',
        name: 'Trades in the last minute',
        limit: 5,
        value: 1,
        unit: 'trades',
        state: 'ok',
      },
      { code: 'risk_daily_loss', name: 'Daily loss', limit: null, value: 10, unit: '%', state: 'off' },
      { code: 'risk_drawdown', name: 'Drawdown', limit: 20, value: 10, unit: '%', state: 'warn' },
      { code: 'risk_margin_level', name: 'Margin level', limit: 150, value: 9_000, unit: '%', state: 'ok' },
      { code: 'risk_free_margin', name: 'Free margin', limit: 50, value: 9_900, unit: 'account currency', state: 'ok' },
    ]);
  });

  it.each([
    [9_000.01, 'ok'],
    [9_000, 'warn'],
    [8_000.01, 'warn'],
    [8_000, 'blocked'],
    [null, 'unknown'],
  ] as const)('calls a drawdown to %s %s (R1)', (equity, state) => {
    expect(rows({ equity }).risk_drawdown?.state).toBe(state);
    expect(rows({ equity }, { drawdownPercent: null }).risk_drawdown?.state).toBe('off');
  });

  it.each([
    [50, 'ok'],
    [50.01, 'warn'],
    [66.66, 'warn'],
    [66.67, 'blocked'],
    [null, 'unknown'],
  ] as const)('calls a margin of %s in an equity of 100 %s (R1)', (margin, state) => {
    expect(rows({ equity: 100, margin }).risk_margin_level?.state).toBe(state);
  });

  it('gives no margin level, and no alarm, without margin in use', () => {
    expect(rows({ margin: 0 }).risk_margin_level).toMatchObject({ value: null, state: 'ok' });
  });

  it('is JSON and all unknown when nothing is known', () => {
    const report = riskReport(nothingKnown, { ...applyProfile(defaultRiskLimits, 'apex'), dailyLossPercent: 5 });
    expect(report.map(({ state, value }) => [state, value])).toEqual(report.map(() => ['unknown', null]));
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});

describe('any account, any trade, any limits', () => {
  const cents = (max: number) => fc.integer({ min: -100, max: max * 100 }).map((amount) => amount / 100);
  const unknown = fc.constantFrom(null, Number.NaN, Infinity);
  const known = <T>(values: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 12, arbitrary: values }, { weight: 1, arbitrary: unknown });
  const amount = known(fc.oneof(cents(200), fc.constantFrom(0, 50, 80, 90, 95, 100), fc.double()));
  const countOf = fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: 0, max: 6 }) },
    { weight: 1, arbitrary: fc.double() },
  );
  const prices = fc.integer({ min: 1, max: 60 }).map((ticks) => ticks / 10);
  const euro = { weight: 4, arbitrary: fc.constant('EURUSD') };
  const symbol = fc.oneof(euro, fc.constantFrom('USDJPY', 'US30', 'constructor', '__proto__'));

  const anyTrade: fc.Arbitrary<RiskTrade> = fc.record({
    side: fc.constantFrom('buy', 'sell'),
    symbol,
    lot: fc.oneof(
      fc.integer({ min: 1, max: 30 }).map((lot) => lot / 10),
      fc.double(),
    ),
    sl: fc.oneof(
      { weight: 2, arbitrary: fc.constant(0) },
      { weight: 6, arbitrary: prices },
      { weight: 1, arbitrary: fc.double() },
    ),
    tp: fc.constant(0),
  });
  const anyFacts: fc.Arbitrary<RiskFacts> = fc.record({
    stopUnit: fc.constantFrom('points', 'price'),
    equity: amount,
    margin: amount,
    freeMargin: amount,
    quote: fc.option(fc.record({ bid: prices, ask: prices, point: known(fc.constantFrom(0.1, 0.01, 0)) }), { freq: 8 }),
    spec: fc.constantFrom(
      null,
      { ...unknownSymbol('EURUSD'), contractSize: 1, lots: { min: 0.1, max: 2, step: 0.1 } },
      { ...unknownSymbol('US30'), contractSize: 0.1, point: 0.1, quoteCurrency: 'USD' },
      { ...unknownSymbol('USDJPY'), contractSize: 1 },
    ),
    rates: fc.constantFrom(noRates, ratesOf({ USDJPY: { bid: 2, ask: 2.1 } })),
    accountCurrency: fc.constantFrom('USD', 'USD', 'USD', 'USD', 'JPY', null),
    openTrades: known(countOf),
    tradesToday: countOf,
    tradesLastMinute: countOf,
    dayStartEquity: amount,
    peakEquity: amount,
  });
  const limit = (values: fc.Arbitrary<number>) => fc.option(values, { freq: 2 });
  const percent = limit(
    fc.oneof(
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 1, max: 1000 }).map((tenth) => tenth / 10),
    ),
  );
  const anyLimits: fc.Arbitrary<RiskLimits> = fc.record({
    symbols: fc.subarray(['EURUSD', 'USDJPY', 'US30']),
    stopLossRequired: fc.boolean(),
    stopDistance: fc.record({ min: limit(prices), max: limit(prices) }),
    openTrades: limit(fc.integer({ min: 1, max: 6 })),
    tradesPerDay: limit(fc.integer({ min: 1, max: 6 })),
    tradesPerMinute: limit(fc.integer({ min: 1, max: 6 })),
    duplicateWindowS: fc.constant(30),
    riskPercent: percent,
    dailyLossPercent: percent,
    drawdownPercent: percent,
    marginLevel: limit(fc.integer({ min: 1, max: 300 })),
    freeMargin: limit(cents(100)),
    accountRules: fc.constant(noRules),
    day: fc.constant(defaultRiskLimits.day),
  });
  /** The tighter of two limits; null is none. */
  const lower = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : Math.min(a, b));
  const higher = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : Math.max(a, b));
  const tightenings: Record<string, (limits: RiskLimits, by: RiskLimits) => Partial<RiskLimits>> = {
    symbols: (a, b) => ({ symbols: a.symbols.length === 0 ? b.symbols : a.symbols.slice(0, 1) }),
    stopLossRequired: () => ({ stopLossRequired: true }),
    stopDistance: (a, b) => ({
      stopDistance: {
        min: higher(a.stopDistance.min, b.stopDistance.min),
        max: lower(a.stopDistance.max, b.stopDistance.max),
      },
    }),
    openTrades: (a, b) => ({ openTrades: lower(a.openTrades, b.openTrades) }),
    tradesPerDay: (a, b) => ({ tradesPerDay: lower(a.tradesPerDay, b.tradesPerDay) }),
    tradesPerMinute: (a, b) => ({ tradesPerMinute: lower(a.tradesPerMinute, b.tradesPerMinute) }),
    riskPercent: (a, b) => ({ riskPercent: lower(a.riskPercent, b.riskPercent) }),
    dailyLossPercent: (a, b) => ({ dailyLossPercent: lower(a.dailyLossPercent, b.dailyLossPercent) }),
    drawdownPercent: (a, b) => ({ drawdownPercent: lower(a.drawdownPercent, b.drawdownPercent) }),
    marginLevel: (a, b) => ({ marginLevel: higher(a.marginLevel, b.marginLevel) }),
    freeMargin: (a, b) => ({ freeMargin: higher(a.freeMargin, b.freeMargin) }),
  };

  it.each(Object.keys(tightenings))('a tighter limit never lets more through: %s', (name) => {
    let flipped = 0;
    fc.assert(
      fc.property(anyTrade, anyFacts, anyLimits, anyLimits, (someTrade, someFacts, limits, by) => {
        const tighter = { ...limits, ...tightenings[name]?.(limits, by) };
        // The other limits off as well: with all of them on, hardly any trade would be left to flip.
        const alone = { ...off, ...pick(limits, name) };
        const aloneTighter = { ...alone, ...tightenings[name]?.(alone, by) };
        for (const [before, after] of [
          [limits, tighter],
          [alone, aloneTighter],
        ] as const) {
          const was = checkRisk(someTrade, someFacts, before);
          const is = checkRisk(someTrade, someFacts, after);
          if (was !== null) expect(is).not.toBeNull();
          else if (is !== null) flipped += 1;
        }
      }),
      { numRuns: 4000 },
    );
    expect(flipped).toBeGreaterThan(10);
  });

  function pick(limits: RiskLimits, name: string): Partial<RiskLimits> {
    return Object.fromEntries(Object.entries(limits).filter(([field]) => field === name));
  }

  it('the report blocks exactly what the check refuses', () => {
    const harmless: RiskTrade = { side: 'buy', symbol: 'EURUSD', lot: 0.1, sl: 20, tp: 0 };
    const ofTrade = {
      symbols: [],
      stopLossRequired: false,
      stopDistance: { min: null, max: null },
      riskPercent: null,
    };
    let accepted = 0;
    fc.assert(
      fc.property(anyFacts, anyLimits, (someFacts, someLimits) => {
        const limits = { ...someLimits, ...ofTrade };
        const account = { ...someFacts, stopUnit: 'points' } as const;
        const report = riskReport(account, limits);
        const first = report.find(({ state }) => state === 'blocked' || state === 'unknown');
        expect(checkRisk(harmless, account, limits)?.code ?? null).toBe(first?.code ?? null);
        for (const { limit: set, value, state } of report) {
          expect(state === 'off').toBe(set === null);
          if (state === 'unknown' || state === 'blocked') expect(state === 'unknown').toBe(value === null);
          if (value !== null) expect(value).toSatisfy(Number.isFinite);
        }
        accepted += first === undefined ? 1 : 0;
      }),
      { numRuns: 5000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it('a refusal is one sentence and a next step', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anyTrade, anyFacts, anyLimits, (someTrade, someFacts, limits) => {
        const refusal = checkRisk({ ...someTrade, lot: 0.1 }, someFacts, limits);
        if (refusal === null) return;
        seen.add(refusal.code);
        expect(Object.keys(refusal)).toEqual(['code', 'reason', 'nextStep']);
        expect(refusal.reason).toMatch(/^[A-Z_].*\.$/i);
        expect(refusal.reason).not.toMatch(/undefined|null|\[object/);
        expect(refusal.nextStep).toMatch(/^[A-Z].*\.$/);
      }),
      { numRuns: 5000 },
    );
    expect(seen.size).toBeGreaterThan(9);
  });

  it('money at risk is what plain arithmetic says, away from the limit', () => {
    const factors = fc.record({
      points: fc.integer({ min: 1, max: 5000 }),
      lots: fc.integer({ min: 1, max: 5000 }),
      equity: fc.integer({ min: 1_00, max: 1_000_000_00 }),
      percent: fc.integer({ min: 1, max: 1000 }),
    });
    fc.assert(
      fc.property(factors, ({ points, lots, equity, percent: tenths }) => {
        const given: Case = {
          trade: { sl: points, lot: lots / 100 },
          facts: { equity: equity / 100 },
          limits: { riskPercent: tenths / 10 },
        };
        // A point of a lot is 1 USD, of 0.01 lots a cent: all in whole numbers.
        expect(codeOf(given)).toBe(points * lots * 1000 > tenths * equity ? 'risk_per_trade' : null);
      }),
      { numRuns: 5000 },
    );
  });
});
