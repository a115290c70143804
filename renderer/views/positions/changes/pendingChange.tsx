import { useState, type ReactElement } from 'react';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import { pendingMovesAway } from '../../../../src/domain/positions/changeCheck.ts';
import { seenPending } from '../../../../src/domain/positions/seenTrades.ts';
import type { Order } from '../../../../src/domain/orders/order.ts';
import type { PendingOrder } from '../../../../src/domain/positions/openTrades.ts';
import { formatLots, formatPrice } from '../../../format.ts';
import { actionWords } from '../../../shared/orderWords.ts';
import { StakeNotice } from '../../../shared/stakeNotice.tsx';
import { actionColours } from '../../../shared/stateLook.tsx';
import { type AskedBy, startOf } from '../../../shared/startOf.ts';
import { useConnectedBlock } from '../../../shared/useConnectedBlock.ts';
import { ConfirmDialog } from '../../../ui/confirmDialog.tsx';
import { DangerNotice } from '../../../ui/dangerNotice.tsx';
import { kindWords } from '../pendingColumns.tsx';
import { AwayConsent } from './awayConsent.tsx';
import { ChangedMeanwhile, changedMeanwhile } from './changedMeanwhile.tsx';
import { PriceField } from './priceField.tsx';
import { readStop, stopText } from './stopText.ts';
import { useSendChange } from './useSendChange.ts';

interface Props {
  bridge: BridgeState;
  /** As it is now; null: it is no longer in the list. */
  order: PendingOrder | null;
  /** As it was when the dialog opened. */
  first: PendingOrder;
  digits: number;
  by: AskedBy;
  onSent: (order: Order) => void;
  onCancel: () => void;
}

interface ChangeProps extends Props {
  /** Begins anew, from the prices of now. */
  onAnew: () => void;
}

/** Changes the price and stops of a pending order. */
export function ChangePending({
  bridge,
  order,
  first,
  digits,
  by,
  onSent,
  onAnew,
  onCancel,
}: ChangeProps): ReactElement {
  const shown = order ?? first;
  const [typedPrice, setPrice] = useState(() => stopText(first.price, digits));
  const [typedLimit, setLimit] = useState(() => stopText(first.limitPrice, digits));
  const [typedSl, setSl] = useState(() => stopText(first.sl, digits));
  const [typedTp, setTp] = useState(() => stopText(first.tp, digits));
  const [away, setAway] = useState(false);
  const { failure, send } = useSendChange(bridge, onSent);
  const hasLimit = shown.kind === 'stop_limit';
  const [price, limit, sl, tp] = [typedPrice, typedLimit, typedSl, typedTp].map(readStop);
  const limitPrice = hasLimit ? (limit ?? 0) : null;
  const moves = price !== shown.price || (hasLimit && limitPrice !== shown.limitPrice);
  // A new price of entry is an entry: it waits for what blocks those.
  const block = useConnectedBlock(bridge);
  const dead = moves && block !== null && !block.isOrder ? block : null;
  const isSame = !moves && sl === (shown.sl ?? 0) && tp === (shown.tp ?? 0);
  const needs = (value: number | null | undefined): string | null =>
    value === null || value === undefined || value === 0 ? 'Type a price.' : null;
  const asked = sl === null || tp === null ? null : { price: price ?? 0, limitPrice, sl: sl ?? 0, tp: tp ?? 0 };
  const changes = changedMeanwhile(first, order, digits);
  const isAway = asked !== null && pendingMovesAway(asked, shown);
  return (
    <ConfirmDialog
      title="Change pending order"
      word="Change order"
      startOn={startOf(bridge, by)}
      disabled={
        needs(price) !== null ||
        (hasLimit && needs(limit) !== null) ||
        asked === null ||
        isSame ||
        dead !== null ||
        (isAway && !away) ||
        changes.length > 0
      }
      failure={failure}
      onConfirm={async () => {
        if (asked === null) return false;
        const change = { action: 'modify_order' as const, order: shown.order, ...asked, until: null };
        const done = await send({ change, seen: seenPending(first), away });
        if (done) onCancel();
        return done;
      }}
      onCancel={onCancel}
    >
      <StakeNotice bridge={bridge} />
      {order === null && <Gone />}
      {changes.length > 0 && <ChangedMeanwhile changes={changes} onAnew={onAnew} />}
      {dead !== null && <DangerNotice text={`${dead.reason} ${dead.nextStep}`} />}
      <PendingWords order={shown} digits={digits} />
      <div className="flex flex-wrap items-start gap-3">
        <PriceField
          label="Price"
          value={typedPrice}
          digits={digits}
          problem={needs(price)}
          onChange={(typed) => {
            setPrice(typed);
            setAway(false);
          }}
        />
        {hasLimit && (
          <PriceField
            label="Limit price"
            value={typedLimit}
            digits={digits}
            problem={needs(limit)}
            onChange={(typed) => {
              setLimit(typed);
              setAway(false);
            }}
          />
        )}
        <PriceField
          label="Stop loss"
          value={typedSl}
          digits={digits}
          problem={sl === null ? 'Type a price.' : null}
          onChange={(typed) => {
            setSl(typed);
            setAway(false);
          }}
        />
        <PriceField
          label="Take profit"
          value={typedTp}
          digits={digits}
          problem={tp === null ? 'Type a price.' : null}
          onChange={setTp}
        />
      </div>
      {isAway && <AwayConsent checked={away} onChange={setAway} />}
      <p className="text-xs text-muted">Prices. Empty is none. Its expiry stays as it is.</p>
    </ConfirmDialog>
  );
}

/** Deletes a pending order. It never expires. */
export function CancelPending({ bridge, order, first, digits, by, onSent, onCancel }: Props): ReactElement {
  const shown = order ?? first;
  const { failure, send } = useSendChange(bridge, onSent);
  return (
    <ConfirmDialog
      title="Cancel pending order"
      word="Cancel the order"
      startOn={startOf(bridge, by)}
      failure={failure}
      onConfirm={async () => {
        const done = await send({ change: { action: 'cancel_order', order: shown.order }, seen: seenPending(shown) });
        if (done) onCancel();
        return done;
      }}
      onCancel={onCancel}
    >
      <StakeNotice bridge={bridge} />
      {order === null && <Gone />}
      <PendingWords order={shown} digits={digits} />
      <p className="text-sm">It is deleted in MT5, if it has not been filled by then.</p>
    </ConfirmDialog>
  );
}

function Gone(): ReactElement {
  return <DangerNotice text="The EA's list has this order no more: it was filled, deleted, or has expired." />;
}

function PendingWords({ order, digits }: { order: PendingOrder; digits: number }): ReactElement {
  const { side, kind, lots, symbol, price } = order;
  return (
    <p className="text-xl font-semibold">
      {side !== null && <span className={actionColours[side]}>{actionWords[side]}</span>} {kindWords[kind]}{' '}
      {formatLots(lots)} lots {symbol}
      {price === null || price === 0 ? '' : ` at ${formatPrice(price, digits)}`}{' '}
      <span className="text-sm font-normal text-muted">order {order.order}</span>
    </p>
  );
}
