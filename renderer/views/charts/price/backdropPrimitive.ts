import type {
  IChartApi,
  IPrimitivePaneRenderer,
  IPrimitivePaneView,
  ISeriesApi,
  ISeriesPrimitive,
  Logical,
  SeriesAttachedParameter,
} from 'lightweight-charts';
import { translucent, type ChartColours } from './chartColours.ts';
import type { Shading } from './barItems.ts';

type Target = Parameters<IPrimitivePaneRenderer['draw']>[0];

/** Opacity of one open trading centre; several add up. */
const sessionShare = 0.07;
const spreadShare = 0.16;
const dash = 3;

/** Behind the bars: open trading centres, days of the broker, and the spread between bid and ask. */
export class BackdropPrimitive implements ISeriesPrimitive {
  private readonly onDraw: () => void;
  private chart: IChartApi | null = null;
  private series: ISeriesApi<'Candlestick'> | null = null;
  private colours: ChartColours;
  private shading: Shading = { sessions: [], days: [] };
  private spread: { bid: number; ask: number } | null = null;
  private readonly views: readonly IPrimitivePaneView[];

  /** @param onDraw called before each drawing of the chart, when its scales are set */
  constructor(colours: ChartColours, onDraw: () => void) {
    this.colours = colours;
    this.onDraw = onDraw;
    const renderer: IPrimitivePaneRenderer = {
      draw: (target) => {
        this.draw(target);
      },
    };
    this.views = [{ zOrder: () => 'bottom', renderer: () => renderer }];
  }

  attached({ chart, series }: SeriesAttachedParameter): void {
    this.chart = chart;
    this.series = series as ISeriesApi<'Candlestick'>;
  }

  updateAllViews(): void {
    this.onDraw();
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.views;
  }

  setColours(colours: ChartColours): void {
    this.colours = colours;
  }

  setShading(shading: Shading): void {
    this.shading = shading;
  }

  setSpread(spread: { bid: number; ask: number } | null): void {
    this.spread = spread;
  }

  private draw(target: Target): void {
    target.useBitmapCoordinateSpace(
      ({ context, bitmapSize, horizontalPixelRatio: across, verticalPixelRatio: down }) => {
        const timeScale = this.chart?.timeScale();
        if (timeScale === undefined) return;
        const { idle, sell, buy } = this.colours;
        const half = timeScale.options().barSpacing / 2;
        const left = (index: number): number =>
          Math.round(((timeScale.logicalToCoordinate(index as Logical) ?? 0) - half) * across);
        for (const { from, to, open } of this.shading.sessions) {
          const [begin, end] = [Math.max(0, left(from)), Math.min(bitmapSize.width, left(to))];
          if (end <= begin) continue;
          context.fillStyle = translucent(idle, sessionShare * open);
          context.fillRect(begin, 0, end - begin, bitmapSize.height);
        }
        context.fillStyle = translucent(idle, 0.7);
        for (const day of this.shading.days) {
          const x = left(day);
          if (x < 0 || x > bitmapSize.width) continue;
          for (let y = 0; y < bitmapSize.height; y += 2 * dash * down) {
            context.fillRect(x, y, Math.max(1, Math.floor(across)), dash * down);
          }
        }
        const bid = this.spread === null ? null : this.series?.priceToCoordinate(this.spread.bid);
        const ask = this.spread === null ? null : this.series?.priceToCoordinate(this.spread.ask);
        if (typeof bid !== 'number' || typeof ask !== 'number') return;
        const band = context.createLinearGradient(0, ask * down, 0, bid * down);
        band.addColorStop(0, translucent(buy, spreadShare));
        band.addColorStop(1, translucent(sell, spreadShare));
        context.fillStyle = band;
        context.fillRect(0, ask * down, bitmapSize.width, (bid - ask) * down);
      },
    );
  }
}
