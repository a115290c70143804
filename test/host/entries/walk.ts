import { expect } from 'vitest';
import type { EntryPoint } from '../../../src/base/guard.ts';
import type { FaultLog } from '../../../src/host/machine/faultLog.ts';
import { until } from '../../support/until.ts';

/** What a walk to one entry point has at hand. */
export interface Walker {
  faults: FaultLog;
  /** What is called at the entry point: it throws each time, or rejects. */
  bug: (...told: unknown[]) => never;
  /** Waits until so many bugs of an entry point were counted. */
  counted: (entry: EntryPoint, least?: number) => Promise<unknown>;
  /** Undone after the walk, the last first. */
  undo: (action: () => unknown) => void;
}

/** Goes to an entry point whose handler throws, more than once, and looks that the next is handled all the same. */
export type Walk = (walker: Walker) => Promise<void> | void;

export function walkerOf(faults: FaultLog, bug: () => never, undos: (() => unknown)[]): Walker {
  return {
    faults,
    bug,
    counted: (entry, least = 2) => until(() => faults.total(entry) >= least, `${entry} is counted`),
    undo: (action) => undos.push(action),
  };
}

/** Nothing came past the guard of the entry point. */
export function expectCounted(faults: FaultLog, entry: EntryPoint): void {
  expect(faults.total(entry), `faults of ${entry}`).toBeGreaterThanOrEqual(2);
}
