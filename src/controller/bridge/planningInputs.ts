import { type PlanningContext, planningContext } from '../../domain/orders/planningContext.ts';
import type { ReportedFigures } from '../account/reportedFigures.ts';
import type { BridgeTerms } from './bridgeConfig.ts';

/**
 * Gathers the inputs for sizing a signal from the settings and the EA's reports; stale values are null.
 * @param symbol the traders' or the broker's name
 * @param now epoch ms
 */
export function planningInputs(
  settings: BridgeTerms,
  account: ReportedFigures,
  symbol: string,
  now: number,
): PlanningContext {
  const { quotes } = account;
  const sources = {
    settings,
    terms: account.terms.with(settings),
    figures: account.aged(),
    eaVersion: account.eaVersion,
    quoteOf: (name: string) => quotes.of(name),
    wasKnown: (name: string) => quotes.wasKnown(name),
    now,
  };
  return planningContext(sources, symbol);
}
