import { Cpu, Hand } from 'lucide-react';
import type { ReactElement } from 'react';
import { type EngineSource, isEngineSource, type Order } from '../../../src/domain/orders/order.ts';
import { formatDateTime, formatDay, formatDuration, formatPriceLike, formatTime } from '../../format.ts';
import { useNow } from '../../store/hooks.ts';
import type { Column } from '../../ui/tableParts.tsx';
import { actionWords, errorText, firedWords, lotWords, sourceWords, stopWords } from '../../shared/orderWords.ts';
import { actionColours, stateColours, stateIcons } from '../../shared/stateLook.tsx';
import { isClose } from '../../../src/domain/tradeTerms.ts';

/** Columns of executions. Tests find them by their heads. */
export const executionColumns: Column<Order>[] = [
  {
    header: 'Time',
    sort: 'number',
    width: 9.4,
    cell: ({ at }) => <Time at={at} />,
  },
  {
    header: 'ID',
    sort: 'signalId',
    width: 12,
    cell: ({ signalId, source }) => (
      <span className="font-mono" title={signalId}>
        {isEngineSource(source) && <SourceMark source={source} />}
        {signalId}
      </span>
    ),
  },
  {
    header: 'Source',
    width: 8.5,
    wide: 'very wide',
    cell: (order) => <span title={firedWords(order)}>{order.source}</span>,
  },
  {
    header: 'Side',
    sort: 'action',
    width: 5.2,
    cell: ({ action }) => <span className={`font-medium ${actionColours[action]}`}>{actionWords[action]}</span>,
  },
  { header: 'Symbol', sort: 'symbol', width: 5.8, cell: ({ symbol }) => <span className="font-medium">{symbol}</span> },
  {
    header: 'Lots',
    sort: 'lot',
    width: 5.2,
    right: true,
    cell: (order) => (isClose(order.action) ? <Nothing /> : <Lots order={order} />),
  },
  { header: 'SL', sort: 'sl', width: 5.7, right: true, cell: (order) => <Stop order={order} value={order.sl} /> },
  { header: 'TP', sort: 'tp', width: 5.7, right: true, cell: (order) => <Stop order={order} value={order.tp} /> },
  { header: 'State', sort: 'state', width: 7.6, cell: (order) => <State order={order} /> },
  {
    header: 'Ticket',
    sort: 'ticket',
    width: 6.8,
    right: true,
    cell: ({ ticket }) => (ticket === null ? <Nothing /> : <span title={ticket}>{ticket}</span>),
  },
  {
    header: 'Price',
    sort: 'price',
    width: 5.6,
    right: true,
    cell: ({ price, quote }) => (price === null ? <Nothing /> : formatPriceLike(price, quote)),
  },
  { header: 'Error', width: null, cell: (order) => <ErrorText order={order} /> },
  {
    header: 'Round trip',
    sort: 'roundTripMs',
    width: 6.2,
    right: true,
    cell: ({ roundTripMs }) => (roundTripMs === null ? <Nothing /> : formatDuration(roundTripMs)),
  },
];

/** Icon in place of the source's name, for little room. */
function SourceMark({ source }: { source: EngineSource }): ReactElement {
  return (
    <span title={sourceWords(source)} className="2xl:hidden">
      <Cpu role="img" aria-label={sourceWords(source)} className="mr-1 inline size-3.5 align-[-2px] text-muted" />
    </span>
  );
}

/** Time, with the day where it isn't today. */
export function Time({ at }: { at: number }): ReactElement {
  const today = formatDay(useNow());
  const day = formatDay(at);
  return (
    <span title={formatDateTime(at)}>
      {day !== today && <span className="text-muted">{day} </span>}
      {formatTime(at)}
    </span>
  );
}

function Nothing(): ReactElement {
  return <span className="text-muted">–</span>;
}

/** Lots: traded above requested ones where they differ, as the column is narrow. */
function Lots({ order }: { order: Order }): ReactElement {
  const [traded, asked] = lotWords(order);
  if (asked === null) return <>{traded}</>;
  return (
    <span title={`${traded} of ${asked} lots were traded`} className="block leading-[0.875rem]">
      <span className="block font-medium text-quiet">{traded} </span>
      <span className="block text-muted">of {asked}</span>
    </span>
  );
}

/** A stop with its unit (W5). */
function Stop({ order: { action, stopUnit: unit }, value }: { order: Order; value: number }): ReactElement {
  if (isClose(action)) return <Nothing />;
  if (value === 0) return <span className="text-muted">none</span>;
  if (unit === 'price')
    return (
      <span title={stopWords(value, unit)}>
        <span className="text-xs text-muted">at</span> {value}
      </span>
    );
  return (
    <span title={stopWords(value, unit)}>
      {value} <span className="text-xs text-muted">{unit === 'points' ? 'pts' : '?'}</span>
    </span>
  );
}

/** State of an order; a hand marks one settled by a person. */
export function State({ order }: { order: Order }): ReactElement {
  const Icon = stateIcons[order.state];
  return (
    <span className={`inline-flex items-center gap-1.5 align-top font-medium ${stateColours[order.state]}`}>
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
