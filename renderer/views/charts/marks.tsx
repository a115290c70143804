import { memo, useMemo, useState, type ReactElement } from 'react';
import type { OrderMark } from '../../../src/api/queries/history.ts';
import { formatCount, formatDateTime, formatLots, formatPlain } from '../../format.ts';
import type { Span } from '../../store/chartView.ts';
import type { Figure, ChartPoints } from './chartPoints.ts';
import { pointAt } from './chartPoints.ts';
import { xOf, yOf, type ChartScale } from './chartScale.ts';
import { clusterMarks, clusterWords, type MarkCluster } from './markClusters.ts';

const names = { buy: 'Buy', sell: 'Sell', close: 'Close' } as const;
const shapes = { buy: '0,-6 6,5 -6,5', sell: '0,6 6,-5 -6,-5', close: '-4.5,-4.5 4.5,-4.5 4.5,4.5 -4.5,4.5' } as const;
const fills = { buy: 'var(--buy)', sell: 'var(--sell)', close: 'var(--muted)' } as const;
/** Place of the rail for fills without figures, above the bottom of the plot, px. */
const railPx = 10;

/** A mark's order, in words. */
export function markWords({ kind, lot, symbol, price, at, signalId, count }: OrderMark): string {
  const lots = kind === 'close' ? '' : ` ${formatLots(lot)}`;
  const priced = price === null || price === 0 ? '' : ` at ${formatPlain(price)}`;
  const others = count === 1 ? '' : `, and ${String(count - 1)} more here`;
  return `${names[kind]}${lots} ${symbol}${priced}, ${formatDateTime(at)}, ${signalId}${others}`;
}

/**
 * Fills on a line: a buy points up, a sell down, a close is a square, and many in one place are a count. A fill at a
 * time without figures stands on a rail of its own. One opens its order, a count shows its fills apart.
 */
export const Marks = memo(function Marks({
  marks,
  line,
  drawn,
  scale,
  width,
  chosen,
  onOpen,
  onZoom,
}: {
  marks: readonly OrderMark[];
  line: Figure;
  drawn: ChartPoints;
  scale: ChartScale;
  /** Width of the plot, px. */
  width: number;
  /** Number of the order focused by the keyboard; null: none. */
  chosen: number | null;
  onOpen: (order: number) => void;
  onZoom: (span: Span) => void;
}): ReactElement {
  const [pointed, setPointed] = useState<number | null>(null);
  const clusters = useMemo(() => clusterMarks(marks, (at) => xOf(scale, at) * width), [marks, scale, width]);
  const wanted = chosen ?? pointed;
  const shown = clusters.find((cluster) => cluster.marks.some(({ number }) => number === wanted));
  const places = clusters.map((cluster) => {
    const value = pointAt(drawn, cluster.at)?.[line] ?? null;
    return { cluster, y: value === null ? null : Math.min(Math.max(yOf(scale, value), 0), 1) };
  });
  const press = ({ marks: [first, ...more] }: MarkCluster): void => {
    const last = more.at(-1);
    if (first === undefined) return;
    if (last === undefined) onOpen(first.number);
    else onZoom({ from: first.at - 1_000, to: last.at + 1_000 });
  };
  return (
    <>
      {places.some(({ y }) => y === null) && (
        <div
          title="Fills at times without figures"
          className="absolute inset-x-0 border-t border-dotted border-strong-line"
          style={{ bottom: railPx }}
          data-rail
        />
      )}
      <svg className="pointer-events-none absolute inset-0 h-full w-full overflow-visible" aria-hidden="true">
        {places.map(({ cluster, y }) => {
          const { number = 0, kind = 'close' } = cluster.marks[0] ?? {};
          const isShown = cluster === shown;
          return (
            <svg
              key={number}
              x={`${String(xOf(scale, cluster.at) * 100)}%`}
              y={y === null ? '100%' : `${String(y * 100)}%`}
              overflow="visible"
            >
              <g transform={y === null ? `translate(0 -${String(railPx)})` : undefined}>
                {cluster.marks.length === 1 ? (
                  <polygon
                    points={shapes[kind]}
                    fill={fills[kind]}
                    stroke={isShown ? 'var(--focus)' : 'var(--text)'}
                    strokeWidth={isShown ? 2.5 : 1}
                  />
                ) : (
                  <Count count={cluster.count} isShown={isShown} />
                )}
                <circle
                  r="12"
                  fill="transparent"
                  data-mark={cluster.marks.length === 1 ? kind : 'cluster'}
                  className="pointer-events-auto cursor-pointer"
                  onPointerEnter={() => {
                    setPointed(number);
                  }}
                  onPointerLeave={() => {
                    setPointed(null);
                  }}
                  onClick={() => {
                    press(cluster);
                  }}
                />
              </g>
            </svg>
          );
        })}
      </svg>
      {shown !== undefined && (
        <div
          role="tooltip"
          className="figures pointer-events-none absolute bottom-1 z-10 max-w-full rounded-[6px] border border-line bg-panel px-2 py-1 text-xs shadow-[var(--shadow)]"
          style={xOf(scale, shown.at) < 0.5 ? { right: 4 } : { left: 4 }}
        >
          {wordsOf(shown, chosen)}
        </div>
      )}
    </>
  );
});

/** The fill focused by the keyboard, the only one, or the whole cluster. */
function wordsOf(cluster: MarkCluster, chosen: number | null): string {
  const one = cluster.marks.find(({ number }) => number === chosen) ?? cluster.marks[0];
  return one !== undefined && (cluster.marks.length === 1 || chosen !== null) ? markWords(one) : clusterWords(cluster);
}

function Count({ count, isShown }: { count: number; isShown: boolean }): ReactElement {
  const text = formatCount(count);
  const half = Math.max(9, text.length * 3.5 + 4);
  return (
    <>
      <rect
        x={-half}
        y={-9}
        width={2 * half}
        height={18}
        rx={9}
        fill="var(--panel)"
        stroke={isShown ? 'var(--focus)' : 'var(--text)'}
        strokeWidth={isShown ? 2.5 : 1}
      />
      <text textAnchor="middle" dominantBaseline="central" fontSize="11" fontWeight="600" fill="var(--text)">
        {text}
      </text>
    </>
  );
}
