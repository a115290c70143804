import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { drawWithin, holdDrawings } from '../../renderer/store/drawing.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

describe('what waits to be drawn', () => {
  it('is drawn together with what can’t wait as long, each once', () => {
    const drawn: string[] = [];
    const [slow, fast] = [() => drawn.push('slow'), () => drawn.push('fast')];
    drawWithin(300, slow);
    drawWithin(16, fast);
    drawWithin(16, fast);
    vi.advanceTimersByTime(15);
    expect(drawn).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(drawn).toEqual(['slow', 'fast']);
    vi.advanceTimersByTime(1_000);
    expect(drawn).toHaveLength(2);
  });

  it('is never later than it said', () => {
    const drawn: string[] = [];
    drawWithin(16, () => drawn.push('first'));
    drawWithin(300, () => drawn.push('second'));
    vi.advanceTimersByTime(16);
    expect(drawn).toEqual(['first', 'second']);
    drawWithin(300, () => drawn.push('third'));
    vi.advanceTimersByTime(300);
    expect(drawn).toHaveLength(3);
  });

  it('waits while something is dragged, and is drawn at once when that ends', () => {
    const drawn: number[] = [];
    drawWithin(0, () => drawn.push(0));
    vi.advanceTimersByTime(0);
    const release = holdDrawings();
    for (let pulse = 1; pulse <= 7; pulse += 1) {
      drawWithin(16, () => drawn.push(pulse));
      vi.advanceTimersByTime(250);
    }
    // 1,750 ms: one drawing, with all that came in the first second.
    expect(drawn).toEqual([0, 1, 2, 3, 4]);
    release();
    release();
    expect(drawn).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    drawWithin(16, () => drawn.push(8));
    vi.advanceTimersByTime(16);
    expect(drawn.at(-1)).toBe(8);
  });
});
