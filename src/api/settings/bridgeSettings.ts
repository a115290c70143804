import { z } from 'zod';
import { positionModes, stopUnits } from '../../domain/tradeTerms.ts';
import { lotLimitsSchema } from '../../domain/lotLimits.ts';
import { riskLimitsSchema } from '../../domain/risk/riskLimits.ts';
import { portSettingsSchema } from '../../protocol/ea/portSettings.ts';
import { symbolSuffixSchema, symbolTableSchema } from '../../domain/market/symbolTable.ts';
import { codePages } from '../../protocol/ea/codePage.ts';
import { typedRatesSchema } from '../../domain/market/typedRate.ts';
import { ticketSettingsSchema } from './ticketSettings.ts';

/** What a person can set of a bridge. */
export const bridgeSettingsSchema = z.object({
  name: z.string().trim().min(1).max(40),
  colour: z.string().regex(/^#[0-9a-f]{6}$/i),
  /** ISO code, or that of its cents such as USC; null: as the EA tells it, where it does. */
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
  ...portSettingsSchema.shape,
  symbols: symbolTableSchema,
  symbolSuffix: symbolSuffixSchema,
  /** Of the Windows that the terminal runs on (W13): EAs don't tell. */
  codePage: z.enum(codePages),
  /** A person has looked at what a pip is; until then nothing is taken in pips. */
  pipsConfirmed: z.boolean(),
  /** A person has compared the contract sizes of indices, oil, silver and coins with MT5. */
  sizesConfirmed: z.boolean(),
  /** What turns money into another where the EA sends no quote of the pair. */
  typedRates: typedRatesSchema,
  /** 100 for 1:100; null: as the EA tells it, where it does. */
  leverage: z.number().positive().max(10_000).nullable(),
  ticket: ticketSettingsSchema,
});

export type BridgeSettings = z.infer<typeof bridgeSettingsSchema>;
