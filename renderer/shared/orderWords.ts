import { type UnknownReason, type Order, type OrderSource, tradedDiffers } from '../../src/domain/orders/order.ts';
import { formatLots } from '../format.ts';
import type { SignalAction, StopUnit } from '../../src/domain/tradeTerms.ts';

export const actionWords: Record<SignalAction, string> = {
  buy: 'Buy',
  sell: 'Sell',
  close: 'Close',
  close_all: 'Close all',
};

/** Source of an order, as the end of a sentence. */
export function sourceWords(source: OrderSource): string {
  if (source === 'ticket') return 'in a window of the desk';
  if (source === 'command line') return 'on the command line';
  return source.startsWith('feed ') ? `by a signal of ${source}` : `by ${source}`;
}

/** Source of an order and the person who approved it, as the end of a sentence. */
export function firedWords({ source, approvedBy }: Pick<Order, 'source' | 'approvedBy'>): string {
  const words = sourceWords(source);
  return approvedBy === null ? words : `${words}, taken up by a person ${sourceWords(approvedBy)}`;
}

/** An engine's request before units and lots were computed; null: none. */
export function askedWords({ source, asked }: Pick<Order, 'source' | 'asked'>): string | null {
  return asked === null ? null : `${source.replace(/^(engine|feed) /, '')} asked for: ${asked}`;
}

export const doubtWords: Record<UnknownReason, string> = {
  no_feedback: 'no result came in time',
  connection_lost: 'the connection was lost before the result came',
  ea_timeout: 'the EA reports a time-out',
  unclear_status: "the EA's answer is not clear",
  restart: 'the app ended before the result came',
  unverified: 'success without ticket and price',
  positions_remain: 'positions remain after the close',
  positions_untold: 'the EA does not tell its positions',
};

/** Lots of the order. Where others were traded: the traded lots, then the requested ones. */
export function lotWords(order: Pick<Order, 'lot' | 'tradedLot'>): [lots: string, asked: string | null] {
  const { lot, tradedLot } = order;
  return tradedDiffers(order) && tradedLot !== null ? [exactLots(tradedLot), exactLots(lot)] : [exactLots(lot), null];
}

/** Lots with two decimals, or more where needed. */
function exactLots(lot: number): string {
  return Math.abs(Math.round(lot * 100) / 100 - lot) < 1e-9 ? formatLots(lot) : String(lot);
}

/** A stop with its unit (W5). */
export function stopWords(value: number, unit: StopUnit | null): string {
  if (value === 0) return 'none';
  if (unit === null) return `${String(value)}, its unit is not set`;
  return unit === 'price' ? `at price ${String(value)}` : `${String(value)} points`;
}

/** One line on a problem or peculiarity of an order. */
export function errorText(order: Order): string {
  const parts: string[] = [];
  if (tradedDiffers(order)) parts.push(`Traded ${String(order.tradedLot)} of ${String(order.lot)} lots.`);
  if (order.refusal !== null) parts.push(`${order.refusal.reason} (${order.refusal.code})`);
  if (order.state !== 'filled' && order.message !== null) parts.push(order.message);
  if (order.settledBy !== null) parts.push(`Settled by hand ${sourceWords(order.settledBy.by)}.`);
  else if (order.late) parts.push('Late: the result came after the order was unknown.');
  if (order.unverified && order.settledBy === null) parts.push('Unverified: the EA named no ticket or price.');
  if (order.contradicted) parts.push('Contradicted: the EA sent a second, different result.');
  else if (order.repeats > 0) parts.push('The EA sent its result more than once.');
  if (order.state === 'filled' && order.message !== null) parts.push(order.message);
  return parts.join(' ');
}
