import type { WaitingSignal } from '../../../src/api/state/engines.ts';
import type { Order } from '../../../src/domain/orders/order.ts';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { isClose } from '../../../src/domain/tradeTerms.ts';
import { accountCurrency } from '../../accountCurrency.ts';
import { firstGap, planFigure, planRows } from '../ticket/form/planWords.ts';
import { orderDoubts, type OrderDoubts } from '../ticket/form/ticketDoubts.ts';
import { planOf } from '../ticket/form/ticketSizing.ts';
import { digitsOf, instrumentOf, type Market } from '../../shared/symbolContext.ts';

/** What a signal amounts to and what there is to know before it is fired, by the same rules as the ticket. */
export interface SignalFigures {
  /** "At risk 100.00 USD 1.0 % · Reward …"; empty: nothing is known. */
  text: string;
  doubts: OrderDoubts;
  /** Why a figure is missing; null: none is. */
  gap: string | null;
}

const shown = ['At risk', 'Reward', 'Margin', 'Level after'];

/**
 * Null: a close, or a signal that can't be sent as it stands.
 * @param orders the newest first, of any bridge
 */
export function signalFigures(
  { action, symbol, planned }: WaitingSignal,
  bridge: BridgeState,
  market: Market,
  orders: readonly Order[],
  dayRange: number | null,
): SignalFigures | null {
  if (isClose(action) || planned === null || bridge.stopUnit === null) return null;
  const { lot, sl, tp } = planned;
  const unit = bridge.stopUnit;
  const side = action === 'buy' ? 'buy' : 'sell';
  const intent = {
    side,
    size: { by: 'lots', value: lot },
    sl: { unit, value: sl },
    tp: { unit, value: tp },
  } as const;
  const plan = planOf(intent, symbol, bridge, market);
  const instrument = instrumentOf(bridge, market.quotes, symbol);
  const quote = market.quotes.find((each) => each.symbol === instrument.symbol) ?? null;
  const figures = planRows(digitsOf(instrument, quote), accountCurrency(bridge))
    .filter(({ name }) => shown.includes(name))
    .map((row) => ({ row, ...planFigure(row, plan, bridge) }))
    .filter(({ why }) => why === null)
    .map(({ row, text, share }) => [row.name, text, row.unit, share ?? ''].filter((part) => part !== '').join(' '));
  return {
    text: figures.join(' · '),
    doubts: orderDoubts(intent, plan, instrument, bridge, orders, dayRange),
    gap: firstGap([plan])?.missing ?? null,
  };
}

/** What there is to know before it is fired; empty: nothing. */
export function doubtWords(figures: SignalFigures | null): string {
  const { stops, risk } = figures?.doubts ?? { stops: [], risk: null };
  return [...stops.map(({ text }) => text), risk ?? ''].filter((part) => part !== '').join(' ');
}

/** Whether a signal is asked about before it is fired. */
export function isDoubtful(figures: SignalFigures | null): boolean {
  return figures !== null && (figures.doubts.risk !== null || figures.doubts.stops.length > 0);
}
