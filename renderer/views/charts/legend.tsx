import type { ReactElement } from 'react';
import type { ChartLine } from './chartKinds.ts';
import { formatWhen } from '../../format.ts';
import { useBridge, useNow } from '../../store/hooks.ts';
import type { ChartPoint, ChartPoints } from './chartPoints.ts';
import { legendTime, legendValue } from './legendValues.ts';

/** Each line's name with its value under the pointer, else the last one, with its time where it is not of now. */
export function Legend({
  lines,
  drawn,
  point,
  pointing,
  unit,
  away,
}: {
  lines: readonly ChartLine[];
  drawn: ChartPoints;
  point: ChartPoint | null;
  pointing: boolean;
  unit: string | null;
  /** Why there are no values under the pointer; null: there are. */
  away: string | null;
}): ReactElement {
  const account = useBridge()?.account;
  const now = useNow();
  const time = pointing || account === undefined ? null : legendTime(drawn, account);
  return (
    <div className="flex h-6 shrink-0 items-center gap-3 overflow-hidden px-3 text-xs whitespace-nowrap">
      <ul className="figures flex min-w-0 flex-1 gap-x-3">
        {lines.map(({ key, name, colour, format, dashes }) => {
          const value = pointing
            ? (point?.[key] ?? null)
            : account === undefined
              ? null
              : legendValue(key, drawn, account);
          return (
            <li key={key} className="flex shrink-0 items-center gap-1.5">
              <svg viewBox="0 0 14 2" className="w-3.5" aria-hidden="true">
                <line x1="0" y1="1" x2="14" y2="1" stroke={colour} strokeWidth="2" strokeDasharray={dashes} />
              </svg>
              <span className="text-muted">{name}</span>
              <span className="font-medium">
                {value === null ? '–' : format(value)}
                {unit !== null && key !== 'drawdown' && (
                  <span className="font-normal text-muted max-xl:sr-only"> {unit}</span>
                )}
              </span>
            </li>
          );
        })}
        {time !== null && <li className="text-muted">at {formatWhen(time, now)}</li>}
        {away !== null && <li className="min-w-0 truncate text-muted">{away}</li>}
      </ul>
    </div>
  );
}
