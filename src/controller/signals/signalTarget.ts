import type { FireRequest } from '../../api/contract.ts';
import type { EngineSource, Order } from '../../domain/orders/order.ts';
import type { StoredChange } from '../../domain/orders/orderChange.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import type { GroundNow } from '../../domain/orders/seen.ts';
import type { PlanningContext } from '../../domain/orders/planningContext.ts';
import type { OrderOrigin } from '../orders/newOrder.ts';
import type { AskAgain } from '../orders/orderPorts.ts';
import type { TradeChanges } from '../orders/tradeChanges.ts';
import type { JournalQueries } from '../records/journalQueries.ts';
import type { ExecutionReports } from '../orders/executionReports.ts';

/** Facts about a bridge for an engine that counts its orders. */
export interface CountedBridge {
  id: string;
  /** Beginning of the trading day, epoch ms. */
  dayFrom: () => number;
  /** Recent buys and sells of an engine that may have been sent. */
  tradesBy: (source: EngineSource) => Order[];
}

/** The bridge as a signal uses it. */
export interface SignalTarget {
  readonly config: { readonly id: string };
  readonly counted: CountedBridge;
  /** Inputs for sizing a signal in a symbol; stale values are null. */
  ground(symbol: string): PlanningContext;
  /** Closed trades of the account that the EA is on. */
  readonly records: Pick<JournalQueries, 'dealsOf'>;
  readonly orderManager: {
    fire(request: FireRequest, origin: OrderOrigin, again?: AskAgain): Promise<Order>;
    /** Records an order that was refused before any check. */
    refuse(request: FireRequest, origin: OrderOrigin, refusal: Refusal): Order;
    readonly guards: {
      /** Why a buy or sell that nobody has fired yet would be refused now; null: it would not. */
      entryRefusal(entry: Pick<Order, 'action' | 'symbol' | 'lot' | 'sl' | 'tp'>): Refusal | null;
      /** Why a person's change of what is open would be refused now, whatever it is of; null: it would not. */
      changeRefusal(change: StoredChange): Refusal | null;
    };
    /** Changes of what is open, what is open, and who has opened it. */
    readonly changes: Pick<TradeChanges, 'sendFor' | 'refuse' | 'refusal' | 'now'>;
    readonly identity: { readonly key: string | null; readonly names: readonly string[] };
    /** Account, stop unit and price that a person sees beside an order now. */
    ground(symbol: string): GroundNow;
    readonly orders: { readonly reports: Pick<ExecutionReports, 'lookUp' | 'lookUpOnAny'> };
  };
}
