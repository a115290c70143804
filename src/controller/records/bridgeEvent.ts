import type { Order } from '../../domain/orders/order.ts';
import type { AlarmText } from '../alarms/alarm.ts';

/** Event of a bridge for the app. Handled within the caller's turn. */
export type BridgeEvent =
  /** An order as it is now. */
  | { type: 'order'; order: Order }
  /** A refusal beyond those that are listed: whoever fired the order hears of it, and it is counted. */
  | { type: 'unlisted_refusal'; order: Order }
  | { type: 'alarm'; alarm: AlarmText }
  /** The bridge's state changed in a way that must be seen at once. */
  | { type: 'changed' };

export type Emit = (event: BridgeEvent) => void;
