import type { Database } from 'better-sqlite3';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;

/** How long single samples are kept, in ms. Their minutes and hours are kept for good. */
const keptMs = 7 * 24 * 60 * minuteMs;

/** Samples deleted in one transaction: their pages are written within a millisecond or so. */
const chunk = 300;

export function minuteOf(at: number): number {
  return Math.floor(at / minuteMs) * minuteMs;
}

export function hourOf(at: number): number {
  return Math.floor(at / hourMs) * hourMs;
}

/**
 * Time from which a bridge's history has single samples, before which it has minutes. It is the beginning of a minute, so that
 * no minute counts twice. Older samples that are not deleted yet are left out.
 * @param oldest the time of the oldest sample there is
 * @param now epoch ms
 */
export function samplesKeptSince(oldest: number | null, now: number): number {
  return oldest === null ? Number.MAX_SAFE_INTEGER : Math.max(minuteOf(oldest), minuteOf(now - keptMs));
}

/** @returns finds the time of a bridge's oldest sample */
export function prepareOldestSample(db: Database): (bridge: string) => number | null {
  const oldest = db.prepare<[string], number | null>('SELECT min(at) FROM samples WHERE bridge = ?').pluck();
  return (bridge) => oldest.get(bridge) ?? null;
}

/**
 * Deletes samples older than they are kept, {@link chunk} by chunk. Their minutes have them already, so that it can stop anywhere
 * and be repeated.
 * @param now epoch ms
 * @yields after each chunk, for others to write
 */
export function* deleteOldSamples(db: Database, now: number): Generator<void, void> {
  const nextBridge = db.prepare<[string], string | null>('SELECT min(bridge) FROM samples WHERE bridge > ?').pluck();
  const remove = db.prepare(`DELETE FROM samples WHERE bridge = ? AND at < ? LIMIT ${String(chunk)}`);
  const before = minuteOf(now - keptMs);
  for (let bridge = nextBridge.get(''); typeof bridge === 'string'; bridge = nextBridge.get(bridge)) {
    while (remove.run(bridge, before).changes > 0) yield;
  }
}
