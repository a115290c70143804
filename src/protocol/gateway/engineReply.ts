import type { Refusal } from '../../domain/orders/refusal.ts';
import { jsonTicket } from '../../domain/orders/ticket.ts';
import type { UnknownReason, OrderState } from '../../domain/orders/order.ts';
import { type StoredChange, targetNames } from '../../domain/orders/orderChange.ts';

/** Parts of an order that a reply contains (G3). Lots and stops as they went to the EA. */
export interface RepliedOrder {
  signalId: string;
  bridge: string;
  /** Null, or left out: no change of a position or pending order. */
  change?: StoredChange | null;
  state: OrderState;
  lot: number;
  sl: number;
  tp: number;
  /** Lots that the EA reports as traded; null: none reported. */
  tradedLot: number | null;
  doubt: UnknownReason | null;
  /** Filled, but without ticket or price from the EA. */
  unverified: boolean;
  ticket: string | null;
  price: number | null;
  message: string | null;
  refusal: Refusal | null;
}

/** Replies of G3, one JSON object each. */
export const engineReplies = {
  sent: ({ signalId, bridge, lot, sl, tp, change }: RepliedOrder): string =>
    JSON.stringify({ type: 'ack', signal_id: signalId, state: 'sent', bridge, lot, sl, tp, ...changeOf(change) }),
  /** The signal waits for a person. `expiresAt`: epoch ms. */
  waiting: (signalId: string, expiresAt: number): string =>
    JSON.stringify({ type: 'ack', signal_id: signalId, state: 'waiting', expires_at: expiresAt }),
  /** @param field name of the wrong field, as the request spells it */
  refused: (signalId: string, { code, reason, nextStep }: Refusal, field: string | null = null): string =>
    JSON.stringify({
      type: 'refused',
      signal_id: signalId,
      code,
      reason,
      next_step: nextStep,
      ...(field === null ? {} : { field }),
    }),
  /** This engine has fired no order under this ID. */
  notFound: (signalId: string): string => JSON.stringify({ type: 'not_found', signal_id: signalId }),
  pong: (engine: string): string => JSON.stringify({ type: 'pong', engine }),
} as const;

/** D22: the EA reports success without proof. The order can still become filled when positions agree, so this is not final. */
export function isUnverified({ state, doubt }: Pick<RepliedOrder, 'state' | 'doubt'>): boolean {
  return state === 'unknown' && doubt === 'unverified';
}

/** The final reply about an order; null: it has no outcome yet. */
export function finalReply(order: RepliedOrder): string | null {
  const { signalId, bridge, state, lot, tradedLot, ticket, price, message, refusal } = order;
  const unverified = order.unverified || isUnverified(order) ? { unverified: true } : {};
  switch (state) {
    case 'filled':
      return JSON.stringify({
        type: 'trade_result',
        signal_id: signalId,
        status: 'success',
        ticket: jsonTicket(ticket),
        price,
        bridge,
        ...changeOf(order.change),
        ...(tradedLot === null ? {} : { lot, traded_lot: tradedLot }),
        ...unverified,
        ...(message === null ? {} : { message }),
      });
    case 'rejected':
      return JSON.stringify({
        type: 'error',
        signal_id: signalId,
        error: message ?? 'rejected',
        bridge,
        ...changeOf(order.change),
      });
    case 'unknown':
      return JSON.stringify({
        type: 'unknown',
        signal_id: signalId,
        reason: message ?? '',
        bridge,
        ...changeOf(order.change),
        ...unverified,
      });
    case 'refused':
      return refusal === null ? null : engineReplies.refused(signalId, refusal);
    // Of pending orders, which engines don't send.
    case 'placed':
    case 'cancelled':
    case 'sent':
      return null;
  }
}

/** What a change is, and of what; nothing for other orders. */
function changeOf(change: StoredChange | null = null): Record<string, unknown> {
  return change === null ? {} : { action: change.action, ...targetNames(change) };
}
