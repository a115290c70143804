import type { ReactElement } from 'react';
import type { ChartLook } from './chartKinds.ts';
import type { ChartPoint } from './chartPoints.ts';
import { formatMoment } from './timeWords.ts';
import { drawnLines, xOf, yOf, type ChartScale } from './chartScale.ts';

/** A line through the moment under the pointer, with a dot on each line. The values stand in the legend. */
export function Crosshair({
  at,
  point,
  look,
  scale,
}: {
  at: number;
  point: ChartPoint | null;
  look: ChartLook;
  scale: ChartScale;
}): ReactElement | null {
  const x = xOf(scale, at);
  if (x < 0 || x > 1) return null;
  return (
    <>
      <div className="pointer-events-none absolute inset-y-0 w-px bg-strong-line" style={{ left: part(x) }} />
      <span
        className="figures pointer-events-none absolute bottom-0 z-10 rounded-[3px] border border-line bg-panel px-1 text-[0.6875rem] leading-4 whitespace-nowrap"
        style={x < 0.5 ? { left: part(x) } : { right: part(1 - x) }}
        data-crosshair-time
      >
        {formatMoment(at, scale.span)}
      </span>
      {drawnLines(look).map(({ key, colour }) => {
        const value = point?.[key] ?? null;
        if (value === null || point === null) return null;
        return (
          <span
            key={key}
            className="pointer-events-none absolute size-1.5 -translate-1/2 rounded-full"
            style={{ left: part(xOf(scale, point.at)), top: part(yOf(scale, value)), background: colour }}
          />
        );
      })}
    </>
  );
}

function part(share: number): string {
  return `${String(share * 100)}%`;
}
