import { useState, type ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import type { Quote } from '../../../src/domain/market/quote.ts';
import { accountCurrency } from '../../accountCurrency.ts';
import { formatAge, formatTime } from '../../format.ts';
import { useApp, useAppState, useNow } from '../../store/hooks.ts';
import { ChoiceGroup } from '../../ui/choiceGroup.tsx';
import { VirtualTable } from '../../ui/virtualTable.tsx';
import { digitsOf, instrumentOf } from '../../shared/symbolContext.ts';
import { pendingColumns, type PendingRow } from './pendingColumns.tsx';
import { positionColumns } from './positionColumns.tsx';
import {
  type PositionRow,
  positionRows,
  type PositionSortKey,
  positionSortKeys,
  sortedRows,
} from '../../shared/positionRows.ts';
import { appStore } from '../../store/appStore.ts';
import { type ChangeAsker, ChangeAskerContext } from './changes/askedChange.ts';
import { ChangeResult } from './changes/changeResult.tsx';
import { ClosedHistory } from './history/closedHistory.tsx';
import { PositionSumsLine } from './positionSums.tsx';
import { untoldTrades } from '../../../src/api/presentation/untoldTrades.ts';

const noQuotes: readonly Quote[] = [];
/** Age at which a list is late, ms: the EA sends it every 30 s. */
const listedMs = 75_000;
const kinds = ['positions', 'orders', 'history'] as const;

/** What the account has open, whoever opened it: positions with their figures of now, pending orders, and closed trades. */
export function Positions({ bridge }: { bridge: BridgeState }): ReactElement {
  const [kind, setKind] = useState<(typeof kinds)[number]>('positions');
  const { positions, orders, positionsAt, ordersAt, isCurrent } = bridge.openTrades;
  const quotes = useAppState((app) => app.quotes[bridge.id]) ?? noQuotes;
  const now = useNow();
  const rows = kind === 'positions' ? positionRows(bridge, { quotes, now }) : [];
  const at = { positions: positionsAt, orders: ordersAt, history: null }[kind];
  const names = {
    positions: `Positions ${positions === null ? '' : String(positions.length)}`.trim(),
    orders: `Orders ${orders === null ? '' : String(orders.length)}`.trim(),
    history: 'History',
  };
  const last = useApp((store) => store.lastChange);
  const dead = changeBlock(bridge);
  const asker: ChangeAsker = {
    ask: (asked) => {
      appStore.setState({ askedChange: { ...asked, bridge: bridge.id } });
    },
    dead,
  };
  return (
    <div className={`flex h-full flex-col ${isCurrent || at === null ? '' : 'opacity-60'}`}>
      <div className="flex shrink-0 items-center gap-x-4 border-b border-line px-3 py-1">
        <ChoiceGroup label="What is open" values={kinds} names={names} value={kind} onChange={setKind} />
        {rows.length > 0 && (
          <PositionSumsLine rows={rows} equity={bridge.account.equity} currency={accountCurrency(bridge)} />
        )}
        {at !== null && (
          <span
            className={`figures ml-auto shrink-0 text-xs ${now - at > listedMs ? 'font-medium text-quiet' : 'text-muted'}`}
          >
            {isCurrent ? listOf(at, now) : lastKnown(formatTime(at), bridge)}
          </span>
        )}
      </div>
      {last?.bridge === bridge.id && <ChangeResult of={last} />}
      <div className="min-h-16 flex-1">
        <ChangeAskerContext value={asker}>
          {kind === 'positions' && <OpenPositions bridge={bridge} rows={rows} />}
          {kind === 'orders' && <PendingOrders bridge={bridge} quotes={quotes} />}
          {kind === 'history' && <ClosedHistory bridge={bridge} quotes={quotes} />}
        </ChangeAskerContext>
      </div>
    </div>
  );
}

/** Why nothing of what is open can be changed now; null: it can. */
function changeBlock({ channels, openTrades, speaks8 }: BridgeState): string | null {
  if (!speaks8) return openTrades.isCurrent ? 'The EA takes no changes of single positions.' : noEa;
  return channels.command.peer === null ? noEa : null;
}

const noEa = 'No EA is connected, so nothing can be changed from here. Do it in MT5 now.';

function listOf(at: number, now: number): string {
  return `list of ${formatTime(at)}${now - at > listedMs ? `, ${formatAge(now - at)} old` : ''}`;
}

function lastKnown(time: string, { stream }: BridgeState): string {
  return `last known at ${time}: the EA ${stream === 'current' ? 'has not told it since it connected again' : 'is not connected'}`;
}

function OpenPositions({ bridge, rows }: { bridge: BridgeState; rows: readonly PositionRow[] }): ReactElement {
  const [sort, setSort] = useState<{ by: PositionSortKey; down: boolean }>({ by: 'openedAt', down: true });
  const sorted = sortedRows(rows, sort.by, sort.down);
  return (
    <VirtualTable
      name="Positions"
      minWidth={900}
      columns={positionColumns}
      count={sorted.length}
      rowAt={(index) => sorted[index]}
      rowKey={({ position }) => position.position}
      sorting={{
        ...sort,
        onSort: (by) => {
          const key = positionSortKeys.find((each) => each === by) ?? 'openedAt';
          setSort(key === sort.by ? { by: key, down: !sort.down } : { by: key, down: key !== 'symbol' });
        },
      }}
      empty={bridge.openTrades.positions === null ? untoldTrades(bridge) : 'Nothing is open.'}
    />
  );
}

function PendingOrders({ bridge, quotes }: { bridge: BridgeState; quotes: readonly Quote[] }): ReactElement {
  const { orders } = bridge.openTrades;
  const rows = (orders ?? []).map((order): PendingRow => {
    const quote = quotes.find(({ symbol }) => symbol === order.symbol) ?? null;
    return { order, digits: digitsOf(instrumentOf(bridge, quotes, order.symbol), quote), bridge: bridge.id };
  });
  return (
    <VirtualTable
      name="Pending orders"
      minWidth={760}
      columns={pendingColumns}
      count={rows.length}
      rowAt={(index) => rows[index]}
      rowKey={({ order }) => order.order}
      empty={orders === null ? untoldTrades(bridge) : 'No order is pending.'}
    />
  );
}
