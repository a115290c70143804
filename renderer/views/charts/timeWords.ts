import { formatDateTime, timeFormat } from '../../format.ts';
import type { Span } from '../../store/chartView.ts';

const dayMs = 24 * 3_600_000;

const time = timeFormat({ hour: '2-digit', minute: '2-digit' });
const seconds = timeFormat({ timeStyle: 'medium' });
const date = timeFormat({ day: 'numeric', month: 'short', year: 'numeric' });
const dateAndTime = timeFormat({
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
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
