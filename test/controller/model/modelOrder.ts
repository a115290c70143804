import type { OrderState } from '../../../src/protocol/order.ts';

/** `paper` has a journal of its own. `main` is always there. */
export const bridgeIds = ['main', 'fx', 'gold', 'paper'] as const;
export type BridgeId = (typeof bridgeIds)[number];

/** An order that may have left. */
export interface ModelOrder {
  bridge: BridgeId;
  number: number;
  id: string;
  action: 'buy' | 'sell' | 'close' | 'close_all';
  symbol: string;
  /** What the account was called when it was fired. */
  account: string | null;
  state: OrderState;
  /** Of the decision, epoch ms. */
  wallAt: number;
  /** Of the send, ms of the clock that never goes back. */
  at: number;
  settledAt: number | null;
  /** Rejected, and nothing proves it. */
  assumed?: boolean;
  /** The EA has reported success, and named nothing. */
  unnamed?: boolean;
}

export type Trade = Pick<ModelOrder, 'bridge' | 'id' | 'action' | 'symbol'>;

export const isTrade = ({ action }: Pick<ModelOrder, 'action'>): boolean => action === 'buy' || action === 'sell';

/** Orders of real bridges are in one journal, in which an ID stands once. */
export const sameJournal = (one: BridgeId, other: BridgeId): boolean => (one === 'paper') === (other === 'paper');

/** `bare`: MT5's error 4756 alone. `unnamed`: success without ticket and price. */
export type Answer = 'filled' | 'rejected' | 'unclear' | 'bare' | 'unnamed';

const quickNoMs = 2_000;

/**
 * What an EA's answer makes of a trade.
 * @param told whether the EA tells its positions
 */
export function answered(order: ModelOrder, answer: Answer, told: boolean, now: number): void {
  const named = answer === 'filled';
  if (order.state === 'filled') {
    if (order.unnamed !== true || answer === 'unnamed') return;
    if (named) order.unnamed = false;
    else order.state = 'unknown';
    return;
  }
  if (order.state === 'rejected' && (order.assumed !== true || !named)) return;
  if (named) {
    order.assumed = false;
    order.unnamed = false;
    settled(order, 'filled', now);
  } else if (answer === 'unnamed') {
    if (order.state === 'unknown' && order.unnamed === true) return;
    order.unnamed = true;
    if (told) order.state = 'unknown';
    else settled(order, 'filled', now);
  } else if (answer === 'unclear' || order.unnamed === true) {
    order.state = 'unknown';
  } else if (answer === 'rejected') {
    settled(order, 'rejected', now);
  } else if (order.state === 'sent' && now - order.at <= quickNoMs) {
    order.assumed = true;
    settled(order, 'rejected', now);
  } else {
    order.state = 'unknown';
  }
}

export function settled(order: ModelOrder, state: 'filled' | 'rejected', now: number): void {
  order.state = state;
  order.settledAt = now;
}
