/** Time span of the charts: up to now, `ms` long (null: everything), or a span that stands still (epoch ms). */
export type ChartView = { live: true; ms: number | null } | { live: false; from: number; to: number };

export interface Span {
  from: number;
  to: number;
}

/** Bounds of a view: time of the first recorded figures (null: none), and now. */
export interface Known {
  first: number | null;
  now: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export const chartRanges = ['5m', '1h', '6h', '1d', '1w', '1mo', '1y', 'all'] as const;
export type ChartRange = (typeof chartRanges)[number];

const rangeMs: Record<ChartRange, number | null> = {
  '5m': 5 * minute,
  '1h': hour,
  '6h': 6 * hour,
  '1d': day,
  '1w': 7 * day,
  '1mo': 30 * day,
  '1y': 365 * day,
  all: null,
};

const shortestMs = 20_000;
const longestMs = 365 * day;
/** Distance from now, as a fraction of a view's length, within which the view follows the time. */
const liveEdge = 0.01;

export function viewOfRange(range: ChartRange): ChartView {
  return { live: true, ms: rangeMs[range] };
}

/** The range of a view; null: it was panned or zoomed. */
export function rangeOfView(view: ChartView): ChartRange | null {
  return view.live ? (chartRanges.find((range) => rangeMs[range] === view.ms) ?? null) : null;
}

export function spanOfView(view: ChartView, { first, now }: Known): Span {
  if (!view.live) return { from: view.from, to: view.to };
  if (view.ms !== null) return { from: now - view.ms, to: now };
  return { from: Math.min(first ?? now, now - 5 * minute), to: now };
}

/** The view to draw: until a picked range has its own figures, the view before stays as it was. */
export function drawnView(view: ChartView, answered: ChartView | null): ChartView {
  return answered !== null && rangeOfView(view) !== null && answered !== view ? answered : view;
}

/** @param by fraction of the span's length; below 0 is earlier */
export function panned({ from, to }: Span, by: number, known: Known): ChartView {
  const length = to - from;
  const earliest = Math.min(known.first ?? known.now, known.now - length);
  const moved = Math.min(Math.max(from + by * length, earliest - length / 2), known.now - length);
  return viewOfSpan({ from: moved, to: moved + length }, known);
}

/**
 * @param factor of the span's length; below 1 zooms in
 * @param anchor fixed point of the zoom: 0 the left edge, 1 the right one
 */
export function zoomed({ from, to }: Span, factor: number, anchor: number, known: Known): ChartView {
  const longest = Math.max(longestMs, known.now - (known.first ?? known.now));
  const length = Math.min(Math.max((to - from) * factor, shortestMs), longest);
  const left = Math.min(from + anchor * (to - from - length), known.now - length);
  return viewOfSpan({ from: left, to: left + length }, known);
}

/** A view of the same length up to now. */
export function backToLive({ from, to }: Span): ChartView {
  return { live: true, ms: to - from };
}

function viewOfSpan({ from, to }: Span, { now }: Known): ChartView {
  if (to >= now - (to - from) * liveEdge) return { live: true, ms: Math.round(to - from) };
  return { live: false, from: Math.round(from), to: Math.round(to) };
}
