import type { BridgeState } from '../../../../src/api/state/state.ts';
import type { OpenPosition } from '../../../../src/domain/positions/openTrades.ts';
import {
  type PositionFigures,
  positionFigures,
  symbolWorth,
} from '../../../../src/domain/positions/positionFigures.ts';
import { lotsOf } from '../../../../src/domain/market/symbolTable.ts';
import { contextOf, digitsOf, type Market } from '../../../shared/symbolContext.ts';

/** What a dialog about a position shows. */
export interface ChangeFigures {
  now: PositionFigures;
  /** With other lots or stops than it has. */
  as: (changes: Partial<Pick<OpenPosition, 'lots' | 'sl' | 'tp'>>) => PositionFigures;
  digits: number;
  /** Step of the symbol's lots, and the fewest. */
  lotStep: number;
  lotMin: number;
}

export function changeFigures(bridge: BridgeState, market: Market, position: OpenPosition): ChangeFigures {
  const { instrument, account } = contextOf(bridge, market, position.symbol);
  const quote = market.quotes.find(({ symbol }) => symbol === position.symbol) ?? null;
  const worth = symbolWorth(instrument, account);
  const { min, step } = lotsOf(bridge, position.symbol);
  return {
    now: positionFigures(position, worth),
    as: (changes) => positionFigures({ ...position, ...changes }, worth),
    digits: digitsOf(instrument, quote),
    lotStep: step,
    lotMin: min,
  };
}

/** Lots of a share of a position, rounded down to the step; null: none that can be closed. */
export function partOf(
  lots: number,
  share: number,
  { lotStep, lotMin }: Pick<ChangeFigures, 'lotStep' | 'lotMin'>,
): number | null {
  const steps = Math.floor((lots * share) / lotStep + 1e-9);
  const part = Number((steps * lotStep).toFixed(8));
  return part >= lotMin - 1e-9 && part < lots ? part : null;
}
