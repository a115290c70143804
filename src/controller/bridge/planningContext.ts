import type { BridgeKind } from '../../api/state/state.ts';
import { ratesFrom } from '../../domain/market/fxRates.ts';
import type { PlanningContext } from '../../protocol/gateway/planSignal.ts';
import { brokerSymbol, findSymbol, lotsOf } from '../../domain/market/symbolTable.ts';
import { lotRules } from '../../domain/v7Lots.ts';
import type { ReportedFigures } from '../account/reportedFigures.ts';
import type { Clock } from '../ports/clock.ts';
import type { BridgeSettings } from '../../api/settings/bridgeSettings.ts';

/** What a bridge makes of stops and lots of a symbol now, by fresh figures and quotes alone. @param name either of its names */
export function signalGround(
  settings: BridgeSettings & { kind?: BridgeKind },
  account: ReportedFigures,
  clock: Clock,
  name: string,
): PlanningContext {
  const symbol = brokerSymbol(settings, name);
  const { equity, margin } = account.freshFigures();
  return {
    instrument: {
      symbol,
      spec: findSymbol(settings, symbol),
      quote: account.quotes.fresh(symbol),
      pipsConfirmed: settings.pipsConfirmed,
      sizesConfirmed: settings.sizesConfirmed,
    },
    account: {
      ...account.terms.with(settings),
      equity,
      margin,
      rates: ratesFrom(
        (pair) => account.quotes.of(pair),
        settings,
        clock.now(),
        (pair) => account.quotes.wasKnown(pair),
      ),
    },
    lots: lotRules(lotsOf(settings, symbol), account.state().eaVersion, settings.kind),
    stopUnit: settings.stopUnit,
  };
}
