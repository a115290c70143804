import type { Alarm } from '../../../src/api/state/alarms.ts';
import type { Attention } from '../attention.ts';

/** Whether an alarm concerns a bridge; one of the whole app concerns all. */
export function concerns(alarm: Alarm, bridge: string): boolean {
  return alarm.bridge === null || alarm.bridge === bridge;
}

/** Alarms that nobody has taken note of since they last happened. */
export function unacknowledged(alarms: readonly Alarm[]): Alarm[] {
  return alarms.filter(({ acknowledged }) => acknowledged === null);
}

/** How many alarms nobody has taken note of, in the colour of the worst of them; null: none. */
export function alarmBadge(alarms: readonly Alarm[]): Attention | null {
  const open = unacknowledged(alarms);
  if (open.length === 0) return null;
  const critical = open.filter(({ level }) => level === 'critical').length;
  if (critical > 0) return { count: open.length, words: `new, ${String(critical)} critical`, class: 'text-down' };
  const warns = open.some(({ level }) => level === 'warning');
  return { count: open.length, words: 'new', class: warns ? 'text-quiet' : 'text-muted' };
}
