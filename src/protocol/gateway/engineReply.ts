import type { Refusal } from '../../domain/orders/refusal.ts';
import { jsonTicket } from '../../domain/orders/ticket.ts';
import type { UnknownReason, OrderState } from '../../domain/orders/order.ts';

/** What of an order an engine is told (G3). Lots and stops as they went to the EA. */
export interface RepliedOrder {
  signalId: string;
  bridge: string;
  state: OrderState;
  lot: number;
  sl: number;
  tp: number;
  /** Lots that the EA reports as traded; null: it told none. */
  tradedLot: number | null;
  doubt: UnknownReason | null;
  /** Filled, and the EA named no ticket or no price. */
  unverified: boolean;
  ticket: string | null;
  price: number | null;
  message: string | null;
  refusal: Refusal | null;
}

/** G3's answers as one JSON object each. */
export const engineReplies = {
  sent: ({ signalId, bridge, lot, sl, tp }: RepliedOrder): string =>
    JSON.stringify({ type: 'ack', signal_id: signalId, state: 'sent', bridge, lot, sl, tp }),
  /** It waits for a person. `expiresAt`: epoch ms. */
  waiting: (signalId: string, expiresAt: number): string =>
    JSON.stringify({ type: 'ack', signal_id: signalId, state: 'waiting', expires_at: expiresAt }),
  /** @param field the request's name for what is wrong */
  refused: (signalId: string, { code, reason, nextStep }: Refusal, field: string | null = null): string =>
    JSON.stringify({
      type: 'refused',
      signal_id: signalId,
      code,
      reason,
      next_step: nextStep,
      ...(field === null ? {} : { field }),
    }),
  /** Nobody knows an order under this ID that this engine fired. */
  notFound: (signalId: string): string => JSON.stringify({ type: 'not_found', signal_id: signalId }),
  pong: (engine: string): string => JSON.stringify({ type: 'pong', engine }),
} as const;

/** D22: the EA reports success and proves none. It becomes filled where positions agree, so that this is no last word. */
export function isUnverified({ state, doubt }: Pick<RepliedOrder, 'state' | 'doubt'>): boolean {
  return state === 'unknown' && doubt === 'unverified';
}

/** What became of an order; null while nothing has. */
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
        ...(tradedLot === null ? {} : { lot, traded_lot: tradedLot }),
        ...unverified,
        ...(message === null ? {} : { message }),
      });
    case 'rejected':
      return JSON.stringify({ type: 'error', signal_id: signalId, error: message ?? 'rejected', bridge });
    case 'unknown':
      return JSON.stringify({ type: 'unknown', signal_id: signalId, reason: message ?? '', bridge, ...unverified });
    case 'refused':
      return refusal === null ? null : engineReplies.refused(signalId, refusal);
    case 'sent':
      return null;
  }
}
