import type { ReactElement } from 'react';
import { formatDateTime } from '../../format.ts';
import type { ChartPoint } from './chartPoints.ts';
import type { ChartLine } from './chartLine.ts';

/** All values at the crosshair. Recharts fills in `active` and `payload`. */
export function ChartTooltip({
  lines,
  active = false,
  payload = [],
}: {
  lines: ChartLine[];
  active?: boolean;
  payload?: { payload: ChartPoint }[];
}): ReactElement | null {
  const point = payload[0]?.payload;
  if (!active || point === undefined) return null;
  return (
    <div className="figures rounded-[6px] border border-line bg-panel px-3 py-2 text-xs shadow-[var(--shadow)]">
      <p className="mb-1 text-muted">{formatDateTime(point.at)}</p>
      {lines.map(({ key, name, colour, format }) => {
        const value = point[key];
        return (
          <p key={key} className="flex items-center justify-between gap-4">
            <span className="flex items-center gap-1.5">
              <svg viewBox="0 0 8 8" className="size-2" aria-hidden="true">
                <circle cx="4" cy="4" r="4" fill={colour} />
              </svg>
              {name}
            </span>
            <span className="font-medium">{value === null ? '–' : format(value)}</span>
          </p>
        );
      })}
    </div>
  );
}
