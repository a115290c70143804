import type { ReactElement } from 'react';
import { type PositionSums, positionSums } from '../../../src/domain/positions/positionFigures.ts';
import { formatChange, formatLots, formatNumber } from '../../format.ts';
import { Gain } from './positionColumns.tsx';
import type { PositionRow } from '../../shared/positionRows.ts';

/** Sums of all positions and of each symbol. */
export function PositionSumsLine({
  rows,
  equity,
  currency,
}: {
  rows: readonly PositionRow[];
  equity: number | null;
  currency: string | null;
}): ReactElement {
  const all = positionSums(rows);
  const symbols = [...new Set(rows.map(({ position }) => position.symbol))].sort();
  const unit = currency === null ? '' : ` ${currency}`;
  const share = (money: number): string =>
    equity === null || equity <= 0 ? '' : ` (${formatNumber((money / equity) * 100, 2)} %)`;
  return (
    <div
      role="group"
      aria-label="Sums"
      className="figures flex min-w-0 flex-1 flex-wrap items-baseline gap-x-4 gap-y-0.5 text-xs"
    >
      <span>
        P/L <Gain value={all.profit} />
        {all.profit !== null && `${unit}${share(all.profit)}`}
      </span>{' '}
      {all.swap !== null && all.swap !== 0 && <span>swap {formatChange(all.swap)} </span>}
      <span className={all.withoutStop > 0 ? 'font-medium text-down' : ''}>{stopWords(all, unit, share)} </span>
      {symbols.length > 1 &&
        symbols.map((symbol) => (
          <SymbolSum
            key={symbol}
            symbol={symbol}
            sums={positionSums(rows.filter(({ position }) => position.symbol === symbol))}
          />
        ))}
    </div>
  );
}

function SymbolSum({ symbol, sums: { net, profit } }: { symbol: string; sums: PositionSums }): ReactElement {
  return (
    <span className="text-muted">
      {symbol} {net === null ? '' : netWords(net)} <Gain value={profit} />{' '}
    </span>
  );
}

function netWords(net: number): string {
  return net === 0 ? 'hedged' : `${net > 0 ? 'long' : 'short'} ${formatLots(Math.abs(net))}`;
}

/** What is won or lost if every stop is met. */
function stopWords({ atStops, withoutStop }: PositionSums, unit: string, share: (money: number) => string): string {
  if (withoutStop > 0) return `${formatNumber(withoutStop, 0)} without a stop loss`;
  return atStops === null
    ? 'at their stops: not known'
    : `at their stops ${formatChange(atStops)}${unit}${share(atStops)}`;
}
