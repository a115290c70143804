import { useState, type ReactElement } from 'react';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import type { Order } from '../../../../src/domain/orders/order.ts';
import type { Quote } from '../../../../src/domain/market/quote.ts';
import { useNow } from '../../../store/hooks.ts';
import { digitsOf, instrumentOf } from '../../../shared/symbolContext.ts';
import type { AskedChange } from './askedChange.ts';
import { ClosePosition } from './closePosition.tsx';
import { MoveStops } from './moveStops.tsx';
import { CancelPending, ChangePending } from './pendingChange.tsx';

interface Props {
  bridge: BridgeState;
  quotes: readonly Quote[];
  asked: AskedChange;
  onSent: (order: Order) => void;
  onCancel: () => void;
}

/** The dialog of a change that a person began. */
export function ChangeDialog(props: Props): ReactElement | null {
  const { what } = props.asked;
  return what === 'close' || what === 'stops' ? <OfPosition {...props} /> : <OfPending {...props} />;
}

function OfPosition({ bridge, quotes, asked, onSent, onCancel }: Props): ReactElement | null {
  const now = useNow();
  const position = bridge.openTrades.positions?.find((each) => each.position === asked.ticket) ?? null;
  const [first] = useState(position);
  if (first === null) return null;
  const shared = { bridge, market: { quotes, now }, position, first, by: asked.by, onSent, onCancel };
  return asked.what === 'close' ? <ClosePosition {...shared} /> : <MoveStops {...shared} />;
}

function OfPending({ bridge, quotes, asked, onSent, onCancel }: Props): ReactElement | null {
  const order = bridge.openTrades.orders?.find((each) => each.order === asked.ticket) ?? null;
  const [first] = useState(order);
  if (first === null) return null;
  const instrument = instrumentOf(bridge, quotes, first.symbol);
  const quote = quotes.find(({ symbol }) => symbol === first.symbol) ?? null;
  const shared = { bridge, order, first, digits: digitsOf(instrument, quote), by: asked.by, onSent, onCancel };
  return asked.what === 'pending' ? <ChangePending {...shared} /> : <CancelPending {...shared} />;
}
