import { formatDateTime } from '../../format.ts';
import type { Span } from '../../store/chartView.ts';

const dayMs = 24 * 3_600_000;

const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const seconds = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const dateAndTime = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** Beginning and end of a span, as precise as its length needs. */
export function formatSpan({ from, to }: Span): string {
  const sameDay = date.format(from) === date.format(to);
  if (to - from > 14 * dayMs) return `${date.format(from)} – ${date.format(to)}`;
  if (!sameDay) return `${dateAndTime.format(from)} – ${dateAndTime.format(to)}`;
  const clock = to - from < 3_600_000 / 2 ? seconds : time;
  return `${date.format(from)}, ${clock.format(from)} – ${clock.format(to)}`;
}

/** One moment of a span. */
export function formatMoment(at: number, { from, to }: Span): string {
  return to - from > 14 * dayMs ? `${date.format(at)}, ${time.format(at)}` : formatDateTime(at);
}
