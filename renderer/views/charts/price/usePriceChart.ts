import { useEffect, useMemo, useRef, useState, useSyncExternalStore, type RefObject } from 'react';
import type { Bar, Timeframe } from '../../../../src/domain/market/bar.ts';
import { BarFeed, type ShownBars } from './barFeed.ts';
import { PriceChart, type PriceChartEvents } from './priceChart.ts';

interface PriceChartState {
  chart: PriceChart | null;
  /** Bar under the pointer; null: none. */
  pointed: Bar | null;
}

/** The chart in an element, for as long as that is there. It takes over a change of theme and of text size. */
export function usePriceChart(
  element: RefObject<HTMLElement | null>,
  events: Pick<PriceChartEvents, 'openOrder'>,
): PriceChartState & { onDraw: (listener: () => void) => () => void } {
  const [chart, setChart] = useState<PriceChart | null>(null);
  const [pointed, setPointed] = useState<Bar | null>(null);
  const [drawing] = useState(() => new Set<() => void>());
  const latest = useRef(events);
  useEffect(() => {
    latest.current = events;
  });
  useEffect(() => {
    if (element.current === null) return undefined;
    const made = new PriceChart(element.current, {
      draw: () => {
        for (const listener of drawing) listener();
      },
      point: setPointed,
      openOrder: (number) => {
        latest.current.openOrder(number);
      },
    });
    setChart(made);
    const looks = new MutationObserver(() => {
      made.restyle();
    });
    looks.observe(document.documentElement, { attributeFilter: ['data-theme', 'style'] });
    return () => {
      looks.disconnect();
      setChart(null);
      setPointed(null);
      made.remove();
    };
  }, [element, drawing]);
  const [onDraw] = useState(() => (listener: () => void) => {
    drawing.add(listener);
    return () => {
      drawing.delete(listener);
    };
  });
  return { chart, pointed, onDraw };
}

/** The bars of a symbol, followed; null: the app has not answered yet. They are drawn with the figures of their pulse. */
export function useBars(bridge: string, symbol: string, timeframe: Timeframe): ShownBars | null {
  const feed = useMemo(() => new BarFeed({ bridge, symbol, timeframe }), [bridge, symbol, timeframe]);
  return useSyncExternalStore(symbol === '' ? followNothing : feed.follow, feed.current);
}

const followNothing = (): (() => void) => () => undefined;
