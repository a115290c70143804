import type { PendingOrder } from '../../../src/domain/positions/openTrades.ts';
import { formatLots, formatPrice, timeFormat } from '../../format.ts';
import { actionWords } from '../../shared/orderWords.ts';
import { actionColours } from '../../shared/stateLook.tsx';
import { Time } from '../../shared/time.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import type { Column } from '../../ui/tableParts.tsx';
import { openedBy, openedByInFull } from '../../../src/api/presentation/openedBy.ts';
import { PendingActions } from './changes/rowActions.tsx';
import { Stop } from './positionColumns.tsx';
import type { ReactElement } from 'react';

export const kindWords: Record<PendingOrder['kind'], string> = {
  market: 'market, on its way',
  limit: 'limit',
  stop: 'stop',
  stop_limit: 'stop limit',
  close_by: 'close by',
};

/** An order with the decimals of its prices and its bridge. */
export interface PendingRow {
  order: PendingOrder;
  digits: number;
  bridge: string;
}

/** Columns of pending orders. Tests find them by their heads. Widths in em. */
export const pendingColumns: Column<PendingRow>[] = [
  {
    header: 'Symbol',
    width: 6.6,
    cell: ({ order }) => (
      <span className="font-medium" title={`Order ${order.order}`}>
        {order.symbol}
      </span>
    ),
  },
  {
    header: 'Order',
    width: 9,
    cell: ({ order: { side, kind } }) => (
      <span className={`font-medium ${side === null ? '' : actionColours[side]}`}>
        {side === null ? '' : `${actionWords[side]} `}
        {kindWords[kind]}
      </span>
    ),
  },
  {
    header: 'Lots',
    width: 6.6,
    right: true,
    cell: ({ order: { lots, requested } }) =>
      requested === null || requested === lots ? formatLots(lots) : `${formatLots(lots)} of ${formatLots(requested)}`,
  },
  {
    header: 'Price',
    width: 8,
    right: true,
    cell: ({ order: { price, limitPrice }, digits }) => (
      <>
        {price === null || price === 0 ? <Nothing /> : formatPrice(price, digits)}
        {limitPrice !== null && limitPrice !== 0 && (
          <span className="text-muted"> → {formatPrice(limitPrice, digits)}</span>
        )}
      </>
    ),
  },
  {
    header: 'Stop loss',
    width: 7,
    right: true,
    cell: ({ order: { sl }, digits }) => <Stop price={sl} points={null} digits={digits} none="text-down font-medium" />,
  },
  {
    header: 'Take profit',
    width: 7,
    right: true,
    cell: ({ order: { tp }, digits }) => <Stop price={tp} points={null} digits={digits} none="text-muted" />,
  },
  { header: 'Expires', width: 8, cell: ({ order }) => <Expiry order={order} /> },
  {
    header: 'Placed',
    width: 6.3,
    wide: 'wide',
    cell: ({ order: { placedAt }, bridge }) =>
      placedAt === null ? <Nothing /> : <Time at={placedAt} bridge={bridge} />,
  },
  {
    header: 'Actions',
    width: 10,
    right: true,
    cell: ({ order }) => <PendingActions ticket={order.order} />,
  },
  {
    header: 'Placed by',
    width: null,
    cell: ({ order }) => <span title={openedByInFull(order)}>{openedBy(order)}</span>,
  },
];

const brokerTime = timeFormat({
  ...{ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' },
});

/** Until when an order waits, by the broker's clock, as the terminal has it. */
function Expiry({ order: { until } }: { order: PendingOrder }): ReactElement {
  if (until === null) return <Nothing why="The EA does not tell it" />;
  if (until === 0) return <>until cancelled</>;
  return <span title="By the broker's clock">{brokerTime.format(until * 1000)}</span>;
}
