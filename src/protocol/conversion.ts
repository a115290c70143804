import { gaps, type Gap } from './gaps.ts';
import { exact, isPositive, over, type Ratio } from './ratio.ts';
import { brokerSymbol, findSymbol, type SymbolNames } from './symbolTable.ts';

/** Bid and ask as the EA told them. */
export interface Price {
  bid: number;
  ask: number;
}

/** What money of one currency is worth in another. */
export interface Rates {
  /** The last price of a pair by the name that traders give it, such as USDJPY; null: none was seen. */
  priceOf: (pair: string) => Price | null;
  /** What the broker calls a pair, and whether it is in the table. */
  nameOf: (pair: string) => { name: string; known: boolean };
}

/** A quote older than this, in ms, turns no money into another. */
const staleRateMs = 3_600_000;

/** Rates from the quotes that the EA has sent under the broker's names. */
export function ratesFrom(
  quoteOf: (name: string) => (Price & { at: number }) | null,
  names: SymbolNames,
  now: number,
): Rates {
  const nameOf: Rates['nameOf'] = (pair) => {
    const known = findSymbol(names, pair) !== null;
    return { name: known ? brokerSymbol(names, pair) : `${pair}${names.symbolSuffix}`, known };
  };
  return {
    nameOf,
    priceOf: (pair) => {
      const quote = quoteOf(nameOf(pair).name);
      return quote === null || now - quote.at > staleRateMs ? null : quote;
    },
  };
}

/** A crossed price is no price. */
export function isPrice(price: Price | null): price is Price {
  return price !== null && isPositive(price.bid) && isPositive(price.ask) && price.ask >= price.bid;
}

/**
 * One unit of `from` in units of `to`, by the direct pair or its inverse. Money that is lost or set aside (`out`) is
 * bought at the dearer side of the pair, money that is won (`in`) is sold at the cheaper one.
 */
export function rateOf(from: string, to: string, way: 'out' | 'in', rates: Rates): Ratio | Gap {
  if (from === to) return exact(1);
  const [direct, inverse] = [`${from}${to}`, `${to}${from}`];
  const price = rates.priceOf(direct);
  if (isPrice(price)) return exact(way === 'out' ? price.ask : price.bid);
  const inverted = rates.priceOf(inverse);
  if (isPrice(inverted)) return over(exact(1), exact(way === 'out' ? inverted.bid : inverted.ask));
  const usual = rates.nameOf(inverse).known ? inverse : direct;
  return gaps.rate(rates.nameOf(usual).name, from, to);
}
