import { describe, expect, it } from 'vitest';
import type { ChartPoint } from '../../renderer/views/charts/chartPoints.ts';
import type { ChartScale } from '../../renderer/views/charts/chartScale.ts';
import { areaPath, linePath } from '../../renderer/views/charts/curvePaths.ts';

const scale: ChartScale = {
  ...{ span: { from: 0, to: 100 }, low: 0, high: 10, valueTicks: [], timeTicks: [] },
  formatValue: String,
};
const area = { left: 50, top: 8, width: 200, height: 100 };
const nothing = { balance: null, margin: null, freeMargin: null, marginLevel: null, profit: null, profitRange: null };
const point = (at: number, equity: number | null): ChartPoint => ({
  ...{ ...nothing, at, equity, drawdown: null, peak: null, belowPeak: null, rate: null },
  equityRange: equity === null ? null : [equity - 1, equity + 1],
});
const points = [point(0, 5), point(50, 10), point(60, null), point(75, 0), point(100, 1 / 3)];

describe('the curves of a chart', () => {
  it('run through each point in px, and stop in a gap', () => {
    expect(linePath(points, 'equity', scale, area)).toBe('M50,58L150,8M200,108L250,104.667');
    expect(linePath(points, 'margin', scale, area)).toBe('');
    expect(linePath([], 'equity', scale, area)).toBe('');
  });

  it('shade from the upper to the lower end, each side of a gap by itself', () => {
    expect(areaPath(points, 'equityRange', scale, area)).toBe(
      'M50,48L150,-2L150,18L50,68Z' + 'M200,98L250,94.667L250,114.667L200,118Z',
    );
    expect(areaPath(points, 'profitRange', scale, area)).toBe('');
    expect(areaPath(points.slice(2, 3), 'equityRange', scale, area)).toBe('');
  });
});
