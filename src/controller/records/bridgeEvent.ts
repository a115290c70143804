import type { Order } from '../../domain/orders/order.ts';
import type { AlarmText } from '../alarms/alarm.ts';

/** Event of a bridge for the app. Handled within the caller's turn. */
export type BridgeEvent =
  /** An order's new state. */
  | { type: 'order'; order: Order }
  /** A refusal beyond those listed: it is counted, and its sender is told. */
  | { type: 'unlisted_refusal'; order: Order }
  | { type: 'alarm'; alarm: AlarmText }
  /** The bridge's state changed in a way that can't wait for the next pulse. */
  | { type: 'changed' };

export type Emit = (event: BridgeEvent) => void;
