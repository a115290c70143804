import type { PersonSource } from '../../domain/orders/order.ts';

/** Most alarms that are listed. */
export const mostAlarms = 100;

export interface Alarm {
  number: number;
  /** Null: of the whole app. */
  bridge: string | null;
  level: 'notice' | 'warning' | 'critical';
  code: string;
  text: string;
  nextStep: string;
  /** The same alarm again raises the count instead of making a new one. */
  count: number;
  at: number;
  lastAt: number;
  /** Who has taken note of it since it last happened; null: nobody. */
  acknowledged: { at: number; by: PersonSource } | null;
}

const levels: readonly Alarm['level'][] = ['notice', 'warning', 'critical'];

/**
 * The newest alarms. Beyond the limit, those of the lowest level are dropped, and among these the oldest of the most
 * frequent code: a flood of one kind pushes out its own.
 */
export function keepAlarms(alarms: readonly Alarm[]): Alarm[] {
  const kept = [...alarms];
  while (kept.length > mostAlarms) {
    const least = levels.find((level) => kept.some((alarm) => alarm.level === level));
    const counts = new Map<string, number>();
    for (const { level, code } of kept) if (level === least) counts.set(code, (counts.get(code) ?? 0) + 1);
    const most = Math.max(...counts.values());
    kept.splice(
      kept.findLastIndex(({ level, code }) => level === least && counts.get(code) === most),
      1,
    );
  }
  return kept;
}
