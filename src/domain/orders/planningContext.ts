import type { AccountTerms } from '../market/accountTerms.ts';
import { type Price, ratesFrom } from '../market/fxRates.ts';
import { brokerSymbol, findSymbol, lotsOf } from '../market/symbolTable.ts';
import type { TypedRate } from '../market/typedRate.ts';
import type { Instrument } from '../sizing/stops.ts';
import type { SizingAccount } from '../sizing/valuePerLot.ts';
import type { StopUnit } from '../tradeTerms.ts';
import { lotRules, type LotRules } from '../v7Lots.ts';
import { staleQuoteMs, staleTelemetryMs } from './refusal.ts';

/** Inputs for computing stops and lots of one symbol at one moment. Stale values are null. */
export interface PlanningContext {
  instrument: Instrument;
  account: SizingAccount;
  /** Lot rules of the symbol. */
  lots: LotRules;
  /** W5; null: not set. */
  stopUnit: StopUnit | null;
}

/** Equity and margin in use as last reported. Ages are in ms; null: not reported since the EA connected. */
export interface AgedFigures {
  equity: number | null;
  equityAgeMs: number | null;
  margin: number | null;
  marginAgeMs: number | null;
}

/** Figures no older than `staleTelemetryMs`, else null. Margin without a fresh equity is of another moment. */
export function freshFigures(aged: AgedFigures): Pick<SizingAccount, 'equity' | 'margin'> {
  const equity = isFresh(aged.equityAgeMs, staleTelemetryMs) ? aged.equity : null;
  const margin = equity !== null && isFresh(aged.marginAgeMs, staleTelemetryMs) ? aged.margin : null;
  return { equity, margin };
}

/** A quote of the broker's name since the EA connected. */
export interface AgedQuote extends Price {
  /** Epoch ms. */
  at: number;
  ageMs: number;
  point: number | null;
  digits?: number;
}

export interface PlanningSources {
  settings: Parameters<typeof lotsOf>[0] & {
    pipsConfirmed: boolean;
    sizesConfirmed: boolean;
    stopUnit: StopUnit | null;
    typedRates?: readonly TypedRate[];
    kind?: Parameters<typeof lotRules>[2];
  };
  /** Currency and leverage, from the settings and the EA's report. */
  terms: Omit<AccountTerms, 'lapsed'> & Partial<Pick<AccountTerms, 'lapsed'>>;
  figures: AgedFigures;
  eaVersion: string | null;
  /** Null: none since the EA connected. */
  quoteOf: (symbol: string) => AgedQuote | null;
  /** Whether a quote has ever come, by the broker's name. */
  wasKnown?: (symbol: string) => boolean;
  /** Epoch ms. */
  now: number;
}

/**
 * Gathers the inputs by which the ticket, engines and waiting signals are planned.
 * @param name the traders' or the broker's name of the symbol
 */
export function planningContext(sources: PlanningSources, name: string): PlanningContext {
  const { settings, terms, figures, eaVersion, quoteOf, wasKnown, now } = sources;
  const symbol = brokerSymbol(settings, name);
  const { pipsConfirmed, sizesConfirmed, stopUnit } = settings;
  const quote = quoteOf(symbol);
  return {
    instrument: {
      symbol,
      spec: findSymbol(settings, symbol),
      quote: quote !== null && isFresh(quote.ageMs, staleQuoteMs) ? quote : null,
      pipsConfirmed,
      sizesConfirmed,
    },
    account: { ...terms, ...freshFigures(figures), rates: ratesFrom(quoteOf, settings, now, wasKnown) },
    lots: lotRules(lotsOf(settings, symbol), eaVersion, settings.kind),
    stopUnit,
  };
}

function isFresh(ageMs: number | null, mostMs: number): boolean {
  return ageMs !== null && ageMs <= mostMs;
}
