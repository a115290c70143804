import { z } from 'zod';
import { type Bar, timeframes } from '../../domain/market/bar.ts';

export const barsRequestSchema = z.object({
  /** The broker's name. */
  symbol: z.string().min(1).max(64),
  timeframe: z.enum(timeframes),
  /** From an earlier answer, so that only newer bars are sent: its version and the start of its last bar. Null: all. */
  known: z
    .object({ version: z.string().max(64), since: z.number().int() })
    .nullable()
    .default(null),
});
export type KnownBars = NonNullable<z.output<typeof barsRequestSchema>['known']>;

/** Bars of a symbol, at most `mostBars`, oldest first. */
export interface BarsAnswer {
  bars: Bar[];
  /** Whether these are all bars; else they replace and follow the asker's from `since` on. */
  whole: boolean;
  version: string;
  /** From before the EA reconnected. */
  earlier: boolean;
  /** The broker's clock minus UTC, ms, in whole quarter hours; null: not known. Bars' times are the broker's. */
  offsetMs: number | null;
  /** The broker's clock minus the app's, ms: places a quote among the bars. 0: not known. */
  aheadMs: number;
  /** Bars of the symbol that the EA sent and that can't be used; null: none. */
  refused: { count: number; reason: string } | null;
}
