import type { BarPlacing } from './barItems.ts';

/** The chart's times are shifted, so that UTC shows the local or the broker's clock. */
const zone = { timeZone: 'UTC' } as const;
const time = new Intl.DateTimeFormat(undefined, { ...zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(undefined, { ...zone, day: 'numeric', month: 'short' });
const month = new Intl.DateTimeFormat(undefined, { ...zone, month: 'short' });
const year = new Intl.DateTimeFormat(undefined, { ...zone, year: 'numeric' });

/** Label of the time axis. @param at the chart's time, s @param type the library's TickMarkType */
export function axisTime(at: number, type: number): string {
  const formats = [year, month, day];
  return (formats[type] ?? time).format(at * 1000);
}

/** Day and time under the crosshair, with the broker's time where it is known and differs. */
export function crosshairTime(at: number, { offsetMs, brokerMs, localMs }: Omit<BarPlacing, 'timeframe'>): string {
  const shown = `${day.format(at * 1000)} ${time.format(at * 1000)}`;
  if (offsetMs === null) return `${shown} broker time`;
  return brokerMs === null || brokerMs === localMs
    ? shown
    : `${shown} · broker ${time.format(at * 1000 - localMs + brokerMs)}`;
}

/** A bar's start in words. @param start by the broker's clock, ms */
export function barTime(start: number, { offsetMs, localMs }: Pick<BarPlacing, 'offsetMs' | 'localMs'>): string {
  const at = offsetMs === null ? start : start - offsetMs + localMs;
  return `${time.format(at)}${offsetMs === null ? ' broker time' : ''}`;
}
