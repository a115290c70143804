import type { BridgeState } from '../../src/api/state/state.ts';
import type { OpenPosition } from '../../src/domain/positions/openTrades.ts';
import {
  type PositionFigures,
  positionFigures,
  type SymbolWorth,
  symbolWorth,
} from '../../src/domain/positions/positionFigures.ts';
import { contextOf, digitsOf, type Market } from './symbolContext.ts';

/** An open position with its figures of now. */
export interface PositionRow {
  position: OpenPosition;
  figures: PositionFigures;
  /** Decimals of its prices. */
  digits: number;
  /** Share of equity, %; null: not known. */
  ofEquity: number | null;
  bridge: string;
}

export const positionSortKeys = ['symbol', 'lots', 'profit', 'points', 'openedAt'] as const;
export type PositionSortKey = (typeof positionSortKeys)[number];

/**
 * The positions with their figures, in the order of the list. What a symbol needs is worked out once.
 * @param only the broker's name of one symbol; left out: all
 */
export function positionRows(bridge: BridgeState, market: Market, only?: string): PositionRow[] {
  const { id, openTrades, account } = bridge;
  const symbols = new Map<string, { worth: SymbolWorth; digits: number }>();
  const ofSymbol = (symbol: string): { worth: SymbolWorth; digits: number } => {
    const known = symbols.get(symbol);
    if (known !== undefined) return known;
    const context = contextOf(bridge, market, symbol);
    const quote = market.quotes.find((each) => each.symbol === symbol) ?? null;
    const made = {
      worth: symbolWorth(context.instrument, context.account),
      digits: digitsOf(context.instrument, quote),
    };
    symbols.set(symbol, made);
    return made;
  };
  const listed = openTrades.positions ?? [];
  const wanted = only === undefined ? listed : listed.filter(({ symbol }) => symbol === only);
  return wanted.map((position): PositionRow => {
    const { worth, digits } = ofSymbol(position.symbol);
    const figures = positionFigures(position, worth);
    return { position, figures, digits, bridge: id, ofEquity: shareOf(figures.profit, account.equity) };
  });
}

function shareOf(profit: number | null, equity: number | null): number | null {
  return profit === null || equity === null || equity <= 0 ? null : (profit / equity) * 100;
}

/** Sorts by a column; rows without the figure come last. */
export function sortedRows(rows: readonly PositionRow[], by: PositionSortKey, down: boolean): PositionRow[] {
  const valueOf = ({ position, figures }: PositionRow): string | number | null =>
    by === 'profit' || by === 'points' ? figures[by] : position[by];
  return rows.toSorted((one, other) => {
    const [a, b] = [valueOf(one), valueOf(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const order = typeof a === 'string' ? a.localeCompare(String(b)) : a - Number(b);
    return (down ? -order : order) || one.position.position.localeCompare(other.position.position);
  });
}
