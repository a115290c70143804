import { useCallback, useId, useLayoutEffect, useMemo, useRef, type KeyboardEvent, type ReactElement } from 'react';
import type { SideName } from '../chartChoices.ts';
import { orderMark } from '../../../../src/api/queries/orderMark.ts';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import { type Timeframe, timeframes } from '../../../../src/domain/market/bar.ts';
import type { Quote } from '../../../../src/domain/market/quote.ts';
import type { StopKind } from '../../../../src/domain/sizing/stops.ts';
import type { Order } from '../../../../src/domain/orders/order.ts';
import { useAppState, useNow } from '../../../store/hooks.ts';
import { ChoiceGroup } from '../../../ui/choiceGroup.tsx';
import { instrumentOf } from '../../../shared/symbolContext.ts';
import { changeTicketOf, useTicketFields, useTicketSide } from '../../ticket/form/ticketStore.ts';
import { kindNames, paneKinds, type PaneKind } from '../chartKinds.ts';
import { drawnSingly, linesOf } from './positionLines.ts';
import { appStore } from '../../../store/appStore.ts';
import { PositionHandles } from './positionHandles.tsx';
import { PriceLegend } from './priceLegend.tsx';
import { chartSentence, isCurrent, noBarsSentence } from './priceWords.ts';
import { priceStep, ticketLines } from './stopLines.ts';
import { TicketLinesOverlay } from './ticketLines.tsx';
import { ShadingLegend } from './shadingLegend.tsx';
import { useBars, usePriceChart } from './usePriceChart.ts';

const timeframeNames = { M1: 'M1', M5: 'M5', M15: 'M15' };
const noQuotes: readonly Quote[] = [];
const noOrders: readonly Order[] = [];
/** Bars moved by one press of an arrow key. */
const panBars = 5;
const zoomFactor = 1.25;

