import type { SeriesMarker, Time } from 'lightweight-charts';
import type { OrderMark } from '../../../../src/api/queries/history.ts';
import { barStart } from '../../../../src/domain/market/bar.ts';
import { type BarPlacing, chartTime } from './barItems.ts';
import type { ChartColours } from './chartColours.ts';

/**
 * Fills at their prices, on the bars of their times.
 * @param aheadMs the broker's clock minus the app's
 * @param hasBar whether there is a bar at a chart's time
 */
export function fillMarks(
  marks: readonly OrderMark[],
  aheadMs: number,
  placing: BarPlacing,
  hasBar: (time: number) => boolean,
  { buy, sell, muted }: ChartColours,
): SeriesMarker<Time>[] {
  const looks = {
    buy: { shape: 'arrowUp', color: buy },
    sell: { shape: 'arrowDown', color: sell },
    close: { shape: 'square', color: muted },
  } as const;
  return marks.flatMap(({ kind, at, price, number }): SeriesMarker<Time>[] => {
    const time = chartTime(barStart(placing.timeframe, at + aheadMs), placing);
    if (price === null || price <= 0 || !hasBar(time)) return [];
    return [{ ...looks[kind], time, price, position: 'atPriceMiddle', id: String(number), size: 1 }];
  });
}
