import type { LotLimits } from '../lotLimits.ts';
import { symbolPattern } from '../tradeTerms.ts';
import { defaultSymbols, isSizeOfDefaults } from './symbolDefaults.ts';
import {
  brokerNameOf,
  isWhole,
  pointOfDigits,
  unknownSymbol,
  type KnownSymbol,
  type PendingRules,
  type SymbolDifference,
  type SymbolSpec,
} from './symbolSpec.ts';

/** N7: a symbol as the EA's terminal has it, by the broker's name. */
export interface ToldSymbol {
  symbol: string;
  digits: number;
  /** Null: its profit does not come from a contract size, as that of a future. */
  contractSize: number | null;
  quoteCurrency: string | null;
  lots: LotLimits;
  /** Of one lot, in the account's currency, as the terminal computes it; null: not told. */
  moneyPerPoint: number | null;
  /** Left out: not told. */
  pending?: PendingRules;
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

/** Parts of a lot that are counted: no terminal has a finer step. */
const partsOfLot = 1e8;

/**
 * Lots that both the settings and the terminal allow: multiples of both steps within both ranges. Where there are none the
 * smallest is above the largest.
 */
export function narrowedLots(set: LotLimits, told: LotLimits | undefined): LotLimits {
  if (told === undefined) return set;
  const step = leastMultiple(parts(set.step), parts(told.step));
  const min = parts(Math.max(set.min, told.min));
  const max = parts(Math.min(set.max, told.max));
  return {
    min: lotsIn(((min + step - 1n) / step) * step),
    max: lotsIn((max / step) * step),
    step: lotsIn(step),
  };
}

function parts(lots: number): bigint {
  return BigInt(Math.max(1, Math.round(lots * partsOfLot)));
}

function lotsIn(count: bigint): number {
  return Number(count) / partsOfLot;
}

function leastMultiple(one: bigint, other: bigint): bigint {
  let [divisor, rest] = [one, other];
  while (rest > 0n) [divisor, rest] = [rest, divisor % rest];
  return (one / divisor) * other;
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
    ...(one.pending === undefined ? {} : { toldPending: one.pending }),
    isTold: true,
    isSizeOpen: one.contractSize === null && isSizeOfDefaults(row),
    toldWorth: one.moneyPerPoint === null ? null : { point: pointOfDigits(one.digits), money: one.moneyPerPoint },
    differences,
  };
}
