import type { XpAward, XpReport } from '../../api/queries/statistics.ts';

const mostDays = 400;

/** @param days in any order; several of one day are added */
export function answerXp(
  days: Iterable<{ day: string; points: number }>,
  awards: XpAward[],
  counted: number,
): XpReport {
  const points = new Map<string, number>();
  for (const { day, points: more } of days) points.set(day, (points.get(day) ?? 0) + more);
  let total = 0;
  const byDay = [...points]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([day, ofDay]) => {
      total += ofDay;
      return { day, points: ofDay, total };
    });
  return { total, byDay: byDay.slice(-mostDays), awards, counted };
}
