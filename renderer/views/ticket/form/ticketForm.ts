import type { FireRequest } from '../../../../src/api/contract.ts';
import type { Order } from '../../../../src/domain/orders/order.ts';
import { orphansOf } from '../../../../src/api/state/orphans.ts';
import type { AppState, BridgeState } from '../../../../src/api/state/state.ts';
import { gapSentences, isUnavailable } from '../../../../src/domain/arithmetic/unavailable.ts';
import type { LotLimits } from '../../../../src/domain/lotLimits.ts';
import { checkSignal, type SignalRules } from '../../../../src/protocol/ea/signal.ts';
import type { TradePlan, OrderIntent } from '../../../../src/domain/sizing/planTrade.ts';
import type { Side } from '../../../../src/domain/sizing/stops.ts';
import { brokerSymbol, mayBeSymbol } from '../../../../src/domain/market/symbolTable.ts';
import { entryErrors, marketAt, readEntry } from './ticketEntry.ts';
import type { TicketErrors } from './ticketErrors.ts';
import type { OrderDoubts } from './ticketDoubts.ts';
import { type TicketFields, unitOf } from './ticketFields.ts';
import { lotRulesOf, planOf } from './ticketSizing.ts';
import { type Market } from '../../../shared/symbolContext.ts';
import { allSymbols, closeFields, isClose } from '../../../../src/domain/tradeTerms.ts';

// Logic of the ticket: typed fields → an order, or errors. Pure functions.

const sizeNames = { lots: 'Lots', percent: 'Risk', money: 'Risk' } as const;

/** Rules of a signal in a symbol, which can have lots of its own. */
export function rulesOf(bridge: BridgeState, symbol: string): SignalRules {
  return { stopUnit: bridge.stopUnit, codePage: bridge.codePage, lots: lotRulesOf(bridge, symbol) };
}

/** The typed order, or an error for each wrong field. An empty stop is none, sent as 0 (W2). */
export function readIntent(
  fields: TicketFields,
  side: Side,
  { stopUnit }: Pick<BridgeState, 'stopUnit'>,
): { intent: OrderIntent } | { errors: TicketErrors } {
  const errors: TicketErrors = {};
  const number = (field: 'lot' | 'sl' | 'tp', name: string, typed: string): number => {
    const text = typed.trim();
    if (text === '' && field !== 'lot') return 0;
    if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
    errors[field] = text.includes(',')
      ? `${name}: write the decimals after a point, not a comma.`
      : `${name} must be a number.`;
    return 0;
  };
  const unit = unitOf(fields, stopUnit);
  const { sl, tp } = fields.stops;
  const intent: OrderIntent = {
    side,
    size: { by: fields.sizeBy, value: number('lot', sizeNames[fields.sizeBy], fields.sizes[fields.sizeBy]) },
    sl: { unit, value: number('sl', 'Stop loss', sl) },
    tp: { unit, value: number('tp', 'Take profit', tp) },
  };
  if (fields.symbol.trim() === '') errors.symbol = 'Type a symbol, as Market Watch in MT5 shows it.';
  return Object.keys(errors).length > 0 ? { errors } : { intent };
}

/** A typed order, what it amounts to, and what is sent. */
export interface ReadTicket {
  request: FireRequest;
  intent: OrderIntent;
  plan: TradePlan;
}

/** The order under the broker's name, in lots and in the bridge's unit, with its plan; or the errors. */
export function readTicket(
  fields: TicketFields,
  side: Side,
  bridge: BridgeState,
  market: Market,
  newId: (symbol: string) => string,
): ReadTicket | { errors: TicketErrors } {
  const read = readIntent(fields, side, bridge);
  const waits = readEntry(fields.entry);
  if ('errors' in read || 'errors' in waits) {
    return { errors: { ...('errors' in waits ? waits.errors : {}), ...('errors' in read ? read.errors : {}) } };
  }
  const { size } = read.intent;
  const { entry } = waits;
  const symbol = brokerSymbol(bridge, fields.symbol.trim());
  const plan = planOf(read.intent, symbol, bridge, marketAt(market, symbol, entry));
  // Values sent as typed are checked by the rules of a signal, which are stricter.
  const lot = size.by === 'lots' ? size.value : plan.lots;
  const { sl, tp } = plan;
  if (isUnavailable(sl) || isUnavailable(tp) || isUnavailable(lot)) {
    const errors: TicketErrors = {};
    if (isUnavailable(sl)) errors.sl = gapSentences(sl);
    if (isUnavailable(tp)) errors.tp = gapSentences(tp);
    if (isUnavailable(lot) && errors.sl === undefined) errors.lot = gapSentences(lot);
    return { errors };
  }
  const typedId = fields.signalId.trim();
  const signalId = typedId === '' ? newId(symbol) : typedId;
  const rules = rulesOf(bridge, symbol);
  const problem = checkSignal({ action: side, symbol, lot, sl, tp, signal_id: signalId }, rules);
  if (problem !== null) return { errors: { [problem.field]: problem.reason } };
  const asked = { bridge: bridge.id, action: side, symbol, lot, sl, tp, signalId, confirmed: [] };
  const request: FireRequest = entry === null ? asked : { ...asked, entry };
  const wrong = entryErrors(request, bridge, market);
  if (wrong !== null) return { errors: wrong };
  return { request, intent: read.intent, plan };
}

/** @param symbol as typed; null: all symbols */
export function closeRequest(
  bridge: BridgeState,
  symbol: string | null,
  newId: (symbol: string) => string,
): FireRequest {
  const closing = symbol === null ? allSymbols : brokerSymbol(bridge, symbol);
  const action = symbol === null ? 'close_all' : 'close';
  return { bridge: bridge.id, action, symbol: closing, ...closeFields, signalId: newId(closing), confirmed: [] };
}

/** One step up or down, on the grid of the lots and within their limits. */
export function stepLots(text: string, { min, max, step }: LotLimits, direction: 1 | -1): string {
  const typed = Number(text);
  const lots = Number.isFinite(typed) ? typed : min;
  const next = direction === 1 ? Math.floor(lots / step + 1e-9) + 1 : Math.ceil(lots / step - 1e-9) - 1;
  return Math.min(max, Math.max(min, next * step)).toFixed(2);
}

/** Unknown buys and sells in a symbol, including those of removed bridges. */
export function unsettledBeside(
  app: Pick<AppState, 'orders' | 'bridges'> | null,
  { bridge, symbol, action }: FireRequest,
): Order[] {
  if (isClose(action) || app === null) return [];
  const own = app.bridges.find(({ id }) => id === bridge);
  const names = own ?? { symbols: [], symbolSuffix: '' };
  const orphans = new Set(own?.kind === 'paper' ? [] : orphansOf(app));
  return app.orders.filter(
    (order) =>
      order.state === 'unknown' &&
      !isClose(order.action) &&
      mayBeSymbol(names, symbol, order.symbol) &&
      (order.bridge === bridge || orphans.has(order)),
  );
}

/** W2: a pending order, one without a stop, beside an unknown one, or with a doubt is confirmed in any mode. */
export function needsConfirmation(
  request: FireRequest,
  oneClick: boolean,
  unsettled: readonly Order[] = [],
  doubts: OrderDoubts = { stops: [], risk: null, isHeavy: false },
): boolean {
  const isDoubtful = doubts.stops.length > 0 || doubts.risk !== null;
  return (
    !oneClick ||
    request.entry !== undefined ||
    request.sl === 0 ||
    request.tp === 0 ||
    unsettled.length > 0 ||
    isDoubtful
  );
}
