import { z } from 'zod';
import { lotLimitsSchema } from '../../domain/lotLimits.ts';
import { defaultSymbols } from '../../domain/market/symbolDefaults.ts';
import { type SymbolSpec, unknownSymbol } from '../../domain/market/symbolSpec.ts';
import { symbolTableSchema } from '../../domain/market/symbolTable.ts';
import { symbolPattern } from '../../domain/tradeTerms.ts';

const name = z.string().regex(symbolPattern);
const earlierLimitsSchema = z.looseObject({
  symbolLots: z.record(name, lotLimitsSchema).default({}),
  contractSizes: z.record(name, z.number().positive()).default({}),
});
const earlierBridgeSchema = z.looseObject({ limits: earlierLimitsSchema, symbols: symbolTableSchema.optional() });

/**
 * Converts a bridge of an earlier version, whose limits held lots and contract sizes by symbol, to one with a symbol table.
 * Anything else is returned unchanged, for the schema to check.
 */
export function fromEarlierVersion(stored: unknown): unknown {
  const { data } = earlierBridgeSchema.safeParse(stored);
  if (data === undefined) return stored;
  const { symbolLots, contractSizes, ...limits } = data.limits;
  const table = new Map((data.symbols ?? defaultSymbols).map((spec) => [spec.symbol, spec]));
  const change = (symbol: string, changes: Partial<SymbolSpec>): void => {
    table.set(symbol, { ...(table.get(symbol) ?? unknownSymbol(symbol)), ...changes });
  };
  for (const [symbol, lots] of Object.entries(symbolLots)) change(symbol, { lots });
  for (const [symbol, contractSize] of Object.entries(contractSizes)) change(symbol, { contractSize });
  return { ...data, limits, symbols: [...table.values()] };
}
