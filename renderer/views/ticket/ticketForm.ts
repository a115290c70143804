import type { FireRequest } from '../../../src/api/contract.ts';
import type { BridgeState, Order, Quote } from '../../../src/api/state.ts';
import { lotsOf } from '../../../src/protocol/symbolTable.ts';
import {
  allSymbols,
  checkSignal,
  closeFields,
  isClose,
  type LotLimits,
  type SignalField,
  type SignalRules,
} from '../../../src/protocol/signal.ts';
import { formatPrice } from '../../format.ts';

// The ticket's logic, without its drawing: what was typed → what would be fired, or what is wrong with it.

export interface TicketFields {
  symbol: string;
  lot: string;
  sl: string;
  tp: string;
  signalId: string;
}

export type Side = 'buy' | 'sell';
export type TicketErrors = Partial<Record<SignalField, string>>;

export const emptyTicket: TicketFields = { symbol: 'XAUUSD', lot: '0.01', sl: '', tp: '', signalId: '' };

const names: Record<'lot' | 'sl' | 'tp', string> = { lot: 'Lots', sl: 'Stop loss', tp: 'Take profit' };

/** What the EA of a bridge takes of a symbol, which can have lots of its own. */
export function rulesOf(bridge: BridgeState, symbol: string): SignalRules {
  return { stopUnit: bridge.stopUnit, lots: lotsOf(bridge, symbol) };
}

/** The order as typed, or for each field what is wrong with it. An empty stop is none, which is 0 (W2). */
export function readTicket(
  fields: TicketFields,
  side: Side,
  bridge: BridgeState,
  newId: (symbol: string) => string,
): { request: FireRequest } | { errors: TicketErrors } {
  const errors: TicketErrors = {};
  const number = (field: 'lot' | 'sl' | 'tp'): number => {
    const text = fields[field].trim();
    if (text === '' && field !== 'lot') return 0;
    if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
    errors[field] = text.includes(',')
      ? `${names[field]}: write the decimals after a point, not a comma.`
      : `${names[field]} must be a number.`;
    return 0;
  };
  const symbol = fields.symbol.trim();
  const typedId = fields.signalId.trim();
  const [lot, sl, tp] = [number('lot'), number('sl'), number('tp')];
  if (symbol === '') errors.symbol = 'Type a symbol, as Market Watch in MT5 shows it.';
  if (Object.keys(errors).length > 0) return { errors };

  const signalId = typedId === '' ? newId(symbol) : typedId;
  const problem = checkSignal({ action: side, symbol, lot, sl, tp, signal_id: signalId }, rulesOf(bridge, symbol));
  if (problem !== null) return { errors: { [problem.field]: problem.reason } };
  return { request: { bridge: bridge.id, action: side, symbol, lot, sl, tp, signalId, confirmed: [] } };
}

/** @param symbol null: everything */
export function closeRequest(bridge: string, symbol: string | null, newId: (symbol: string) => string): FireRequest {
  const closing = symbol ?? allSymbols;
  const action = symbol === null ? 'close_all' : 'close';
  return { bridge, action, symbol: closing, ...closeFields, signalId: newId(closing), confirmed: [] };
}

/** One step up or down, to the grid of the lots and within their limits. */
export function stepLots(text: string, { min, max, step }: LotLimits, direction: 1 | -1): string {
  const typed = Number(text);
  const lots = Number.isFinite(typed) ? typed : min;
  const next = direction === 1 ? Math.floor(lots / step + 1e-9) + 1 : Math.ceil(lots / step - 1e-9) - 1;
  return Math.min(max, Math.max(min, next * step)).toFixed(2);
}

export interface StopHint {
  text: string;
  /** The stop is so close that it would be hit at once, most likely a mistaken unit. */
  warning: boolean;
}

/** What a typed stop amounts to in price, by the last quote. */
export function describeStop(
  text: string,
  { stopUnit }: Pick<BridgeState, 'stopUnit'>,
  quote: Quote | null,
): StopHint | null {
  const value = Number(text.trim());
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0 || stopUnit === null) return null;
  if (stopUnit === 'price') return { text: 'an absolute price', warning: false };
  const point = quote?.point ?? null;
  if (quote === null || point === null) return null;
  const distance = value * point;
  const spread = (quote.ask - quote.bid) / point;
  const inPrice = `= ${formatPrice(distance, quote.digits)} in price`;
  return value < spread - 1e-9
    ? { text: `${inPrice}, inside the spread of ${spread.toFixed(0)}`, warning: true }
    : { text: inPrice, warning: false };
}

/** Buys and sells in the symbol of an order of which nobody knows what became of them. */
export function unsettledBeside(orders: readonly Order[], { bridge, symbol, action }: FireRequest): Order[] {
  if (isClose(action)) return [];
  return orders.filter(
    (order) =>
      order.state === 'unknown' && !isClose(order.action) && order.symbol === symbol && order.bridge === bridge,
  );
}

/** W2: an order without a stop is confirmed by the person, whatever the setting; so is one beside an unknown one. */
export function needsConfirmation(
  request: FireRequest,
  confirmOrders: boolean,
  unsettled: readonly Order[] = [],
): boolean {
  return confirmOrders || request.sl === 0 || request.tp === 0 || unsettled.length > 0;
}
