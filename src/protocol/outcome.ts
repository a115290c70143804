import type { EaError, TradeResult } from './eaMessages.ts';

/** What an EA's feedback says of an order. `unknown`: the EA itself doesn't know, or can't be understood. */
export type Outcome =
  /** `verified`: it names both the ticket and the price. v7 answers closes with neither (W14). */
  | { state: 'filled'; ticket: string | null; price: number | null; verified: boolean; text: string | null }
  | { state: 'rejected' | 'unknown'; text: string };

const success = new Set(['success', 'ok', 'filled', 'executed']);
const failure = new Set(['failed', 'failure', 'error', 'rejected', 'refused']);

// The broker may have taken an order whose answer timed out, so such an error settles nothing (ARCHITECTURE rule 2).
const namesTimeout = /time[\s_-]?d?[\s_-]?out|\b10012\b/i;

export function readTradeResult(result: TradeResult): Outcome {
  const status = result.status.toLowerCase();
  const text = result.message === undefined || result.message === '' ? null : result.message;
  if (success.has(status)) {
    const ticket = result.ticket === undefined || /^-?0+$/.test(result.ticket) ? null : result.ticket;
    const price = result.price === 0 ? null : (result.price ?? null);
    return { state: 'filled', ticket, price, verified: ticket !== null && price !== null, text };
  }
  if (failure.has(status)) return readFailure(text ?? `The EA reports "${result.status}" without a reason.`);
  return { state: 'unknown', text: `The EA reports status "${result.status}"${text === null ? '' : `: ${text}`}.` };
}

export function readEaError(error: EaError): Outcome {
  return readFailure(error.error === '' ? 'The EA reports an error without a text.' : error.error);
}

// Return codes that speak of success, which v7 can put into an error: 10008, 10009, 10010.
const namesSuccess = /order placed|request completed|only part of the request/i;

function readFailure(text: string): Outcome {
  return { state: namesTimeout.test(text) || namesSuccess.test(text) ? 'unknown' : 'rejected', text };
}

/** Whether a second report says the same as what is known. What isn't known (no price, no words) contradicts nothing. */
export function sameOutcome(known: Outcome, reported: Outcome): boolean {
  if (known.state === 'filled') {
    if (reported.state !== 'filled' || known.ticket !== reported.ticket) return false;
    return known.price === reported.price || known.price === null || reported.price === null;
  }
  if (reported.state !== known.state) return false;
  return known.text === '' || known.text === reported.text;
}
