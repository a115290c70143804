import type { OrderState } from '../../../src/domain/orders/order.ts';

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

/** `bare`: MT5's error 4756 alone. `unnamed`: success without ticket and price. `unclear`: a time-out. `unread`: words of no known language. */
export type Answer = 'filled' | 'rejected' | 'unclear' | 'bare' | 'unnamed' | 'unread';

const quickNoMs = 2_000;

/** What has to be seen to after an answer: by how positions change, the order is watched as told. */
export type Follow =
  | 'filled'
  | 'agreed'
  | 'doubted'
  | 'settled'
  | 'unclear'
  | 'assumed'
  | 'unverified'
  | 'unread'
  | null;

/**
 * What an EA's answer makes of a trade.
 * @param positions whether the EA tells them, and whether there are more than there can be without this trade
 */
export function answered(
  order: ModelOrder,
  answer: Answer,
  positions: { told: boolean; risen: boolean },
  now: number,
): Follow {
  const named = answer === 'filled';
  if (order.state === 'filled') {
    if (order.unnamed !== true || answer === 'unnamed') return null;
    if (named) order.unnamed = false;
    else order.state = 'unknown';
    return named ? null : 'doubted';
  }
  if (order.state === 'rejected' && (order.assumed !== true || !named)) return null;
  if (named) {
    order.assumed = false;
    order.unnamed = false;
    settled(order, 'filled', now);
    return 'filled';
  }
  if (answer === 'unnamed') return succeeded(order, positions, now);
  if (order.unnamed === true) {
    order.state = 'unknown';
    return null;
  }
  if (answer === 'rejected') {
    settled(order, 'rejected', now);
    return 'settled';
  }
  if (answer === 'bare' && order.state === 'sent' && now - order.at <= quickNoMs) {
    order.assumed = true;
    settled(order, 'rejected', now);
    return 'assumed';
  }
  order.state = 'unknown';
  return answer === 'bare' ? null : answer;
}

/** Success without ticket and price: positions must agree where the EA tells them. */
function succeeded(order: ModelOrder, { told, risen }: { told: boolean; risen: boolean }, now: number): Follow {
  if (order.state === 'unknown' && order.unnamed === true) return null;
  order.unnamed = true;
  if (told && !risen) {
    order.state = 'unknown';
    return 'unverified';
  }
  settled(order, 'filled', now);
  if (!told) return 'filled';
  // The report that shows it counts it.
  order.settledAt = null;
  return 'agreed';
}

export function settled(order: ModelOrder, state: 'filled' | 'rejected', now: number): void {
  order.state = state;
  order.settledAt = now;
}
