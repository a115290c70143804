// What an EA of protocol 8 tells of its account, as tests say it.

/** A position in gold: bought at 2335 with its stop loss at 2331. */
export const goldPosition = (number: number, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...{ position: String(number), ticket: String(number), symbol: 'XAUUSD', side: 'buy', lots: 0.1, price: 2335 },
  ...{ opened_at: Date.now() - 60_000, sl: 2331, tp: 0, profit: 60, swap: -1, magic: '0', comment: '', ...more },
});

/** A whole list on one page. */
export const toldList = (
  type: 'positions' | 'orders',
  entries: readonly unknown[],
  number = 1,
): Record<string, unknown> => ({
  ...{ type, list: number, page: 1, last: true, count: entries.length, at: Date.now(), [type]: entries },
});

/** Terms of gold on an account in US dollars. */
export const goldSymbol = {
  ...{ type: 'symbol', symbol: 'XAUUSD', digits: 2, contract_size: 100, profit_currency: 'USD' },
  ...{ lot_min: 0.01, lot_max: 100, lot_step: 0.01, money_per_point: 1 },
};
