import type { Unavailable } from '../../domain/arithmetic/unavailable.ts';
import { isUnavailable } from '../../domain/arithmetic/unavailable.ts';
import { ruleGaps } from '../../domain/accountRules/ruleRefusals.ts';
import { findSymbol } from '../../domain/market/symbolTable.ts';
import { isEntry } from '../../domain/tradeTerms.ts';
import { opensPosition } from '../../domain/positions/closingChanges.ts';
import type { Bridge } from './bridge.ts';

type Side = 'buy' | 'sell';

/**
 * Sides that are open, pending or on their way in a symbol, on any account.
 * @param asking bridge whose name of the symbol it is
 */
export function sidesOpen(bridges: Iterable<Bridge>, asking: Bridge, symbol: string): readonly Side[] | Unavailable {
  const name = traders(asking, symbol);
  const sides = new Set<Side>();
  for (const bridge of bridges) {
    const found = sidesOn(bridge, (each) => traders(bridge, each) === name);
    if (isUnavailable(found)) return found;
    for (const side of found) sides.add(side);
  }
  return [...sides];
}

/** The traders' name of a symbol, which accounts share. */
function traders({ config }: Bridge, symbol: string): string {
  return findSymbol(config, symbol)?.symbol ?? symbol;
}

function sidesOn({ orderManager }: Bridge, isIt: (symbol: string) => boolean): readonly Side[] | Unavailable {
  const { positions, orders, isCurrent } = orderManager.listed.shown.now;
  const { open, isFlat } = orderManager.onTheWay;
  const underWay = open.filter(({ action, symbol }) => isEntry(action) && isIt(symbol));
  const sides = underWay.map(({ action }): Side => (action === 'sell' ? 'sell' : 'buy'));
  if (!isCurrent || positions === null || orders === null) return isFlat ? sides : ruleGaps.unlisted;
  const pending = orders.filter(opensPosition).flatMap(({ symbol, side }) => (side === null ? [] : [{ symbol, side }]));
  return [...sides, ...[...positions, ...pending].filter((each) => isIt(each.symbol)).map(({ side }) => side)];
}
