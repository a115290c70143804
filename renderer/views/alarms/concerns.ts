import type { Alarm } from '../../../src/api/state/state.ts';

/** An alarm of the whole app concerns every bridge. */
export function concerns(alarm: Alarm, bridge: string): boolean {
  return alarm.bridge === null || alarm.bridge === bridge;
}

/** Number of critical alarms that came, or came again, after a moment. */
export function criticalSince(alarms: readonly Alarm[], at: number): number {
  return alarms.filter(({ level, lastAt }) => level === 'critical' && lastAt > at).length;
}

/** When the newest of them came; 0: there is none. */
export function newestOf(alarms: readonly Alarm[]): number {
  return Math.max(0, ...alarms.map(({ lastAt }) => lastAt));
}
