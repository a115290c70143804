import type { ReactElement } from 'react';
import type { ChartLook } from './chartKinds.ts';
import { lastValue, type ChartPoint } from './chartPoints.ts';
import { drawnLines, yOf, type ChartScale } from './chartScale.ts';

const textPx = 14;

/** The lines' names beside their ends, moved apart where they would overlap. */
export function LineEnds({
  points,
  look,
  scale,
  height,
}: {
  points: ChartPoint[];
  look: ChartLook;
  scale: ChartScale;
  /** Height of the plot, px. */
  height: number;
}): ReactElement {
  const places = placesOf(points, look, scale, height);
  return (
    <>
      {places.map(({ name, colour, y }) => (
        <span
          key={name}
          className="pointer-events-none absolute left-full ml-1 w-14 -translate-y-1/2 text-[0.6875rem] leading-3"
          style={{ top: y, color: colour }}
        >
          {name}
        </span>
      ))}
    </>
  );
}

interface Place {
  name: string;
  colour: string;
  /** Position from the top of the plot, px. */
  y: number;
}

function placesOf(points: readonly ChartPoint[], look: ChartLook, scale: ChartScale, height: number): Place[] {
  const places: Place[] = [];
  const ends = drawnLines(look).flatMap(({ key, name, colour }) => {
    const value = lastValue(points, key);
    return value === null ? [] : [{ name, colour, y: yOf(scale, value) * height }];
  });
  for (const end of ends.sort((one, other) => one.y - other.y)) {
    places.push({ ...end, y: Math.max(end.y, (places.at(-1)?.y ?? Number.NEGATIVE_INFINITY) + textPx) });
  }
  const below = Math.max(0, (places.at(-1)?.y ?? 0) - height);
  return places.map((place) => ({ ...place, y: place.y - below }));
}
