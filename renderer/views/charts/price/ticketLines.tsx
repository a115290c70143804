import { useEffect, useRef, type ReactElement, type RefObject } from 'react';
import type { StopKind } from '../../../../src/domain/sizing/stops.ts';
import { formatNumber, formatPrice } from '../../../format.ts';
import type { PriceChart } from './priceChart.ts';
import type { StopLine, TicketLines } from './stopLines.ts';
import { type HeldLine, type LineDrag, useLineDrag } from './useLineDrag.ts';

const names: Record<StopKind, string> = { sl: 'Stop loss', tp: 'Take profit' };
const shortNames: Record<StopKind, string> = { sl: 'SL', tp: 'TP' };
const colours: Record<StopKind, string> = { sl: 'var(--down)', tp: 'var(--live)' };
const kinds = ['sl', 'tp'] as const;
/** Distance of a line's label from the plot's edge where its price lies beyond, px. */
const edgePx = 9;

/** The ticket's lines over the chart. A stop is dragged, or moved by the arrow keys; without one, its handle waits at the entry. */
export function TicketLinesOverlay({
  chart,
  onDraw,
  lines,
  texts,
  onType,
}: {
  chart: PriceChart;
  /** Calls a listener before each drawing of the chart. */
  onDraw: (listener: () => void) => () => void;
  lines: TicketLines;
  /** Texts of the ticket's stops. */
  texts: Record<StopKind, string>;
  onType: (kind: StopKind, text: string) => void;
}): ReactElement {
  const drag = useLineDrag(chart, lines, texts, onType);
  const [overlay, entry, sl, tp] = [useRef<HTMLDivElement>(null), useLineRef(), useLineRef(), useLineRef()];
  const { follow, held } = drag;
  const lineOf = (kind: StopKind): StopLine => withHeld(lines, kind, held);
  const at = { sl: lineOf('sl').price ?? lines.entry, tp: lineOf('tp').price ?? lines.entry };
  useEffect(() => {
    const place = (): void => {
      const { width, height } = chart.plotSize();
      overlay.current?.style.setProperty('width', `${String(width)}px`);
      stand(entry, chart.yOf(lines.entry), height);
      stand(sl, chart.yOf(at.sl), height);
      stand(tp, chart.yOf(at.tp), height);
    };
    chart.include([lines.entry, ...kinds.flatMap((kind) => lines[kind].price ?? [])]);
    place();
    return onDraw(() => {
      follow();
      place();
    });
  }, [chart, onDraw, lines, overlay, entry, sl, tp, at.sl, at.tp, follow]);
  return (
    <div ref={overlay} className="pointer-events-none absolute inset-y-0 left-0 z-10 overflow-hidden [contain:strict]">
      <div ref={entry} className="absolute inset-x-0 top-0">
        <div className="border-t border-dotted border-text" />
        <span className="figures absolute top-0 left-1 -translate-y-1/2 rounded-[3px] bg-raised px-1 text-[0.6875rem] leading-3.5">
          {lines.side === 'buy' ? 'Buy' : 'Sell'} {formatPrice(lines.entry, lines.ground.digits)}
        </span>
      </div>
      {kinds.map((kind) => (
        <StopHandle key={kind} ref={kind === 'sl' ? sl : tp} line={lineOf(kind)} lines={lines} drag={drag} />
      ))}
    </div>
  );
}

function StopHandle({
  ref,
  line,
  lines,
  drag,
}: {
  ref: RefObject<HTMLDivElement | null>;
  line: StopLine;
  lines: TicketLines;
  drag: LineDrag;
}): ReactElement | null {
  const { kind, price, isTyped, points, problem } = line;
  const { digits, point } = lines.ground;
  // A stop whose price isn't known has no line.
  if (isTyped && price === null) return null;
  const name = names[kind];
  const distance = points === null ? '' : ` · ${formatNumber(points, 0)} points`;
  const words =
    price === null
      ? `none; the arrow keys set it from the entry at ${formatPrice(lines.entry, digits)}`
      : `${formatPrice(price, digits)}${points === null ? '' : `, ${formatNumber(points, 0)} points from the entry`}`;
  const at = price ?? lines.entry;
  return (
    <div ref={ref} className="group/line absolute inset-x-0 top-0">
      <div
        role="slider"
        aria-label={name}
        aria-orientation="vertical"
        aria-valuemin={0}
        aria-valuemax={Number((lines.entry * 2).toFixed(digits))}
        aria-valuenow={at}
        aria-valuetext={words}
        aria-disabled={problem !== null}
        title={problem ?? `${name}: drag it, or move it with the arrow keys`}
        tabIndex={0}
        data-step={point}
        onFocus={() => {
          drag.onFocus(kind);
        }}
        onKeyDown={(event) => {
          drag.onKeyDown(kind, event);
        }}
        onPointerDown={(event) => {
          drag.onPointerDown(kind, event);
        }}
        className={`group pointer-events-auto absolute -top-3 h-6 min-w-6 touch-none ${problem === null ? 'cursor-ns-resize' : 'cursor-not-allowed'} ${price === null ? (kind === 'sl' ? 'right-9 z-10' : 'right-1 z-10') : 'inset-x-0'}`}
        style={{ color: colours[kind] }}
      >
        {price !== null && (
          <div
            className={`absolute inset-x-0 top-3 border-t border-dashed border-current group-hover:border-solid group-data-[beyond=above]/line:hidden group-data-[beyond=below]/line:hidden ${drag.held?.kind === kind ? 'border-solid' : ''}`}
          />
        )}
        <span
          className={`figures relative top-1 block h-4 w-max rounded-[3px] border border-current bg-panel px-1 text-[0.6875rem] leading-3.5 font-medium ${price === null ? '' : 'ml-24'}`}
        >
          {shortNames[kind]}
          {price !== null && ` ${formatPrice(price, digits)}${distance}`}
          <span className="hidden group-data-[beyond=above]/line:inline"> ↑</span>
          <span className="hidden group-data-[beyond=below]/line:inline"> ↓</span>
        </span>
      </div>
    </div>
  );
}

/** A stop's line, where the hand holds it. */
function withHeld(lines: TicketLines, kind: StopKind, held: HeldLine | null): StopLine {
  const line = lines[kind];
  if (held?.kind !== kind) return line;
  const { price } = held;
  return { ...line, price, isTyped: true, points: Math.abs(price - lines.entry) / lines.ground.point };
}

function useLineRef(): RefObject<HTMLDivElement | null> {
  return useRef<HTMLDivElement>(null);
}

/** Puts a line at its height; beyond the plot, at the edge. */
function stand(line: RefObject<HTMLDivElement | null>, y: number | null, height: number): void {
  if (line.current === null || y === null) return;
  const at = Math.min(Math.max(y, edgePx), height - edgePx);
  const beyond = y < 0 ? 'above' : y > height ? 'below' : '';
  const transform = `translateY(${String(Math.round(at))}px)`;
  // Asked for several times for each drawing.
  if (line.current.style.transform !== transform) line.current.style.transform = transform;
  if (line.current.dataset['beyond'] !== beyond) line.current.dataset['beyond'] = beyond;
}
