import type { FireRequest } from '../../../src/api/contract.ts';
import type { BridgeState, Quote } from '../../../src/api/state.ts';
import { checkSignal, type SignalField, type StopUnit } from '../../../src/protocol/signal.ts';
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
  const problem = checkSignal({ action: side, symbol, lot, sl, tp, signal_id: signalId }, bridge);
  if (problem !== null) return { errors: { [problem.field]: problem.reason } };
  return { request: { bridge: bridge.id, action: side, symbol, lot, sl, tp, signalId } };
}

/** One step up or down, to the grid of the bridge's lots and within its limits. */
export function stepLots(text: string, bridge: BridgeState, direction: 1 | -1): string {
  const { min, max, step } = bridge.lots;
  const typed = Number(text);
  const lots = Number.isFinite(typed) ? typed : min;
  const next = direction === 1 ? Math.floor(lots / step + 1e-9) + 1 : Math.ceil(lots / step - 1e-9) - 1;
  return Math.min(max, Math.max(min, next * step)).toFixed(2);
}

export const unitNames: Record<StopUnit, string> = { points: 'points', price: 'price' };

export interface StopHint {
  text: string;
  /** The stop is so close that it would be hit at once, most likely a mistaken unit. */
  warning: boolean;
}

/** What a typed stop amounts to in price, by the last quote. */
export function describeStop(text: string, bridge: BridgeState, quote: Quote | null): StopHint | null {
  const value = Number(text.trim());
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) return null;
  if (bridge.stopUnit === 'price') return { text: 'an absolute price', warning: false };
  const point = quote?.point ?? null;
  if (quote === null || point === null) return null;
  const distance = value * point;
  const spread = (quote.ask - quote.bid) / point;
  const inPrice = `= ${formatPrice(distance, quote.digits)} in price`;
  return value < spread - 1e-9
    ? { text: `${inPrice}, inside the spread of ${spread.toFixed(0)}`, warning: true }
    : { text: inPrice, warning: false };
}

/** W2: an order without a stop is confirmed by the person, whatever the setting. */
export function needsConfirmation(request: FireRequest, confirmOrders: boolean): boolean {
  return confirmOrders || request.sl === 0 || request.tp === 0;
}
