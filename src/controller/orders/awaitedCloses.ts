import { BoundedMap } from '../../base/boundedMap.ts';
import type { Order } from '../../domain/orders/order.ts';
import type { StoredChange } from '../../domain/orders/orderChange.ts';
import type { PositionReport } from './positionReport.ts';

/** Most closes awaited, the newest. */
const mostAwaited = 1_000;

interface AwaitedClose {
  order: Order;
  /** Positions when the close was sent; null: not reported. */
  before: PositionReport | null;
  /** The EA's message when it reported the close as done; null: not reported yet. */
  reported: string | null;
  /** Positions that others close meanwhile, by number of the order: their fall confirms nothing. */
  others: Map<number, ClosedPositions>;
}

/** Positions of a symbol that an order closes by their numbers. */
interface ClosedPositions {
  symbol: string;
  count: number;
}

/** Closes that were sent and that telemetry has not confirmed yet: the EA's message alone proves nothing. */
export class AwaitedCloses {
  /** By number of the order. */
  private readonly closes = new BoundedMap<number, AwaitedClose>(mostAwaited);
  /** Changes without an outcome that close single positions, by number of the order. */
  private readonly changes = new BoundedMap<number, ClosedPositions>(mostAwaited);

  /** @param before positions when the close was sent; null: not reported */
  sent(order: Order, before: PositionReport | null): void {
    this.closes.set(order.number, { order, before, reported: null, others: new Map(this.changes) });
  }

  /** Records a change that was sent: closes by symbol are not confirmed by what it closes. */
  changeSent({ number, symbol, change = null }: Order): void {
    const count = change === null ? 0 : closedBy(change);
    if (count === 0) return;
    this.changes.set(number, { symbol, count });
    for (const { others } of this.closes.values()) others.set(number, { symbol, count });
  }

  /** @param done false: it has closed nothing */
  changeEnded(number: number, done: boolean): void {
    this.changes.delete(number);
    if (!done) for (const { others } of this.closes.values()) others.delete(number);
  }

  /** Records the EA's report that it has closed; later telemetry must agree. */
  reported(number: number, words: string): void {
    const close = this.closes.get(number);
    if (close !== undefined) close.reported = words;
  }

  /** Ends the time in which telemetry could agree: later changes have other causes. */
  ended(number: number): void {
    this.closes.delete(number);
  }

  forget(): void {
    this.closes.clear();
    this.changes.clear();
  }

  /**
   * Takes a report of positions.
   * @param agreed called with the number of each close that it confirms
   */
  told(report: PositionReport, agreed: (number: number) => void): void {
    for (const [number, close] of [...this.closes]) {
      if (close.reported === null || !agrees(close, report)) continue;
      this.closes.delete(number);
      // This close explains the fall; it confirms no other close.
      for (const other of this.closes.values()) other.before = without(other.before, close.order.symbol);
      agreed(number);
    }
  }
}

/**
 * Whether positions agree with a close. v7 closes only its own positions, so after a close_all others may remain: a
 * person has to look.
 */
function agrees({ order, before: sent, reported, others }: AwaitedClose, report: PositionReport): boolean {
  if (report.count === 0) return true;
  const before = [...others.values()].reduce(withoutClosed, sent);
  if (/\bclosed 0\b/i.test(reported ?? '')) return false;
  if (order.action !== 'close' || before === null) return false;
  if (before.symbols === undefined || report.symbols === undefined) return report.count < before.count;
  const own = (symbols: readonly string[]): number => symbols.filter((symbol) => symbol === order.symbol).length;
  return own(report.symbols) < own(before.symbols);
}

/** Most positions that a change closes. */
function closedBy(change: StoredChange): number {
  if (change.action === 'close_by') return 2;
  if (change.action !== 'close_position') return 0;
  return change.lot === null || change.lot >= change.before.lots ? 1 : 0;
}

function withoutClosed(report: PositionReport | null, { symbol, count }: ClosedPositions): PositionReport | null {
  return Array.from({ length: count }, () => symbol).reduce(without, report);
}

/** The report with one position of a symbol less. */
function without(report: PositionReport | null, symbol: string): PositionReport | null {
  if (report === null) return null;
  const place = report.symbols?.indexOf(symbol) ?? -1;
  return {
    ...report,
    count: report.count - 1,
    symbols: place < 0 ? report.symbols : report.symbols?.toSpliced(place, 1),
  };
}
