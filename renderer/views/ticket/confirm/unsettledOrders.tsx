import { CircleHelp } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Order } from '../../../../src/domain/orders/order.ts';
import { orderKey } from '../../../../src/domain/orders/orderRef.ts';
import { formatLots, formatTime } from '../../../format.ts';

/** Orders in the same symbol with an unknown outcome, each with a box to tick. */
export function UnsettledOrders({
  orders,
  known,
  onChange,
}: {
  orders: readonly Order[];
  /** Signal IDs ticked so far. */
  known: readonly string[];
  onChange: (known: readonly string[]) => void;
}): ReactElement | null {
  if (orders.length === 0) return null;
  return (
    <fieldset className="rounded-[6px] border border-unknown px-3 pt-1 pb-2">
      <legend className="flex items-center gap-1.5 px-1 text-sm font-semibold text-unknown">
        <CircleHelp className="size-4" aria-hidden="true" />
        Unknown in this symbol
      </legend>
      <p className="mb-1 text-xs text-muted">
        {orders.length === 1
          ? 'Nobody knows what became of this order. Better look in MT5 and settle it first. To trade beside it, tick it.'
          : 'Nobody knows what became of these orders. Better look in MT5 and settle them first. To trade beside them, tick each.'}
      </p>
      {orders.map(({ signalId, action, lot, at, bridge, number }, index) => (
        <label key={orderKey({ bridge, number })} className="flex items-start gap-2 py-1 text-sm">
          <input
            type="checkbox"
            checked={known.includes(signalId)}
            data-autofocus={index === 0 ? true : undefined}
            onChange={({ target }) => {
              onChange(target.checked ? [...known, signalId] : known.filter((each) => each !== signalId));
            }}
            className="mt-[3px] size-3.5 shrink-0 accent-[var(--buy)]"
          />
          <span className="min-w-0">
            I know that <span className="font-mono break-all">{signalId}</span> may be open
            <span className="figures text-muted">
              {' '}
              ({action} {formatLots(lot)} lots, {formatTime(at)})
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
