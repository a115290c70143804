import { useId, useMemo, useRef, type KeyboardEvent, type ReactElement } from 'react';
import type { SideName } from './chartChoices.ts';
import type { OrderMark } from '../../../src/api/queries/history.ts';
import type { RiskLimits } from '../../../src/domain/risk/riskLimits.ts';
import type { Span } from '../../store/chartView.ts';
import { ChoiceGroup } from '../../ui/choiceGroup.tsx';
import { Backdrop, RuleNames } from './backdrop.tsx';
import { chartLook, kindNames, kindTitles, paneKinds, type ChartKind, type PaneKind } from './chartKinds.ts';
import { pointAt, type ChartPoints } from './chartPoints.ts';
import { chartScale, hasLabels, plotRoom } from './chartScale.ts';
import { Crosshair } from './crosshair.tsx';
import { Legend } from './legend.tsx';
import { LineEnds } from './lineEnds.tsx';
import { Marks } from './marks.tsx';
import { Plot } from './plot.tsx';
import { useGestures, type GestureActions } from './useGestures.ts';
import { useSize } from './useSize.ts';

/** State that both charts share. */
export interface SharedChart {
  drawn: ChartPoints;
  span: Span;
  /** Times when the broker was closed. */
  closed: Span[];
  /** Times without telemetry while the broker was open. */
  gaps: Span[];
  marks: readonly OrderMark[];
  /** The moment under the pointer; null: none. */
  crosshair: number | null;
  /** Number of the order focused by the keyboard; null: none. */
  chosenMark: number | null;
  busy: boolean;
  currency: string | null;
  limits: RiskLimits;
  actions: GestureActions;
  onKeyDown: (event: KeyboardEvent) => void;
  onOpenOrder: (order: number) => void;
  onZoom: (span: Span) => void;
}

/** Size before it is measured. */
const unknownSize = { width: 0, height: 0, zoom: 1 };

export function ChartPane({
  side,
  kind,
  onKind,
  withDrawdown,
  onDrawdown,
  shared,
}: {
  side: SideName;
  kind: ChartKind;
  onKind: (kind: PaneKind) => void;
  withDrawdown: boolean;
  onDrawdown: (shown: boolean) => void;
  shared: SharedChart;
}): ReactElement {
  const { drawn, span, closed, gaps, marks, crosshair, busy, limits, currency } = shared;
  const ref = useRef<HTMLDivElement>(null);
  const help = useId();
  const size = useSize(ref);
  useGestures(ref, span, shared.actions);
  const look = useMemo(() => chartLook(kind, limits, withDrawdown), [kind, limits, withDrawdown]);
  const room = plotRoom(size ?? unknownSize);
  const scale = useMemo(() => chartScale(drawn.points, look, span, size ?? unknownSize), [drawn, look, span, size]);
  const point = crosshair === null ? null : pointAt(drawn, crosshair);
  const plotWidth = Math.max(0, (size?.width ?? 0) - room.left - room.right);
  const plotHeight = Math.max(0, (size?.height ?? 0) - room.top - room.bottom);
  const title = kindTitles[kind];
  return (
    <section
      aria-label={title}
      className="flex min-h-0 min-w-0 flex-col overflow-hidden rounded-[6px] border border-line bg-panel"
    >
      <header className="flex shrink-0 flex-wrap items-center gap-x-2 px-2 pt-1.5 pb-0.5">
        <ChoiceGroup label={`${side} chart`} values={paneKinds} names={kindNames} value={kind} onChange={onKind} />
        {/* Not beside the values, which would wrap when one grows by a digit. */}
        {kind === 'equity' && (
          <label
            title="Shade drawdown"
            className="ml-auto flex h-6 shrink-0 cursor-pointer items-center gap-1.5 pr-1 text-xs text-muted hover:text-text"
          >
            <input
              type="checkbox"
              checked={withDrawdown}
              onChange={({ target }) => {
                onDrawdown(target.checked);
              }}
              className="size-3.5 accent-(--focus)"
            />
            {/* A box without a word would say nothing. */}
            <span>
              shade<span className="max-[90rem]:sr-only"> drawdown</span>
            </span>
          </label>
        )}
      </header>
      <Legend
        lines={look.lines}
        drawn={drawn}
        point={point}
        pointing={crosshair !== null}
        unit={look.money ? currency : null}
        away={wordAt(crosshair, closed, gaps)}
      />
      <p id={help} className="sr-only">
        Arrow keys move in time, plus and minus zoom, Home shows everything, End goes back to live. Shift and the arrow
        keys move the crosshair. Comma and full stop go from fill to fill, Enter opens its order.
      </p>
      <div
        ref={ref}
        role="application"
        aria-label={`${title} over time`}
        aria-describedby={help}
        aria-busy={busy}
        tabIndex={0}
        onKeyDown={shared.onKeyDown}
        className="relative min-h-0 flex-1 cursor-crosshair touch-pan-y overflow-hidden select-none focus-visible:-outline-offset-2 active:cursor-grabbing"
      >
        {size !== null && plotHeight > 0 && (
          <>
            <div className="pointer-events-none absolute" style={{ ...room }}>
              <Backdrop look={look} scale={scale} gaps={gaps} closed={closed} width={plotWidth} />
            </div>
            <Plot points={drawn.points} look={look} scale={scale} size={size} />
            <div className="pointer-events-none absolute" style={{ ...room }}>
              <RuleNames look={look} scale={scale} />
              {plotWidth > 0 && hasLabels(size) && (
                <LineEnds points={drawn.points} look={look} scale={scale} height={plotHeight} />
              )}
              {look.marksOn !== null && (
                <Marks
                  marks={marks}
                  line={look.marksOn}
                  drawn={drawn}
                  scale={scale}
                  width={plotWidth}
                  chosen={shared.chosenMark}
                  onOpen={shared.onOpenOrder}
                  onZoom={shared.onZoom}
                />
              )}
              {crosshair !== null && <Crosshair at={crosshair} point={point} look={look} scale={scale} />}
              {drawn.points.length === 0 && (
                <p className="absolute inset-x-0 top-1/3 text-center text-sm text-muted">
                  {busy ? 'Reading the journal…' : 'No figures in this span.'}
                </p>
              )}
            </div>
          </>
        )}
      </div>
    </section>
  );
}

/** Why there are no values at a moment; null: there are. */
function wordAt(at: number | null, closed: readonly Span[], gaps: readonly Span[]): string | null {
  if (at === null) return null;
  const within = ({ from, to }: Span): boolean => at > from && at < to;
  if (gaps.some(within)) return 'no telemetry';
  return closed.some(within) ? 'market closed' : null;
}
