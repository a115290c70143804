import type { EngineState } from '../../api/state/engines.ts';

/** When to publish the engines anew: after a change, and when time alone changes their counts. */
export class EnginesNews {
  private changed = true;
  private told: readonly EngineState[] = [];

  change(): void {
    this.changed = true;
  }

  /** States to publish now; null: unchanged. Orders leave the last minute by themselves, and new days begin. */
  changes(states: () => EngineState[]): EngineState[] | null {
    const counting = this.told.some(({ ordersLastMinute, tradesToday }) => ordersLastMinute > 0 || tradesToday > 0);
    if (!this.changed && !counting) return null;
    const engines = states();
    const passed = engines.some((engine, index) => countsDiffer(engine, this.told[index]));
    if (!this.changed && !passed) return null;
    this.changed = false;
    this.told = engines;
    return engines;
  }
}

function countsDiffer(now: EngineState, before: EngineState | undefined): boolean {
  return now.ordersLastMinute !== before?.ordersLastMinute || now.tradesToday !== before.tradesToday;
}
