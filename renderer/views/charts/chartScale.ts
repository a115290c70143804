import { formatNumber } from '../../format.ts';
import type { Span } from '../../store/chartView.ts';
import { timeTicks, valueTicks } from './axisTicks.ts';
import type { ChartLook } from './chartKinds.ts';
import type { ChartPoint } from './chartPoints.ts';

/** Size of the chart with its axes, px. */
export interface ChartSize {
  width: number;
  height: number;
  /** Text size as a multiple of the usual one. Axes and names grow with it. */
  zoom: number;
}

export interface PlotRoom {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const narrow = 380;
const tickWidth = 70;
const tickHeight = 40;

/** Room around the plot, in px: the axes, and the names at the lines' ends where there is room for them. */
export function plotRoom({ width, zoom }: Pick<ChartSize, 'width' | 'zoom'>): PlotRoom {
  return { left: 58 * zoom, top: 8, right: hasLabels({ width, zoom }) ? 62 * zoom : 10, bottom: 24 * zoom };
}

/** Whether names stand at the lines' ends. */
export function hasLabels({ width, zoom }: Pick<ChartSize, 'width' | 'zoom'>): boolean {
  return width >= narrow * zoom;
}

export interface ChartScale {
  span: Span;
  low: number;
  high: number;
  valueTicks: number[];
  timeTicks: number[];
  formatValue: (value: number) => string;
}

/** Scale with round values around the drawn points and the values that the look always includes. */
export function chartScale(points: readonly ChartPoint[], look: ChartLook, span: Span, size: ChartSize): ChartScale {
  const { width, height, zoom } = size;
  const room = plotRoom(size);
  let low = look.least.low ?? Infinity;
  let high = look.least.high ?? -Infinity;
  const include = (value: number | null): void => {
    if (value === null) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  // Beside money a drawdown in % is shown as a number and drawn as an area.
  const lines = drawnLines(look);
  for (const point of points) {
    for (const { key } of lines) include(point[key]);
    for (const { key } of look.areas) point[key]?.forEach(include);
  }
  if (low > high) [low, high] = [0, 1];
  const air = Math.max((high - low) * 0.05, Math.abs(high) * 0.0002, 0.05);
  const bottom = look.least.low !== null && low >= look.least.low ? low : low - air;
  const { ticks, decimals } = valueTicks(
    bottom,
    high + air,
    Math.min(Math.max(Math.floor(height / (tickHeight * zoom)), 2), 5),
  );
  const most = Math.max(2, Math.floor((width - room.left - room.right) / (tickWidth * zoom)));
  return {
    span,
    low: ticks[0] ?? low,
    high: ticks.at(-1) ?? high,
    valueTicks: ticks,
    timeTicks: timeTicks(span.from, span.to, most, new Date(span.to).getTimezoneOffset()),
    formatValue: (value) => `${formatNumber(value, decimals)}${look.unit}`,
  };
}

export function drawnLines(look: ChartLook): ChartLook['lines'] {
  return look.money ? look.lines.filter(({ key }) => key !== 'drawdown') : look.lines;
}

/** Position of a moment, as a fraction of the plot's width. */
export function xOf({ span }: ChartScale, at: number): number {
  return (at - span.from) / (span.to - span.from);
}

/** Position of a value, as a fraction of the plot's height from the top. */
export function yOf({ low, high }: ChartScale, value: number): number {
  return (high - value) / (high - low);
}
