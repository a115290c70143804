import { firstAt, offsetAt } from '../tradingDay.ts';
import { type AccountRule, weekMinute } from './accountRules.ts';

type WeekendRule = Pick<Extract<AccountRule, { kind: 'weekend' }>, 'from' | 'until' | 'timeZone'>;

const minuteMs = 60_000;
const weekMinutes = 7 * 24 * 60;

/**
 * The window of a week that `at` is in, or the next one, on the clocks of its zone.
 * @param at epoch ms
 */
export function weekWindow(at: number, { from, until, timeZone }: WeekendRule): { from: number; until: number } {
  const [begins, ends] = [weekMinute(from), weekMinute(until)];
  const local = at + offsetAt(at, timeZone);
  // Local midnight of the Sunday before, as if it were UTC.
  const sunday = local - (new Date(local).getUTCDay() * 24 * 60 * minuteMs + (local % (24 * 60 * minuteMs)));
  const length = (ends - begins + weekMinutes) % weekMinutes;
  for (const week of [-1, 0, 1]) {
    const localFrom = sunday + (begins + week * weekMinutes) * minuteMs;
    const window = { from: firstAt(localFrom, timeZone), until: firstAt(localFrom + length * minuteMs, timeZone) };
    if (at < window.until) return window;
  }
  throw new RangeError(`No window of a week ends after ${String(at)}.`);
}