/** Prices of the ticket's symbol: bars, bid and ask, fills, trading centres, and the ticket's lines. */
export function PricePane({
  side,
  bridge,
  onKind,
  timeframe,
  onTimeframe,
  onOpenOrder,
}: {
  side: SideName;
  bridge: BridgeState;
  onKind: (kind: PaneKind) => void;
  timeframe: Timeframe;
  onTimeframe: (timeframe: Timeframe) => void;
  onOpenOrder: (order: number) => void;
}): ReactElement {
  const quotes = useAppState((app) => app.quotes[bridge.id]) ?? noQuotes;
  const orders = useAppState((app) => app.orders) ?? noOrders;
  const fields = useTicketFields(bridge);
  const ticketSide = useTicketSide(bridge);
  const now = useNow();
  const typed = fields.symbol.trim();
  const instrument = useMemo(() => instrumentOf(bridge, quotes, typed), [bridge, quotes, typed]);
  const { symbol } = instrument;
  const known = quotes.find((quote) => quote.symbol === symbol) ?? null;
  const quote = known?.earlier === true || !isCurrent(bridge) ? null : known;
  const { digits, point } = priceStep(instrument, known);
  const shown = useBars(bridge.id, symbol, timeframe);
  const hasBars = shown !== null && shown.bars.length > 0;
  const element = useRef<HTMLDivElement>(null);
  const help = useId();
  const { chart, pointed, onDraw } = usePriceChart(element, { openOrder: onOpenOrder });
  const lines = useMemo(
    () => ticketLines(fields, ticketSide, bridge, { quotes, now }, instrument, quote),
    [fields, ticketSide, bridge, quotes, now, instrument, quote],
  );
  const onType = useCallback(
    (kind: StopKind, text: string) => {
      changeTicketOf(bridge, { field: kind, text });
    },
    [bridge],
  );
  const marks = useMemo(
    () => orders.filter((order) => isFillOf(order, bridge.id, symbol)).map((order) => orderMark(order, 1)),
    [orders, bridge.id, symbol],
  );
  const { positions: listed, isCurrent: isListed } = bridge.openTrades;
  const open = useMemo(
    () => (isListed ? (listed ?? []) : []).filter((each) => each.symbol === symbol),
    [listed, isListed, symbol],
  );
  const positions = useMemo(() => linesOf(open), [open]);
  const drawn = bridge.speaks8 ? drawnSingly(open) : [];
  useLayoutEffect(() => {
    chart?.setPositions(positions);
  }, [chart, positions]);
  useLayoutEffect(() => {
    chart?.setStep({ digits, point });
  }, [chart, digits, point]);
  useLayoutEffect(() => {
    if (chart === null || shown === null) return;
    chart.setBars(shown, timeframe);
    chart.setMarks(marks, shown.aheadMs);
  }, [chart, shown, timeframe, marks]);
  useLayoutEffect(() => {
    chart?.setQuote(quote);
  }, [chart, quote]);
  const away = shown?.earlier === true || (hasBars && quote === null) ? 'no current price' : null;
  const sentence = hasBars ? chartSentence(symbol, quote, shown, timeframe, digits) : null;

  return (
    <section
      aria-label="Price"
      className="flex min-h-0 min-w-0 flex-col overflow-hidden rounded-[6px] border border-line bg-panel"
    >
      <header className="flex shrink-0 flex-wrap items-center gap-x-2 px-2 pt-1.5 pb-0.5">
        <ChoiceGroup label={`${side} chart`} values={paneKinds} names={kindNames} value="price" onChange={onKind} />
      </header>
      <PriceLegend quote={quote} bar={pointed} digits={digits} away={away} />
      <p id={help} className="sr-only">
        {sentence} Arrow keys move in time, plus and minus zoom, End goes back to live.
      </p>
      <div
        data-plot
        role="application"
        aria-label={`Price of ${symbol} over time`}
        aria-describedby={help}
        tabIndex={0}
        hidden={!hasBars}
        onKeyDown={(event) => {
          onKey(event, chart);
        }}
        className={`relative min-h-0 flex-1 overflow-hidden select-none focus-visible:-outline-offset-2 ${away === null ? '' : 'opacity-60'}`}
      >
        <div ref={element} aria-hidden="true" className="absolute inset-0" />
        {chart !== null && hasBars && lines !== null && (
          <TicketLinesOverlay chart={chart} onDraw={onDraw} lines={lines} texts={fields.stops} onType={onType} />
        )}
        {chart !== null && hasBars && quote !== null && drawn.length > 0 && (
          <PositionHandles
            chart={chart}
            onDraw={onDraw}
            positions={drawn}
            ground={{ bid: quote.bid, ask: quote.ask, point, digits }}
            onMoved={(position, kind, price) => {
              const stops = price === null ? undefined : { [kind]: price };
              appStore.setState({
                askedChange: {
                  ...{ bridge: bridge.id, what: 'stops', ticket: position.position },
                  by: price === null ? 'key' : 'pointer',
                  ...(stops === undefined ? {} : { stops }),
                },
              });
            }}
          />
        )}
      </div>
      {hasBars ? (
        <div className="flex shrink-0 items-center gap-x-2 pr-3 pb-1 pl-2">
          <ChoiceGroup
            label="Length of a bar"
            values={timeframes}
            names={timeframeNames}
            value={timeframe}
            onChange={onTimeframe}
          />
          <ShadingLegend bars={shown} bar={pointed} />
        </div>
      ) : (
        <p className="flex min-h-0 flex-1 items-center justify-center px-6 text-center text-sm text-balance text-muted">
          {shown === null && symbol !== ''
            ? 'Asking for the bars…'
            : noBarsSentence(bridge, symbol, quotes, shown?.refused ?? null)}
        </p>
      )}
    </section>
  );
}

function isFillOf({ bridge, symbol, state, price }: Order, ofBridge: string, ofSymbol: string): boolean {
  return bridge === ofBridge && symbol === ofSymbol && state === 'filled' && price !== null;
}

function onKey(
  event: KeyboardEvent,
  chart: { pan: (bars: number) => void; zoom: (factor: number) => void; backToLive: () => void } | null,
): void {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
  const actions: Record<string, () => void> = {
    ArrowLeft: () => chart?.pan(-panBars),
    ArrowRight: () => chart?.pan(panBars),
    '+': () => chart?.zoom(zoomFactor),
    '-': () => chart?.zoom(1 / zoomFactor),
    End: () => chart?.backToLive(),
  };
  const action = actions[event.key];
  if (action === undefined) return;
  event.preventDefault();
  action();
}
