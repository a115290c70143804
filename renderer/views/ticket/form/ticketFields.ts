import type { OrderSize } from '../../../../src/domain/sizing/planTrade.ts';
import type { StopKind, TypedStopUnit } from '../../../../src/domain/sizing/stops.ts';
import type { StopUnit } from '../../../../src/domain/tradeTerms.ts';

export type SizeBy = OrderSize['by'];

/** The typed texts. Each unit of size or stop keeps its own text: 500 points typed are no 500 pips. */
export interface TicketFields {
  symbol: string;
  sizeBy: SizeBy;
  sizes: Record<SizeBy, string>;
  /** Null: the unit of the bridge. */
  stopUnit: TypedStopUnit | null;
  stops: Record<TypedStopUnit, Record<StopKind, string>>;
  signalId: string;
}

const noStops = { sl: '', tp: '' };

/** R3: 2 % of equity is the default risk. */
export const emptyTicket: TicketFields = {
  symbol: 'XAUUSD',
  sizeBy: 'lots',
  sizes: { lots: '0.01', percent: '2', money: '' },
  stopUnit: null,
  stops: { points: noStops, pips: noStops, price: noStops, money: noStops },
  signalId: '',
};

export type TicketChange =
  | { field: 'symbol' | 'size' | StopKind | 'signalId'; text: string }
  | { sizeBy: SizeBy }
  | { stopUnit: TypedStopUnit };

export function changeTicket(fields: TicketFields, change: TicketChange, bridgeUnit: StopUnit | null): TicketFields {
  if (!('field' in change)) return { ...fields, ...change };
  const { field, text } = change;
  if (field === 'symbol' || field === 'signalId') return { ...fields, [field]: text };
  if (field === 'size') return { ...fields, sizes: { ...fields.sizes, [fields.sizeBy]: text } };
  const unit = unitOf(fields, bridgeUnit);
  return { ...fields, stops: { ...fields.stops, [unit]: { ...fields.stops[unit], [field]: text } } };
}

/** Unit of typed stops. */
export function unitOf({ stopUnit }: Pick<TicketFields, 'stopUnit'>, bridgeUnit: StopUnit | null): TypedStopUnit {
  return stopUnit ?? bridgeUnit ?? 'points';
}
