import type { Clock } from '../ports/clock.ts';

/** ARCHITECTURE rule 7: from this difference on, in ms, the clock has jumped or the machine has slept. */
const clockJumpMs = 5_000;

export interface ClockJump {
  /** The beginning of a sentence. */
  what: string;
  /** How much more the wall clock has moved on than the other, in ms: the machine may have slept for so long. */
  forwardMs: number;
}

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

  /** What happened since the last look; null when nothing did. */
  look(): ClockJump | null {
    const wall = this.clock.now() - this.wall;
    const monotonic = this.clock.monotonic() - this.monotonic;
    this.wall += wall;
    this.monotonic += monotonic;
    const apart = wall - monotonic;
    const what = this.sentence(apart, monotonic);
    return what === null ? null : { what, forwardMs: Math.max(0, apart) };
  }

  private sentence(apart: number, monotonic: number): string | null {
    if (monotonic > this.intervalMs + clockJumpMs) return `The app stood still for ${seconds(monotonic)}`;
    if (apart > clockJumpMs) return `The machine slept, or its clock was set forward, by ${seconds(apart)}`;
    if (apart < -clockJumpMs) return `The machine's clock was set back by ${seconds(-apart)}`;
    return null;
  }
}

function seconds(ms: number): string {
  return `${String(Math.round(ms / 1000))} s`;
}
