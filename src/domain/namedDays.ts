/** Spans of trading days that have a name. The trading week begins on Sunday, as the market opens in its evening. */
export const dayNames = ['today', 'yesterday', 'week', 'month', 'year', 'lastYear'] as const;
export type DayName = (typeof dayNames)[number];

const dayMs = 86_400_000;
const daysOfWeek = 7;
/** The first of January 1970 was a Thursday. */
const thursday = 4;

/**
 * The first and the last trading day of a named span, both included.
 * @param today the current trading day, `YYYY-MM-DD`
 */
export function namedDays(name: DayName, today: string): { from: string; to: string } {
  switch (name) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday': {
      const day = daysBefore(today, 1);
      return { from: day, to: day };
    }
    case 'week': {
      const sinceSunday = (Date.parse(today) / dayMs + thursday) % daysOfWeek;
      return { from: daysBefore(today, sinceSunday), to: today };
    }
    case 'month':
      return { from: `${today.slice(0, 7)}-01`, to: today };
    case 'year':
      return { from: `${today.slice(0, 4)}-01-01`, to: today };
    case 'lastYear': {
      const year = String(Number(today.slice(0, 4)) - 1);
      return { from: `${year}-01-01`, to: `${year}-12-31` };
    }
  }
}

/** @param day `YYYY-MM-DD` */
export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * dayMs).toISOString().slice(0, 10);
}
