import { z } from 'zod';
import { amount, symbolName } from './messageFields.ts';

const bar = z.object({
  /** Start by the broker's clock, seconds as if it were UTC. */
  time: amount,
  open: amount,
  high: amount,
  low: amount,
  close: amount,
  volume: amount,
});

/** An entry that is no bar is null, so that the others are read and it can be counted. */
const bars = z.array(bar.nullable().catch(null)).catch([]).default([]);

/**
 * `timestamp` is the broker's clock when the frame was sent, seconds as if it were UTC (v7: `TimeCurrent`, in the frame
 * of a tick). It places the chart's bars in time, and decides nothing else.
 */
export const candleBatchSchema = z.object({
  symbol: symbolName,
  timestamp: amount,
  M1: bars,
  M5: bars,
  M15: bars,
});

export type CandleBatch = z.infer<typeof candleBatchSchema>;
