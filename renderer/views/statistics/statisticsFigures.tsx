import type { ReactElement, ReactNode } from 'react';
import type { OrderFigures } from '../../../src/api/queries/statistics.ts';
import { formatChange, formatDuration, formatNumber } from '../../format.ts';
import { slippageWords, unknownWords } from './statisticsWords.ts';

/** Totals of the counted orders. */
export function StatisticsFigures({
  figures,
  equityChange,
  currency,
  xp,
}: {
  figures: OrderFigures;
  equityChange: number | null;
  currency: string | null;
  xp: number;
}): ReactElement {
  const { roundTrip, slippagePoints } = figures;
  const slippage = slippageWords(figures);
  const unknown = unknownWords(figures);
  return (
    <dl className="figures flex flex-wrap items-start gap-x-6 gap-y-1">
      <Figure name="Orders">{formatNumber(figures.orders, 0)}</Figure>
      <Figure
        name="Fill rate"
        title="Filled ÷ (filled + rejected + unknown)"
        unit={figures.fillRate === null ? '' : '%'}
      >
        {figures.fillRate === null ? '–' : formatNumber(figures.fillRate * 100, 1)}
      </Figure>
      <Figure name="Rejected" tone={figures.rejected === 0 ? '' : 'text-down'}>
        {formatNumber(figures.rejected, 0)}
      </Figure>
      <Figure name="Refused" tone={figures.refused === 0 ? '' : 'text-quiet'}>
        {formatNumber(figures.refused, 0)}
      </Figure>
      {figures.dismissed > 0 && (
        <Figure name="Dismissed" title="Signals that a person dismissed">
          {formatNumber(figures.dismissed, 0)}
        </Figure>
      )}
      <Figure name="Unknown" tone={figures.unknown === 0 ? '' : 'text-unknown'} unit={unknown}>
        {formatNumber(figures.unknown, 0)}
      </Figure>
      <Figure name="Round trip p50 / p95">
        {roundTrip === null ? '–' : `${formatDuration(roundTrip.p50)} / ${formatDuration(roundTrip.p95)}`}
      </Figure>
      <Figure
        name="Slippage, mean"
        unit={slippage?.unit ?? ''}
        title={
          slippagePoints === null
            ? 'Fills against the quote of the firing; above 0 is worse for you'
            : `${formatNumber(slippagePoints.min, 1)} to ${formatNumber(slippagePoints.max, 1)} points in ${formatNumber(slippagePoints.count, 0)} fills, against the quote of the firing; above 0 is worse for you`
        }
      >
        {slippage?.value ?? '–'}
      </Figure>
      <Figure
        name="Equity change"
        title="Last equity of these days minus the first one seen in them. Limits count from the start of today alone, as it was seen, re-based or set."
        tone={changeTone(equityChange)}
        unit={equityChange === null ? '' : `${currency ?? ''} with what was paid in or out`.trim()}
      >
        {equityChange === null ? '–' : formatChange(equityChange)}
      </Figure>
      <Figure name="XP, total">{formatNumber(xp, 0)}</Figure>
    </dl>
  );
}

function Figure({
  name,
  unit = '',
  tone = '',
  title,
  children,
}: {
  name: string;
  unit?: string;
  tone?: string;
  title?: string;
  children: ReactNode;
}): ReactElement {
  return (
    <div title={title}>
      <dt className="text-xs whitespace-nowrap text-muted">{name}</dt>
      <dd className={`text-lg leading-5 font-semibold whitespace-nowrap ${tone}`}>
        {children}
        {unit !== '' && <span className="ml-1 text-xs font-normal text-muted">{unit}</span>}
      </dd>
    </div>
  );
}

function changeTone(change: number | null): string {
  if (change === null || Math.abs(change) < 0.005) return '';
  return change > 0 ? 'text-live' : 'text-down';
}
