import { type IPriceLine, type ISeriesApi, LineStyle } from 'lightweight-charts';
import type { OpenPosition } from '../../../../src/domain/positions/openTrades.ts';
import { averages } from '../../../../src/domain/positions/positionFigures.ts';
import { formatLots } from '../../../format.ts';
import { actionWords } from '../../../shared/orderWords.ts';
import type { ChartColours } from './chartColours.ts';

/** What of a position is drawn. Prices: 0 and null are not. */
export interface PositionLine {
  side: 'buy' | 'sell';
  /** Such as "Buy 0.10". */
  title: string;
  price: number | null;
  sl: number | null;
  tp: number | null;
}

/** Most positions that are drawn one by one. */
const mostDrawn = 8;

/** The positions that have lines of their own; none where there are many. */
export function drawnSingly(positions: readonly OpenPosition[]): readonly OpenPosition[] {
  return positions.length <= mostDrawn ? positions : [];
}

/** Lines of a symbol's positions; of many, one at the average price of each side. */
export function linesOf(positions: readonly OpenPosition[]): PositionLine[] {
  if (positions.length <= mostDrawn) {
    return positions.map(({ side, lots, price, sl, tp }) => ({
      ...{ side, title: `${actionWords[side]} ${formatLots(lots)}`, price, sl, tp },
    }));
  }
  return averages(positions).map(({ side, lots, price }) => ({
    ...{ side, title: `${actionWords[side]} ${formatLots(lots)} average`, price, sl: null, tp: null },
  }));
}

/** Lines of the open positions in a price chart: solid at the open price, dotted at the stops. */
export class PositionLines {
  private readonly series: Pick<ISeriesApi<'Candlestick'>, 'createPriceLine' | 'removePriceLine'>;
  private readonly colours: () => ChartColours;
  private shown: readonly PositionLine[] = [];
  private lines: IPriceLine[] = [];

  constructor(
    series: Pick<ISeriesApi<'Candlestick'>, 'createPriceLine' | 'removePriceLine'>,
    colours: () => ChartColours,
  ) {
    this.series = series;
    this.colours = colours;
  }

  /** Draws these in place of those before; the same ones are not drawn anew. */
  show(positions: readonly PositionLine[]): void {
    if (JSON.stringify(positions) === JSON.stringify(this.shown)) return;
    this.shown = positions;
    this.draw();
  }

  /** Takes the theme's colours anew. */
  restyle(): void {
    this.draw();
  }

  private draw(): void {
    for (const line of this.lines) this.series.removePriceLine(line);
    this.lines = this.shown.flatMap(({ side, title, price, sl, tp }) => {
      const { buy, sell, down, live } = this.colours();
      return [
        ...this.line(price, side === 'buy' ? buy : sell, LineStyle.LargeDashed, title),
        ...this.line(sl, down, LineStyle.Dotted, null),
        ...this.line(tp, live, LineStyle.Dotted, null),
      ];
    });
  }

  /** @param title null: the line has no label */
  private line(price: number | null, color: string, lineStyle: LineStyle, title: string | null): IPriceLine[] {
    if (price === null || price === 0) return [];
    const { idle, panel } = this.colours();
    // Not the colours of bid and ask, whose labels stand on the same axis.
    const looks = { axisLabelColor: idle, axisLabelTextColor: panel };
    const label = { axisLabelVisible: title !== null, title: title ?? '', ...looks };
    return [this.series.createPriceLine({ price, color, lineStyle, lineWidth: 1, ...label })];
  }
}
