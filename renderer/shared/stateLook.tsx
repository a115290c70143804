import {
  CircleCheck,
  CircleHelp,
  CircleSlash,
  CircleX,
  Clock3,
  CircleMinus,
  Hourglass,
  type LucideIcon,
  OctagonMinus,
} from 'lucide-react';
import type { OrderAction } from '../../src/domain/tradeTerms.ts';
import type { ShownState } from '../../src/domain/orders/order.ts';

/** Each state has a colour, an icon and its word; unknown's violet is neither good nor bad. */
export const stateColours: Record<ShownState, string> = {
  refused: 'text-quiet',
  sent: 'text-sent',
  placed: 'text-sent',
  filled: 'text-live',
  cancelled: 'text-muted',
  rejected: 'text-down',
  unknown: 'text-unknown',
  dismissed: 'text-muted',
};

export const stateIcons: Record<ShownState, LucideIcon> = {
  refused: OctagonMinus,
  sent: Clock3,
  placed: Hourglass,
  filled: CircleCheck,
  cancelled: CircleSlash,
  rejected: CircleX,
  unknown: CircleHelp,
  dismissed: CircleMinus,
};

/** MT5's colours: buys blue, sells red. */
export const actionColours: Record<OrderAction, string> = {
  buy: 'text-equity',
  sell: 'text-down',
  close: '',
  close_all: '',
  close_position: '',
  close_by: '',
  modify_position: '',
  modify_order: '',
  cancel_order: '',
};
