/** Currencies whose cents brokers keep accounts in. */
const withCents = ['USD', 'EUR', 'GBP', 'JPY', 'CHF', 'AUD', 'NZD', 'CAD', 'SGD', 'HKD', 'ZAR', 'SEK', 'NOK', 'DKK'];

/** USC and USX are cents of USD, EUC and EUX of EUR, GBX is pence. No code of ISO 4217 is among them. */
const cents = new Map(
  withCents.flatMap((currency) => ['C', 'X'].map((last) => [`${currency.slice(0, 2)}${last}`, currency])),
);

/** A currency as its whole units, and how many of the given ones make one of them: 100 of USC make one USD. */
export function wholeUnits(currency: string): { currency: string; parts: 1 | 100 } {
  const whole = cents.get(currency);
  return whole === undefined ? { currency, parts: 1 } : { currency: whole, parts: 100 };
}
