import type { Sample } from '../../../src/api/state/state.ts';
import { spanOfTradingDay } from '../../../src/domain/tradingDay.ts';
import type { Span } from '../../store/chartView.ts';

const dayMs = 24 * 3_600_000;
/** Beginning and end of the week of currencies and metals: 17:00 in New York, on Sunday and on Friday. */
const marketDay = { timeZone: 'America/New_York', startsAt: '17:00' };
/** Time after the close in which last prices still come, ms. */
const slackMs = 10 * 60_000;
/** Longest span in which weekends are wide enough to be told apart, ms. */
const longestMs = 100 * dayMs;

const weekends = new Map<string, Span>();

/**
 * Times within a span when the broker was closed: from Friday to Sunday, 17:00 in New York. If the account's equity
 * moved meanwhile, it trades something without a weekend, and the time doesn't count as closed.
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
    // The first sample may have merged figures from before the close.
    if (sample.at > from + slackMs && before !== null && before.at > from + slackMs) {
      if (sample.equityLow !== sample.equityHigh || sample.equity !== before.equity) return true;
    }
    before = sample;
  }
  return false;
}

/** The parts of spans outside other spans, which are sorted by time. */
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
