import { gaps, isUnavailable, type Unavailable } from '../arithmetic/unavailable.ts';
import { wholeUnits } from './currency.ts';
import { exact, isPositive, over, times, type Rational } from '../arithmetic/rational.ts';
import { typedRateMs, type TypedRate } from './typedRate.ts';
import { brokerSymbol, findSymbol, type SymbolNames } from './symbolTable.ts';

/** Bid and ask as reported by the EA. */
export interface Price {
  bid: number;
  ask: number;
}

/** Exchange rates between currencies. */
export interface Rates {
  /** The last price of a pair by its canonical name, such as USDJPY; null: none seen. */
  priceOf: (pair: string) => Price | null;
  /** The broker's name of a pair, and whether it is in the symbol table. */
  nameOf: (pair: string) => { name: string; known: boolean };
  /** Typed rate of a pair that the EA sends no quotes of, with its age in ms. */
  typed?: (pair: string) => { rate: number; ageMs: number } | null;
  /** Whether a quote of the pair has ever come. */
  wasKnown?: (pair: string) => boolean;
}

/** A quote older than this, in ms, is not used as an exchange rate. */
const staleRateMs = 3_600_000;

/**
 * Exchange rates from the EA's quotes, by the broker's names, else from typed ones.
 * @param wasKnown whether a quote has ever come, by the broker's name
 */
export function ratesFrom(
  quoteOf: (name: string) => (Price & { at: number }) | null,
  names: SymbolNames & { typedRates?: readonly TypedRate[] },
  now: number,
  wasKnown: (name: string) => boolean = () => false,
): Rates {
  const nameOf: Rates['nameOf'] = (pair) => {
    const known = findSymbol(names, pair) !== null;
    return { name: known ? brokerSymbol(names, pair) : `${pair}${names.symbolSuffix}`, known };
  };
  return {
    nameOf,
    typed: (pair) => {
      const typed = names.typedRates?.find((each) => each.pair === pair) ?? null;
      // A clock that was set back must not make a rate younger.
      return typed === null ? null : { rate: typed.rate, ageMs: Math.abs(now - typed.at) };
    },
    wasKnown: (pair) => wasKnown(nameOf(pair).name),
    priceOf: (pair) => {
      const quote = quoteOf(nameOf(pair).name);
      return quote === null || now - quote.at > staleRateMs ? null : quote;
    },
  };
}

/** Whether there is a price whose bid is not above its ask. */
export function isPrice(price: Price | null): price is Price {
  return price !== null && isPositive(price.bid) && isPositive(price.ask) && price.ask >= price.bid;
}

/**
 * One unit of `from` in units of `to`, by the direct pair or its inverse. Losses and margin (`out`) are converted at the dearer
 * side of the pair, profits (`in`) at the cheaper one.
 */
export function rateOf(from: string, to: string, way: 'out' | 'in', rates: Rates): Rational | Unavailable {
  const [given, wanted] = [wholeUnits(from), wholeUnits(to)];
  const rate = wholeRate(given.currency, wanted.currency, way, rates);
  return isUnavailable(rate) ? rate : over(times(rate, exact(wanted.parts)), exact(given.parts));
}

function wholeRate(from: string, to: string, way: 'out' | 'in', rates: Rates): Rational | Unavailable {
  if (from === to) return exact(1);
  const [direct, inverse] = [`${from}${to}`, `${to}${from}`];
  const price = rates.priceOf(direct);
  if (isPrice(price)) return exact(way === 'out' ? price.ask : price.bid);
  const inverted = rates.priceOf(inverse);
  if (isPrice(inverted)) return over(exact(1), exact(way === 'out' ? inverted.bid : inverted.ask));
  const typed = typedRate(direct, inverse, rates);
  if (typed !== null) return typed;
  const usual = rates.nameOf(inverse).known ? inverse : direct;
  const lapsed = [direct, inverse].some((pair) => rates.wasKnown?.(pair) === true);
  return gaps.rate(rates.nameOf(usual).name, from, to, lapsed);
}

/** The typed rate of one of the two pairs, the younger of both. */
function typedRate(direct: string, inverse: string, { typed }: Rates): Rational | Unavailable | null {
  const [one, other] = [typed?.(direct) ?? null, typed?.(inverse) ?? null];
  const inverted = other !== null && (one === null || other.ageMs < one.ageMs);
  const found = inverted ? other : one;
  if (found === null) return null;
  if (found.ageMs > typedRateMs) return gaps.rateAged(inverted ? inverse : direct, Math.floor(found.ageMs / 3_600_000));
  return inverted ? over(exact(1), exact(found.rate)) : exact(found.rate);
}
