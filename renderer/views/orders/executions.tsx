import { Hand } from 'lucide-react';
import type { ReactElement } from 'react';
import type { BridgeState, Order } from '../../../src/api/state.ts';
import { isClose } from '../../../src/protocol/signal.ts';
import { formatDateTime, formatDuration, formatLots, formatPlainPrice, formatTime } from '../../format.ts';
import { appStore } from '../../store/appStore.ts';
import { useApp, useAppState, useNow } from '../../store/hooks.ts';
import type { Column } from '../../ui/tableParts.tsx';
import { VirtualTable } from '../../ui/virtualTable.tsx';
import { actionWords, errorText, stopWords } from './orderWords.ts';
import { actionColours, stateColours, stateIcons } from './stateLook.tsx';

const freshMs = 1_600;

/** Every order of the bridge, refused ones too, the newest first. A row opens all that is known of it. */
export function Executions({ bridge }: { bridge: BridgeState }): ReactElement {
  const all = useAppState(({ orders }) => orders) ?? [];
  const now = useNow();
  const shown = useApp(({ shownOrder }) => shownOrder);
  const orders = all.filter((order) => order.bridge === bridge.id);
  return (
    <VirtualTable
      name="Executions"
      columns={columns}
      count={orders.length}
      rowAt={(index) => orders[index]}
      rowKey={({ number }) => number}
      rowClass={({ at, number }) => (number === shown ? 'bg-raised' : now - at < freshMs ? 'arrived' : '')}
      onOpen={({ number }) => {
        appStore.setState({ shownOrder: number });
      }}
      empty="No order yet. What you fire from the ticket or with “npx bitten-desk fire” is listed here, with what became of it."
    />
  );
}

const columns: Column<Order>[] = [
  { header: 'Time', width: 6.4, cell: ({ at }) => <span title={formatDateTime(at)}>{formatTime(at)}</span> },
  {
    header: 'ID',
    width: 11.6,
    cell: ({ signalId }) => (
      <span className="font-mono" title={signalId}>
        {signalId}
      </span>
    ),
  },
  {
    header: 'Side',
    width: 5.2,
    cell: ({ action }) => <span className={`font-medium ${actionColours[action]}`}>{actionWords[action]}</span>,
  },
  { header: 'Symbol', width: 5.8, cell: ({ symbol }) => <span className="font-medium">{symbol}</span> },
  {
    header: 'Lots',
    width: 4,
    right: true,
    cell: ({ action, lot }) =>
      isClose(action) ? <Nothing /> : Number.isInteger(lot * 100) ? formatLots(lot) : String(lot),
  },
  { header: 'SL', width: 5.8, right: true, cell: (order) => <Stop order={order} value={order.sl} /> },
  { header: 'TP', width: 5.8, right: true, cell: (order) => <Stop order={order} value={order.tp} /> },
  { header: 'State', width: 7.6, cell: (order) => <State order={order} /> },
  {
    header: 'Ticket',
    width: 6,
    right: true,
    cell: ({ ticket }) => (ticket === null ? <Nothing /> : formatPlainPrice(ticket)),
  },
  {
    header: 'Price',
    width: 6,
    right: true,
    cell: ({ price }) => (price === null ? <Nothing /> : formatPlainPrice(price)),
  },
  { header: 'Error', width: null, cell: (order) => <ErrorText order={order} /> },
  {
    header: 'Round trip',
    width: 6.2,
    right: true,
    cell: ({ roundTripMs }) => (roundTripMs === null ? <Nothing /> : formatDuration(roundTripMs)),
  },
];

function Nothing(): ReactElement {
  return <span className="text-muted">–</span>;
}

/** The unit stands beside every stop (W5). */
function Stop({ order: { action, stopUnit: unit }, value }: { order: Order; value: number }): ReactElement {
  if (isClose(action)) return <Nothing />;
  if (value === 0) return <span className="text-muted">none</span>;
  return (
    <span title={stopWords(value, unit)}>
      {value} <span className="text-xs text-muted">{unit === 'points' ? 'pts' : (unit ?? '?')}</span>
    </span>
  );
}

/** A hand marks what a person has settled. */
export function State({ order }: { order: Order }): ReactElement {
  const Icon = stateIcons[order.state];
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium ${stateColours[order.state]}`}>
      <Icon className="size-3.5 shrink-0" aria-hidden="true" />
      {order.state}
      {order.settledBy !== null && (
        <span title="Settled by hand">
          <Hand className="size-3.5" aria-hidden="true" />
          <span className="sr-only"> by hand</span>
        </span>
      )}
    </span>
  );
}

function ErrorText({ order }: { order: Order }): ReactElement {
  const text = errorText(order);
  return text === '' ? <Nothing /> : <span title={text}>{text}</span>;
}
