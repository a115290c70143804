import type { OpenPosition, OpenTrades, PendingOrder } from './openTrades.ts';
import { changeRefusals } from './changeRefusals.ts';
import type { Order } from '../orders/order.ts';
import { type SeenTrade, type StoredChange, targetOf } from '../orders/orderChange.ts';
import type { Refusal } from '../orders/refusal.ts';

// Whether a change of a position or pending order may leave: it is of what was seen, and does what it says. A close of all
// of a position, and the deletion of a pending order, are left to the EA where the list says otherwise: a person's close
// is not stopped by a list.

/** What a person confirmed with a change. */
export interface ChangeConsent {
  /** Name of the account on the screen; null: it had none. */
  account: string | null;
  /** The stop loss may move away from the price. */
  away: boolean;
}

/** What is known when the change leaves. */
export interface ChangeFacts {
  /** The EA speaks protocol 8, and has been welcomed. */
  isOwnEa: boolean;
  account: string | null;
  accountNames: readonly string[];
  trades: OpenTrades;
  /** The current quote of a symbol; null: none that is a price. */
  quote: (symbol: string) => { bid: number; ask: number } | null;
  /** Changes that are sent, or whose outcome is unknown. */
  underWay: readonly Order[];
}

export function checkChange(order: Order, consent: ChangeConsent, facts: ChangeFacts): Refusal | null {
  const { change = null } = order;
  if (change === null) return null;
  if (!facts.isOwnEa) return changeRefusals.notSupported();
  const { account } = consent;
  if (account !== facts.account && !facts.accountNames.includes(account ?? '')) {
    return changeRefusals.otherAccount(account, facts.account);
  }
  return checkOthers(change, order.number, facts.underWay) ?? checkTarget(change, consent, facts);
}

/** One unanswered change of a position or pending order at a time. */
function checkOthers(change: StoredChange, number: number, underWay: readonly Order[]): Refusal | null {
  const targets = targetsOf(change);
  for (const other of underWay) {
    const theirs = other.change ?? null;
    const shared = theirs === null ? undefined : targetsOf(theirs).find((ticket) => targets.includes(ticket));
    if (theirs === null || shared === undefined || other.number === number) continue;
    if (other.state === 'sent') return changeRefusals.onItsWay(shared, other.signalId);
    if (other.state === 'unknown' && isPart(change) && isPart(theirs))
      return changeRefusals.inDoubt(shared, other.signalId);
  }
  return null;
}

function targetsOf(change: StoredChange): string[] {
  return change.action === 'close_by' ? [change.position, change.by] : [targetOf(change)];
}

/** Whether sent twice it closes twice: all of a position can't be closed again. */
function isPart(change: StoredChange): boolean {
  return change.action === 'close_by' || (change.action === 'close_position' && change.lot !== null);
}

function checkTarget(change: StoredChange, consent: ChangeConsent, facts: ChangeFacts): Refusal | null {
  const { trades, quote } = facts;
  switch (change.action) {
    case 'close_position': {
      if (change.lot === null) return null;
      const open = find(trades, change.position);
      if (open === undefined) return changeRefusals.notFound('position', change.position);
      return open === null ? null : checkPart(change.lot, change.before, open);
    }
    case 'close_by': {
      const [open, by] = [find(trades, change.position), find(trades, change.by)];
      if (open === undefined) return changeRefusals.notFound('position', change.position);
      if (by === undefined) return changeRefusals.notFound('position', change.by);
      return open === null || by === null ? null : checkPair(open, by);
    }
    case 'modify_position': {
      const open = find(trades, change.position);
      if (open === undefined) return changeRefusals.notFound('position', change.position);
      const now = open ?? change.before;
      const price = quote(now.symbol);
      const at = price === null || now.side === null ? null : now.side === 'buy' ? price.bid : price.ask;
      return checkSame(change.before, now) ?? checkStops(change, now, at, consent);
    }
    case 'modify_order': {
      const pending = findPending(trades, change.order);
      if (pending === undefined) return changeRefusals.notFound('pending order', change.order);
      const now = pending ?? change.before;
      const isSame = change.price === now.price && change.limitPrice === null && change.until === null;
      return (
        checkSame(change.before, now) ?? checkStops(change, now, change.limitPrice ?? change.price, consent, !isSame)
      );
    }
    case 'cancel_order':
      return null;
  }
}

