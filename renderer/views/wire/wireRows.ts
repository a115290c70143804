import type { WireFrame } from '../../../src/api/state/wireFrames.ts';
import { everyFrame, wireMatcher, type WireFilter } from './wireFilter.ts';

/** Most frames held by the window, and their most characters. */
const heldFrames = 20_000;
const heldCharacters = 16_000_000;

/** Frames searched between two checks of the time. */
const scanStep = 500;

/** The rows at one moment. */
export type ShownWireRows = Readonly<Pick<WireRows, 'count' | 'held' | 'scanning' | 'at'>> & {
  kinds: readonly string[];
};

/**
 * Frames held by the window and those that match the filter, newest first. Plain arrays: frames come by the thousand a
 * second, and only the few visible ones are drawn.
 */
export class WireRows {
  readonly kinds = new Set<string>();
  private readonly capacity: number;
  private frames: WireFrame[] = [];
  /** Index of the oldest held frame in `frames`. */
  private start = 0;
  private characters = 0;
  private matches = wireMatcher(everyFrame);
  /** Matches since the filter was set, oldest first, from `freshStart` on. */
  private fresh: WireFrame[] = [];
  private freshStart = 0;
  /** Matches from before the filter was set, newest first. */
  private earlier: WireFrame[] = [];
  /** Index of the next frame to search, downwards; below `start`: done. */
  private scan = -1;

  constructor(capacity = heldFrames) {
    this.capacity = capacity;
  }

  /** Number of frames held. */
  get held(): number {
    return this.frames.length - this.start;
  }

  /** Number of frames that match. */
  get count(): number {
    return this.fresh.length - this.freshStart + this.earlier.length;
  }

  /** Whether the search for the filter is still going on. */
  get scanning(): boolean {
    return this.scan >= this.start;
  }

  /** @param index 0 is the newest match */
  at(index: number): WireFrame | undefined {
    const fresh = this.fresh.length - this.freshStart;
    return index < fresh ? this.fresh[this.fresh.length - 1 - index] : this.earlier[index - fresh];
  }

  /** What is drawn: another object each time, as the rows change in place (ADR 40). */
  shown(): ShownWireRows {
    const { count, held, scanning } = this;
    return { count, held, scanning, kinds: [...this.kinds], at: (index) => this.at(index) };
  }

  add(frames: readonly WireFrame[]): void {
    for (const frame of frames) {
      this.frames.push(frame);
      this.characters += frame.text.length;
      this.kinds.add(frame.kind);
      if (this.matches(frame)) this.fresh.push(frame);
    }
    this.dropOldest();
  }

  /** Sets the filter; {@link scanOn} searches the frames held already. */
  show(filter: WireFilter): void {
    this.matches = wireMatcher(filter);
    this.fresh = [];
    this.freshStart = 0;
    this.earlier = [];
    this.scan = this.frames.length - 1;
  }

  /**
   * Continues the search until it is done or the time is over.
   * @param now monotonic ms
   */
  scanOn(budgetMs: number, now: () => number): void {
    const until = now() + budgetMs;
    while (this.scan >= this.start && now() < until) {
      const stop = Math.max(this.start, this.scan - scanStep + 1);
      for (; this.scan >= stop; this.scan -= 1) {
        const frame = this.frames[this.scan];
        if (frame !== undefined && this.matches(frame)) this.earlier.push(frame);
      }
    }
  }

  /** Forgets every frame. */
  clear(): void {
    this.frames = [];
    this.start = 0;
    this.characters = 0;
    this.fresh = [];
    this.freshStart = 0;
    this.earlier = [];
    this.scan = -1;
  }

  private dropOldest(): void {
    while (this.held > this.capacity || (this.characters > heldCharacters && this.held > 1)) {
      this.characters -= this.frames[this.start]?.text.length ?? 0;
      this.start += 1;
    }
    const oldest = this.frames[this.start]?.number ?? 0;
    while ((this.earlier.at(-1)?.number ?? oldest) < oldest) this.earlier.pop();
    while ((this.fresh[this.freshStart]?.number ?? oldest) < oldest) this.freshStart += 1;
    // Cut in large pieces: a shift for each frame would move the whole array every time.
    if (this.start > this.capacity) {
      this.frames = this.frames.slice(this.start);
      this.scan -= this.start;
      this.start = 0;
    }
    if (this.freshStart > this.capacity) {
      this.fresh = this.fresh.slice(this.freshStart);
      this.freshStart = 0;
    }
  }
}
