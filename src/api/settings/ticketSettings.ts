import { z } from 'zod';
import { typedStopUnits } from '../../domain/sizing/stops.ts';
import { symbolPattern } from '../../domain/tradeTerms.ts';

const symbol = z.string().regex(symbolPattern);
const lots = z.number().positive().max(999_999);

/** Named values for the fields of the ticket. */
const ticketPresetSchema = z.object({
  symbol,
  /** Unique within a symbol. */
  name: z.string().trim().min(1).max(24),
  /** Fills the ticket when its symbol is chosen; at most one for a symbol. */
  isDefault: z.boolean(),
  /** Size in lots, in % of equity, or in the account's currency. */
  size: z.object({ by: z.enum(['lots', 'percent', 'money']), value: z.number().positive().max(1e12) }),
  stopUnit: z.enum(typedStopUnits),
  /** In `stopUnit`; 0 is none. */
  sl: z.number().min(0).max(1e12),
  tp: z.number().min(0).max(1e12),
});
export type TicketPreset = z.infer<typeof ticketPresetSchema>;

/** Stored presets and quick lots of one bridge's ticket. Symbols by their canonical names. */
export const ticketSettingsSchema = z.object({
  favourites: z.array(symbol).max(50),
  /** Lots of the quick buttons of one symbol; null: of all symbols without their own. */
  quickLots: z.array(z.object({ symbol: symbol.nullable(), lots: z.array(lots).max(5) })).max(100),
  presets: z.array(ticketPresetSchema).max(200),
});
export type TicketSettings = z.infer<typeof ticketSettingsSchema>;

export const noTicketSettings: TicketSettings = { favourites: [], quickLots: [], presets: [] };
