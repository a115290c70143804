import { lazy, Suspense, useState, type ReactElement, type ReactNode } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import type { StatisticsFilter } from '../../../src/api/queries/statistics.ts';
import { tradingDay } from '../../../src/domain/tradingDay.ts';
import { accountCurrency } from '../../accountCurrency.ts';
import { formatMoney, formatNumber } from '../../format.ts';
import { useNow } from '../../store/hooks.ts';
import { useStatistics, type StatisticsAnswer } from '../../store/statisticsAnswers.ts';
import { CsvButton } from '../../ui/csvButton.tsx';
import { saveCsv } from '../../ui/saveFile.ts';
import { AwardList } from './awardList.tsx';
import { ReasonBars } from './reasonBars.tsx';
import { StatisticsFigures } from './statisticsFigures.tsx';
import { StatisticsFilters, type NameFilter } from './statisticsFilters.tsx';
import { statisticsCsv, statisticsName } from './statisticsCsv.ts';
import { drawnAccount, equityChange, rangeSpan, xpDaysOf, type StatisticsRange } from './statisticsWords.ts';

// Loaded once there is something to draw.
const DayChart = lazy(async () => ({ default: (await import('./dayChart.tsx')).DayChart }));

/** Results of all orders so far, and the XP they earned. */
export function Statistics({ bridge }: { bridge: BridgeState }): ReactElement {
  const [names, setNames] = useState<NameFilter>({ account: null, source: null, symbol: null });
  const [range, setRange] = useState<StatisticsRange>('days30');
  const today = tradingDay(useNow(), bridge.limits.day);
  const filter = { ...names, ...rangeSpan(range, today) };
  const answer = useStatistics(bridge.id, filter);
  const counted = Math.min(answer?.statistics.counted ?? 1, answer?.xp.counted ?? 1);
  return (
    <div
      className="flex h-full flex-col gap-2 overflow-auto px-3 py-2"
      tabIndex={0}
      role="group"
      aria-label="Statistics, scrollable"
    >
      <div className="flex shrink-0 flex-wrap items-center gap-2">
        <StatisticsFilters
          filter={names}
          range={range}
          choices={answer?.statistics.choices ?? { accounts: [], sources: [], symbols: [] }}
          onFilter={setNames}
          onRange={setRange}
        />
        {counted < 1 && (
          <span role="status" className="figures text-xs text-quiet">
            Counting earlier orders: {formatNumber(Math.floor(counted * 100), 0)} %
          </span>
        )}
        <CsvButton
          title="The figures of these days, as a CSV file"
          // Half-counted figures in a file would look like whole ones.
          disabled={answer === null || counted < 1}
          className="ml-auto"
          onClick={() => {
            if (answer === null) return;
            const file = statisticsCsv(answer, filter, today, accountCurrency(bridge));
            saveCsv(statisticsName(bridge.id, filter, today), [file]);
          }}
        />
      </div>
      {answer === null ? null : <Results answer={answer} filter={filter} currency={accountCurrency(bridge)} />}
    </div>
  );
}

function Results({
  answer: { statistics, xp },
  filter,
  currency,
}: {
  answer: StatisticsAnswer;
  filter: StatisticsFilter;
  currency: string | null;
}): ReactElement {
  const account = drawnAccount(statistics.equity, filter);
  const equity = statistics.equity.filter((each) => each.account === account);
  const xpDays = xpDaysOf(xp, filter);
  if (statistics.totals.orders === 0 && equity.length === 0 && xp.total === 0) {
    const narrowed = Object.values(filter).some((each) => each !== null);
    return (
      <p className="flex flex-1 items-center justify-center p-6 text-center text-sm text-muted">
        {narrowed
          ? 'Nothing in these days. What you fire from the ticket or with “npx bitten-desk fire” is counted here; for earlier orders choose All.'
          : 'No order yet. What you fire from the ticket or with “npx bitten-desk fire” is counted here.'}
      </p>
    );
  }
  return (
    <>
      <StatisticsFigures
        figures={statistics.totals}
        equityChange={equityChange(equity)}
        currency={currency}
        xp={xp.total}
      />
      <div className="grid min-h-36 flex-1 grid-cols-4 gap-2">
        <Part title="Equity by day" aside={account ?? ''}>
          <Suspense>
            <DayChart
              points={equity.map(({ day, last }) => ({ day, value: last }))}
              colour="var(--equity)"
              format={(value) => `${formatMoney(value)} ${currency ?? ''}`}
              empty="No equity in these days."
            />
          </Suspense>
        </Part>
        <Part title="XP over time">
          <Suspense>
            <DayChart
              points={xpDays.map(({ day, total }) => ({ day, value: total }))}
              colour="var(--xp)"
              steps
              format={(value) => `${formatNumber(value, 0)} XP`}
              empty="No XP in these days."
            />
          </Suspense>
        </Part>
        <Part title="Rejects by reason">
          <ReasonBars rejects={statistics.rejects} refusals={statistics.refusals} />
        </Part>
        <Part title="Awards">
          <AwardList awards={xp.awards} />
        </Part>
      </div>
    </>
  );
}

function Part({ title, aside = '', children }: { title: string; aside?: string; children: ReactNode }): ReactElement {
  return (
    <section aria-label={title} className="flex min-h-0 min-w-0 flex-col rounded-[6px] border border-line">
      <h3 className="flex shrink-0 items-baseline justify-between gap-2 px-3 pt-1.5 pb-1 text-xs">
        <span className="font-semibold whitespace-nowrap">{title}</span>
        <span className="truncate text-muted" title={aside}>
          {aside}
        </span>
      </h3>
      {children}
    </section>
  );
}
