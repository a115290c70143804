import type { Order } from '../../domain/orders/order.ts';
import type { StoredChange } from '../../domain/orders/orderChange.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import { refusals } from '../../domain/orders/refusals.ts';
import { changeRefusals } from '../../domain/positions/changeRefusals.ts';
import type { OpenPosition, PendingOrder } from '../../domain/positions/openTrades.ts';
import { seenPending, seenPosition } from '../../domain/positions/seenTrades.ts';
import type { ChangeAsked, EngineChange, WantedChange } from '../../protocol/gateway/changeRequest.ts';
import { foundIn, lookUp } from '../orders/lookUp.ts';
import type { OrderOrigin } from '../orders/newOrder.ts';
import type { OpenedTrades } from '../orders/openedTrades.ts';
import type { AskAgain } from '../orders/orderPorts.ts';
import type { EngineRuntime } from './engineRuntime.ts';
import type { SignalTarget } from './signalTarget.ts';

// What an engine may change: what it opened, or, where a person permits it, all that is open.

type Engine = Pick<EngineRuntime, 'source' | 'settings'>;

/** Whether an engine may see and change a position or pending order; an unreadable journal proves nothing. */
export function mayTouch(
  { source, settings }: Engine,
  opened: OpenedTrades,
  trade: OpenPosition | PendingOrder,
): boolean {
  if (settings.changeOthers) return true;
  const isOwn = lookUp(() =>
    'position' in trade ? opened.isPositionOf(source, trade) : opened.isPendingOf(source, trade),
  );
  return foundIn(isOwn) ?? false;
}

/** The same of a change, by the list of now. Null: it may, or the list no longer has it. */
export function strangerRefusal(engine: Engine, bridge: SignalTarget, change: StoredChange): Refusal | null {
  const { trades, opened } = bridge.orderManager.changes.now();
  const numbers = 'position' in change ? [change.position, ...(change.action === 'close_by' ? [change.by] : [])] : [];
  const positions = trades.positions?.filter(({ position }) => numbers.includes(position)) ?? [];
  const orders = 'order' in change ? (trades.orders?.filter(({ order }) => order === change.order) ?? []) : [];
  const other = [...positions, ...orders].find((trade) => !mayTouch(engine, opened, trade));
  if (other === undefined) return null;
  return 'position' in other ? notOpened('position', other.position) : notOpened('pending order', other.order);
}

/**
 * Refuses a close by symbol, or of all, where the own EA would close what others opened through it; null: it would not. Of a
 * documented EA nothing is known.
 * @param symbol the broker's name; null: of all
 */
export function strangersRefusal(engine: Engine, bridge: SignalTarget, symbol: string | null): Refusal | null {
  if (engine.settings.changeOthers) return null;
  const { isOwnEa, trades, opened } = bridge.orderManager.changes.now();
  if (!isOwnEa) return null;
  if (!trades.isCurrent || trades.positions === null) return changeRefusals.notListed();
  const concerned = trades.positions.filter((position) => symbol === null || position.symbol === symbol);
  const isOfOthers = concerned.some((position) => isThroughEa(position) && !mayTouch(engine, opened, position));
  if (!isOfOthers) return null;
  const where = symbol === null ? '' : ` in ${symbol}`;
  return {
    code: 'engine_limit',
    reason: `This engine may close what it opened alone, and others have opened positions${where} that would be closed too.`,
    nextStep: 'Close its positions by their numbers, or permit it to change others in the engines of the desk.',
  };
}

/** Whether the EA may have opened it: it closes no position of a person or of another EA by symbol. */
function isThroughEa({ signalId, reason }: OpenPosition): boolean {
  return signalId !== null || reason === null || reason === 'expert';
}

/**
 * The change that a request comes to, by what the EA lists now. Nothing tells an engine whether a number that it may not
 * touch is there.
 */
