import {
  isEngineSource,
  shownState,
  tradedDiffers,
  type Order,
  type OrderSource,
  type UnknownReason,
} from '../../src/domain/orders/order.ts';
import { changeWords } from '../../src/api/presentation/changeWords.ts';
import { kindOfEntry, priceOfEntry } from '../../src/api/presentation/entryWords.ts';
import { nextStepOf } from '../../src/api/presentation/nextStepOf.ts';
import { formatLots, formatPlain, formatPriceLike } from '../format.ts';
import { isEntry, type OrderAction, type StopUnit } from '../../src/domain/tradeTerms.ts';

export const actionWords: Record<OrderAction, string> = {
  buy: 'Buy',
  sell: 'Sell',
  close: 'Close',
  close_all: 'Close all',
  close_position: 'Close',
  close_by: 'Close by',
  modify_position: 'Stops',
  modify_order: 'Change',
  cancel_order: 'Cancel',
};

/** What an order does, in its symbol, as the beginning of a sentence. */
export function orderPhrase(order: Order): string {
  const { action, change = null, entry = null, lot, symbol } = order;
  if (change !== null) return `${changeWords(change, { formatLots, formatPlain })}, ${symbol}`;
  return isEntry(action) && !isUnplanned(order)
    ? `${actionWords[action]}${kindOfEntry(entry)} ${formatLots(lot)} lots ${symbol}${priceOfEntry(entry, formatPlain)}`
    : `${actionWords[action]} ${symbol}`;
}

/** Source of an order, as the end of a sentence. */
export function sourceWords(source: OrderSource): string {
  if (source === 'ticket') return 'in a window of the desk';
  if (source === 'command line') return 'on the command line';
  if (source === 'protector') return 'by the protector, for a rule of the account';
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
  return tradedDiffers(order) && tradedLot !== null
    ? [formatLots(tradedLot), formatLots(lot)]
    : [formatLots(lot), null];
}

/** Whether an engine's signal ended before its lots and stops were worked out: what stands in them is no order. */
export function isUnplanned({ state, source, lot, sl, tp }: Order): boolean {
  return state === 'refused' && isEngineSource(source) && lot === 0 && sl === 0 && tp === 0;
}

/** A stop with its unit (W5). @param digits of the symbol's prices; 0: unknown */
export function stopWords(value: number, unit: StopUnit | null, digits = 0): string {
  if (value === 0) return 'none';
  if (unit === null) return `${formatPlain(value)}, its unit is not set`;
  return unit === 'price' ? `at price ${formatPriceLike(value, null, digits)}` : `${formatPlain(value)} points`;
}

/** A problem or peculiarity of an order, and what a person can do about it; empty and null: none. */
export function errorWords(order: Order): { what: string; nextStep: string | null } {
  return { what: whatHappened(order), nextStep: nextStepOf(order) };
}

function whatHappened(order: Order): string {
  if (shownState(order) === 'dismissed') return 'A person dismissed this signal.';
  const { state, refusal, message, settledBy, late, unverified, contradicted, repeats } = order;
  const parts: string[] = [];
  if (state === 'placed') parts.push(`Waits${priceOfEntry(order.entry, formatPlain)}: nothing is traded yet.`);
  if (tradedDiffers(order)) parts.push(`Traded ${lotWords(order).join(' of ')} lots.`);
  if (refusal !== null) parts.push(refusal.reason);
  if (state !== 'filled' && message !== null) parts.push(state === 'unknown' ? withoutAdvice(message) : message);
  if (settledBy !== null) parts.push(`Settled by hand ${sourceWords(settledBy.by)}.`);
  else if (late) parts.push('Late: the result came after the order was unknown.');
  if (unverified && settledBy === null) parts.push('Unverified: the EA named no ticket or price.');
  if (contradicted) parts.push('Contradicted: the EA sent a second, different result.');
  else if (repeats > 0) parts.push('The EA sent its result more than once.');
  if (state === 'filled' && message !== null) parts.push(message);
  return parts.join(' ');
}

/** A message without its advice, which stands by itself. */
function withoutAdvice(message: string): string {
  return message.replace(/\s*Look in MT5[^.]*\.$/, '');
}
