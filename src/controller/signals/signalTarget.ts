import type { FireRequest } from '../../api/contract.ts';
import type { EngineSource, Order } from '../../domain/orders/order.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import type { GroundNow } from '../../domain/orders/seen.ts';
import type { PlanningContext } from '../../domain/orders/planningContext.ts';
import type { OrderOrigin } from '../orders/newOrder.ts';
import type { AskAgain } from '../orders/orderPorts.ts';
import type { ExecutionReports } from '../orders/executionReports.ts';

/** What an engine needs to know of a bridge that it fires on. */
export interface CountedBridge {
  id: string;
  /** When the trading day began, epoch ms. */
  dayFrom: () => number;
  /** Buys and sells of an engine that may have left lately. */
  tradesBy: (source: EngineSource) => Order[];
}

/** What a signal needs of the bridge that it is fired on. */
export interface SignalTarget {
  readonly config: { readonly id: string };
  readonly counted: CountedBridge;
  /** Inputs for sizing a signal in a symbol; stale values are null. */
  ground(symbol: string): PlanningContext;
  readonly orderManager: {
    fire(request: FireRequest, origin: OrderOrigin, again?: AskAgain): Promise<Order>;
    /** Writes an order down that was refused before it could be tried. */
    refuse(request: FireRequest, origin: OrderOrigin, refusal: Refusal): Order;
    /** What a person sees beside an order in a symbol, as it is now. */
    ground(symbol: string): GroundNow;
    readonly orders: { readonly reports: Pick<ExecutionReports, 'lookUp' | 'lookUpOnAny'> };
  };
}
