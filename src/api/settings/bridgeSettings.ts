import { z } from 'zod';
import { positionModes, stopUnits } from '../../domain/tradeTerms.ts';
import { lotLimitsSchema } from '../../domain/lotLimits.ts';
import { riskLimitsSchema } from '../../domain/risk/riskLimits.ts';
import { portSettingsSchema } from '../../protocol/ea/portSettings.ts';
import { symbolSuffixSchema, symbolTableSchema } from '../../domain/market/symbolTable.ts';
import { codePages } from '../../protocol/ea/codePage.ts';
import { typedRatesSchema } from '../../domain/market/typedRate.ts';
import { ticketSettingsSchema } from './ticketSettings.ts';

/** Settings of a bridge that a person can change. */
export const bridgeSettingsSchema = z.object({
  name: z.string().trim().min(1).max(40),
  colour: z.string().regex(/^#[0-9a-f]{6}$/i),
  /** ISO code, or the code of its cents such as USC; null: the one that the EA reports, if any. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable(),
  stopUnit: z.enum(stopUnits).nullable(),
  positionMode: z.enum(positionModes).nullable(),
  lots: lotLimitsSchema,
  /** Points (W7). */
  slippage: z.number().int().min(0).max(10_000),
  limits: riskLimitsSchema,
  /** From this share of equity at risk on, in %, a person fires an order by typing its lots. */
  heavyRiskPercent: z.number().positive().max(100),
  ...portSettingsSchema.shape,
  symbols: symbolTableSchema,
  symbolSuffix: symbolSuffixSchema,
  /** Code page of the Windows that the terminal runs on (W13); EAs don't report it. */
  codePage: z.enum(codePages),
  /** A person has confirmed the pips of the symbol table; until then no stop is taken in pips. */
  pipsConfirmed: z.boolean(),
  /** A person has compared the contract sizes of indices, oil, silver and coins with MT5. */
  sizesConfirmed: z.boolean(),
  /** Exchange rates for pairs that the EA sends no quotes of. */
  typedRates: typedRatesSchema,
  /** 100 for 1:100; null: the one that the EA reports, if any. */
  leverage: z.number().positive().max(10_000).nullable(),
  ticket: ticketSettingsSchema,
});

export type BridgeSettings = z.infer<typeof bridgeSettingsSchema>;
