import {
  CandlestickSeries,
  createChart,
  createSeriesMarkers,
  CrosshairMode,
  type AutoscaleInfo,
  type IChartApi,
  type IPriceLine,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  LineStyle,
  type Time,
} from 'lightweight-charts';
import type { Bar } from '../../../../src/domain/market/bar.ts';
import type { OrderMark } from '../../../../src/api/queries/history.ts';
import { BackdropPrimitive } from './backdropPrimitive.ts';
import { isSameBar, type ShownBars } from './barFeed.ts';
import { type BarItem, type BarPlacing, chartTime, placesOf, shadingOf } from './barItems.ts';
import { chartColours, themeOptions, type ChartColours } from './chartColours.ts';
import { fillMarks } from './fillMarks.ts';
import { type PositionLine, PositionLines } from './positionLines.ts';
import { PriceRange } from './priceRange.ts';
import { axisTime, crosshairTime } from './priceTimes.ts';

/** Empty places behind the last bar. */
const rightOffset = 5;

export interface PriceChartEvents {
  /** Called before each drawing, when the scales are set. */
  draw: () => void;
  /** @param bar under the pointer; null: none */
  point: (bar: Bar | null) => void;
  openOrder: (number: number) => void;
}

/** Decimals of the prices, and the smallest step between them. */
export interface PriceStep {
  digits: number;
  point: number;
}

/** The candlestick chart of a symbol, as this app sets up the library. */
export class PriceChart {
  private readonly chart: IChartApi;
  private readonly series: ISeriesApi<'Candlestick'>;
  private readonly backdrop: BackdropPrimitive;
  private readonly marks: ISeriesMarkersPluginApi<Time>;
  private readonly bidLine: IPriceLine;
  private readonly askLine: IPriceLine;
  private readonly positions: PositionLines;
  private colours: ChartColours = chartColours();
  private placing: BarPlacing = { timeframe: 'M1', offsetMs: null, brokerMs: null, localMs: 0 };
  private bars: readonly Bar[] = [];
  private byTime = new Map<number, Bar>();
  private readonly range = new PriceRange();

  constructor(container: HTMLElement, events: PriceChartEvents) {
    this.chart = createChart(container, {
      autoSize: true,
      crosshair: { mode: CrosshairMode.Normal },
      layout: { attributionLogo: false },
      rightPriceScale: { scaleMargins: { top: 0.1, bottom: 0.08 }, entireTextOnly: true },
      timeScale: { rightOffset, barSpacing: 7, minBarSpacing: 1, timeVisible: true, allowBoldLabels: false },
    });
    this.series = this.chart.addSeries(CandlestickSeries, {
      priceLineVisible: false,
      lastValueVisible: false,
      autoscaleInfoProvider: (base: () => AutoscaleInfo | null) => this.range.around(base()),
    });
    this.backdrop = new BackdropPrimitive(this.colours, events.draw);
    this.series.attachPrimitive(this.backdrop);
    this.marks = createSeriesMarkers<Time>(this.series, []);
    this.bidLine = this.series.createPriceLine({ price: 0, lineWidth: 1 });
    this.askLine = this.series.createPriceLine({ price: 0, lineWidth: 1 });
    this.positions = new PositionLines(this.series, () => this.colours);
    this.setQuote(null);
    this.chart.subscribeCrosshairMove(({ time }) => {
      events.point(typeof time === 'number' ? (this.byTime.get(time) ?? null) : null);
    });
    this.chart.subscribeClick(({ hoveredInfo }) => {
      if (typeof hoveredInfo?.objectId === 'string') events.openOrder(Number(hoveredInfo.objectId));
    });
    let width = 0;
    this.chart.timeScale().subscribeSizeChange((now) => {
      // A chart that was not on screen has no place for its last bar yet.
      if (width === 0 && now > 0) this.chart.timeScale().scrollToPosition(rightOffset, false);
      width = now;
    });
    this.restyle();
  }

  remove(): void {
    this.chart.remove();
  }

  /** Takes the theme's colours and the text's size anew. */
  restyle(): void {
    const colours = chartColours();
    const { text, muted, panel, buy, sell } = colours;
    this.colours = colours;
    this.backdrop.setColours(colours);
    this.chart.applyOptions(themeOptions(colours));
    this.series.applyOptions({ upColor: panel, downColor: muted, borderColor: text, wickColor: muted });
    this.bidLine.applyOptions({
      lineStyle: LineStyle.Solid,
      color: sell,
      axisLabelColor: sell,
      axisLabelTextColor: colours['on-trade'],
    });
    this.askLine.applyOptions({
      lineStyle: LineStyle.Solid,
      color: buy,
      axisLabelColor: buy,
      axisLabelTextColor: colours['on-trade'],
    });
    this.positions.restyle();
    this.setAll(this.bars);
  }

  setStep({ digits, point }: PriceStep): void {
    this.series.applyOptions({ priceFormat: { type: 'price', precision: digits, minMove: point } });
  }

