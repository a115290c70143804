import type { ChartPoint } from './chartPoints.ts';

/** A line of a chart: which figure, and how it is named, drawn and written. */
export interface ChartLine {
  key: Exclude<keyof ChartPoint, 'at'>;
  name: string;
  colour: string;
  format: (value: number) => string;
  axis: 'left' | 'right';
}
