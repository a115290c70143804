import type { EncodedFrame } from './commandFrame.ts';
import { checkSignal, type Signal, type SignalRules } from './signal.ts';
import type { Expiry } from '../../domain/orders/pendingEntry.ts';
import type { Command8 } from '../protocol8/commands.ts';

/** Age at which the EA refuses an entry or new stops, ms (N3). */
export const entryExpiryMs = 2_000;

/** What goes with an order of this session. */
interface OrderTerms8 {
  session: string;
  /** Epoch ms. */
  sentAt: number;
  /** Most that the price may move between order and fill, points. */
  deviation: number;
}

/** Encodes an order for an EA of protocol 8. Refused where a documented EA would refuse it too (W4, W6). */
export function encodeOrder8(signal: Signal, rules: SignalRules, terms: OrderTerms8): EncodedFrame {
  const problem = checkSignal(signal, rules);
  return problem === null
    ? { ok: true, text: JSON.stringify(commandOf(signal, rules, terms)) }
    : { ok: false, problem };
}

function commandOf(signal: Signal, { stopUnit }: SignalRules, terms: OrderTerms8): Command8 {
  const { action, symbol, lot, sl, tp, signal_id, entry = null } = signal;
  const { session, sentAt, deviation } = terms;
  const once = { session, signal_id, sent_at: sentAt };
  if (action === 'close' || action === 'close_all') {
    const which = action === 'close' ? { symbol } : {};
    // As the dialog says: what the EA has opened itself.
    return { type: 'close_all', ...once, whose: 'own', ...which, orders: false, deviation };
  }
  const stops = stopUnit === 'price' ? { sl_price: sl, tp_price: tp } : { sl, tp };
  const aging = { type: 'signal', ...once, expires_ms: entryExpiryMs } as const;
  if (entry === null) return { ...aging, action, symbol, lot, ...stops, deviation };
  const { kind, price, limitPrice, until } = entry;
  const limit = limitPrice === null ? {} : { limit_price: limitPrice };
  const waits = { price, ...limit, ...expiryOf(until) };
  return { ...aging, action: `${action}_${kind}`, symbol, lot, ...stops, ...waits, deviation };
}

/** The EA converts a time of UTC by its own broker's clock, which the desk may not know. */
function expiryOf(until: Expiry): Pick<Extract<Command8, { type: 'signal' }>, 'until' | 'until_utc' | 'day'> {
  if (until === 'gtc') return { until: 0 };
  return until === 'day' ? { day: true } : { until_utc: until };
}
