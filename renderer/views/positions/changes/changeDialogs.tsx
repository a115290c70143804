import { useEffect, useState, type ReactElement } from 'react';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import type { Order } from '../../../../src/domain/orders/order.ts';
import type { Quote } from '../../../../src/domain/market/quote.ts';
import { useApp, useAppState, useNow } from '../../../store/hooks.ts';
import { digitsOf, instrumentOf } from '../../../shared/symbolContext.ts';
import { type AskedChange, appStore } from '../../../store/appStore.ts';
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

const noQuotes: readonly Quote[] = [];

/** The dialog of the change that a person began, wherever in the window; none is open: nothing. */
export function ChangeDialogs(): ReactElement | null {
  const asked = useApp((store) => store.askedChange);
  const bridge = useAppState(({ bridges }) => bridges.find(({ id }) => id === asked?.bridge)) ?? null;
  const quotes = useAppState((app) => (asked === null ? null : (app.quotes[asked.bridge] ?? null))) ?? noQuotes;
  // A dialog that can show nothing must not come up later by itself.
  const isLost = asked !== null && bridge === null;
  useEffect(() => {
    if (isLost) appStore.setState({ askedChange: null });
  }, [isLost]);
  if (asked === null || bridge === null) return null;
  return (
    <ChangeDialog
      key={`${asked.what} ${asked.ticket}`}
      bridge={bridge}
      quotes={quotes}
      asked={asked}
      onSent={({ bridge: id, number }) => {
        appStore.setState({ lastChange: { bridge: id, number } });
      }}
      onCancel={() => {
        appStore.setState({ askedChange: null });
      }}
    />
  );
}

function ChangeDialog(props: Props): ReactElement | null {
  const { what } = props.asked;
  return what === 'close' || what === 'stops' ? <OfPosition {...props} /> : <OfPending {...props} />;
}

function OfPosition({ bridge, quotes, asked, onSent, onCancel }: Props): ReactElement | null {
  const now = useNow();
  const position = bridge.openTrades.positions?.find((each) => each.position === asked.ticket) ?? null;
  const { first, begun, anew } = useFirst(position, onCancel);
  if (first === null) return null;
  const shared = { bridge, market: { quotes, now }, position, first, by: asked.by, onSent, onCancel };
  if (asked.what === 'close') return <ClosePosition {...shared} />;
  // What was dragged was of the stops that stood there then.
  return <MoveStops key={begun} {...shared} stops={begun === 0 ? asked.stops : undefined} onAnew={anew} />;
}

function OfPending({ bridge, quotes, asked, onSent, onCancel }: Props): ReactElement | null {
  const order = bridge.openTrades.orders?.find((each) => each.order === asked.ticket) ?? null;
  const { first, begun, anew } = useFirst(order, onCancel);
  if (first === null) return null;
  const instrument = instrumentOf(bridge, quotes, first.symbol);
  const quote = quotes.find(({ symbol }) => symbol === first.symbol) ?? null;
  const shared = { bridge, order, first, digits: digitsOf(instrument, quote), by: asked.by, onSent, onCancel };
  return asked.what === 'pending' ? (
    <ChangePending key={begun} {...shared} onAnew={anew} />
  ) : (
    <CancelPending {...shared} />
  );
}

interface First<T> {
  /** As it was when the dialog began; null: it was not there. */
  first: T | null;
  /** How often it was begun anew. */
  begun: number;
  anew: () => void;
}

/** What a dialog is of, as a person first saw it. Ends a dialog whose position or order was gone when it was asked for. */
function useFirst<T>(now: T | null, end: () => void): First<T> {
  const [{ first, begun }, setFirst] = useState({ first: now, begun: 0 });
  const isGone = first === null;
  useEffect(() => {
    if (isGone) end();
  }, [isGone, end]);
  const anew = (): void => {
    if (now !== null) setFirst({ first: now, begun: begun + 1 });
  };
  return { first, begun, anew };
}
