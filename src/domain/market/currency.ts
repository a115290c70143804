/** Currencies with accounts in cents. */
const withCents = ['USD', 'EUR', 'GBP', 'JPY', 'CHF', 'AUD', 'NZD', 'CAD', 'SGD', 'HKD', 'ZAR', 'SEK', 'NOK', 'DKK'];

/** Codes of cents: USC and USX of USD, EUC and EUX of EUR, GBX for pence. None is a code of ISO 4217. */
const cents = new Map(
  withCents.flatMap((currency) => ['C', 'X'].map((last) => [`${currency.slice(0, 2)}${last}`, currency])),
);

/** The whole currency of a code and how many of its units make one: 100 USC make one USD. */
export function wholeUnits(currency: string): { currency: string; parts: 1 | 100 } {
  const whole = cents.get(currency);
  return whole === undefined ? { currency, parts: 1 } : { currency: whole, parts: 100 };
}
