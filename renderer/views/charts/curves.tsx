import { useId, type ReactElement } from 'react';
import type { ChartLook } from './chartKinds.ts';
import { lastValue, type ChartPoint } from './chartPoints.ts';
import { drawnLines, plotRoom, xOf, yOf, type ChartScale, type ChartSize } from './chartScale.ts';
import { areaPath, linePath } from './curvePaths.ts';

export interface CurvesProps {
  points: ChartPoint[];
  look: ChartLook;
  scale: ChartScale;
  size: ChartSize;
}

/**
 * The lines and areas, one path each. A chart library's own curves keep several objects for each point of every
 * picture, and measure each path anew.
 */
export function Curves({ points, look, scale, size }: CurvesProps): ReactElement {
  const clip = useId();
  const { left, top, right, bottom } = plotRoom(size);
  const area = {
    left,
    top,
    width: Math.max(0, size.width - left - right),
    height: Math.max(0, size.height - top - bottom),
  };
  const only = points.length === 1 ? points[0] : undefined;
  return (
    <g>
      <clipPath id={clip}>
        <rect x={area.left} y={area.top} width={area.width} height={area.height} />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        {look.areas.map(({ key, colour, opacity }) => (
          <path
            key={key}
            className="chart-area"
            d={areaPath(points, key, scale, area)}
            fill={colour}
            fillOpacity={opacity}
          />
        ))}
        {drawnLines(look).map(({ key, colour, dashes }) => (
          <path
            key={key}
            className="chart-line"
            d={linePath(points, key, scale, area)}
            fill="none"
            stroke={colour}
            strokeWidth={1.5}
            {...(dashes === undefined ? {} : { strokeDasharray: dashes })}
          />
        ))}
      </g>
      {only !== undefined &&
        drawnLines(look).map(({ key, colour }) => {
          const value = lastValue(points, key);
          if (value === null) return null;
          return (
            <circle
              key={key}
              cx={area.left + xOf(scale, only.at) * area.width}
              cy={area.top + yOf(scale, value) * area.height}
              r={3}
              fill="#fff"
              stroke={colour}
              strokeWidth={1.5}
            />
          );
        })}
    </g>
  );
}
