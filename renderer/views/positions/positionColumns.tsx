import type { ReactElement } from 'react';
import { formatChange, formatLots, formatNumber, formatPrice } from '../../format.ts';
import { actionColours } from '../../shared/stateLook.tsx';
import { actionWords } from '../../shared/orderWords.ts';
import { Time } from '../../shared/time.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import type { Column } from '../../ui/tableParts.tsx';
import { openedBy, openedByInFull } from '../../../src/api/presentation/openedBy.ts';
import { PositionActions } from './changes/rowActions.tsx';
import type { PositionRow } from '../../shared/positionRows.ts';

/** Columns of open positions. Tests find them by their heads. Widths in em. */
export const positionColumns: Column<PositionRow>[] = [
  {
    header: 'Symbol',
    sort: 'symbol',
    width: 6.6,
    cell: ({ position }) => (
      <span className="font-medium" title={`Position ${position.position}`}>
        {position.symbol}
      </span>
    ),
  },
  {
    header: 'Side',
    width: 3.6,
    cell: ({ position: { side } }) => <span className={`font-medium ${actionColours[side]}`}>{actionWords[side]}</span>,
  },
  { header: 'Lots', sort: 'lots', width: 4.6, right: true, cell: ({ position }) => formatLots(position.lots) },
  {
    header: 'P/L',
    sort: 'profit',
    width: 6.4,
    right: true,
    cell: ({ figures: { profit, isOfNow } }) => (
      <Gain value={profit} title={isOfNow ? undefined : 'As told with the list: no current price computes it'} />
    ),
  },
  {
    header: 'Points',
    sort: 'points',
    width: 5.2,
    right: true,
    wide: 'wide',
    cell: ({ figures: { points } }) => (points === null ? <Nothing /> : signed(points, 0)),
  },
  {
    header: '% equity',
    width: 5.4,
    right: true,
    wide: 'wide',
    cell: ({ ofEquity }) => (ofEquity === null ? <Nothing /> : `${signed(ofEquity, 2)} %`),
  },
  {
    header: 'Open price',
    width: 6.4,
    right: true,
    cell: ({ position: { price }, digits }) => (price === null ? <Nothing /> : formatPrice(price, digits)),
  },
  {
    header: 'Price now',
    width: 6.4,
    right: true,
    cell: ({ figures: { price }, digits }) =>
      price === null ? <Nothing why="No current price" /> : formatPrice(price, digits),
  },
  {
    header: 'Stop loss',
    width: 7,
    right: true,
    cell: ({ position: { sl }, figures: { slPoints }, digits }) => (
      <Stop price={sl} points={slPoints} digits={digits} none="text-down font-medium" />
    ),
  },
  {
    header: 'Take profit',
    width: 7,
    right: true,
    cell: ({ position: { tp }, figures: { tpPoints }, digits }) => (
      <Stop price={tp} points={tpPoints} digits={digits} none="text-muted" />
    ),
  },
  {
    header: 'Swap',
    width: 5,
    right: true,
    wide: 'very wide',
    cell: ({ position: { swap } }) => (swap === null ? <Nothing /> : formatChange(swap)),
  },
  {
    header: 'Opened',
    sort: 'openedAt',
    width: 6.3,
    wide: 'very wide',
    cell: ({ position: { openedAt }, bridge }) =>
      openedAt === null ? <Nothing /> : <Time at={openedAt} bridge={bridge} />,
  },
  {
    header: 'Actions',
    width: 8.6,
    right: true,
    cell: ({ position }) => <PositionActions ticket={position.position} />,
  },
  {
    header: 'Opened by',
    width: null,
    cell: ({ position }) => <span title={openedByInFull(position)}>{openedBy(position)}</span>,
  },
];

/** Money with its sign and colour. */
export function Gain({ value, title }: { value: number | null; title?: string | undefined }): ReactElement {
  if (value === null) return <Nothing />;
  const colour = value < 0 ? 'text-down' : value > 0 ? 'text-live' : '';
  return (
    <span title={title} className={`font-medium ${colour}`}>
      {formatChange(value)}
    </span>
  );
}

/** A stop's price above its distance from the price of now. */
export function Stop({
  price,
  points,
  digits,
  none,
}: {
  /** 0: none. Null: not told. */
  price: number | null;
  points: number | null;
  digits: number;
  /** Look of the word for none. */
  none: string;
}): ReactElement {
  if (price === null) return <Nothing why="The EA does not tell it" />;
  if (price === 0) return <span className={none}>none</span>;
  return (
    <span className="block leading-[0.875rem]">
      <span className="block">{formatPrice(price, digits)} </span>
      {points !== null && (
        <span className={`block ${points < 0 ? 'text-down' : 'text-muted'}`}>
          {points < 0 ? `beyond by ${formatNumber(-points, 0)}` : `${formatNumber(points, 0)} pts`}
        </span>
      )}
    </span>
  );
}

function signed(value: number, decimals: number): string {
  const text = formatNumber(value, decimals);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}
