import type { ChartPoint, Figure, FigureRange } from './chartPoints.ts';
import { xOf, yOf, type ChartScale } from './chartScale.ts';

/** Size of the plot without its axes, px. */
export interface PlotArea {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** An SVG path along a figure; null breaks it. */
export function linePath(points: readonly ChartPoint[], key: Figure, scale: ChartScale, area: PlotArea): string {
  let path = '';
  let broken = true;
  for (const point of points) {
    const value = point[key];
    if (value !== null) path += `${broken ? 'M' : 'L'}${xText(scale, area, point.at)},${yText(scale, area, value)}`;
    broken = value === null;
  }
  return path;
}

/** An SVG path around the range of a figure; null breaks it. */
export function areaPath(points: readonly ChartPoint[], key: FigureRange, scale: ChartScale, area: PlotArea): string {
  let path = '';
  let [forth, back] = ['', ''];
  const close = (): void => {
    if (forth !== '') path += `M${forth.slice(1)}${back}Z`;
    [forth, back] = ['', ''];
  };
  for (const point of points) {
    const range = point[key];
    if (range === null) {
      close();
      continue;
    }
    const x = xText(scale, area, point.at);
    forth += `L${x},${yText(scale, area, range[1])}`;
    back = `L${x},${yText(scale, area, range[0])}${back}`;
  }
  close();
  return path;
}

function xText(scale: ChartScale, { left, width }: PlotArea, at: number): string {
  return rounded(left + xOf(scale, at) * width);
}

function yText(scale: ChartScale, { top, height }: PlotArea, value: number): string {
  return rounded(top + yOf(scale, value) * height);
}

function rounded(px: number): string {
  return String(Math.round(px * 1_000) / 1_000);
}
