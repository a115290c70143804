import type { FireRequest } from '../../../../src/api/contract.ts';
import type { Unchecked } from '../../../../src/domain/orders/order.ts';
import type { Quote } from '../../../../src/domain/market/quote.ts';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import { commandPreview } from './commandPreview.ts';
import { isUnavailable, type Unavailable } from '../../../../src/domain/arithmetic/unavailable.ts';
import type { TradePlan } from '../../../../src/domain/sizing/planTrade.ts';
import type { Instrument, Side, StopKind } from '../../../../src/domain/sizing/stops.ts';
import { firstGap } from './planWords.ts';
import { viewGap, type StopViews } from './stopHint.ts';
import { marketAt, readEntry } from './ticketEntry.ts';
import { brokerSymbol } from '../../../../src/domain/market/symbolTable.ts';
import type { TicketFields } from './ticketFields.ts';
import { readTicket, readIntent } from './ticketForm.ts';
import { planOf, stopViews, uncheckedOf } from './ticketSizing.ts';
import { instrumentOf, type Market } from '../../../shared/symbolContext.ts';

/** Figures derived from the ticket's content. */
export interface TicketFigures {
  instrument: Instrument;
  quote: Quote | null;
  /** Null: the typed fields have an error. */
  plans: Record<Side, TradePlan | null>;
  /** Each stop of the shown side, in every unit; null: no stop. */
  views: Record<StopKind, StopViews | null>;
  /** Distances in points, for the bar; null: no stop. */
  risk: number | null;
  reward: number | null;
  /** The missing input that a person can mend first. */
  gap: Unavailable | null;
  /** Checks that are impossible for the shown side. */
  unchecked: Unchecked[];
  /** The frame to the EA, byte for byte, or why there is none. */
  frame: { text: string } | { problem: string };
}

/**
 * @param side the shown side
 * @param newId makes the next order's ID
 */
export function ticketFigures(
  fields: TicketFields,
  side: Side,
  bridge: BridgeState,
  market: Market,
  newId: (symbol: string) => string,
): TicketFigures {
  const symbol = fields.symbol.trim();
  const waits = readEntry(fields.entry);
  const at = marketAt(market, brokerSymbol(bridge, symbol), 'entry' in waits ? waits.entry : null);
  const instrument = instrumentOf(bridge, market.quotes, symbol);
  const planFor = (of: Side): TradePlan | null => {
    const read = readIntent(fields, of, bridge);
    return 'errors' in read ? null : planOf(read.intent, symbol, bridge, at);
  };
  const plans = { sell: planFor('sell'), buy: planFor('buy') };
  const plan = plans[side];
  const read = readIntent(fields, side, bridge);
  const viewsOf = (kind: StopKind): StopViews | null =>
    'errors' in read || plan === null ? null : stopViews(read.intent, kind, plan.lots, instrument, bridge, at);
  const views = { sl: viewsOf('sl'), tp: viewsOf('tp') };
  return {
    instrument,
    quote: market.quotes.find((each) => each.symbol === instrument.symbol) ?? null,
    plans,
    views,
    risk: pointsOf(views.sl),
    reward: pointsOf(views.tp),
    gap: firstGap([plans.sell, plans.buy]) ?? viewGap(views.sl) ?? viewGap(views.tp),
    unchecked: plan === null ? [] : uncheckedOf(plan, instrument, bridge),
    frame: frameOf(readTicket(fields, side, bridge, market, newId), bridge),
  };
}

function pointsOf(views: StopViews | null): number | null {
  return views === null || isUnavailable(views.points) ? null : views.points;
}

function frameOf(read: ReturnType<typeof readTicket>, bridge: BridgeState): TicketFigures['frame'] {
  return 'errors' in read ? { problem: Object.values(read.errors)[0] ?? '' } : encoded(read.request, bridge);
}

function encoded(
  { action, symbol, lot, sl, tp, signalId, entry }: FireRequest,
  bridge: BridgeState,
): TicketFigures['frame'] {
  const frame = commandPreview(bridge, { action, symbol, lot, tp, sl, signal_id: signalId, entry: entry ?? null });
  return frame.ok ? { text: frame.text } : { problem: frame.problem.reason };
}
