import { mostMarks, type OrderMarks } from '../../api/queries/history.ts';
import { isUnsettled, type Order } from '../../domain/orders/order.ts';
import { orderMark } from '../../api/queries/orderMark.ts';
import { compareOrders, matchesOrder, type OrdersPage } from '../../api/queries/orderQuery.ts';
import type { FillsQuery, OrdersQuery } from '../../controller/ports/journalHistory.ts';

/** The latest state of each order, like the tables of the journal on disk. */
export class OrderTable {
  lastNumber = 0;
  private readonly byNumber = new Map<number, Order>();
  private readonly doubted = new Map<number, Order>();
  /** Numbers of orders in the order of firing, by signal ID. */
  private readonly bySignal = new Map<string, number[]>();
  private readonly bridges = new Set<string>();

  put(order: Order): void {
    const { number, bridge, signalId } = order;
    if (!this.byNumber.has(number)) {
      const key = signalKey(bridge, signalId);
      const numbers = this.bySignal.get(key);
      if (numbers === undefined) this.bySignal.set(key, [number]);
      else numbers.push(number);
    }
    this.byNumber.set(number, order);
    this.bridges.add(bridge);
    this.lastNumber = Math.max(this.lastNumber, number);
    if (isUnsettled(order)) this.doubted.set(number, order);
    else this.doubted.delete(number);
  }

  /** In the order of firing. */
  all(): (Order & Record<string, unknown>)[] {
    return [...this.byNumber.values()].sort(byNumber).map((order) => ({ ...order }));
  }

  /** Fills as marks; the newest ones when there are more than can be marked. */
  fills({ bridge, from, to }: FillsQuery): OrderMarks {
    const found = this.all().filter(
      (order) => order.bridge === bridge && order.state === 'filled' && order.at >= from && order.at <= to,
    );
    return { marks: found.slice(-mostMarks).map((order) => orderMark(order, 1)), fills: found.length };
  }

  last(limit: number): Order[] {
    const found: Order[] = [];
    for (let number = this.lastNumber; number > 0 && found.length < limit; number -= 1) {
      const order = this.byNumber.get(number);
      if (order !== undefined) found.push(order);
    }
    return found;
  }

  /** @param bridge null: all bridges */
  inDoubt(bridge: string | null): Order[] {
    return [...this.doubted.values()].filter((order) => bridge === null || order.bridge === bridge).sort(byNumber);
  }

  placed(bridge: string): Order[] {
    return this.all().filter((order) => order.bridge === bridge && order.state === 'placed');
  }

  /** @param bridge null: all bridges */
  findSent(bridge: string | null, signalId: string): Order | null {
    if (bridge === null) return newest([...this.bridges].map((each) => this.findSent(each, signalId)));
    const numbers = this.bySignal.get(signalKey(bridge, signalId)) ?? [];
    const number = numbers.findLast((one) => this.byNumber.get(one)?.state !== 'refused');
    return number === undefined ? null : (this.byNumber.get(number) ?? null);
  }

  find(number: number): Order | null {
    return this.byNumber.get(number) ?? null;
  }

  page(query: OrdersQuery): OrdersPage {
    const { bridge, from, to, sort, offset, limit } = query;
    const upTo = query.upTo ?? this.lastNumber;
    const own = this.all().filter((order) => order.bridge === bridge);
    const found = own
      .filter((order) => order.number <= upTo && order.at >= from && order.at < to && matchesOrder(order, query))
      .sort((one, other) => compareOrders(one, other, sort));
    const choices = { symbols: distinct(own, 'symbol'), sources: distinct(own, 'source') };
    return {
      upTo,
      total: found.length,
      rows: found.slice(offset, offset + limit),
      choices: query.upTo === null ? choices : null,
      ready: 1,
    };
  }

  tradesSince(bridge: string, at: number): Order[] {
    return [...this.byNumber.values()]
      .filter((order) => order.bridge === bridge && order.at >= at && order.state !== 'refused')
      .filter(({ action }) => action === 'buy' || action === 'sell')
      .sort(byNumber);
  }
}

const byNumber = (one: Order, other: Order): number => one.number - other.number;

/** The newest of several orders, some of which may be null. */
export function newest(orders: readonly (Order | null)[]): Order | null {
  return orders.reduce((one, other) => ((other?.number ?? 0) > (one?.number ?? 0) ? other : one), null);
}

function distinct(orders: readonly Order[], key: 'symbol' | 'source'): string[] {
  return [...new Set(orders.map((order) => order[key]))].sort();
}

function signalKey(bridge: string, signalId: string): string {
  return JSON.stringify([bridge, signalId]);
}