export function changeOf(asked: ChangeAsked, engine: Engine, bridge: SignalTarget): EngineChange | Refusal {
  const { changes, identity } = bridge.orderManager;
  const { isOwnEa, trades, opened } = changes.now();
  if (!isOwnEa) return changeRefusals.notSupported();
  if (identity.key === null) return refusals.accountUnnamed();
  const foundOn = asked.account ?? identity.key;
  const found = wantedChange(asked.wanted, {
    position: (ticket) =>
      listed(trades.isCurrent ? trades.positions : null, 'position', ticket, ({ position }) => position),
    order: (ticket) => listed(trades.isCurrent ? trades.orders : null, 'pending order', ticket, ({ order }) => order),
  });
  if ('code' in found) return found;
  return { ...asked, foundOn, action: found.action, symbol: found.before.symbol, change: found, note: null };

  function listed<Trade extends OpenPosition | PendingOrder>(
    list: readonly Trade[] | null,
    what: 'position' | 'pending order',
    ticket: string,
    numberOf: (trade: Trade) => string,
  ): Trade | Refusal {
    if (list === null) return changeRefusals.notListed();
    const trade = list.find((each) => numberOf(each) === ticket);
    return trade === undefined || !mayTouch(engine, opened, trade) ? notOpened(what, ticket) : trade;
  }
}

interface Listed {
  position: (ticket: string) => OpenPosition | Refusal;
  order: (ticket: string) => PendingOrder | Refusal;
}

function wantedChange(wanted: WantedChange, find: Listed): StoredChange | Refusal {
  switch (wanted.of) {
    case 'close': {
      const { position, lot, by } = wanted;
      const open = find.position(position);
      if ('code' in open) return open;
      const before = seenPosition(open);
      if (by === null) return { action: 'close_position', position, lot, before };
      const other = find.position(by);
      return 'code' in other ? other : { action: 'close_by', position, by, before };
    }
    case 'stops': {
      const open = find.position(wanted.position);
      if ('code' in open) return open;
      const stops = stopsOf(wanted, open);
      if ('code' in stops) return stops;
      return { action: 'modify_position', position: wanted.position, ...stops, before: seenPosition(open) };
    }
    case 'pending': {
      const { order, limitPrice, until } = wanted;
      const pending = find.order(order);
      if ('code' in pending) return pending;
      const stops = stopsOf(wanted, pending);
      if ('code' in stops) return stops;
      const price = wanted.price ?? pending.price;
      if (price === null) return untold('price', 'invalid_request');
      return { action: 'modify_order', order, price, limitPrice, ...stops, until, before: seenPending(pending) };
    }
    case 'cancel': {
      const pending = find.order(wanted.order);
      if ('code' in pending) return pending;
      return { action: 'cancel_order', order: wanted.order, before: seenPending(pending) };
    }
  }
}

/** A stop that is not stated stays as it is. */
function stopsOf(
  wanted: { sl: number | null; tp: number | null },
  now: { sl: number | null; tp: number | null },
): { sl: number; tp: number } | Refusal {
  const [sl, tp] = [wanted.sl ?? now.sl, wanted.tp ?? now.tp];
  if (sl === null) return untold('sl_price', 'invalid_sl');
  return tp === null ? untold('tp_price', 'invalid_tp') : { sl, tp };
}

function untold(field: string, code: 'invalid_sl' | 'invalid_tp' | 'invalid_request'): Refusal {
  return {
    code,
    reason: `"${field}" is missing, and the EA does not tell what it is now, so that it can't stay as it is.`,
    nextStep: `Say "${field}".`,
  };
}

function notOpened(what: 'position' | 'pending order', ticket: string): Refusal {
  return {
    code: 'not_found',
    reason: `No ${what} ${ticket} that this engine may change is open on this account.`,
    nextStep:
      'Ask for the list. What others opened can be changed only where a person permits it in the engines of the desk.',
  };
}

/** Sends a change, or records it as refused. A person who has taken it up has seen whether its stop moves away. */
export function fireChange(
  { signalId, foundOn, change }: EngineChange,
  { orderManager: { changes } }: SignalTarget,
  origin: OrderOrigin,
  refusal: Refusal | null,
  again: AskAgain,
): Promise<Order> {
  const draft = { change, seen: change.before, signalId };
  if (refusal !== null) return Promise.resolve(changes.refuse(draft, origin, refusal));
  return changes.sendFor(draft, origin, { account: foundOn, away: origin.approvedBy !== null }, again);
}
