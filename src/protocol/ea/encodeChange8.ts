import type { StoredChange } from '../../domain/orders/orderChange.ts';
import { type Command8, command8Schema } from '../protocol8/commands.ts';
import type { EncodedFrame } from './commandFrame.ts';
import { entryExpiryMs } from './encodeOrder8.ts';

interface ChangeTerms8 {
  session: string;
  signalId: string;
  /** Epoch ms. */
  sentAt: number;
  /** Most that the price may move between order and fill, points. */
  deviation: number;
}

/** Encodes a change of a position or pending order for an EA of protocol 8 (N3). Refused where the EA could not read it. */
export function encodeChange8(change: StoredChange, terms: ChangeTerms8): EncodedFrame {
  const command = commandOf(change, terms);
  const read = command8Schema.safeParse(command);
  if (read.success) return { ok: true, text: JSON.stringify(command) };
  const problem = read.error.issues[0];
  const reason = `The field "${String(problem?.path[0] ?? 'type')}" can't be sent: ${problem?.message ?? 'not a command'}.`;
  return { ok: false, problem: { field: 'type', code: 'invalid_frame', reason } };
}

function commandOf(change: StoredChange, { session, signalId, sentAt, deviation }: ChangeTerms8): Command8 {
  const once = { session, signal_id: signalId, sent_at: sentAt };
  switch (change.action) {
    case 'close_position': {
      const { position, lot } = change;
      return { type: 'close', ...once, position, ...(lot === null ? {} : { lot }), deviation };
    }
    case 'close_by':
      return { type: 'close_by', ...once, position: change.position, by: change.by };
    case 'modify_position': {
      const { position, sl, tp } = change;
      return { type: 'modify', ...once, expires_ms: entryExpiryMs, position, sl_price: sl, tp_price: tp };
    }
    case 'modify_order': {
      const { order, price, limitPrice, sl, tp, until } = change;
      const limit = limitPrice === null ? {} : { limit_price: limitPrice };
      const ends = until === null ? {} : { until };
      const stops = { sl_price: sl, tp_price: tp };
      return { type: 'modify', ...once, expires_ms: entryExpiryMs, order, ...stops, price, ...limit, ...ends };
    }
    case 'cancel_order':
      return { type: 'cancel', ...once, order: change.order };
  }
}
