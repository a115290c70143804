import type { RefusalCode } from '../domain/orders/refusal.ts';
import type { GatewayReply } from './gatewayReply.ts';

/** Why nothing was fired. The last two are of the client itself, and a later app may have more. */
export type FireRefusalCode = RefusalCode | 'unreachable' | 'aborted' | (string & Record<never, never>);

/** The EA reports success. */
export interface Filled {
  state: 'filled';
  signalId: string;
  bridge: string;
  /** Of MT5, as text of digits: it may be beyond 2^53. Null where the EA named none. */
  ticket: string | null;
  price: number | null;
  /** Lots that the EA reports as traded, which can be others than were asked for. Left out where it told none. */
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
  /** In the EA's own words. */
  error: string;
}

/** Nobody can say whether it was traded. It must not be fired again before somebody has looked. */
export interface Unknown {
  state: 'unknown';
  signalId: string;
  reason: string;
  nextStep: string;
  /** The EA reports success, and names neither ticket nor price. */
  unverified?: true;
}

/** By this request nothing was traded. Its ID is free to be used again, except after `duplicate_id`. */
export interface Refused {
  state: 'refused';
  signalId: string;
  code: FireRefusalCode;
  reason: string;
  nextStep: string;
  /** The name of the signal that is wrong. */
  field: string | null;
}

export type FireOutcome = Filled | Rejected | Unknown | Refused;

/** It is on its way to the EA. Lots and stops as the EA takes them. */
export interface SentAck {
  state: 'sent';
  signalId: string;
  bridge: string;
  lot: number;
  sl: number;
  tp: number;
}

/** A person is asked. `expiresAt`: epoch ms. */
export interface WaitingAck {
  state: 'waiting';
  signalId: string;
  expiresAt: number;
}

export type FireAck = SentAck | WaitingAck;

/** Where an order that is in doubt can be looked for. */
export const lookFirst = 'Look in the desk, or ask how the order stands, before you fire anything in its place.';

/** What a reply says of an order; null where it is about none. */
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
