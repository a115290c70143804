import type { OpenPosition, OpenTrades, PendingOrder } from './openTrades.ts';
import { changeRefusals } from './changeRefusals.ts';
import type { Order } from '../orders/order.ts';
import { movesEntry, type OrderChange, type SeenTrade, type StoredChange, targetOf } from '../orders/orderChange.ts';
import { isSameAccount } from '../orders/seen.ts';
import type { Refusal } from '../orders/refusal.ts';
import { seenPending } from './seenTrades.ts';

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
  /** Changes that are sent, or whose outcome is unknown; also of removed bridges that may be of this account. */
  underWay: readonly Order[];
  /** Changes that are done, and after which the EA has not listed positions, or pending orders, anew. */
  unlisted: readonly Order[];
}

/** @param order its number tells it from other changes */
export function checkChange(
  order: Pick<Order, 'number' | 'change'>,
  consent: ChangeConsent,
  facts: ChangeFacts,
): Refusal | null {
  const { change = null } = order;
  if (change === null) return null;
  if (!facts.isOwnEa) return changeRefusals.notSupported();
  const { account } = consent;
  if (!isSameAccount(account, facts)) return changeRefusals.otherAccount(account, facts.account);
  const refusal = checkOthers(change, order.number, facts.underWay);
  if (refusal !== null || leavesAnyway(change)) return refusal;
  return checkUnlisted(change, facts.unlisted) ?? checkTarget(change, consent, facts);
}

/** All of a position is closed, and a pending order cancelled, whatever the list says. */
function leavesAnyway(change: StoredChange): boolean {
  return change.action === 'cancel_order' || (change.action === 'close_position' && change.lot === null);
}

/** A list from before a change shows what is no longer there. */
function checkUnlisted(change: StoredChange, unlisted: readonly Order[]): Refusal | null {
  for (const { change: done = null, signalId } of unlisted) {
    const shared = done === null ? undefined : sharedTarget(change, done);
    if (shared !== undefined) return changeRefusals.notListedSince(shared, signalId);
  }
  return null;
}

/** One unanswered change of a position or pending order at a time. */
function checkOthers(change: StoredChange, number: number, underWay: readonly Order[]): Refusal | null {
  for (const other of underWay) {
    const theirs = other.change ?? null;
    const shared = theirs === null ? undefined : sharedTarget(change, theirs);
    if (theirs === null || shared === undefined || other.number === number) continue;
    if (other.state === 'sent') return changeRefusals.onItsWay(shared, other.signalId);
    if (other.state === 'unknown' && isPart(change) && isPart(theirs))
      return changeRefusals.inDoubt(shared, other.signalId);
  }
  return null;
}

/** Number of what two changes are both of; undefined: none. */
function sharedTarget(one: StoredChange, other: StoredChange): string | undefined {
  const targets = targetsOf(one);
  return targetsOf(other).find((ticket) => targets.includes(ticket));
}

function targetsOf(change: StoredChange): string[] {
  return change.action === 'close_by' ? [change.position, change.by] : [targetOf(change)];
}

/** Whether sent twice it closes twice: all of a position can't be closed again. */
function isPart(change: StoredChange): boolean {
  return change.action === 'close_by' || (change.action === 'close_position' && change.lot !== null);
}

function checkTarget(change: StoredChange, consent: ChangeConsent, facts: ChangeFacts): Refusal | null {
  const { quote } = facts;
  const positions = facts.trades.isCurrent ? facts.trades.positions : null;
  const orders = facts.trades.isCurrent ? facts.trades.orders : null;
  const find = (ticket: string): OpenPosition | undefined => positions?.find(({ position }) => position === ticket);
  if ((change.action === 'modify_order' ? orders : positions) === null) return changeRefusals.notListed();
  switch (change.action) {
    case 'close_position': {
      if (change.lot === null) return null;
      const open = find(change.position);
      if (open === undefined) return changeRefusals.notFound('position', change.position);
      return checkPart(change.lot, change.before, open);
    }
    case 'close_by': {
      const [open, by] = [find(change.position), find(change.by)];
      if (open === undefined) return changeRefusals.notFound('position', change.position);
      if (by === undefined) return changeRefusals.notFound('position', change.by);
      return checkPair(change.before, open, by);
    }
    case 'modify_position': {
      const now = find(change.position);
      if (now === undefined) return changeRefusals.notFound('position', change.position);
      const price = quote(now.symbol);
      const at = price === null ? null : now.side === 'buy' ? price.bid : price.ask;
      if (change.sl === now.sl && change.tp === now.tp) return changeRefusals.sameStops();
      return (
        checkSame(change.before, now) ??
        checkStops(change, now, at) ??
        checkAway(movesAway(change.sl, now), change.sl, now, consent)
      );
    }
    case 'modify_order': {
      const pending = orders?.find(({ order }) => order === change.order);
      return pending === undefined
        ? changeRefusals.notFound('pending order', change.order)
        : checkPending(change, pending, consent);
    }
    case 'cancel_order':
      return null;
  }
}

