import { memo, useState, type ReactElement } from 'react';
import type { OrderMark } from '../../../src/api/queries/history.ts';
import { formatDateTime, formatLots, formatPlain } from '../../format.ts';
import type { Figure, ChartPoints } from './chartPoints.ts';
import { pointAt } from './chartPoints.ts';
import { xOf, yOf, type ChartScale } from './chartScale.ts';

const names = { buy: 'Buy', sell: 'Sell', close: 'Close' } as const;
const shapes = { buy: '0,-6 6,5 -6,5', sell: '0,6 6,-5 -6,-5', close: '-4.5,-4.5 4.5,-4.5 4.5,4.5 -4.5,4.5' } as const;
const fills = { buy: 'var(--buy)', sell: 'var(--sell)', close: 'var(--muted)' } as const;

/** A mark's order, in words. */
export function markWords({ kind, lot, symbol, price, at, signalId, count }: OrderMark): string {
  const lots = kind === 'close' ? '' : ` ${formatLots(lot)}`;
  const priced = price === null || price === 0 ? '' : ` at ${formatPlain(price)}`;
  const others = count === 1 ? '' : `, and ${String(count - 1)} more here`;
  return `${names[kind]}${lots} ${symbol}${priced}, ${formatDateTime(at)}, ${signalId}${others}`;
}

/** Fills on a line: a buy points up, a sell down, a close is a square. One opens its order. */
export const Marks = memo(function Marks({
  marks,
  line,
  drawn,
  scale,
  chosen,
  onOpen,
}: {
  marks: readonly OrderMark[];
  line: Figure;
  drawn: ChartPoints;
  scale: ChartScale;
  /** Number of the order focused by the keyboard; null: none. */
  chosen: number | null;
  onOpen: (order: number) => void;
}): ReactElement {
  const [pointed, setPointed] = useState<number | null>(null);
  const shown = marks.find(({ number }) => number === (chosen ?? pointed));
  return (
    <>
      <svg className="pointer-events-none absolute inset-0 h-full w-full overflow-visible" aria-hidden="true">
        {marks.map((mark) => {
          const { number, kind, at } = mark;
          const value = pointAt(drawn, at)?.[line] ?? null;
          const y = value === null ? 1 : yOf(scale, value);
          return (
            <svg
              key={number}
              x={`${String(xOf(scale, at) * 100)}%`}
              y={`${String(Math.min(Math.max(y, 0), 1) * 100)}%`}
              overflow="visible"
            >
              <polygon
                points={shapes[kind]}
                fill={fills[kind]}
                stroke={number === shown?.number ? 'var(--focus)' : 'var(--text)'}
                strokeWidth={number === shown?.number ? 2.5 : 1}
              />
              <circle
                r="12"
                fill="transparent"
                data-mark={kind}
                className="pointer-events-auto cursor-pointer"
                onPointerEnter={() => {
                  setPointed(number);
                }}
                onPointerLeave={() => {
                  setPointed(null);
                }}
                onClick={() => {
                  onOpen(number);
                }}
              />
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
          {markWords(shown)}
        </div>
      )}
    </>
  );
});
