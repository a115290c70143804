import type { ReactElement } from 'react';
import type { ReasonCount } from '../../../src/api/queries/statistics.ts';
import { formatNumber } from '../../format.ts';
import { reasonWords } from '../../shared/refusalWords.ts';
import { rejectAdvice } from '../../../src/protocol/ea/rejectAdvice.ts';

/** Reasons of rejections and refusals, each with its share of the most frequent one. */
export function ReasonBars({ rejects, refusals }: { rejects: ReasonCount[]; refusals: ReasonCount[] }): ReactElement {
  const bars = [
    ...rejects.map((each) => ({
      ...each,
      words: each.reason,
      more: rejectAdvice(each.reason),
      state: 'rejected',
      colour: 'bg-down',
    })),
    ...refusals.map((each) => ({
      ...each,
      words: reasonWords(each.reason),
      more: each.reason,
      state: 'refused',
      colour: 'bg-quiet',
    })),
  ].sort((one, other) => other.count - one.count);
  const most = bars[0]?.count ?? 1;
  if (bars.length === 0) {
    return <p className="flex flex-1 items-center justify-center p-3 text-xs text-muted">Nothing was turned down.</p>;
  }
  return (
    <ul className="min-h-0 flex-1 overflow-y-auto px-3 pb-2" tabIndex={0} aria-label="Rejects by reason">
      {bars.map(({ reason, words, more, count, state, colour }) => (
        <li key={`${state} ${reason}`} className="pb-1.5 text-xs">
          <div className="flex items-baseline justify-between gap-2">
            <span className="truncate first-letter:uppercase" title={`${words} · ${more}`}>
              {words}
            </span>
            <span className="figures shrink-0 text-muted">
              {state} <span className="font-medium text-text">{formatNumber(count, 0)}</span>
            </span>
          </div>
          <div className="mt-0.5 h-1 rounded-full bg-raised">
            <div
              className={`h-full rounded-full ${colour}`}
              style={{ width: `${String(Math.max((count / most) * 100, 1))}%` }}
            />
          </div>
        </li>
      ))}
    </ul>
  );
}
