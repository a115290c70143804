import type { Order } from '../../../../src/domain/orders/order.ts';
import type { Quote } from '../../../../src/domain/market/quote.ts';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import { brokerNameOf } from '../../../../src/domain/market/symbolSpec.ts';
import { brokerSymbol, findSymbol } from '../../../../src/domain/market/symbolTable.ts';
import { allSymbols, isClose } from '../../../../src/domain/tradeTerms.ts';

export const choiceGroups = ['Favourites', 'Recent', 'Quoted', 'Others'] as const;
type ChoiceGroup = (typeof choiceGroups)[number];

/** A symbol to choose; each is in one group. */
export interface SymbolChoice {
  group: ChoiceGroup;
  /** The traders' name. */
  symbol: string;
  /** The broker's name. */
  broker: string;
}

/** Symbols quoted by the broker and those of the table, by their traders' names. */
export function symbolChoices(
  bridge: Pick<BridgeState, 'id' | 'symbols' | 'symbolSuffix' | 'ticket'>,
  quotes: readonly Quote[],
  orders: readonly Order[],
): SymbolChoice[] {
  const quoted = new Set(quotes.map(({ symbol }) => tradersName(bridge, symbol)));
  const table = bridge.symbols.map(({ symbol }) => symbol).filter((symbol) => !quoted.has(symbol));
  const { favourites } = bridge.ticket;
  const recent = recentSymbols(bridge, orders).filter((symbol) => !favourites.includes(symbol));
  const rest = (symbols: Iterable<string>): string[] =>
    [...symbols].filter((symbol) => !favourites.includes(symbol) && !recent.includes(symbol)).sort();
  const groups: [ChoiceGroup, readonly string[]][] = [
    ['Favourites', favourites],
    ['Recent', recent],
    ['Quoted', rest(quoted)],
    ['Others', rest(table)],
  ];
  return groups.flatMap(([group, symbols]) =>
    symbols.map((symbol) => ({ group, symbol, broker: brokerSymbol(bridge, symbol) })),
  );
}

/** Choices whose traders' or broker's name contains the text in any case; those that begin with it first. */
export function matching(choices: readonly SymbolChoice[], text: string): SymbolChoice[] {
  const wanted = text.trim().toLowerCase();
  const place = ({ symbol, broker }: SymbolChoice): number =>
    Math.min(...[symbol, broker].map((name) => at(name.toLowerCase().indexOf(wanted))));
  return choiceGroups.flatMap((group) =>
    choices
      .filter((choice) => choice.group === group && place(choice) < never)
      .sort((a, b) => Math.min(1, place(a)) - Math.min(1, place(b))),
  );
}

/** The choice named in the wrong case, as `xauusd`; null: none. */
export function meant(choices: readonly SymbolChoice[], typed: string): SymbolChoice | null {
  const exact = choices.find(({ symbol, broker }) => symbol === typed || broker === typed);
  if (exact !== undefined) return exact;
  const wanted = typed.toLowerCase();
  const found = choices.filter((each) => each.symbol.toLowerCase() === wanted || each.broker.toLowerCase() === wanted);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** The traders' name of a broker's symbol; unchanged if it is not in the table. */
export function tradersName(bridge: Pick<BridgeState, 'symbols' | 'symbolSuffix'>, name: string): string {
  const spec = findSymbol(bridge, name);
  return spec !== null && brokerNameOf(spec, bridge.symbolSuffix) === name ? spec.symbol : name;
}

const mostRecent = 5;
const never = 1_000;
const at = (index: number): number => (index < 0 ? never : index);

/** Symbols of the newest orders, the same in every window. */
function recentSymbols(
  bridge: Pick<BridgeState, 'id' | 'symbols' | 'symbolSuffix'>,
  orders: readonly Order[],
): string[] {
  const own = orders.filter(
    (order) => order.bridge === bridge.id && !(isClose(order.action) && order.symbol === allSymbols),
  );
  return [...new Set(own.map(({ symbol }) => tradersName(bridge, symbol)))].slice(0, mostRecent);
}
