import type { ReactElement } from 'react';
import type { Quote } from '../../../../src/domain/market/quote.ts';
import { formatAge, formatPrice } from '../../../format.ts';
import { useNow } from '../../../store/hooks.ts';

const staleMs = 15_000;

/** Bid under Sell, ask under Buy, as in MT5, with the spread between them and the age of a stale quote. */
export function QuoteLine({
  quote,
  digits,
  isGone,
}: {
  quote: Quote | null;
  /** Decimals of the symbol's prices. */
  digits: number;
  /** The EA that sent it is gone. */
  isGone: boolean;
}): ReactElement {
  const now = useNow();
  if (quote === null)
    return <div className="flex h-7 items-center justify-center text-xs text-muted">No quote for this symbol</div>;
  if (quote.earlier)
    return (
      <div className="flex h-7 items-center justify-center text-xs text-muted">
        No quote of {quote.symbol} since the EA moved or connected anew
      </div>
    );
  const age = now - quote.at;
  const stale = isGone || age > staleMs;
  const spread = quote.point === null ? '' : ((quote.ask - quote.bid) / quote.point).toFixed(0);
  return (
    <div className={`grid h-7 grid-cols-[1fr_auto_1fr] items-center ${stale ? 'text-muted' : ''}`}>
      <Price price={quote.bid} digits={digits} name="Bid" />
      <span className="text-xs text-muted" title={`Spread${spread === '' ? '' : `: ${spread} points`}`}>
        {!stale && spread !== '' && <span className="sr-only">Spread </span>}
        {stale ? `${formatAge(age)} old` : spread}
        {!stale && spread !== '' && <span className="ml-0.5">pts</span>}
      </span>
      <Price price={quote.ask} digits={digits} name="Ask" />
    </div>
  );
}

/** A price with its last two digits, which move, in large type. */
function Price({ price, digits, name }: { price: number; digits: number; name: string }): ReactElement {
  const text = formatPrice(price, digits);
  return (
    <span className="figures text-center text-sm" title={name}>
      <span className="sr-only">{name} </span>
      {text.slice(0, -2)}
      <span className="text-lg font-semibold">{text.slice(-2)}</span>
    </span>
  );
}
