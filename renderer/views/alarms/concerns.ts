import type { Alarm } from '../../../src/api/state.ts';

/** An alarm of the whole app concerns every bridge. */
export function concerns(alarm: Alarm, bridge: string): boolean {
  return alarm.bridge === null || alarm.bridge === bridge;
}
