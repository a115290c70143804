import { z } from 'zod';
import type { Sample } from '../state/state.ts';

const time = z.number().int().min(0);

/** A span of time in epoch ms, both ends included; null: from the first figures, up to now. */
export const timeSpanSchema = z.object({ from: time.nullable(), to: time.nullable() });
export type TimeSpan = z.infer<typeof timeSpanSchema>;

export const historyRequestSchema = timeSpanSchema.extend({
  /** Most samples in the answer; a chart draws about as many points. */
  points: z.number().int().min(2).max(2_000),
  /** When the peak was last rebased, if before `from`. */
  peakSince: time.nullable().default(null),
});

/** The figures of a span, thinned out with their extremes kept. */
export interface History {
  from: number;
  to: number;
  samples: Sample[];
  /** When the first figures of all were recorded; null: there are none. */
  first: number | null;
  /** The highest equity before `from`, since `peakSince`; null: there is none. */
  peakBefore: number | null;
}

export const markKinds = ['buy', 'sell', 'close'] as const;
export type MarkKind = (typeof markKinds)[number];

/** A fill as a chart marks it. */
export interface OrderMark {
  /** The order's number; the newest order's when one mark stands for several. */
  number: number;
  kind: MarkKind;
  /** When the EA's result arrived, epoch ms. */
  at: number;
  signalId: string;
  symbol: string;
  lot: number;
  price: number | null;
  /** How many fills of this kind the mark stands for. */
  count: number;
}

export const mostMarks = 500;

/** At most {@link mostMarks}, the oldest first. Where there are more fills, one mark stands for neighbours of its kind. */
export interface OrderMarks {
  marks: OrderMark[];
  fills: number;
}
