import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactElement,
} from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { accountCurrency } from '../../accountCurrency.ts';
import { appStore } from '../../store/appStore.ts';
import {
  backToLive,
  drawnView,
  panned,
  rangeOfView,
  spanOfView,
  viewOfRange,
  zoomed,
  type ChartView,
} from '../../store/chartView.ts';
import { useNow } from '../../store/hooks.ts';
import { sampleStore } from '../../store/sampleStore.ts';
import { choose, keepChoices, readChoices, type ChartChoices, type ChartSide, sideNames } from './chartChoices.ts';
import { useWide } from '../../store/windowSize.ts';
import type { PaneKind } from './chartKinds.ts';
import { ChartPane, type SharedChart } from './chartPane.tsx';
import { chartPoints } from './chartPoints.ts';
import { ChartToolbar } from './chartToolbar.tsx';
import { closedPeriods, without } from './closedPeriods.ts';
import { markWords } from './marks.tsx';
import { useChartKeys } from './useChartKeys.ts';
import { useExport } from './useExport.ts';
import { useMarks } from './useMarks.ts';

// Loaded on demand: its library is needed by this chart alone.
const PricePane = lazy(async () => ({ default: (await import('./price/pricePane.tsx')).PricePane }));

const start = viewOfRange('5m');

/** Charts over the same time, with one crosshair, and the price: two of them, and in a wide window three. */
export function Charts({ bridge }: { bridge: BridgeState }): ReactElement {
  const { id, limits } = bridge;
  const currency = accountCurrency(bridge);
  const rebasedAt = bridge.riskBase?.rebasedAt ?? null;
  const [view, setView] = useState<ChartView>(start);
  const [choices, setChoices] = useState(readChoices);
  const isWide = useWide();
  const [crosshair, setCrosshair] = useState<number | null>(null);
  const [chosenMark, setChosenMark] = useState<number | null>(null);
  const shown = useSyncExternalStore(sampleStore.subscribe, sampleStore.current);
  const exporting = useExport(id);
  useEffect(() => {
    sampleStore.watch(id, view, rebasedAt);
  }, [id, view, rebasedAt]);

  const { samples, first, peakBefore, covers, busy } = shown;
  const drawing = drawnView(view, shown.view);
  const now = useDrawnNow(drawing, samples.at(-1)?.at ?? 0);
  const span = useMemo(() => spanOfView(drawing, { first, now }), [drawing, first, now]);
  const drawn = useMemo(
    () => chartPoints({ samples, span, now, first, peakBefore, rebasedAt }),
    [samples, span, now, first, peakBefore, rebasedAt],
  );
  const closed = useMemo(() => closedPeriods(span, samples), [span, samples]);
  const gaps = useMemo(() => without(drawn.gaps, closed), [drawn, closed]);
  const marks = useMarks(id, covers, span);

  const known = { first, now };
  const pan = (by: number, from = span): void => {
    setView(panned(from, by, known));
  };
  const zoom = (factor: number, anchor: number): void => {
    setView(zoomed(span, factor, anchor, known));
  };
  const change = (next: ChartChoices): void => {
    setChoices(next);
    keepChoices(next);
  };
  const openOrder = useCallback(
    (number: number) => {
      appStore.setState({ shownOrder: { bridge: id, number } });
    },
    [id],
  );
  const onKeyDown = useChartKeys({
    span,
    drawn,
    marks,
    crosshair,
    chosenMark,
    pan,
    zoom: (factor) => {
      zoom(factor, view.live ? 1 : 0.5);
    },
    showAll: () => {
      setView(viewOfRange('all'));
    },
    backToLive: () => {
      setView(backToLive(span));
    },
    point: (at, mark) => {
      setCrosshair(at);
      setChosenMark(mark);
    },
    openOrder,
  });
  const shared: SharedChart = {
    ...{ drawn, span, closed, gaps, marks, crosshair, chosenMark, busy, currency, limits, onKeyDown },
    actions: {
      pan: (from, by) => {
        pan(by, from);
      },
      zoom,
      point: (at) => {
        setCrosshair(at);
        setChosenMark(null);
      },
    },
    onOpenOrder: openOrder,
    onZoom: ({ from, to }) => {
      const length = to - from;
      setView(zoomed({ from: from - length / 2, to: to + length / 2 }, 1, 0.5, known));
    },
  };
  const pane = (side: ChartSide): ReactElement => {
    const kind = choices[side];
    const paneOf = {
      side: sideNames[side],
      onKind: (chosen: PaneKind) => {
        change(choose(choices, side, chosen));
      },
    } as const;
    if (kind === 'price') {
      return (
        <Suspense fallback={<div className="rounded-[6px] border border-line bg-panel" />}>
          <PricePane
            key={id}
            {...paneOf}
            bridge={bridge}
            timeframe={choices.timeframe}
            onTimeframe={(timeframe) => {
              change({ ...choices, timeframe });
            }}
            onOpenOrder={openOrder}
          />
        </Suspense>
      );
    }
    return (
      <ChartPane
        {...paneOf}
        kind={kind}
        withDrawdown={choices.drawdown}
        onDrawdown={(drawdown) => {
          change({ ...choices, drawdown });
        }}
        shared={shared}
      />
    );
  };
  const spoken = marks.find(({ number }) => number === chosenMark);
  return (
    <>
      <ChartToolbar
        range={rangeOfView(view)}
        onRange={(range) => {
          setView(viewOfRange(range));
        }}
        span={span}
        live={view.live}
        crosshair={crosshair}
        exporting={exporting.done}
        onPan={pan}
        onZoom={(factor) => {
          zoom(factor, view.live ? 1 : 0.5);
        }}
        onLive={() => {
          setView(backToLive(span));
        }}
        onExport={() => {
          exporting.toggle(span);
        }}
      />
      <div className={`grid min-h-44 flex-1 gap-3 [container-type:size] ${isWide ? 'grid-cols-3' : 'grid-cols-2'}`}>
        {pane('left')}
        {pane('right')}
        {isWide && pane('third')}
      </div>
      <p aria-live="polite" className="sr-only">
        {spoken === undefined ? '' : markWords(spoken)}
      </p>
    </>
  );
}

/** The current time in visible steps: a year's chart isn't redrawn each second. */
function useDrawnNow(view: ChartView, lastAt: number): number {
  const now = Math.max(useNow(), lastAt);
  const step = Math.max(1, Math.floor((view.live ? (view.ms ?? 0) : view.to - view.from) / 1_200));
  return step <= 1_000 ? now : Math.max(Math.ceil(now / step) * step, lastAt);
}
