import type { FireRequest } from '../../../../src/api/contract.ts';
import type { OrderIntent, TradePlan } from '../../../../src/domain/sizing/planTrade.ts';
import type { Side } from '../../../../src/domain/sizing/stops.ts';
import type { TicketFields } from '../form/ticketFields.ts';
import type { AskedBy } from '../../../shared/startOf.ts';

/** An order in question: what was typed when it was asked about, and what it amounts to now. */
export interface OrderQuestion {
  about: 'order';
  typed: TicketFields;
  side: Side;
  by: AskedBy;
  request: FireRequest;
  plan: TradePlan;
  intent: OrderIntent;
  /** The difference from what was seen before; null: asked for the first time. */
  changed: string | null;
  /** Why it can't be sent as it stands now; null: it can. */
  problem: string | null;
}

/** The open dialog. A close has no plan. */
export type Asking =
  | OrderQuestion
  | { about: 'close'; request: FireRequest; by: AskedBy }
  | { about: 'one-click' | 'keys' };
