import type { OrderSize } from '../../../../src/domain/sizing/planTrade.ts';
import type { StopKind, TypedStopUnit } from '../../../../src/domain/sizing/stops.ts';
import { atMarket, type EntryFields } from './ticketEntry.ts';
import type { StopUnit } from '../../../../src/domain/tradeTerms.ts';

export type SizeBy = OrderSize['by'];

type StopTexts = Record<StopKind, string>;

/** The typed texts. Each unit of size keeps its own text. Stops are typed in one unit and converted to another. */
export interface TicketFields {
  symbol: string;
  sizeBy: SizeBy;
  sizes: Record<SizeBy, string>;
  /** Null: the unit of the bridge. */
  stopUnit: TypedStopUnit | null;
  stops: StopTexts;
  entry: EntryFields;
  signalId: string;
}

const noStops: StopTexts = { sl: '', tp: '' };

/** R3 limits a trade to 2 % of equity: the ticket opens well below. */
export const emptyTicket: TicketFields = {
  symbol: 'XAUUSD',
  sizeBy: 'lots',
  sizes: { lots: '0.01', percent: '1', money: '' },
  stopUnit: null,
  stops: noStops,
  entry: atMarket,
  signalId: '',
};

export type TicketChange =
  | { field: 'symbol' | 'size' | StopKind | 'signalId'; text: string }
  | { sizeBy: SizeBy }
  | { entry: EntryFields }
  /** `stops`: the same stops in the new unit, empty where they can't be converted. */
  | { stopUnit: TypedStopUnit; stops: StopTexts };

export function changeTicket(fields: TicketFields, change: TicketChange, bridgeUnit: StopUnit | null): TicketFields {
  if (!('field' in change)) return { ...fields, ...change };
  const { field, text } = change;
  switch (field) {
    case 'symbol':
      return { ...fields, symbol: text, ...pricesFor(fields, text, bridgeUnit) };
    case 'signalId':
      return { ...fields, signalId: text };
    case 'size':
      return { ...fields, sizes: { ...fields.sizes, [fields.sizeBy]: text } };
    case 'sl':
    case 'tp':
      return { ...fields, stops: { ...fields.stops, [field]: text } };
  }
}

/** Prices after a change of symbol: a price or a distance means nothing in another symbol, money the same. */
function pricesFor(
  fields: TicketFields,
  symbol: string,
  bridgeUnit: StopUnit | null,
): Pick<TicketFields, 'stops' | 'entry'> {
  const { stops, entry } = fields;
  if (symbol.trim().toUpperCase() === fields.symbol.trim().toUpperCase()) return { stops, entry };
  const kept = unitOf(fields, bridgeUnit) === 'money' ? stops : noStops;
  return { stops: kept, entry: { ...entry, price: '', limit: '' } };
}

/** Unit of typed stops. */
export function unitOf({ stopUnit }: Pick<TicketFields, 'stopUnit'>, bridgeUnit: StopUnit | null): TypedStopUnit {
  return stopUnit ?? bridgeUnit ?? 'points';
}
