import { openedBy, openedByInFull } from '../../../../src/api/presentation/openedBy.ts';
import type { ClosedTrade } from '../../../../src/domain/positions/deals.ts';
import type { TradeOrigin } from '../../../../src/domain/positions/openTrades.ts';
import { formatAge, formatChange, formatLots, formatPrice } from '../../../format.ts';
import { actionWords } from '../../../shared/orderWords.ts';
import { actionColours } from '../../../shared/stateLook.tsx';
import { Time } from '../../../shared/time.tsx';
import { Nothing } from '../../../ui/nothing.tsx';
import type { Column } from '../../../ui/tableParts.tsx';
import { Gain } from '../positionColumns.tsx';

/** A closed trade with the decimals of its prices and its bridge. */
export interface HistoryRow {
  trade: ClosedTrade;
  digits: number;
  bridge: string;
}

const openingOf = ({ signalId, source, openReason, magic, comment }: ClosedTrade): TradeOrigin => ({
  ...{ signalId, source, reason: openReason, magic, comment },
});

/** Columns of closed trades. Tests find them by their heads. Widths in em. */
export const historyColumns: Column<HistoryRow>[] = [
  { header: 'Closed', width: 6.3, cell: ({ trade, bridge }) => <Time at={trade.closedAt} bridge={bridge} /> },
  {
    header: 'Symbol',
    width: 6.6,
    cell: ({ trade }) => (
      <span className="font-medium" title={`Position ${trade.position}, deal ${trade.deal}`}>
        {trade.symbol}
      </span>
    ),
  },
  {
    header: 'Side',
    width: 3.6,
    cell: ({ trade: { side } }) => <span className={`font-medium ${actionColours[side]}`}>{actionWords[side]}</span>,
  },
  { header: 'Lots', width: 4.6, right: true, cell: ({ trade }) => formatLots(trade.lots) },
  {
    header: 'Net',
    width: 6.4,
    right: true,
    cell: ({ trade: { net } }) => <Gain value={net} title="Profit, swap, commission and fee" />,
  },
  {
    header: 'Profit',
    width: 6.2,
    right: true,
    cell: ({ trade: { profit } }) => (profit === null ? <Nothing /> : formatChange(profit)),
  },
  {
    header: 'Swap',
    width: 4.6,
    right: true,
    cell: ({ trade: { swap } }) => (swap === null ? <Nothing /> : formatChange(swap)),
  },
  {
    header: 'Costs',
    width: 4.6,
    right: true,
    cell: ({ trade: { costs } }) => (costs === null ? <Nothing /> : formatChange(costs)),
  },
  {
    header: 'Open price',
    width: 6.4,
    right: true,
    cell: ({ trade: { openPrice }, digits }) =>
      openPrice === null ? <Nothing why="Its opening is not known" /> : formatPrice(openPrice, digits),
  },
  {
    header: 'Close price',
    width: 6.4,
    right: true,
    cell: ({ trade: { closePrice }, digits }) => (closePrice === null ? <Nothing /> : formatPrice(closePrice, digits)),
  },
  {
    header: 'Held',
    width: 5,
    right: true,
    cell: ({ trade: { openedAt, closedAt } }) =>
      openedAt === null ? <Nothing why="Its opening is not known" /> : formatAge(Math.max(0, closedAt - openedAt)),
  },
  {
    header: 'Closed by',
    width: 7,
    cell: ({ trade: { closedBy, reason } }) =>
      openedBy({ source: closedBy, signalId: null, reason, magic: null, comment: '' }),
  },
  {
    header: 'Opened by',
    width: null,
    cell: ({ trade }) => <span title={openedByInFull(openingOf(trade))}>{openedBy(openingOf(trade))}</span>,
  },
];
