import type { Order } from '../../domain/orders/order.ts';
import { asSentence } from '../../base/asSentence.ts';
import type { ExecutionReport } from '../../protocol/ea/executionReport.ts';
import { doubt, doubtTexts, settle, slowFailureMs } from './orderChanges.ts';

// State changes of a close: the EA's message proves nothing, telemetry has to agree. Pure functions.

const ownMagicAlone = 'v7 closes only positions of its own magic number.';

/** v7's message for any failed close (W14a). */
const nothingFound = /no positions? (?:was |were )?found/i;

/**
 * The state of a close after an error.
 * @param remaining positions on the account; null: not reported
 */
export function failClose(
  order: Order,
  outcome: ExecutionReport,
  roundTripMs: number,
  remaining: number | null,
): Order {
  const { text } = outcome;
  if (outcome.state !== 'rejected' || text === null || remaining === null || remaining === 0) {
    return settle(order, outcome, roundTripMs);
  }
  if (nothingFound.test(text)) {
    const why = `An EA may say so whenever a close fails, for whatever reason. ${ownMagicAlone}`;
    const message = `${text}, but ${positionsRemain(remaining)} on the account. ${why} Look in MT5.`;
    return { ...settle(order, outcome, roundTripMs), assumed: true, message };
  }
  const provesNothing = outcome.sendFailed && (order.state === 'unknown' || roundTripMs > slowFailureMs);
  return provesNothing ? { ...doubt(order, 'unclear_status', text), roundTripMs } : settle(order, outcome, roundTripMs);
}

/** The EA reports the close as done; telemetry has to agree before the order is filled. */
export function awaitPositions(order: Order, outcome: ExecutionReport, roundTripMs: number): Order {
  const text = outcome.text ?? 'The EA reports the close as done.';
  const message =
    order.state === 'unknown'
      ? order.message
      : `${asSentence(text)} It counts once the EA's next figures show that the positions are gone.`;
  return { ...order, roundTripMs, closeReported: text, message };
}

/**
 * Fills a confirmed close.
 * @param remaining positions on the account, of all symbols
 */
export function closed(order: Order, remaining: number): Order {
  const left = remaining === 0 ? 'no positions remain' : `${positionsRemain(remaining)} on the account`;
  return {
    ...order,
    state: 'filled',
    late: order.state === 'unknown',
    doubt: null,
    unverified: false,
    message: `${order.closeReported ?? ''}; ${left}.`,
  };
}

/**
 * Telemetry did not agree with a close in time.
 * @param remaining positions on the account; null: not reported
 */
export function breakOff(order: Order, remaining: number | null): Order {
  const reason = remaining === null ? 'positions_untold' : 'positions_remain';
  const counted = remaining === null ? '' : `${positionsRemain(remaining)}. `;
  return {
    ...order,
    state: 'unknown',
    doubt: reason,
    message: `${order.closeReported ?? ''} ${counted}${doubtTexts[reason]} ${ownMagicAlone}`.trim(),
  };
}

function positionsRemain(count: number): string {
  return count === 1 ? '1 position remains' : `${String(count)} positions remain`;
}
