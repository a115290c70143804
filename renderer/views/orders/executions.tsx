import { ArrowUp } from 'lucide-react';
import { useEffect, useRef, type ReactElement } from 'react';
import { matchesAny, orderSortKeys, type OrderSort } from '../../../src/api/queries/orderQuery.ts';
import { isSameOrder, orderKey } from '../../../src/domain/orders/orderRef.ts';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { tradingDay } from '../../../src/domain/tradingDay.ts';
import { formatNumber } from '../../format.ts';
import { appStore } from '../../store/appStore.ts';
import { useApp, useNow, useOrphans } from '../../store/hooks.ts';
import { daysOf, orderFilter, useOrderFilter } from '../../store/orderFilter.ts';
import { VirtualTable } from '../../ui/virtualTable.tsx';
import { executionColumns } from './executionColumns.tsx';
import { ClearFilter, ExecutionFilters } from './executionFilters.tsx';
import { ExportButton } from './exportButton.tsx';
import { GoneOrders } from './goneOrders.tsx';
import { orderList, type ShownOrders, useOrderList } from './useOrderList.ts';

const freshMs = 1_600;

/** Every order of the bridge, refused ones too, newest first unless sorted otherwise. A row opens its details. */
export function Executions({ bridge }: { bridge: BridgeState }): ReactElement {
  const { match, days, sort } = useOrderFilter();
  const now = useNow();
  const today = tradingDay(now, bridge.limits.day);
  const { from, to } = daysOf(days, today);
  const query = { bridge: bridge.id, match, from, to, sort };
  const list = useOrderList(query);
  const orphans = useOrphans(bridge);
  const shown = useApp(({ shownOrder }) => shownOrder);
  const box = useRef<HTMLDivElement>(null);
  const narrowed = !matchesAny(match) || from !== null || to !== null;
  useEffect(() => {
    toTop(box.current);
  }, [bridge.id, match, from, to, sort]);
  return (
    <div ref={box} className="@container flex h-full flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-1.5 border-b border-line px-3 py-1">
        <ExecutionFilters choices={list.choices} today={today} />
        <ClearFilter disabled={!narrowed} />
        <Standing list={list} />
        <ExportButton query={query} today={today} />
      </div>
      <GoneOrders orders={orphans} />
      <div className="relative min-h-24 flex-1">
        {list.waiting > 0 && (
          <button
            type="button"
            onClick={() => {
              orderList.showNew();
              toTop(box.current);
            }}
            className="figures absolute top-10 left-1/2 z-[2] h-7 -translate-x-1/2 rounded-full border border-focus bg-panel px-3 text-xs font-medium shadow-[var(--shadow)] hover:bg-raised"
          >
            <ArrowUp className="mr-1 inline size-3.5" aria-hidden="true" />
            {newOrders(list.waiting)}
          </button>
        )}
        <VirtualTable
          name="Executions"
          minWidth={960}
          columns={executionColumns}
          count={list.count}
          isCounted={list.isCounted}
          rowAt={list.rowAt}
          rowKey={orderKey}
          rowClass={(order) => (isSameOrder(order, shown) ? 'bg-raised' : now - order.at < freshMs ? 'arrived' : '')}
          sorting={{
            ...sort,
            onSort: (by) => {
              orderFilter.setState({ sort: nextSort(sort, by) });
            },
          }}
          onShow={onShow}
          onTop={onTop}
          onOpen={({ bridge: id, number }) => {
            appStore.setState({ shownOrder: { bridge: id, number } });
          }}
          empty={
            narrowed
              ? 'No order matches. Clear the filter to see all of them.'
              : 'No order yet. What you fire from the ticket or with “npx bitten-desk fire” is listed here, with what became of it.'
          }
        />
      </div>
    </div>
  );
}

function onShow(first: number, end: number): void {
  orderList.show(first, end);
}

function onTop(atTop: boolean): void {
  orderList.setTop(atTop);
}

function toTop(box: HTMLElement | null): void {
  box?.querySelector('[role=group]:has(> table)')?.scrollTo({ top: 0 });
}

/** Number of orders found, or why it isn't known yet. */
function Standing({ list: { count, failure, ready } }: { list: ShownOrders }): ReactElement {
  const reading = ready < 1 ? `Getting ready, ${formatNumber(Math.floor(ready * 100), 0)} %` : null;
  return (
    <span
      role="status"
      title={failure ?? (reading === null ? undefined : 'Earlier orders can be filtered once all are read')}
      className={`figures ml-auto min-w-0 truncate text-right text-xs ${failure !== null ? 'text-down' : reading !== null ? 'text-quiet' : 'text-muted'}`}
    >
      {failure ?? reading ?? (
        <>
          {formatNumber(count, 0)}
          <span className="sr-only @min-[46rem]:not-sr-only"> {count === 1 ? 'order' : 'orders'}</span>
        </>
      )}
    </span>
  );
}

function newOrders(count: number): string {
  return count === 1 ? '1 new order' : `${formatNumber(count, 0)} new orders`;
}

/** Sorting after a click: the same column is reversed; another one begins with the largest or newest, texts with A. */
function nextSort(sort: OrderSort, by: string): OrderSort {
  const key = orderSortKeys.find((each) => each === by) ?? 'number';
  if (key === sort.by) return { by: key, down: !sort.down };
  return { by: key, down: !['signalId', 'action', 'symbol', 'state'].includes(key) };
}
