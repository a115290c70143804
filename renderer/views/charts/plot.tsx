import { memo, type ReactElement } from 'react';
import { CartesianGrid, ComposedChart, XAxis, YAxis } from 'recharts';
import { tickText } from './axisTicks.ts';
import { plotRoom } from './chartScale.ts';
import { Curves, type CurvesProps } from './curves.tsx';

/** The axes take their ends and ticks from the scale, and need no points. */
const none: never[] = [];
const tick = { fill: 'var(--muted)', fontSize: '0.6875rem' } as const;
/** Height of the time axis below the plot. */
const xAxisShare = 22 / 24;

/** Thin lines over time on a quiet grid; gaps stay gaps. Handles no pointer. */
export const Plot = memo(function Plot({ points, look, scale, size }: CurvesProps): ReactElement {
  const room = plotRoom(size);
  return (
    <ComposedChart
      width={size.width}
      height={size.height}
      data={none}
      margin={{ top: room.top, right: room.right, bottom: room.bottom * (1 - xAxisShare), left: 0 }}
      accessibilityLayer={false}
      tabIndex={-1}
      className="pointer-events-none absolute inset-0"
    >
      <CartesianGrid stroke="var(--line)" vertical={false} />
      <XAxis
        dataKey="at"
        type="number"
        domain={[scale.span.from, scale.span.to]}
        ticks={scale.timeTicks}
        allowDataOverflow
        tickFormatter={(at: number) => tickText(at, scale.timeTicks)}
        tick={tick}
        tickLine={false}
        axisLine={{ stroke: 'var(--line)' }}
        height={room.bottom * xAxisShare}
      />
      <YAxis
        domain={[scale.low, scale.high]}
        ticks={scale.valueTicks}
        interval={0}
        allowDataOverflow
        tickFormatter={scale.formatValue}
        tick={tick}
        tickLine={false}
        axisLine={false}
        width={room.left}
      />
      <Curves points={points} look={look} scale={scale} size={size} />
    </ComposedChart>
  );
});
