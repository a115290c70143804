import type { ReactElement } from 'react';
import type { BridgeState, Order } from '../../../src/api/state.ts';
import { formatDateTime, formatDuration, formatLots, formatPlainPrice, formatTime } from '../../format.ts';
import { useAppState, useNow } from '../../store/hooks.ts';
import { DataTable, type Column } from '../../ui/dataTable.tsx';
import { stateColours, stateIcons } from './stateLook.tsx';

const freshMs = 1_600;
const sides = { buy: 'Buy', sell: 'Sell', close: 'Close', close_all: 'Close all' } as const;

/** Every order of the bridge, refused ones too, the newest first. */
export function Executions({ bridge }: { bridge: BridgeState }): ReactElement {
  const all = useAppState(({ orders }) => orders) ?? [];
  const now = useNow();
  const orders = all.filter((order) => order.bridge === bridge.id);
  return (
    <DataTable
      name="Executions"
      columns={columns}
      rows={orders}
      rowKey={({ number }) => number}
      rowClass={({ at }) => (now - at < freshMs ? 'arrived' : '')}
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
    width: 3.6,
    cell: ({ action }) => (
      <span className={`font-medium ${action === 'buy' ? 'text-equity' : action === 'sell' ? 'text-down' : ''}`}>
        {sides[action]}
      </span>
    ),
  },
  { header: 'Symbol', width: 5.8, cell: ({ symbol }) => <span className="font-medium">{symbol}</span> },
  {
    header: 'Lots',
    width: 4,
    right: true,
    cell: ({ lot }) => (Number.isInteger(lot * 100) ? formatLots(lot) : String(lot)),
  },
  { header: 'SL', width: 5.8, right: true, cell: (order) => <Stop value={order.sl} unit={order.stopUnit} /> },
  { header: 'TP', width: 5.8, right: true, cell: (order) => <Stop value={order.tp} unit={order.stopUnit} /> },
  { header: 'State', width: 7.2, cell: (order) => <State order={order} /> },
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
function Stop({ value, unit }: { value: number; unit: Order['stopUnit'] }): ReactElement {
  if (value === 0) return <span className="text-muted">none</span>;
  return (
    <span title={unit === 'points' ? 'points' : 'price'}>
      {value} <span className="text-xs text-muted">{unit === 'points' ? 'pts' : 'price'}</span>
    </span>
  );
}

function State({ order }: { order: Order }): ReactElement {
  const Icon = stateIcons[order.state];
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium ${stateColours[order.state]}`}>
      <Icon className="size-3.5 shrink-0" aria-hidden="true" />
      {order.state}
    </span>
  );
}

function ErrorText({ order }: { order: Order }): ReactElement {
  const text = errorText(order);
  return text === '' ? <Nothing /> : <span title={text}>{text}</span>;
}

/** What went wrong or is odd about an order, in one line. */
function errorText(order: Order): string {
  const parts: string[] = [];
  if (order.refusal !== null) parts.push(`${order.refusal.reason} (${order.refusal.code})`);
  if (order.state !== 'filled' && order.message !== null) parts.push(order.message);
  if (order.late) parts.push('Late: the result came after the order was unknown.');
  if (order.unverified) parts.push('Unverified: the EA named no ticket or price.');
  if (order.contradicted) parts.push('Contradicted: the EA sent a second, different result.');
  else if (order.repeats > 0) parts.push('The EA sent its result more than once.');
  if (order.state === 'filled' && order.message !== null) parts.push(order.message);
  return parts.join(' ');
}
