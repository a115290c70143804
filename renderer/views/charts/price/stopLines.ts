import type { Quote } from '../../../../src/domain/market/quote.ts';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import { gapSentences, isUnavailable, type Unavailable } from '../../../../src/domain/arithmetic/unavailable.ts';
import { toNumber } from '../../../../src/domain/arithmetic/rational.ts';
import type { OrderIntent, TradePlan } from '../../../../src/domain/sizing/planTrade.ts';
import {
  type Instrument,
  pipOf,
  pointOf,
  type Side,
  type StopKind,
  type TypedStop,
} from '../../../../src/domain/sizing/stops.ts';
import { quoteAtEntry } from '../../../../src/domain/orders/pendingEntry.ts';
import { marketAt, readEntry } from '../../ticket/form/ticketEntry.ts';
import { type TicketFields, unitOf } from '../../ticket/form/ticketFields.ts';
import { readIntent } from '../../ticket/form/ticketForm.ts';
import { planOf, stopInEveryUnit } from '../../ticket/form/ticketSizing.ts';
import { digitsOf, type Market } from '../../../shared/symbolContext.ts';
import { type DragGround, pipDecimals, stopPriceAt, stopText } from './stopDrag.ts';

/** A stop of the ticket as a line in the chart. */
export interface StopLine {
  kind: StopKind;
  /** Price at which the line stands; null: no stop is typed, or its price isn't known. */
  price: number | null;
  isTyped: boolean;
  /** Side of the order that the stop belongs to. */
  side: Side;
  /** Distance from the entry in points; null: not known. */
  points: number | null;
  /** Why the line can't be moved; null: it can. */
  problem: string | null;
}

export interface TicketLines {
  /** Price at which the order would be opened now. */
  entry: number;
  side: Side;
  sl: StopLine;
  tp: StopLine;
  ground: DragGround;
  /** Text of a stop that is dragged to a price; null: it can't stand there. */
  textAt: (line: StopLine, price: number) => string | null;
}

/** Size with which stops are drawn while the typed one is no number. */
const someLots: OrderIntent['size'] = { by: 'lots', value: 0.01 };

/**
 * Lines of the ticket: where its order would be opened, now or at its own price, and its stops.
 * @param side that the person looked at last
 * @param quote current; null: nothing can be drawn
 */
export function ticketLines(
  fields: TicketFields,
  side: Side,
  bridge: BridgeState,
  market: Market,
  instrument: Instrument,
  quote: Quote | null,
): TicketLines | null {
  const waits = readEntry(fields.entry);
  // Without its price nobody knows where a pending order would open.
  if ('errors' in waits) return null;
  const { entry } = waits;
  const there = { ...instrument, quote: quoteAtEntry(instrument.quote, entry) };
  const at = marketAt(market, instrument.symbol, entry);
  return linesAt(fields, side, bridge, at, there, quoteAtEntry(quote, entry));
}

function linesAt(
  fields: TicketFields,
  side: Side,
  bridge: BridgeState,
  market: Market,
  instrument: Instrument,
  quote: Quote | null,
): TicketLines | null {
  if (quote === null) return null;
  const { bid, ask } = quote;
  const { digits, point } = priceStep(instrument, quote);
  const ground = { bid, ask, point, digits };
  const unit = unitOf(fields, bridge.stopUnit);
  const pip = pipOf(instrument);
  const pips = pipDecimals(point, isUnavailable(pip) ? null : toNumber(pip));
  const intent = intentOf(fields, side, bridge);
  const plan = planOf(intent, instrument.symbol, bridge, market);
  const viewsOf = (stop: TypedStop, kind: StopKind, of: Side) =>
    stopInEveryUnit(stop, kind, of, plan.lots, instrument, bridge, market);
  const lineOf = (kind: StopKind): StopLine => {
    const stop = intent[kind];
    const isTyped = stop.value > 0;
    const own = viewsOf(stop, kind, side);
    const other = side === 'buy' ? 'sell' : 'buy';
    // A price above the market is a stop loss of a sell.
    const isOthers = isTyped && unit === 'price' && isUnavailable(own.price) && fits(viewsOf(stop, kind, other).price);
    const views = isOthers ? viewsOf(stop, kind, other) : own;
    const of = isOthers ? other : side;
    const price = isTyped && unit === 'price' ? stop.value : numberOf(views.price);
    const at = stopPriceAt(price ?? (of === 'buy' ? ask : bid), kind, of, ground);
    const text = stopText(viewsOf({ unit: 'price', value: at }, kind, of), unit, digits, pips);
    return {
      kind,
      isTyped,
      side: of,
      price: isTyped ? price : null,
      points: isTyped ? numberOf(views.points) : null,
      problem: typeof text === 'string' ? null : gapSentences(text),
    };
  };
  return {
    entry: side === 'buy' ? ask : bid,
    side,
    sl: lineOf('sl'),
    tp: lineOf('tp'),
    ground,
    textAt: (line, price) => {
      const text = stopText(viewsOf({ unit: 'price', value: price }, line.kind, line.side), unit, digits, pips);
      return typeof text === 'string' ? text : null;
    },
  };
}

/** The symbol's point and the decimals that it needs. An EA may write prices with fewer of them. */
export function priceStep(instrument: Instrument, quote: Quote | null): Pick<DragGround, 'point' | 'digits'> {
  const digits = digitsOf(instrument, quote);
  const known = pointOf(instrument);
  const point = (isUnavailable(known) ? null : toNumber(known)) ?? quote?.point ?? 10 ** -digits;
  return { point, digits: Math.max(digits, Math.ceil(-Math.log10(point) - 1e-9)) };
}

/** The typed order. A part that is no number is left out, so that the other lines stay. */
function intentOf(fields: TicketFields, side: Side, bridge: BridgeState): OrderIntent {
  const read = readIntent(fields, side, bridge);
  if ('intent' in read) return read.intent;
  const { errors } = read;
  const unit = unitOf(fields, bridge.stopUnit);
  const valueOf = (kind: StopKind): number => (errors[kind] === undefined ? Number(fields.stops[kind]) : 0);
  const size = { by: fields.sizeBy, value: Number(fields.sizes[fields.sizeBy]) };
  return {
    side,
    size: errors.lot === undefined ? size : someLots,
    sl: { unit, value: valueOf('sl') },
    tp: { unit, value: valueOf('tp') },
  };
}

function fits(price: number | Unavailable): boolean {
  return !isUnavailable(price);
}

function numberOf(value: TradePlan['lots']): number | null {
  return isUnavailable(value) ? null : value;
}
