import type { ReactElement } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceArea, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatMinute, formatNumber } from '../../format.ts';
import { timeTicks, valueTicks } from './axisTicks.ts';
import type { ChartLine } from './chartLine.ts';
import { lastValue, type ChartPoint } from './chartPoints.ts';
import { ChartTooltip } from './chartTooltip.tsx';

export interface ChartBand {
  from: number;
  to: number;
  colour: string;
}

interface Axis {
  domain: [number, number];
  ticks: number[];
  format: (value: number) => string;
}

const tick = { fill: 'var(--muted)', fontSize: 11 } as const;

/** Thin lines over time, each named at the top with its last value; gaps stay gaps. */
export function TimeChart({
  points,
  from,
  to,
  lines,
  bands = [],
}: {
  points: ChartPoint[];
  from: number;
  to: number;
  lines: ChartLine[];
  bands?: ChartBand[];
}): ReactElement {
  const left = axisOf(points, lines, 'left');
  const right = axisOf(points, lines, 'right');
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Legend points={points} lines={lines} />
      <div className="relative min-h-0 flex-1">
        {points.length === 0 && (
          <p className="absolute inset-0 flex items-center justify-center text-sm text-muted">
            No figures in this span yet.
          </p>
        )}
        <ResponsiveContainer width="100%" height="100%">
          <LineChart
            data={points}
            margin={{ top: 8, right: right === null ? 16 : 0, bottom: 2, left: 0 }}
            accessibilityLayer
          >
            <CartesianGrid stroke="var(--line)" vertical={false} yAxisId="left" />
            <XAxis
              dataKey="at"
              type="number"
              domain={[from, to]}
              ticks={timeTicks(from, to, 6, new Date(to).getTimezoneOffset())}
              allowDataOverflow
              tickFormatter={formatMinute}
              tick={tick}
              tickLine={false}
              axisLine={{ stroke: 'var(--line)' }}
              height={22}
            />
            {left !== null && <ValueAxis id="left" axis={left} />}
            {right !== null && <ValueAxis id="right" axis={right} />}
            {right !== null &&
              bands.map((band) => (
                <ReferenceArea
                  key={band.from}
                  yAxisId="right"
                  y1={band.from}
                  y2={Math.min(band.to, right.domain[1])}
                  fill={band.colour}
                  fillOpacity={0.12}
                  ifOverflow="hidden"
                />
              ))}
            <Tooltip
              content={<ChartTooltip lines={lines} />}
              isAnimationActive={false}
              cursor={{ stroke: 'var(--strong-line)' }}
            />
            {lines.map(({ key, name, colour, axis }) => (
              <Line
                key={key}
                yAxisId={axis}
                dataKey={key}
                name={name}
                stroke={colour}
                strokeWidth={1.5}
                dot={false}
                activeDot={{ r: 3, fill: colour, stroke: 'none' }}
                isAnimationActive={false}
                connectNulls={false}
                type="linear"
              />
            ))}
          </LineChart>
        </ResponsiveContainer>
      </div>
    </div>
  );
}

function Legend({ points, lines }: { points: ChartPoint[]; lines: ChartLine[] }): ReactElement {
  return (
    <ul className="figures flex gap-4 px-3 text-xs">
      {lines.map(({ key, name, colour, format }) => {
        const value = lastValue(points, key);
        return (
          <li key={key} className="flex items-center gap-1.5">
            <svg viewBox="0 0 12 2" className="w-3" aria-hidden="true">
              <rect width="12" height="2" fill={colour} />
            </svg>
            <span className="text-muted">{name}</span>
            <span className="font-medium">{value === null ? '–' : format(value)}</span>
          </li>
        );
      })}
    </ul>
  );
}

function ValueAxis({ id, axis }: { id: 'left' | 'right'; axis: Axis }): ReactElement {
  return (
    <YAxis
      yAxisId={id}
      orientation={id}
      domain={axis.domain}
      ticks={axis.ticks}
      interval={0}
      tickFormatter={axis.format}
      tick={tick}
      tickLine={false}
      axisLine={false}
      width={60}
    />
  );
}

/** The axis of the lines on one side: round values around what is drawn; per cents start at 0 and show the bands. */
function axisOf(points: ChartPoint[], lines: ChartLine[], side: 'left' | 'right'): Axis | null {
  const own = lines.filter(({ axis }) => axis === side);
  if (own.length === 0) return null;
  const values = points.flatMap((point) => own.flatMap(({ key }) => point[key] ?? []));
  const highest = values.length === 0 ? 1 : values.reduce((one, other) => Math.max(one, other));
  const lowest = values.length === 0 ? 0 : values.reduce((one, other) => Math.min(one, other));
  const air = Math.max((highest - lowest) * 0.05, Math.abs(highest) * 0.0002, 0.05);
  const [low, high] = side === 'right' ? [0, Math.max(300, highest)] : [Math.max(0, lowest - air), highest + air];
  const { ticks, decimals } = valueTicks(low, high, 4);
  const unit = side === 'right' ? '%' : '';
  return {
    domain: [ticks[0] ?? low, ticks.at(-1) ?? high],
    ticks,
    format: (value) => `${formatNumber(value, decimals)}${unit}`,
  };
}
