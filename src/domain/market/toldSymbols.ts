import type { LotLimits } from '../lotLimits.ts';
import { symbolPattern } from '../tradeTerms.ts';
import { defaultSymbols } from './symbolDefaults.ts';
import {
  brokerNameOf,
  isWhole,
  pointOfDigits,
  unknownSymbol,
  type KnownSymbol,
  type SymbolDifference,
  type SymbolSpec,
} from './symbolSpec.ts';

/** N7: a symbol as the EA's terminal has it, by the broker's name. */
export interface ToldSymbol {
  symbol: string;
  digits: number;
  contractSize: number;
  quoteCurrency: string | null;
  lots: LotLimits;
}

/**
 * The symbol table with what the EA tells: it fills empty cells and takes the place of the app's defaults. What a person
 * has set stays, with the difference noted. A told symbol without a row gets one, unless its name is another row's.
 */
export function withTold(symbols: readonly SymbolSpec[], suffix: string, told: readonly ToldSymbol[]): KnownSymbol[] {
  const byName = new Map(told.map((each) => [each.symbol, each]));
  const known = symbols.map((row): KnownSymbol => {
    const name = brokerNameOf(row, suffix);
    const one = byName.get(name);
    byName.delete(name);
    byName.delete(row.symbol);
    return one === undefined ? row : filled(row, name, one);
  });
  const added = [...byName.values()]
    .filter(({ symbol }) => symbolPattern.test(symbol))
    .map((one) => filled({ ...unknownSymbol(one.symbol), alias: one.symbol }, one.symbol, one));
  return [...known, ...added];
}

/** Lots that both the settings and the terminal allow. */
export function narrowedLots(set: LotLimits, told: LotLimits | undefined): LotLimits {
  if (told === undefined) return set;
  const [min, max, step] = [Math.max(set.min, told.min), Math.min(set.max, told.max), Math.max(set.step, told.step)];
  return min > max ? set : { min, max, step };
}

function filled(row: SymbolSpec, name: string, one: ToldSymbol): KnownSymbol {
  const brought = defaultSymbols.find(({ symbol }) => symbol === row.symbol) ?? null;
  const differences: SymbolDifference[] = [];
  /** What a person has set, else what is told. */
  function pick<T extends string | number>(
    what: SymbolDifference['what'],
    { set, ofApp, told }: { set: T | null; ofApp: T | null | undefined; told: T | null },
  ): T | null {
    if (told === null || set === told) return set;
    if (set === null || set === ofApp) return told;
    differences.push({ symbol: name, what, set: String(set), told: String(told) });
    return set;
  }
  const point = pick('point', { set: row.point, ofApp: brought?.point, told: pointOfDigits(one.digits) });
  return {
    ...row,
    point,
    digits: pick('digits', { set: row.digits, ofApp: brought?.digits, told: one.digits }),
    pip: row.pip === null || point === null || isWhole(row.pip / point) ? row.pip : null,
    contractSize: pick('contract size', {
      set: row.contractSize,
      ofApp: brought?.contractSize,
      told: one.contractSize,
    }),
    quoteCurrency: pick('quote currency', {
      set: row.quoteCurrency,
      ofApp: brought?.quoteCurrency,
      told: one.quoteCurrency,
    }),
    toldLots: one.lots,
    isTold: true,
    differences,
  };
}
