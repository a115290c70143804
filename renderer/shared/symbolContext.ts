import type { BridgeState } from '../../src/api/state/state.ts';
import { termsOf } from '../../src/domain/market/accountTerms.ts';
import type { Quote } from '../../src/domain/market/quote.ts';
import { brokerSymbol, findSymbol } from '../../src/domain/market/symbolTable.ts';
import { type AgedQuote, type PlanningContext, planningContext } from '../../src/domain/orders/planningContext.ts';
import type { Instrument } from '../../src/domain/sizing/stops.ts';

// Symbol, quote and account of a bridge on screen, as plans and positions need them.

/** The market's side of a plan: quotes and the time. */
export interface Market {
  quotes: readonly Quote[];
  /** The app's time. */
  now: number;
}

/** Table row and quote of a symbol, by either of its names. */
export function instrumentOf(bridge: BridgeState, quotes: readonly Quote[], name: string): Instrument {
  const symbol = brokerSymbol(bridge, name);
  const { pipsConfirmed, sizesConfirmed } = bridge;
  return { symbol, spec: findSymbol(bridge, symbol), quote: quoteOf(quotes, symbol), pipsConfirmed, sizesConfirmed };
}

/** The last quote since the EA connected. */
function quoteOf(quotes: readonly Quote[], symbol: string): Quote | null {
  return quotes.find((each) => each.symbol === symbol && !each.earlier) ?? null;
}

/**
 * Inputs of the bridge's plans, the same as for an engine's signal.
 * @param name either of the symbol's names
 */
export function contextOf(bridge: BridgeState, { quotes, now }: Market, name: string): PlanningContext {
  const { account, stream } = bridge;
  // Figures from before the EA has caught up belong to an earlier connection.
  const ageOf = (at: number | null): number | null => (at === null || stream !== 'current' ? null : now - at);
  const figures = {
    equity: account.equity,
    equityAgeMs: ageOf(account.at),
    margin: account.margin,
    marginAgeMs: ageOf(account.marginAt),
  };
  const quoteNow = (symbol: string): AgedQuote | null => {
    const quote = quoteOf(quotes, symbol);
    return quote === null ? null : { ...quote, ageMs: now - quote.at };
  };
  const { eaVersion } = account;
  const sources = { settings: bridge, terms: termsOf(bridge, account), figures, eaVersion, quoteOf: quoteNow, now };
  return planningContext(sources, name);
}

/** Decimals of the symbol's prices: an EA writes 2341.30 as 2341.3, so that the table's count where they are more. */
export function digitsOf({ spec }: Pick<Instrument, 'spec'>, quote: Pick<Quote, 'digits'> | null): number {
  const known = Math.max(quote?.digits ?? -1, spec?.digits ?? -1);
  return known < 0 ? 5 : known;
}
