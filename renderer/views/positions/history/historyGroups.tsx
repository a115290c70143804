import type { ReactElement } from 'react';
import { reasonWords } from '../../../../src/api/presentation/openedBy.ts';
import type { DealGroup, DealGroupsRequest } from '../../../../src/api/queries/deals.ts';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import type { TradeReason } from '../../../../src/domain/positions/openTrades.ts';
import { formatChange, formatNumber } from '../../../format.ts';
import type { Days } from '../../../store/orderFilter.ts';
import { useRepeated } from '../../../store/useRepeated.ts';
import { Nothing } from '../../../ui/nothing.tsx';
import type { Column } from '../../../ui/tableParts.tsx';
import { VirtualTable } from '../../../ui/virtualTable.tsx';
import { Gain } from '../positionColumns.tsx';

type Grouping = DealGroupsRequest['by'];

/** Interval at which the sums are asked for anew, ms. */
const againMs = 3_000;

const heads: Record<Grouping, string> = { symbol: 'Symbol', opener: 'Opened by', month: 'Month (UTC)' };

/** Sums of the days' deals by symbol, by who opened the position, or by month. */
export function HistoryGroups({ bridge, days, by }: { bridge: BridgeState; days: Days; by: Grouping }): ReactElement {
  const { id } = bridge;
  const { answer, failure } = useRepeated(['dealGroups', id, bridge.accountKey, days, by], againMs, (client) =>
    client.call('dealGroups', { bridge: id, ...days, by }),
  );
  const groups = answer ?? [];
  return (
    <VirtualTable
      name="Closed trades, added up"
      minWidth={760}
      columns={columnsOf(by)}
      count={groups.length}
      rowAt={(index) => groups[index]}
      rowKey={({ name }) => name}
      empty={failure ?? (answer === null ? 'Reading the history.' : 'There is no deal in these days.')}
    />
  );
}

function columnsOf(by: Grouping): Column<DealGroup>[] {
  return [
    { header: heads[by], width: 14, cell: ({ name }) => <span className="font-medium">{nameWords(name, by)}</span> },
    {
      header: 'Net',
      width: 8,
      right: true,
      cell: ({ profit, swap, costs }) => (
        <Gain value={profit + swap + costs} title="Profit, swap, commission and fee" />
      ),
    },
    { header: 'Profit', width: 8, right: true, cell: ({ profit }) => formatChange(profit) },
    { header: 'Swap', width: 6, right: true, cell: ({ swap }) => formatChange(swap) },
    { header: 'Costs', width: 6, right: true, cell: ({ costs }) => formatChange(costs) },
    { header: 'Trades', width: 6, right: true, cell: ({ closed }) => formatNumber(closed, 0) },
    {
      header: 'Won',
      width: 6,
      right: true,
      cell: ({ closed, won }) => (closed === 0 ? <Nothing /> : `${formatNumber((won / closed) * 100, 0)} %`),
    },
    {
      header: 'Net a trade',
      width: null,
      right: true,
      cell: ({ closed, profit, swap, costs }) =>
        closed === 0 ? <Nothing /> : formatChange((profit + swap + costs) / closed),
    },
  ];
}

function nameWords(name: string, by: Grouping): string {
  if (by !== 'opener') return name;
  if (name === '') return 'not known';
  return name in reasonWords ? reasonWords[name as TradeReason] : name;
}
