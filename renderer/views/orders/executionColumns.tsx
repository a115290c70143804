import { kindOfEntry } from '../../../src/api/presentation/entryWords.ts';
import { Cpu } from 'lucide-react';
import type { ReactElement } from 'react';
import { type EngineSource, isEngineSource, type Order } from '../../../src/domain/orders/order.ts';
import { isClose, isEntry } from '../../../src/domain/tradeTerms.ts';
import { formatDuration, formatPlain, formatPriceLike } from '../../format.ts';
import {
  actionWords,
  askedWords,
  errorWords,
  firedWords,
  isUnplanned,
  lotWords,
  sourceWords,
  stopWords,
} from '../../shared/orderWords.ts';
import { State } from '../../shared/orderState.tsx';
import { actionColours } from '../../shared/stateLook.tsx';
import { Time } from '../../shared/time.tsx';
import { useDigits } from '../../store/useDigits.ts';
import { Nothing } from '../../ui/nothing.tsx';
import type { Column } from '../../ui/tableParts.tsx';

/** Widths in em. */
const ticketWidth = 6.4;
const priceWidth = 5.6;

/** Whether the cells before the error are empty, so that the error has their room. */
const hasNoFill = ({ ticket, price }: Order): boolean => ticket === null && price === null;

/** Columns of executions. Tests find them by their heads. */
export const executionColumns: Column<Order>[] = [
  {
    header: 'Time',
    sort: 'number',
    width: 6.3,
    cell: ({ at, bridge }) => <Time at={at} bridge={bridge} />,
  },
  {
    header: 'ID',
    sort: 'signalId',
    width: 11,
    cell: ({ signalId, source }) => (
      <span
        className={`line-clamp-2 font-mono leading-[0.875rem] break-all whitespace-normal ${signalId.length > 14 ? 'text-[0.6875rem]' : ''}`}
        title={signalId}
      >
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
    width: 4.4,
    cell: ({ action, entry }) => (
      <span className={`block leading-[0.875rem] font-medium whitespace-normal ${actionColours[action]}`}>
        {actionWords[action]}
        {kindOfEntry(entry)}
      </span>
    ),
  },
  { header: 'Symbol', sort: 'symbol', width: 5.8, cell: ({ symbol }) => <span className="font-medium">{symbol}</span> },
  {
    header: 'Lots',
    sort: 'lot',
    width: 4.6,
    right: true,
    cell: (order) => (isClose(order.action) ? <Nothing /> : <Lots order={order} />),
  },
  { header: 'SL', sort: 'sl', width: 6.4, right: true, cell: (order) => <Stop order={order} value={order.sl} /> },
  { header: 'TP', sort: 'tp', width: 6.4, right: true, cell: (order) => <Stop order={order} value={order.tp} /> },
  { header: 'State', sort: 'state', width: 7.7, cell: (order) => <State order={order} /> },
  {
    header: 'Ticket',
    sort: 'ticket',
    width: ticketWidth,
    right: true,
    cell: (order) => <Ticket order={order} />,
  },
  {
    header: 'Price',
    sort: 'price',
    width: priceWidth,
    right: true,
    cell: (order) => <Price order={order} />,
  },
  {
    header: 'Error',
    width: null,
    cell: (order) => <ErrorText order={order} />,
    reach: (order) => (hasNoFill(order) && errorWords(order).what !== '' ? ticketWidth + priceWidth : 0),
  },
  {
    header: 'Round trip',
    sort: 'roundTripMs',
    width: 5.6,
    wrapHead: true,
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

function unplannedWords(order: Order): string {
  return `It ended before the desk had worked it out; ${askedWords(order) ?? 'nothing was asked for'}`;
}

/** Lots: traded above requested ones where they differ, as the column is narrow. */
function Lots({ order }: { order: Order }): ReactElement {
  if (isUnplanned(order)) return <Nothing why={unplannedWords(order)} />;
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
function Stop({ order, value }: { order: Order; value: number }): ReactElement {
  const { action, bridge, stopUnit: unit, symbol } = order;
  const digits = useDigits(bridge, symbol);
  if (!isEntry(action) && !action.startsWith('modify')) return <Nothing />;
  if (isUnplanned(order)) return <Nothing why={unplannedWords(order)} />;
  if (value === 0) return <span className="text-muted">none</span>;
  if (unit === 'price')
    return (
      <span title={stopWords(value, unit, digits)}>
        <span className="text-xs text-muted">at</span> {formatPriceLike(value, null, digits)}
      </span>
    );
  return (
    <span title={stopWords(value, unit)}>
      {formatPlain(value)} <span className="text-xs text-muted">{unit === 'points' ? 'pts' : '?'}</span>
    </span>
  );
}

/** Unseen where the error reaches over the cell. */
function NoFill({ order }: { order: Order }): ReactElement {
  return hasNoFill(order) && errorWords(order).what !== '' ? <span className="sr-only">–</span> : <Nothing />;
}

function Ticket({ order }: { order: Order }): ReactElement {
  const { ticket } = order;
  return ticket === null ? <NoFill order={order} /> : <span title={ticket}>{ticket}</span>;
}

/** A price with its symbol's digits. */
function Price({ order }: { order: Order }): ReactElement {
  const { bridge, price, quote, symbol } = order;
  const digits = useDigits(bridge, symbol);
  return price === null ? <NoFill order={order} /> : <>{formatPriceLike(price, quote, digits)}</>;
}

/** What happened above what to do, so that neither hides the other. */
function ErrorText({ order }: { order: Order }): ReactElement {
  const { what, nextStep } = errorWords(order);
  if (what === '') return <Nothing />;
  return (
    <span title={[what, nextStep].filter((part) => part !== null).join('\n')} className="block leading-[0.875rem]">
      <span className={nextStep === null ? 'line-clamp-2 whitespace-normal' : 'block truncate'}>{what} </span>
      {nextStep !== null && <span className="block truncate text-muted">{nextStep}</span>}
    </span>
  );
}
