import type { WaitingSignal } from '../../../src/api/state/engines.ts';
import { changeWords, seenTradeWords } from '../../../src/api/presentation/changeWords.ts';
import type { Order } from '../../../src/domain/orders/order.ts';
import type { SeenOrder } from '../../../src/domain/orders/seen.ts';
import { formatLots, formatPlain, formatPriceLike, formatTime } from '../../format.ts';
import type { Block } from '../../shared/blockWords.ts';
import { stopWords } from '../../shared/orderWords.ts';
import { refusalWords } from '../../shared/refusalWords.ts';
import { ticketWords, type TicketWords } from '../ticket/form/ticketWords.ts';
import { isChange, isClose, type StopUnit } from '../../../src/domain/tradeTerms.ts';

/** The order that would be sent now. */
export function plannedWords({ action, change, symbol, planned }: WaitingSignal, unit: StopUnit | null): string {
  if (change !== null) {
    const figures = { formatLots, formatPlain };
    return `${changeWords(change, figures)} · ${seenTradeWords(change.before, figures)}`;
  }
  if (isClose(action)) return action === 'close_all' ? 'Closes every position' : `Closes every position in ${symbol}`;
  if (planned === null) return 'Nothing can be sent as it stands';
  const { lot, sl, tp, price } = planned;
  const at = price === null ? '' : ` · now ${formatPriceLike(action === 'sell' ? price.bid : price.ask, price)}`;
  return `${formatLots(lot)} lots · SL ${stopWords(sl, unit)} · TP ${stopWords(tp, unit)}${at}`;
}

/** What stops a signal now, with what to do; else a warning, or how the last try to fire it ended; null: none of them. */
export function remarkOf({ problem, refused }: WaitingSignal, block: Block | null): string | null {
  if (block !== null) return `${block.reason} ${block.nextStep}`.trim();
  if (problem !== null) return problem;
  return refused === null ? null : `Refused at ${formatTime(refused.at)}: ${refused.reason}`;
}

/** Why a buy, a sell or a change can't be sent now; null: it can. @param block of its bridge */
export function blockOfSignal(
  { action, change, planned, problem, obstacle }: WaitingSignal,
  block: Block | null,
): Block | null {
  if (isClose(action)) return null;
  // What stops buys and sells stops no change of what is open: its obstacle says what does.
  if (block !== null && change === null) return block;
  if (obstacle !== null) {
    const { code, reason, nextStep } = obstacle;
    return { word: refusalWords[code], reason, nextStep, isOrder: code === 'busy' };
  }
  if (planned !== null || change !== null) return null;
  return { word: 'not possible', reason: problem ?? 'Nothing can be sent as it stands.', nextStep: '', isOrder: false };
}

/** Whether a change asks for a stop loss that moves away from the price, of which its warning tells. */
export function isAwayStop({ change, problem }: WaitingSignal): boolean {
  return change !== null && problem !== null;
}

/** A signal as its row shows it: it leaves exactly so, or not at all. */
export function seenIn({ bridge, action, symbol, planned }: WaitingSignal): SeenOrder | null {
  return bridge === null || planned === null || isChange(action) ? null : { bridge, action, symbol, ...planned };
}

/** "0:48", or "1:05". */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The order of a signal, in its newest state; null: none. */
export function orderOf(orders: readonly Order[], { signalId, source }: WaitingSignal): Order | null {
  return orders.find((order) => order.signalId === signalId && order.source === source) ?? null;
}

/** Outcome of an ended signal. */
export function endWords(order: Order | null): TicketWords {
  const nothing = { word: 'gone', state: null, text: 'It waits no more.', nextStep: null, signalId: null };
  const words = ticketWords(null, order, null) ?? nothing;
  const code = order?.refusal?.code;
  return code === 'expired' || code === 'dismissed' ? { ...words, word: code, nextStep: null } : words;
}