function checkPart(lot: number, before: SeenTrade, open: OpenPosition): Refusal | null {
  if (before.lots !== open.lots) return changeRefusals.changed('its lots', String(before.lots), String(open.lots));
  return lot > open.lots ? changeRefusals.tooManyLots(String(lot), String(open.lots)) : null;
}

function checkPair(before: SeenTrade, open: OpenPosition, by: OpenPosition): Refusal | null {
  if (open.position === by.position) return changeRefusals.noPair('they are one');
  if (open.symbol !== by.symbol) return changeRefusals.noPair(`one is of ${open.symbol}, the other of ${by.symbol}`);
  if (open.side === by.side) return changeRefusals.noPair(`both are a ${open.side}`);
  return before.lots === open.lots ? null : changeRefusals.changed('its lots', words(before.lots), words(open.lots));
}

/** What was seen is what is there. */
function checkSame(seen: SeenTrade, now: SeenTrade): Refusal | null {
  if (seen.symbol !== now.symbol) return changeRefusals.changed('its symbol', seen.symbol, now.symbol);
  if (seen.side !== now.side) return changeRefusals.changed('its side', words(seen.side), words(now.side));
  if (seen.lots !== now.lots) return changeRefusals.changed('its lots', words(seen.lots), words(now.lots));
  if (seen.sl !== now.sl) return changeRefusals.changed('its stop loss', words(seen.sl), words(now.sl));
  const [limit, limitNow] = [seen.limitPrice ?? null, now.limitPrice ?? null];
  if (limit !== limitNow) return changeRefusals.changed('its limit price', words(limit), words(limitNow));
  if (seen.tp !== now.tp) return changeRefusals.changed('its take profit', words(seen.tp), words(now.tp));
  return seen.price === now.price ? null : changeRefusals.changed('its price', words(seen.price), words(now.price));
}

/** Price, limit price and stops of a pending order. Of its stops, the price at which it would open decides. */
function checkPending(
  change: Extract<StoredChange, { action: 'modify_order' }>,
  now: PendingOrder,
  consent: ChangeConsent,
): Refusal | null {
  const { price, limitPrice, sl, tp, until, before } = change;
  const hasLimit = now.kind === 'stop_limit';
  if (limitPrice !== null && !hasLimit) return changeRefusals.noLimitPrice(now.kind);
  const isSame = sl === now.sl && tp === now.tp && !movesEntry({ ...change, before: seenPending(now) });
  if (isSame && until === null) return changeRefusals.sameStops();
  const opens = hasLimit ? (limitPrice ?? now.limitPrice) : price;
  const away = pendingMovesAway(change, now);
  return checkSame(before, seenPending(now)) ?? checkStops(change, now, opens) ?? checkAway(away, sl, now, consent);
}

/**
 * Stops on the right side of a price.
 * @param at what closes it now, or where the pending order would open; null: not known, so that the EA decides
 */
function checkStops({ sl, tp }: { sl: number; tp: number }, now: SeenTrade, at: number | null): Refusal | null {
  const { side } = now;
  if (side === null || at === null) return null;
  const sign = side === 'buy' ? 1 : -1;
  if (sl > 0 && sl !== now.sl && sign * (at - sl) <= 0) {
    return changeRefusals.wrongSide('sl', String(sl), side, String(at));
  }
  const isWrong = tp > 0 && tp !== now.tp && sign * (tp - at) <= 0;
  return isWrong ? changeRefusals.wrongSide('tp', String(tp), side, String(at)) : null;
}

function checkAway(isAway: boolean, sl: number, now: SeenTrade, { away }: ChangeConsent): Refusal | null {
  if (away || !isAway) return null;
  return changeRefusals.movesAway(now.sl === null ? 'one that the EA does not tell' : words(now.sl), words(sl));
}

/**
 * Whether a new stop loss lets the position lose more than the present one does. Where the present one is not told, only
 * none at all may do so.
 */
export function movesAway(sl: number, { side, sl: present }: Pick<SeenTrade, 'side' | 'sl'>): boolean {
  if (present === null) return sl === 0;
  if (present === 0) return false;
  return sl === 0 || (side === 'sell' ? sl > present : sl < present);
}

type PendingStops = Pick<Extract<OrderChange, { action: 'modify_order' }>, 'price' | 'limitPrice' | 'sl'>;

/** Like {@link movesAway}, of a pending order: a stop loss that moves along with the price at which it opens stays as far. */
export function pendingMovesAway({ price, limitPrice, sl }: PendingStops, now: PendingOrder): boolean {
  if (sl === now.sl) return false;
  const [opens, opened] =
    now.kind === 'stop_limit' ? [limitPrice ?? now.limitPrice, now.limitPrice] : [price, now.price];
  if (!now.sl || opens === null || opened === null) return movesAway(sl, now);
  // Sums of prices are inexact from about the 15th digit on.
  const present = Number((now.sl + (opens - opened)).toFixed(8));
  return movesAway(Number(sl.toFixed(8)), { side: now.side, sl: present });
}

function words(value: string | number | null): string {
  return value === null || value === 0 ? 'none' : String(value);
}
