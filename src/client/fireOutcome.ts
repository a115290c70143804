import type { RefusalCode } from '../domain/orders/refusal.ts';
import type { GatewayReply } from './gatewayReply.ts';

/** Why an order was refused. `unreachable` and `aborted` come from the client itself; a later app may add codes. */
export type FireRefusalCode = RefusalCode | 'unreachable' | 'aborted' | (string & Record<never, never>);

/** The EA reports a trade. */
export interface Filled {
  state: 'filled';
  signalId: string;
  bridge: string;
  /** Ticket of MT5, as text of digits, since it can exceed 2^53. Null: the EA named none. */
  ticket: string | null;
  price: number | null;
  /** Lots that the EA reports as traded; they can differ from the lots asked for. Left out: not reported. */
  tradedLot?: number;
  /** The EA named no ticket or no price: look in MT5. */
  unverified?: true;
  message: string | null;
}

/** The EA or the broker said no. */
export interface Rejected {
  state: 'rejected';
  signalId: string;
  bridge: string;
  /** The EA's message, unchanged. */
  error: string;
}

/** Outcome not known. Don't fire again before a person has looked in MT5. */
export interface Unknown {
  state: 'unknown';
  signalId: string;
  reason: string;
  nextStep: string;
  /** The EA reports success without ticket and price. */
  unverified?: true;
}

/** This request traded nothing. Its ID can be used again, except after `duplicate_id`. */
export interface Refused {
  state: 'refused';
  signalId: string;
  code: FireRefusalCode;
  reason: string;
  nextStep: string;
  /** Name of the wrong field; null: none. */
  field: string | null;
}

export type FireOutcome = Filled | Rejected | Unknown | Refused;

/** The order is on its way to the EA. Lots and stops as sent. */
export interface SentAck {
  state: 'sent';
  signalId: string;
  bridge: string;
  lot: number;
  sl: number;
  tp: number;
}

/** The signal waits for a person. `expiresAt`: epoch ms. */
export interface WaitingAck {
  state: 'waiting';
  signalId: string;
  expiresAt: number;
}

export type FireAck = SentAck | WaitingAck;

/** Next step for an order in doubt, as the end of a sentence. */
export const lookFirst = 'Look in the desk, or ask how the order stands, before you fire anything in its place.';

/** Outcome that a reply reports of this order; null: the reply is not about an order. */
export function outcomeOf(reply: GatewayReply, signalId: string): FireOutcome | FireAck | null {
  switch (reply.type) {
    case 'ack':
      return reply.state === 'waiting'
        ? { state: 'waiting', signalId, expiresAt: reply.expires_at }
        : { state: 'sent', signalId, bridge: reply.bridge, lot: reply.lot, sl: reply.sl, tp: reply.tp };
    case 'trade_result': {
      const { bridge, ticket, price, traded_lot: tradedLot, message } = reply;
      const traded = tradedLot === null ? {} : { tradedLot };
      return { state: 'filled', signalId, bridge, ticket, price, message, ...traded, ...unverifiedOf(reply) };
    }
    case 'error':
      return { state: 'rejected', signalId, bridge: reply.bridge, error: reply.error };
    case 'unknown':
      return { state: 'unknown', signalId, reason: reply.reason, nextStep: lookFirst, ...unverifiedOf(reply) };
    case 'refused': {
      const { code, reason, next_step: nextStep, field } = reply;
      return { state: 'refused', signalId, code, reason, nextStep, field };
    }
    case 'not_found':
    case 'pong':
      return null;
  }
}

function unverifiedOf({ unverified }: { unverified: boolean }): { unverified?: true } {
  return unverified ? { unverified } : {};
}
