import type { ReactElement } from 'react';
import type { Bar } from '../../../../src/domain/market/bar.ts';
import type { Quote } from '../../../../src/domain/market/quote.ts';
import { formatPrice } from '../../../format.ts';
import { spreadPoints } from './priceWords.ts';

/** Bid, ask and spread; with the pointer on a bar, its prices instead. */
export function PriceLegend({
  quote,
  bar,
  digits,
  away,
}: {
  quote: Quote | null;
  /** Under the pointer; null: none. */
  bar: Bar | null;
  digits: number;
  /** Why prices are not current; null: they are. */
  away: string | null;
}): ReactElement {
  const spread = quote === null ? null : spreadPoints(quote);
  return (
    <div className="flex min-h-6 shrink-0 items-center px-2 text-xs whitespace-nowrap">
      <ul className="figures flex min-w-0 flex-1 flex-wrap gap-x-2.5">
        {bar === null ? (
          <>
            <Entry name="Bid" colour="var(--sell)" text={quote === null ? '–' : formatPrice(quote.bid, digits)} />
            <Entry name="Ask" colour="var(--buy)" text={quote === null ? '–' : formatPrice(quote.ask, digits)} />
            <Entry name="Spread" text={spread === null ? '–' : `${spread} points`} />
          </>
        ) : (
          (['open', 'high', 'low', 'close'] as const).map((part) => (
            <Entry key={part} name={part[0]?.toUpperCase() ?? ''} text={formatPrice(bar[part], digits)} />
          ))
        )}
        {bar?.formed === true && <li className="text-muted">from ticks</li>}
        {away !== null && <li className="text-muted">{away}</li>}
      </ul>
    </div>
  );
}

function Entry({ name, text, colour }: { name: string; text: string; colour?: string }): ReactElement {
  return (
    <li className="flex items-center gap-1.5">
      {colour !== undefined && (
        <svg viewBox="0 0 14 2" className="w-3.5" aria-hidden="true">
          <line x1="0" y1="1" x2="14" y2="1" stroke={colour} strokeWidth="2" />
        </svg>
      )}
      <span className="text-muted">{name}</span>
      <span className="font-medium">{text}</span>
    </li>
  );
}
