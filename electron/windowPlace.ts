import { z } from 'zod';

/** Bounds of a window in device-independent pixels, as Electron's `Rectangle`. */
export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

const pixels = z.number().int().min(-100_000).max(100_000);
const size = z.number().int().min(1).max(100_000);
export const windowPlaceSchema = z.object({
  bounds: z.object({ x: pixels, y: pixels, width: size, height: size }),
  maximized: z.boolean(),
});
export type WindowPlace = z.infer<typeof windowPlaceSchema>;

/** Height of the title bar, by which a window is moved, in device-independent pixels. */
const titleHeight = 32;
const leastGrip = 96;

/**
 * Bounds for a window on the present displays: no larger than the display, and unchanged where the title bar can be reached.
 * Null: on no display, so that the window opens at the default place.
 */
export function reachableBounds(bounds: Bounds, workAreas: readonly Bounds[]): Bounds | null {
  const area = workAreas.find((each) => {
    const grip = Math.min(bounds.x + bounds.width, each.x + each.width) - Math.max(bounds.x, each.x);
    return (
      grip >= Math.min(leastGrip, bounds.width) && bounds.y >= each.y && bounds.y + titleHeight <= each.y + each.height
    );
  });
  if (area === undefined) return null;
  return { ...bounds, width: Math.min(bounds.width, area.width), height: Math.min(bounds.height, area.height) };
}
