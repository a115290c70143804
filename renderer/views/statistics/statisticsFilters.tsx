import { ToggleGroup } from 'radix-ui';
import type { ReactElement } from 'react';
import type { Statistics, StatisticsFilter } from '../../../src/api/queries/statistics.ts';
import { rangeNames, statisticsRanges, type StatisticsRange } from './statisticsWords.ts';
import { NameChoice } from '../../ui/nameChoice.tsx';

export type NameFilter = Pick<StatisticsFilter, 'account' | 'source' | 'symbol'>;

/** Filters of the statistics: account, source, symbol, days. */
export function StatisticsFilters({
  filter,
  range,
  choices,
  onFilter,
  onRange,
}: {
  filter: NameFilter;
  range: StatisticsRange;
  choices: Statistics['choices'];
  onFilter: (filter: NameFilter) => void;
  onRange: (range: StatisticsRange) => void;
}): ReactElement {
  return (
    <>
      <NameChoice
        label="Account"
        all="All accounts"
        names={choices.accounts}
        value={filter.account}
        onChange={(account) => {
          onFilter({ ...filter, account });
        }}
      />
      <NameChoice
        label="Source"
        all="All sources"
        names={choices.sources}
        value={filter.source}
        onChange={(source) => {
          onFilter({ ...filter, source });
        }}
      />
      <NameChoice
        label="Symbol"
        all="All symbols"
        names={choices.symbols}
        value={filter.symbol}
        onChange={(symbol) => {
          onFilter({ ...filter, symbol });
        }}
      />
      <ToggleGroup.Root
        type="single"
        aria-label="Days"
        value={range}
        onValueChange={(value) => {
          const chosen = statisticsRanges.find((each) => each === value);
          if (chosen !== undefined) onRange(chosen);
        }}
        className="flex gap-0.5"
      >
        {statisticsRanges.map((each) => (
          <ToggleGroup.Item
            key={each}
            value={each}
            className="h-7 rounded-[4px] px-2 text-xs whitespace-nowrap text-muted hover:text-text data-[state=on]:bg-raised data-[state=on]:font-semibold data-[state=on]:text-text"
          >
            {rangeNames[each]}
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
    </>
  );
}
