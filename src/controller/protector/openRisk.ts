import { exact, plus, type Rational } from '../../domain/arithmetic/rational.ts';
import { isUnavailable, type Unavailable } from '../../domain/arithmetic/unavailable.ts';
import { ruleGaps } from '../../domain/accountRules/ruleRefusals.ts';
import type { RuleFacts, SymbolRisk } from '../../domain/accountRules/ruleReport.ts';
import { opensPosition } from '../../domain/positions/closingChanges.ts';
import type { OpenPosition, OpenTrades, PendingOrder } from '../../domain/positions/openTrades.ts';
import { positionFigures, type SymbolWorth } from '../../domain/positions/positionFigures.ts';

/** What the account's open trades are worth now. */
export interface OpenWorth {
  trades: OpenTrades;
  /** Whether the EA lists what is open (N5). */
  lists: boolean;
  /** @param symbol the broker's name */
  worthOf: (symbol: string) => SymbolWorth;
}

/**
 * What the account can still lose until its stops are met, by symbol: positions from the price of now, pending orders from
 * the price at which they open.
 * @param except number of a pending order that is not counted
 */
export function openRisk({ trades, lists, worthOf }: OpenWorth, except: string | null = null): RuleFacts['open'] {
  if (!lists) return null;
  const { positions, orders, isCurrent } = trades;
  if (!isCurrent || positions === null || orders === null) return ruleGaps.notCurrent;
  const worths = new Map<string, SymbolWorth>();
  const worth = (symbol: string): SymbolWorth => {
    const known = worths.get(symbol) ?? worthOf(symbol);
    worths.set(symbol, known);
    return known;
  };
  const risks = new Map<string, Rational | Unavailable>();
  const add = (symbol: string, risk: number | Unavailable): void => {
    const sum = risks.get(symbol) ?? exact(0);
    if (isUnavailable(sum)) return;
    risks.set(symbol, isUnavailable(risk) ? risk : plus(sum, exact(risk)));
  };
  for (const position of positions) add(position.symbol, positionRisk(position, worth(position.symbol)));
  for (const order of orders) {
    if (order.order !== except && opensPosition(order)) add(order.symbol, pendingRisk(order, worth(order.symbol)));
  }
  return [...risks].map(([symbol, risk]): SymbolRisk => ({ symbol, risk }));
}

/** From the price of now to the stop loss; 0: the stop is at a better price. */
function positionRisk(position: OpenPosition, worth: SymbolWorth): number | Unavailable {
  const what = `position ${position.position} (${position.symbol})`;
  if (position.sl === 0) return ruleGaps.noStop(what);
  const { profit, isOfNow, atStop } = positionFigures(position, worth);
  if (profit === null || !isOfNow || atStop === null) return ruleGaps.worth(what);
  return Math.max(0, profit - atStop);
}

/** Loss of a pending order, from where it opens to its stop loss. */
export function pendingRisk(
  order: Pick<PendingOrder, 'order' | 'symbol' | 'side' | 'kind' | 'lots' | 'price' | 'limitPrice' | 'sl'>,
  { worth }: SymbolWorth,
): number | Unavailable {
  const what = `pending order ${order.order} (${order.symbol})`;
  if (order.sl === 0) return ruleGaps.noStop(what);
  const opens = order.kind === 'stop_limit' ? order.limitPrice : order.price;
  if (order.sl === null || opens === null || worth === null || order.side === null) return ruleGaps.worth(what);
  const sign = order.side === 'buy' ? 1 : -1;
  return Math.max(0, sign * (opens - order.sl) * worth * order.lots);
}

/** Floating profit by the quotes of now, with swap; null: that of a position is not known. */
export function floatingProfit({ trades, lists, worthOf }: OpenWorth): number | null {
  if (!lists || !trades.isCurrent || trades.positions === null) return null;
  let sum = 0;
  for (const position of trades.positions) {
    const { profit, isOfNow } = positionFigures(position, worthOf(position.symbol));
    if (profit === null || !isOfNow) return null;
    sum += profit + (position.swap ?? 0);
  }
  return sum;
}