  /** Shows bars. Where only the last ones differ from those before, only they are drawn anew. */
  setBars({ bars, offsetMs, brokerMs }: ShownBars, timeframe: BarPlacing['timeframe']): void {
    const last = bars.at(-1)?.start ?? 0;
    const localMs = -new Date(last - (offsetMs ?? 0)).getTimezoneOffset() * 60_000;
    const { placing, bars: before } = this;
    const isPlaced = placing.timeframe === timeframe && placing.offsetMs === offsetMs && placing.localMs === localMs;
    const first = isPlaced ? firstChange(before, bars) : 0;
    if (first === bars.length && first === before.length) return;
    this.placing = { timeframe, offsetMs, brokerMs, localMs };
    const changed = bars.slice(first);
    const added = bars.length - before.length;
    const isTail = first > 0 && first >= before.length - 1 && changed.length <= 2 && added >= 0;
    const places = isTail ? placesOf(bars.slice(first - 1), timeframe) : [];
    if (!isTail || places.length !== changed.length + 1) {
      this.setAll(bars);
      return;
    }
    this.bars = bars;
    for (const bar of changed) this.series.update(this.item(bar));
    if (added > 0) this.shade();
  }

  setQuote(quote: { bid: number; ask: number } | null): void {
    this.range.setQuote(quote);
    this.backdrop.setSpread(quote);
    const isShown = { lineVisible: quote !== null, axisLabelVisible: quote !== null };
    this.bidLine.applyOptions({ ...isShown, price: quote?.bid ?? 0 });
    this.askLine.applyOptions({ ...isShown, price: quote?.ask ?? 0 });
  }

  /** Draws a line at the open price of each position, and a thinner one at each of its stops. */
  setPositions(positions: readonly PositionLine[]): void {
    this.positions.show(positions);
  }

  /** @param aheadMs the broker's clock minus the app's */
  setMarks(marks: readonly OrderMark[], aheadMs: number): void {
    const shown = fillMarks(marks, aheadMs, this.placing, (time) => this.byTime.has(time), this.colours);
    this.marks.setMarkers(shown);
  }

  /** Prices that the scale includes, unless they would flatten the bars. */
  include(prices: readonly number[]): void {
    if (this.range.setLines(prices)) this.rescale();
  }

  /** Holds the scale still, or lets it follow the bars again. */
  hold(isHeld: boolean): void {
    this.range.hold(isHeld);
    if (!isHeld) this.rescale();
  }

  /** Position of a price, px from the plot's top; null: nothing is drawn. */
  yOf(price: number): number | null {
    return this.series.priceToCoordinate(price);
  }

  priceAt(y: number): number | null {
    return this.series.coordinateToPrice(y);
  }

  /** Size of the plot without its axes, px. */
  plotSize(): { width: number; height: number } {
    return { width: this.chart.timeScale().width(), height: this.chart.paneSize().height };
  }

  /** @param bars to move by; above 0 is later */
  pan(bars: number): void {
    const scale = this.chart.timeScale();
    scale.scrollToPosition(scale.scrollPosition() + bars, false);
  }

  zoom(factor: number): void {
    const scale = this.chart.timeScale();
    scale.applyOptions({ barSpacing: Math.min(60, Math.max(1, scale.options().barSpacing * factor)) });
  }

  backToLive(): void {
    this.chart.timeScale().scrollToRealTime();
  }

  private setAll(bars: readonly Bar[]): void {
    this.bars = bars;
    const scale = this.chart.timeScale();
    const position = scale.scrollPosition();
    const isFirst = this.byTime.size === 0;
    this.byTime = new Map();
    const places = placesOf(bars, this.placing.timeframe);
    this.series.setData(
      places.map(({ start, bar }) => (bar === null ? { time: chartTime(start, this.placing) } : this.item(bar))),
    );
    // The library would keep the first bar where it is: here the last one stays.
    if (isFirst || position >= 0) scale.scrollToPosition(isFirst ? rightOffset : position, false);
    this.shade();
  }

  private item(bar: Bar): BarItem {
    const { open, high, low, close, formed } = bar;
    const time = chartTime(bar.start, this.placing);
    this.byTime.set(time, bar);
    const { idle, panel, muted, text } = this.colours;
    const border = formed ? idle : text;
    const color = close >= open ? panel : formed ? idle : muted;
    return { time, open, high, low, close, color, borderColor: border, wickColor: border };
  }

  private shade(): void {
    const { offsetMs, timeframe } = this.placing;
    const starts = placesOf(this.bars, timeframe).map(({ start }) => start);
    this.backdrop.setShading(shadingOf(starts, offsetMs));
    this.chart.applyOptions({
      localization: { timeFormatter: (at: Time) => crosshairTime(Number(at), this.placing) },
      timeScale: { tickMarkFormatter: (at: Time, type: number) => axisTime(Number(at), type) },
    });
  }

  private rescale(): void {
    this.series.applyOptions({});
  }
}

/** Index of the first bar that differs. */
function firstChange(before: readonly Bar[], now: readonly Bar[]): number {
  const index = now.findIndex((bar, at) => !isSameBar(before[at], bar));
  return index < 0 ? now.length : index;
}
