import type { Unsubscribe } from '../../src/base/unsubscribe.ts';

/** Time between drawings while something is dragged, ms: the hand's own frames must stay short. */
const heldMs = 1_000;

/** Drawings that wait, each once. */
const waiting = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let dueAt = Number.POSITIVE_INFINITY;
let drawnAt = Number.NEGATIVE_INFINITY;
let holders = 0;

/**
 * Draws within a time, together with all that is drawn before: one drawing of the window costs hardly more than one of
 * a part. While drawings are held, it waits for the next one.
 */
export function drawWithin(ms: number, draw: () => void): void {
  waiting.add(draw);
  const now = performance.now();
  const at = Math.max(now + ms, holders > 0 ? drawnAt + heldMs : 0);
  if (at >= dueAt) return;
  dueAt = at;
  clearTimeout(timer);
  timer = setTimeout(drawAll, at - now);
}

/** Holds drawings to one a second, until the returned function is called. */
export function holdDrawings(): Unsubscribe {
  holders += 1;
  let isHeld = true;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    holders -= 1;
    if (holders === 0) drawAll();
  };
}

function drawAll(): void {
  clearTimeout(timer);
  dueAt = Number.POSITIVE_INFINITY;
  drawnAt = performance.now();
  const drawings = [...waiting];
  waiting.clear();
  for (const draw of drawings) {
    try {
      draw();
    } catch (error) {
      // The others are drawn all the same.
      reportError(error);
    }
  }
}
