import type { ReactElement } from 'react';
import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatNumber, timeFormat } from '../../format.ts';
import { timeTicks, valueTicks } from '../charts/axisTicks.ts';

export interface DayPoint {
  /** `YYYY-MM-DD`. */
  day: string;
  value: number;
}

const dayMs = 86_400_000;
/** Most days drawn with dots, which would touch otherwise. */
const mostDots = 31;
const tick = { fill: 'var(--muted)', fontSize: '0.6875rem' } as const;

// Days are dates without a time zone: written as they are stored.
const dayName = timeFormat({ day: 'numeric', month: 'short', timeZone: 'UTC' });
const longDayName = timeFormat({ dateStyle: 'medium', timeZone: 'UTC' });

/** One value a day. */
export function DayChart({
  points,
  colour,
  steps = false,
  format,
  empty,
}: {
  points: DayPoint[];
  colour: string;
  steps?: boolean;
  format: (value: number) => string;
  empty: string;
}): ReactElement {
  if (points.length === 0)
    return <p className="flex flex-1 items-center justify-center p-3 text-xs text-muted">{empty}</p>;
  const drawn = points.map(({ day, value }) => ({ at: Date.parse(day), value }));
  const from = (drawn[0]?.at ?? 0) - (drawn.length === 1 ? dayMs : 0);
  const to = (drawn.at(-1)?.at ?? 0) + (drawn.length === 1 ? dayMs : 0);
  const values = drawn.map(({ value }) => value);
  const low = values.reduce((one, other) => Math.min(one, other));
  const high = values.reduce((one, other) => Math.max(one, other));
  const air = Math.max((high - low) * 0.05, Math.abs(high) * 0.002, 0.05);
  const { ticks, decimals } = valueTicks(steps ? 0 : low - air, high + air, 3);
  return (
    <div className="min-h-0 flex-1">
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart data={drawn} margin={{ top: 6, right: 20, bottom: 0, left: 0 }} accessibilityLayer>
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis
            dataKey="at"
            type="number"
            domain={[from, to]}
            ticks={dayTicks(drawn.map(({ at }) => at))}
            tickFormatter={(at: number) => dayName.format(at)}
            tick={tick}
            tickLine={false}
            axisLine={{ stroke: 'var(--line)' }}
            height={20}
          />
          <YAxis
            domain={[ticks[0] ?? low, ticks.at(-1) ?? high]}
            ticks={ticks}
            interval={0}
            tickFormatter={(value: number) => formatNumber(value, decimals)}
            tick={tick}
            tickLine={false}
            axisLine={false}
            width={Math.max(...ticks.map((value) => formatNumber(value, decimals).length)) * 6.5 + 12}
          />
          <Tooltip
            content={<DayTooltip format={format} />}
            isAnimationActive={false}
            cursor={{ stroke: 'var(--strong-line)' }}
          />
          {/* One day alone is a bar: a dot without a line says nothing. */}
          {drawn.length === 1 && <Bar dataKey="value" barSize={28} fill={colour} isAnimationActive={false} />}
          <Line
            dataKey="value"
            stroke={colour}
            strokeWidth={1.5}
            dot={drawn.length <= mostDots ? { r: 2, fill: colour, stroke: 'none' } : false}
            activeDot={{ r: 3, fill: colour, stroke: 'none' }}
            isAnimationActive={false}
            type={steps ? 'stepAfter' : 'linear'}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

/** A few of the days, at midnight UTC, as they are stored. */
function dayTicks(days: number[]): number[] {
  if (days.length <= 3) return days;
  return timeTicks(days[0] ?? 0, days.at(-1) ?? 0, 4, 0).filter((at) => at % dayMs === 0);
}

/** Recharts fills in `active` and `payload`. */
function DayTooltip({
  format,
  active = false,
  payload = [],
}: {
  format: (value: number) => string;
  active?: boolean;
  payload?: { payload: { at: number; value: number } }[];
}): ReactElement | null {
  const point = payload[0]?.payload;
  if (!active || point === undefined) return null;
  return (
    <div className="figures rounded-[6px] border border-line bg-panel px-3 py-2 text-xs shadow-[var(--shadow)]">
      <p className="text-muted">{longDayName.format(point.at)}</p>
      <p className="font-medium">{format(point.value)}</p>
    </div>
  );
}
