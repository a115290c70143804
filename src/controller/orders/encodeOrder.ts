import type { Order } from '../../domain/orders/order.ts';
import { type EncodedFrame, encodeSignal } from '../../protocol/ea/commandFrame.ts';
import type { SignalRules } from '../../protocol/ea/signal.ts';
import { encodeChange8 } from '../../protocol/ea/encodeChange8.ts';
import { encodeOrder8 } from '../../protocol/ea/encodeOrder8.ts';
import { isChange } from '../../domain/tradeTerms.ts';

/**
 * Encodes an order for the EA that is connected.
 * @param session of an EA of protocol 8; null: the documented one
 * @param terms slippage in points, and the time of sending, epoch ms
 */
export function encodeOrder(
  order: Order,
  rules: SignalRules,
  session: string | null,
  { deviation, sentAt }: { deviation: number; sentAt: number },
): EncodedFrame {
  const { action, symbol, lot, tp, sl, signalId, change = null, entry = null } = order;
  if (change !== null) {
    if (session !== null) return encodeChange8(change, { session, signalId, sentAt, deviation });
    const reason = 'The documented EA takes no change of a single position.';
    return { ok: false, problem: { field: 'action', code: 'invalid_action', reason } };
  }
  if (isChange(action)) throw new Error(`Order ${signalId} has no change to send.`);
  const signal = { action, symbol, lot, tp, sl, signal_id: signalId };
  if (session === null) return encodeSignal(signal, rules);
  return encodeOrder8({ ...signal, entry }, rules, { session, sentAt, deviation });
}
