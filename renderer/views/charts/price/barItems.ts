import type { CandlestickData, UTCTimestamp, WhitespaceData } from 'lightweight-charts';
import { type Bar, type Timeframe, timeframeMs } from '../../../../src/domain/market/bar.ts';
import { sessionsAt } from './sessions.ts';

/** Longest gap that is drawn at its length, in bars; a longer one is one empty bar wide. */
const longestGap = 30;

/** Where bars stand in time. */
export interface BarPlacing {
  timeframe: Timeframe;
  /** The clock of the bars minus UTC, ms; null: not known, so that their times are shown as they are. */
  offsetMs: number | null;
  /** The broker's clock minus UTC, ms; null: not known. */
  brokerMs: number | null;
  /** This machine's clock minus UTC, ms, the same for all bars: times must not step back. */
  localMs: number;
}

export type BarItem = CandlestickData<UTCTimestamp> | WhitespaceData<UTCTimestamp>;

/** The chart's time of a bar: seconds by the local clock as if it were UTC, or the broker's where that isn't known. */
export function chartTime(
  start: number,
  { offsetMs, localMs }: Pick<BarPlacing, 'offsetMs' | 'localMs'>,
): UTCTimestamp {
  return ((offsetMs === null ? start : start - offsetMs + localMs) / 1000) as UTCTimestamp;
}

/** Starts of bars by the broker's clock, with the empty places of gaps between them. */
export function placesOf(bars: readonly Bar[], timeframe: Timeframe): { start: number; bar: Bar | null }[] {
  const step = timeframeMs[timeframe];
  return bars.flatMap((bar, index) => {
    const before = bars[index - 1]?.start ?? bar.start - step;
    const missing = (bar.start - before) / step - 1;
    const empty = missing > longestGap ? 1 : missing;
    const gap = Array.from({ length: empty }, (_, at) => ({ start: before + (at + 1) * step, bar: null }));
    return [...gap, { start: bar.start, bar }];
  });
}

/** A run of neighbouring places with the same number of open trading centres. */
interface SessionRun {
  from: number;
  /** Index behind the last place. */
  to: number;
  open: number;
}

export interface Shading {
  sessions: SessionRun[];
  /** Indexes of the first places of broker days. */
  days: number[];
}

const dayMs = 24 * 3_600_000;

/** What is shaded behind the places: open trading centres, where the broker's offset is known, and days of the broker. */
export function shadingOf(starts: readonly number[], offsetMs: number | null): Shading {
  const sessions: SessionRun[] = [];
  const days: number[] = [];
  for (const [index, start] of starts.entries()) {
    const before = starts[index - 1];
    if (before !== undefined && Math.floor(before / dayMs) !== Math.floor(start / dayMs)) days.push(index);
    if (offsetMs === null) continue;
    const open = sessionsAt(start - offsetMs).length;
    const last = sessions.at(-1);
    if (last?.to === index && last.open === open) last.to = index + 1;
    else if (open > 0) sessions.push({ from: index, to: index + 1, open });
  }
  return { sessions, days };
}
