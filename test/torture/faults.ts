// How often faults happen in a run of the tests, and how what came of them is told.

/** Whether every fault happens as often as it takes to find what is rare. */
export const full = process.env['BITTEN_TORTURE'] === 'full';

/**
 * How often a fault happens: enough to show that it is handled, or with BITTEN_TORTURE=full often enough to find
 * what is rare. BITTEN_TORTURE_SHARE=0.1 does a tenth of that.
 */
export function times(scaled: number, fully: number): number {
  return full ? Math.max(scaled, Math.round(fully * Number(process.env['BITTEN_TORTURE_SHARE'] ?? '1'))) : scaled;
}

/** For a test that does something so often, in ms; none (0) in the full form. */
export function timeLimit(count: number, eachMs: number): number {
  return full ? 0 : 60_000 + count * eachMs;
}

/** One line of the printed result. */
export function say(line: string): void {
  process.stdout.write(`torture | ${line}\n`);
}
