import type { ReactElement } from 'react';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import type { Quote } from '../../../../src/domain/market/quote.ts';
import { averages, positionSums } from '../../../../src/domain/positions/positionFigures.ts';
import type { PendingOrder } from '../../../../src/domain/positions/openTrades.ts';
import { formatChange, formatLots, formatNumber, formatPrice } from '../../../format.ts';
import { useNow } from '../../../store/hooks.ts';
import { type PositionRow, positionRows } from '../../../shared/positionRows.ts';

/** What is open in the ticket's symbol, whoever opened it: lots and average price of each side, result, and result at the stops. */
export function OpenInSymbol({
  bridge,
  quotes,
  symbol,
}: {
  bridge: BridgeState;
  quotes: readonly Quote[];
  /** The broker's name. */
  symbol: string;
}): ReactElement | null {
  const now = useNow();
  const { positions, isCurrent } = bridge.openTrades;
  if (positions === null || !isCurrent) return null;
  const waits = waitingWords((bridge.openTrades.orders ?? []).filter((order) => order.symbol === symbol));
  const rows = positionRows(bridge, { quotes, now }, symbol);
  return (
    <p
      role="note"
      aria-label={`Open in ${symbol}`}
      title="What the account has open in this symbol, whoever opened it: lots at their average price, result now, and result if every stop is met"
      className="figures min-h-4 text-center text-xs leading-4 text-balance text-muted"
    >
      {rows.length === 0 ? `nothing open in ${symbol}` : <Standing rows={rows} equity={bridge.account.equity} />}
      {waits !== '' && ` · ${waits}`}
    </p>
  );
}

/** Pending orders that could open a position: lots of each side; empty: none. */
function waitingWords(orders: readonly PendingOrder[]): string {
  const sides = (['buy', 'sell'] as const).flatMap((side) => {
    const own = orders.filter((order) => order.side === side && order.kind !== 'market' && order.kind !== 'close_by');
    const lots = own.reduce((sum, order) => sum + order.lots, 0);
    return own.length === 0 ? [] : [`${side} ${formatLots(Number(lots.toFixed(8)))}`];
  });
  return sides.length === 0 ? '' : `pending ${sides.join(', ')}`;
}

function Standing({ rows, equity }: { rows: readonly PositionRow[]; equity: number | null }): ReactElement {
  const { profit, atStops, withoutStop } = positionSums(rows);
  const digits = rows[0]?.digits ?? 0;
  const sides = averages(rows.map(({ position }) => position)).map(({ side, lots, price }) => {
    const at = price === null ? '' : ` at ${formatPrice(price, digits)}`;
    return `${side === 'buy' ? 'long' : 'short'} ${formatLots(lots)}${at}`;
  });
  const share =
    atStops === null || equity === null || equity <= 0 ? '' : `, ${formatNumber((100 * atStops) / equity, 1)} %`;
  const colour = profit === null || profit === 0 ? '' : profit < 0 ? 'text-down' : 'text-live';
  return (
    <>
      <span className="text-text">{sides.join(', ')}</span>
      {profit !== null && (
        <>
          {' · '}
          <span className={`font-medium ${colour}`}>{formatChange(profit)}</span>
        </>
      )}
      {' · '}
      {withoutStop > 0 ? (
        <span className="text-down">
          {withoutStop === rows.length ? 'no stop' : `${String(withoutStop)} without stop`}
        </span>
      ) : (
        `at stops ${atStops === null ? '–' : formatChange(atStops)}${share}`
      )}
    </>
  );
}
