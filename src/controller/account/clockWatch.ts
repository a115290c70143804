import type { Clock } from '../ports/clock.ts';

/** ARCHITECTURE rule 7: smallest difference, in ms, that counts as a jump of the clock or a sleep of the machine. */
const clockJumpMs = 5_000;

export interface ClockJump {
  /** The beginning of a sentence. */
  what: string;
  /** How much further the wall clock has moved than the monotonic one, ms: the longest possible sleep. */
  forwardMs: number;
}

/**
 * Detects clock jumps and sleeps by comparing wall and monotonic time. After a jump the two differ; after a sleep they
 * differ too, or both have moved further than the time between two checks.
 */
export class ClockWatch {
  private readonly clock: Clock;
  private readonly intervalMs: number;
  private wall: number;
  private monotonic: number;

  /** @param intervalMs time between two checks */
  constructor(clock: Clock, intervalMs: number) {
    this.clock = clock;
    this.intervalMs = intervalMs;
    this.wall = clock.now();
    this.monotonic = clock.monotonic();
  }

  /** Checks the time since the last call; null: nothing happened. */
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
