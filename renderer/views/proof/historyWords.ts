import type { ConnectionHistory, LinkSpan, LinkState } from '../../../src/api/state/connectionHistory.ts';
import { formatAge, formatTime } from '../../format.ts';

export const linkWords: Record<LinkState, string> = {
  up: 'up',
  quiet: 'quiet',
  down: 'down',
  waiting: 'no EA yet',
  off: 'desk not running',
};

/** Shortest time drawn, ms: a quarter of an hour. */
const leastMs = 900_000;

/** Beginning of the drawing: a day back, or the first record. */
export function drawnFrom({ from, to, channels }: Pick<ConnectionHistory, 'from' | 'to' | 'channels'>): number {
  const first = Math.min(...Object.values(channels).map((spans) => spans[0]?.from ?? to));
  return Math.max(from, Math.min(first, to - leastMs));
}

/** Number of lost connections, all but the last followed by another. */
function dropsOf(spans: readonly LinkSpan[]): number {
  return spans.reduce((sum, { drops }) => sum + drops, 0);
}

/** Number of reconnections of an EA. */
export function reconnectsOf(spans: readonly LinkSpan[]): number {
  const drops = dropsOf(spans);
  return spans.at(-1)?.state === 'down' ? Math.max(0, drops - 1) : drops;
}

/** One span in words, for its title and for screen readers. */
export function spanText({ state, from, to, drops }: LinkSpan): string {
  const lost = drops === 0 ? '' : drops === 1 ? ', 1 connection lost' : `, ${String(drops)} connections lost`;
  return `${formatTime(from)} to ${formatTime(to)}: ${linkWords[state]} for ${formatAge(to - from)}${lost}`;
}
