import type { RiskCode } from '../risk/riskRefusals.ts';

/** ARCHITECTURE rule 3: why an order was not sent. */
export type RefusalCode =
  | RiskCode
  /** An order in the same symbol is unknown, and nobody has confirmed to trade beside it. */
  | 'risk_unsettled'
  /** A rule of the account refuses it. */
  | 'account_rule'
  /** A rule has closed everything, and locked the account. */
  | 'account_locked'
  | 'kill_switch'
  | 'ea_close_only'
  | 'no_ea'
  | 'second_ea'
  | 'other_desk'
  | 'account_changed'
  | 'unit_unknown'
  | 'terms_differ'
  | 'stale_telemetry'
  | 'no_quotes'
  | 'duplicate_order'
  | 'disarmed'
  | 'busy'
  /** The EA takes no pending orders, and no change of a single position or pending order. */
  | 'not_supported'
  /** The position or pending order is not in the EA's list. */
  | 'not_found'
  /** A stop loss would move away from the price, and nobody has confirmed it. */
  | 'stop_away'
  | 'duplicate_id'
  | 'journal_failed'
  | 'invalid_action'
  | 'invalid_symbol'
  | 'invalid_lot'
  | 'invalid_sl'
  | 'invalid_tp'
  /** Price, limit price and expiry of a pending order. */
  | 'invalid_price'
  | 'invalid_limit_price'
  | 'invalid_until'
  | 'invalid_signal_id'
  | 'invalid_frame'
  /** From here on: of the gateway, and of signals that wait for a person. */
  | 'unauthorized'
  | 'invalid_request'
  | 'invalid_bridge'
  | 'engine_paused'
  | 'engine_halted'
  | 'engine_limit'
  | 'expired'
  /** The order differs from the one that a person confirmed. */
  | 'changed'
  | 'late'
  | 'dismissed';

/** `reason` is one sentence for the person who fired; `nextStep` tells what that person can do. */
export interface Refusal {
  code: RefusalCode;
  reason: string;
  nextStep: string;
}

/** Account figures older than this, in ms, refuse every trade. */
export const staleTelemetryMs = 15_000;

/** A quote older than this, in ms, is no price. */
export const staleQuoteMs = 60_000;

/**
 * A refusal of what a person may do at any time, with the advice to do it in MT5 where the desk can't.
 * @param verb as "Close"
 */
export function withoutDesk(refusal: Refusal, verb = 'Close'): Refusal {
  const { code, nextStep } = refusal;
  return code === 'no_ea' || code === 'journal_failed' || code === 'invalid_symbol'
    ? { ...refusal, nextStep: `${verb} in MT5 now. ${nextStep}` }
    : refusal;
}

const invalidNextSteps: Partial<Record<RefusalCode, string>> = {
  invalid_symbol: 'Write the symbol as Market Watch in MT5 shows it.',
  invalid_lot: 'Type lots that the symbol takes: see the symbol table.',
  invalid_sl: 'Type the stop loss anew and fire again.',
  invalid_tp: 'Type the take profit anew and fire again.',
  invalid_price: 'Type another price and fire again.',
  invalid_signal_id: 'Type another ID, or leave the field empty to have one made.',
};

export function invalidRefusal(problem: { code: RefusalCode; reason: string }): Refusal {
  return {
    code: problem.code,
    reason: problem.reason,
    nextStep: invalidNextSteps[problem.code] ?? 'Correct the order and fire again.',
  };
}
