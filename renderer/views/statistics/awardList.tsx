import type { ReactElement } from 'react';
import type { XpAward } from '../../../src/api/queries/statistics.ts';
import { formatDateTime } from '../../format.ts';
import { appStore } from '../../store/appStore.ts';
import { useAppState } from '../../store/hooks.ts';
import { awardSubject, awardWords } from './statisticsWords.ts';

/** Each award with its reason and the order that it was given for, the newest first. */
export function AwardList({ awards }: { awards: XpAward[] }): ReactElement {
  const orders = useAppState((app) => app.orders) ?? [];
  if (awards.length === 0) {
    return (
      <p className="flex flex-1 items-center justify-center p-3 text-center text-xs text-muted">
        No XP yet. Each filled buy or sell gives 5.
      </p>
    );
  }
  return (
    <ul aria-label="Awards" className="min-h-0 flex-1 overflow-y-auto pb-2" tabIndex={0}>
      {awards.map((award) => {
        const order = orders.find(({ bridge, number }) => bridge === award.bridge && number === award.order);
        return (
          <li
            key={`${String(award.seq)} ${award.reason}`}
            title={formatDateTime(award.at)}
            className="figures flex items-baseline gap-2 px-3 py-0.5 text-xs"
          >
            <span className="w-7 shrink-0 text-right font-medium">+{award.points}</span>
            <span className="shrink-0">{awardWords[award.reason]}</span>
            {order !== undefined ? (
              <button
                type="button"
                className="ml-auto min-h-6 min-w-0 truncate font-mono text-muted underline decoration-line underline-offset-2 hover:text-text"
                onClick={() => {
                  appStore.setState({ shownOrder: { bridge: order.bridge, number: order.number } });
                }}
              >
                {awardSubject(award)}
              </button>
            ) : (
              <span className="ml-auto min-h-6 min-w-0 truncate font-mono text-muted">{awardSubject(award)}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
