import type { WaitingSignal } from '../../../src/api/state/engines.ts';

/** A signal in its place. One that has ended keeps its place for a while, so that no button moves under the mouse. */
export interface InboxRow {
  signal: WaitingSignal;
  /** Time when it was seen to have ended, by the app's clock; null: it waits. */
  endedAt: number | null;
}

/** Time for which an ended signal stays visible, ms. */
const shownMs = 6_000;

/**
 * Updates the rows with the waiting signals: new ones come last.
 * @param held the mouse or the keyboard is among the rows: none is removed
 * @returns the same rows when unchanged
 */
export function nextRows(
  rows: readonly InboxRow[],
  waiting: readonly WaitingSignal[],
  now: number,
  held: boolean,
): readonly InboxRow[] {
  const byNumber = new Map(waiting.map((signal) => [signal.number, signal]));
  const known = new Set(rows.map(({ signal }) => signal.number));
  const kept = rows.flatMap((row) => {
    const signal = byNumber.get(row.signal.number);
    if (signal !== undefined) return [signal === row.signal && row.endedAt === null ? row : { signal, endedAt: null }];
    if (row.endedAt === null) return [{ ...row, endedAt: now }];
    return held || now - row.endedAt < shownMs ? [row] : [];
  });
  const fresh = waiting.filter(({ number }) => !known.has(number)).map((signal) => ({ signal, endedAt: null }));
  const same = fresh.length === 0 && kept.length === rows.length && kept.every((row, index) => row === rows[index]);
  return same ? rows : [...kept, ...fresh];
}
