import { assertNever } from '../../base/assertNever.ts';
import { keepUnchanged } from './keepUnchanged.ts';
import type { EngineState, FeedState, WaitingSignal } from './engines.ts';
import type { Order } from '../../domain/orders/order.ts';
import { putOrder } from './putOrder.ts';
import type { Quote } from '../../domain/market/quote.ts';
import { type Alarm, keepAlarms } from './alarms.ts';
import {
  type AppState,
  type BridgeState,
  type BridgeStatus,
  type BridgeTold,
  type BridgeTrades,
  keepUnreadable,
  type KillSwitchState,
  type PaperFault,
  type Sample,
  type UnreadableFrame,
} from './state.ts';
import type { Settings } from '../settings/appSettings.ts';
import type { BridgeSettings } from '../settings/bridgeSettings.ts';

export type AppEvent =
  /** A new bridge as a whole. */
  | { type: 'bridge_added'; bridge: BridgeState }
  /** On change only: the symbol table alone may be 130 kB. */
  | { type: 'bridge_settings'; id: string; settings: BridgeSettings }
  /** Sent by pulse, if it differs from the last one. */
  | { type: 'bridge_status'; id: string; status: BridgeStatus }
  /** On change only. */
  | { type: 'bridge_told'; id: string; told: BridgeTold }
  /** On change only. */
  | { type: 'bridge_trades'; id: string; trades: BridgeTrades }
  | { type: 'bridge_removed'; id: string }
  | { type: 'quotes'; bridge: string; quotes: Quote[] }
  | { type: 'samples'; bridge: string; samples: Sample[] }
  | { type: 'order'; order: Order }
  | { type: 'unreadable'; frames: UnreadableFrame[] }
  | { type: 'alarm'; alarm: Alarm }
  | { type: 'settings'; settings: Settings }
  | { type: 'kill_switch'; killSwitch: KillSwitchState | null }
  | { type: 'engines'; engines: EngineState[] }
  | { type: 'feeds'; feeds: FeedState[] }
  | { type: 'waiting'; signals: WaitingSignal[] }
  | { type: 'paper'; fault: PaperFault | null };

export interface SequencedEvent {
  seq: number;
  /** Epoch ms by the controller's clock. */
  at: number;
  event: AppEvent;
}

/** `state` holds every event up to and including `seq`. */
export interface Snapshot {
  seq: number;
  at: number;
  state: AppState;
}

/** The state after one event. Samples are not part of it: charts follow them by themselves. */
export function applyEvent(state: AppState, event: AppEvent): AppState {
  switch (event.type) {
    case 'bridge_added':
      return { ...state, bridges: upsert(state.bridges, event.bridge, ({ id }) => id, 'end') };
    case 'bridge_settings':
      return { ...state, bridges: withPart(state.bridges, event.id, event.settings) };
    case 'bridge_status':
      return { ...state, bridges: withPart(state.bridges, event.id, event.status) };
    case 'bridge_told':
      return { ...state, bridges: withPart(state.bridges, event.id, event.told) };
    case 'bridge_trades':
      return { ...state, bridges: withPart(state.bridges, event.id, event.trades) };
    case 'bridge_removed':
      return { ...state, bridges: state.bridges.filter((bridge) => bridge.id !== event.id) };
    case 'quotes':
      return {
        ...state,
        quotes: { ...state.quotes, [event.bridge]: mergeQuotes(state.quotes[event.bridge], event.quotes) },
      };
    case 'samples':
      return state;
    case 'order':
      return {
        ...state,
        orders: putOrder(state.orders, event.order),
      };
    case 'unreadable':
      return {
        ...state,
        unreadable: keepUnreadable([...event.frames.toReversed(), ...state.unreadable]),
      };
    case 'alarm':
      return {
        ...state,
        alarms: keepAlarms(upsert(state.alarms, event.alarm, (alarm) => alarm.number, 'start')),
      };
    case 'settings':
      return { ...state, settings: event.settings };
    case 'kill_switch':
      return { ...state, killSwitch: event.killSwitch };
    case 'engines':
      return { ...state, engines: event.engines };
    case 'feeds':
      return { ...state, feeds: event.feeds };
    case 'waiting':
      return { ...state, waiting: event.signals };
    case 'paper':
      return { ...state, app: { ...state.app, paperFault: event.fault } };
    default:
      return assertNever(event);
  }
}

/** The bridges with a new part of one. Unchanged parts stay the same objects. */
function withPart(
  bridges: readonly BridgeState[],
  id: string,
  part: Readonly<BridgeSettings> | Readonly<BridgeStatus> | Readonly<BridgeTold> | Readonly<BridgeTrades>,
): BridgeState[] {
  return bridges.map((bridge) => (bridge.id === id ? keepUnchanged(bridge, { ...bridge, ...part }) : bridge));
}

function upsert<T>(list: T[], item: T, key: (item: T) => unknown, place: 'start' | 'end'): T[] {
  const index = list.findIndex((other) => key(other) === key(item));
  if (index >= 0) return list.with(index, item);
  return place === 'start' ? [item, ...list] : [...list, item];
}

function mergeQuotes(known: Quote[] | undefined, changed: Quote[]): Quote[] {
  const bySymbol = new Map((known ?? []).map((quote) => [quote.symbol, quote]));
  for (const quote of changed) bySymbol.set(quote.symbol, quote);
  return [...bySymbol.values()];
}
