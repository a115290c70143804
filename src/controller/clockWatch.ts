import type { Clock } from './ports.ts';

/** ARCHITECTURE rule 7: from this difference on, in ms, the clock has jumped or the machine has slept. */
const clockJumpMs = 5_000;

/**
 * Compares wall and monotonic time. After a jump of the clock they have parted; after a sleep they have too, or
 * both have moved further than the time between two looks.
 */
export class ClockWatch {
  private readonly clock: Clock;
  private readonly intervalMs: number;
  private wall: number;
  private monotonic: number;

  /** @param intervalMs the time between two looks */
  constructor(clock: Clock, intervalMs: number) {
    this.clock = clock;
    this.intervalMs = intervalMs;
    this.wall = clock.now();
    this.monotonic = clock.monotonic();
  }

  /** What happened since the last look, as the beginning of a sentence; null when nothing did. */
  look(): string | null {
    const wall = this.clock.now() - this.wall;
    const monotonic = this.clock.monotonic() - this.monotonic;
    this.wall += wall;
    this.monotonic += monotonic;
    const apart = wall - monotonic;
    if (monotonic > this.intervalMs + clockJumpMs) return `The app stood still for ${seconds(monotonic)}`;
    if (apart > clockJumpMs) return `The machine slept, or its clock was set forward, by ${seconds(apart)}`;
    if (apart < -clockJumpMs) return `The machine's clock was set back by ${seconds(-apart)}`;
    return null;
  }
}

function seconds(ms: number): string {
  return `${String(Math.round(ms / 1000))} s`;
}
