import type { Sample } from '../../../src/api/state/state.ts';
import { spanOfTradingDay } from '../../../src/domain/tradingDay.ts';
import type { Span } from '../../store/chartView.ts';

const dayMs = 24 * 3_600_000;
/** The week of currencies and metals ends and begins by this clock, on Friday and on Sunday. */
const marketDay = { timeZone: 'America/New_York', startsAt: '17:00' };
/** Last prices are told a while after the close. */
const slackMs = 10 * 60_000;
/** In a longer span weekends are too narrow to be told apart. */
const longestMs = 100 * dayMs;

const weekends = new Map<string, Span>();

/**
 * When the broker was closed within a span: from Friday to Sunday, 17:00 in New York. An account whose equity moved in
 * between trades something that has no weekend: then it is not called closed.
 */
export function closedPeriods(span: Span, samples: readonly Sample[]): Span[] {
  if (span.to - span.from > longestMs) return [];
  const found: Span[] = [];
  // 1 January 1970 was a Thursday.
  for (let day = Math.floor(span.from / dayMs / 7 - 1) * 7 + 1; day * dayMs < span.to; day += 7) {
    const weekend = weekendOf(new Date(day * dayMs).toISOString().slice(0, 10), day);
    if (weekend.to > span.from && weekend.from < span.to && !moved(weekend, samples)) found.push(weekend);
  }
  return found;
}

/** @param friday its date; `day` its number since 1970 */
function weekendOf(friday: string, day: number): Span {
  const known = weekends.get(friday);
  if (known !== undefined) return known;
  const saturday = new Date((day + 1) * dayMs).toISOString().slice(0, 10);
  const weekend = { from: spanOfTradingDay(friday, marketDay).from, to: spanOfTradingDay(saturday, marketDay).until };
  weekends.set(friday, weekend);
  return weekend;
}

function moved({ from, to }: Span, samples: readonly Sample[]): boolean {
  let before: Sample | null = null;
  for (const sample of samples) {
    if (sample.at > to - slackMs) return false;
    // The first one may have merged what came before the close.
    if (sample.at > from + slackMs && before !== null && before.at > from + slackMs) {
      if (sample.equityLow !== sample.equityHigh || sample.equity !== before.equity) return true;
    }
    before = sample;
  }
  return false;
}

/** The parts of the spans outside the others, which are in order of time. */
export function without(spans: readonly Span[], others: readonly Span[]): Span[] {
  return spans.flatMap((span) => {
    const left: Span[] = [];
    let from = span.from;
    for (const other of others) {
      if (other.to <= from || other.from >= span.to) continue;
      if (other.from > from) left.push({ from, to: other.from });
      from = Math.max(from, other.to);
    }
    if (from < span.to) left.push({ from, to: span.to });
    return left;
  });
}