/** Null: the list is not current, so that it says nothing. Undefined: it has no such position. */
function find({ positions, isCurrent }: OpenTrades, ticket: string): OpenPosition | null | undefined {
  return positions === null || !isCurrent ? null : positions.find(({ position }) => position === ticket);
}

function findPending({ orders, isCurrent }: OpenTrades, ticket: string): PendingOrder | null | undefined {
  return orders === null || !isCurrent ? null : orders.find(({ order }) => order === ticket);
}

function checkPart(lot: number, before: SeenTrade, open: OpenPosition): Refusal | null {
  if (before.lots !== open.lots) return changeRefusals.changed('its lots', String(before.lots), String(open.lots));
  return lot > open.lots ? changeRefusals.tooManyLots(String(lot), String(open.lots)) : null;
}

function checkPair(open: OpenPosition, by: OpenPosition): Refusal | null {
  if (open.position === by.position) return changeRefusals.noPair('they are one');
  if (open.symbol !== by.symbol) return changeRefusals.noPair(`one is of ${open.symbol}, the other of ${by.symbol}`);
  return open.side === by.side ? changeRefusals.noPair(`both are a ${open.side}`) : null;
}

/** What was seen is what is there. */
function checkSame(seen: SeenTrade, now: SeenTrade): Refusal | null {
  if (seen.symbol !== now.symbol) return changeRefusals.changed('its symbol', seen.symbol, now.symbol);
  if (seen.side !== now.side) return changeRefusals.changed('its side', words(seen.side), words(now.side));
  if (seen.lots !== now.lots) return changeRefusals.changed('its lots', words(seen.lots), words(now.lots));
  if (seen.sl !== now.sl) return changeRefusals.changed('its stop loss', words(seen.sl), words(now.sl));
  if (seen.tp !== now.tp) return changeRefusals.changed('its take profit', words(seen.tp), words(now.tp));
  return seen.price === now.price ? null : changeRefusals.changed('its price', words(seen.price), words(now.price));
}

/**
 * Stops on the right side, and none that moves away without consent.
 * @param at what closes it now, or where the pending order would open; null: not known, so that the EA decides
 * @param isMoved something else changes
 */
function checkStops(
  { sl, tp }: { sl: number; tp: number },
  now: SeenTrade,
  at: number | null,
  { away }: ChangeConsent,
  isMoved = false,
): Refusal | null {
  if (!isMoved && sl === now.sl && tp === now.tp) return changeRefusals.sameStops();
  const { side } = now;
  if (side === null) return null;
  const sign = side === 'buy' ? 1 : -1;
  if (at !== null && sl > 0 && sl !== now.sl && sign * (at - sl) <= 0) {
    return changeRefusals.wrongSide('sl', String(sl), side, String(at));
  }
  if (at !== null && tp > 0 && tp !== now.tp && sign * (tp - at) <= 0) {
    return changeRefusals.wrongSide('tp', String(tp), side, String(at));
  }
  return !away && !isMoved && movesAway(sl, now) ? changeRefusals.movesAway(words(now.sl), words(sl)) : null;
}

/** Whether a new stop loss lets the position lose more than the present one does. An unknown one counts as none. */
export function movesAway(sl: number, { side, sl: present }: Pick<SeenTrade, 'side' | 'sl'>): boolean {
  if (present === null || present === 0) return false;
  return sl === 0 || (side === 'sell' ? sl > present : sl < present);
}

function words(value: string | number | null): string {
  return value === null || value === 0 ? 'none' : String(value);
}
