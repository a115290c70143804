import type { Alarm } from '../../../src/api/state/state.ts';

/** Whether an alarm concerns a bridge; one of the whole app concerns all. */
export function concerns(alarm: Alarm, bridge: string): boolean {
  return alarm.bridge === null || alarm.bridge === bridge;
}

/** Number of critical alarms raised, or repeated, after a moment. */
export function criticalSince(alarms: readonly Alarm[], at: number): number {
  return alarms.filter(({ level, lastAt }) => level === 'critical' && lastAt > at).length;
}

/** Time of the newest alarm; 0: none. */
export function newestOf(alarms: readonly Alarm[]): number {
  return Math.max(0, ...alarms.map(({ lastAt }) => lastAt));
}
