import { BoundedMap } from '../../base/boundedMap.ts';
import { RowRateLimit } from '../../base/rateLimit.ts';
import { isEngineSource, type Order } from '../../domain/orders/order.ts';
import { type Refusal, withoutDesk } from '../../domain/orders/refusal.ts';
import type { OrderAction } from '../../domain/tradeTerms.ts';
import { isGuarded } from './newOrder.ts';
import type { Emit } from '../records/bridgeEvent.ts';
import type { Platform } from '../records/platform.ts';
import { transition } from './orderLifecycle.ts';

/** Most refused orders of one engine or feed that are listed and written. Further ones are counted and answered. */
const listedRefusals = { aMinute: 120, anHour: 1_200 };
const mostSources = 200;

/** Records orders that were not sent. */
export class RefusedOrders {
  private readonly platform: Platform;
  private readonly emit: Emit;
  private readonly limits = new BoundedMap<string, RowRateLimit>(mostSources);

  constructor(platform: Platform, emit: Emit) {
    this.platform = platform;
    this.emit = emit;
  }

  /** Refuses an order before it was written as sent. */
  refuse(order: Order, refusal: Refusal): Order {
    const { order: refused } = transition(order, { type: 'not_sent', refusal });
    if (this.isListed(refused)) this.write(refused);
    else this.emit({ type: 'unlisted_refusal', order: refused });
    return refused;
  }

  /** Refuses an order already written as sent; always written. */
  takeBack(order: Order, refusal: Refusal): Order {
    const { order: refused } = transition(order, { type: 'not_sent', refusal });
    this.write(refused);
    this.platform.journalWriter.flush();
    return refused;
  }

  /** Whether a refusal is listed and written; of a runaway engine or feed only the first ones are. */
  private isListed({ source }: Order): boolean {
    if (!isEngineSource(source)) return true;
    const known = this.limits.get(source) ?? new RowRateLimit(listedRefusals);
    this.limits.set(source, known);
    return known.allow(this.platform.clock.monotonic());
  }

  private write(order: Order): void {
    this.platform.journalWriter.record({ type: 'order', order, frame: null });
    this.emit({ type: 'order', order });
  }
}

/** Adds to the refusal of a person's close, or of new stops, how to do it in MT5. */
export function told({ action, ...order }: Order, why: Refusal): Refusal {
  if (isGuarded({ action, ...order })) return why;
  const verbs: Partial<Record<OrderAction, string>> = {
    cancel_order: 'Delete it',
    modify_order: 'Do it',
    modify_position: 'Do it',
  };
  return withoutDesk(why, verbs[action]);
}
