import type { Clock } from '../../src/controller/ports/clock.ts';

interface Timer {
  due: number;
  everyMs: number | null;
  action: () => void;
}

/** A clock that moves only when it is told to. Wall and monotonic time move together unless `jump` parts them. */
export class FakeClock implements Clock {
  private wall = Date.UTC(2026, 0, 5, 9, 0, 0);
  private elapsed = 1_000;
  private readonly timers = new Set<Timer>();

  now(): number {
    return this.wall;
  }

  monotonic(): number {
    return this.elapsed;
  }

  after(ms: number, action: () => void): () => void {
    return this.add({ due: this.elapsed + ms, everyMs: null, action });
  }

  every(ms: number, action: () => void): () => void {
    return this.add({ due: this.elapsed + ms, everyMs: ms, action });
  }

  turn(): Promise<void> {
    return new Promise((resolve) => {
      setImmediate(resolve);
    });
  }

  /** Runs every timer that falls due, in order, with the clock at its time. */
  advance(ms: number): void {
    const end = this.elapsed + ms;
    for (;;) {
      const next = [...this.timers].filter(({ due }) => due <= end).sort((one, other) => one.due - other.due)[0];
      if (next === undefined) break;
      this.move(Math.max(0, next.due - this.elapsed));
      if (next.everyMs === null) this.timers.delete(next);
      else next.due = this.elapsed + next.everyMs;
      next.action();
    }
    this.move(end - this.elapsed);
  }

  /** Somebody sets the machine's clock. */
  jump(ms: number): void {
    this.wall += ms;
  }

  /** The machine sleeps: time passes, and no timer runs. */
  sleep(ms: number): void {
    this.move(ms);
  }

  get pendingTimers(): number {
    return this.timers.size;
  }

  private move(ms: number): void {
    this.elapsed += ms;
    this.wall += ms;
  }

  private add(timer: Timer): () => void {
    this.timers.add(timer);
    return () => {
      this.timers.delete(timer);
    };
  }
}
