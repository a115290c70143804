import { BoundedMap } from '../../base/boundedMap.ts';
import type { Order } from '../../domain/orders/order.ts';
import type { PositionReport } from './positionReport.ts';

/** Most closes awaited, the newest. */
const mostAwaited = 1_000;

interface AwaitedClose {
  order: Order;
  /** Positions when the close was sent; null: not reported. */
  before: PositionReport | null;
  /** The EA's message when it reported the close as done; null: not reported yet. */
  reported: string | null;
}

/** Closes that were sent and that telemetry has not confirmed yet: the EA's message alone proves nothing. */
export class AwaitedCloses {
  /** By number of the order. */
  private readonly closes = new BoundedMap<number, AwaitedClose>(mostAwaited);

  /** @param before positions when the close was sent; null: not reported */
  sent(order: Order, before: PositionReport | null): void {
    this.closes.set(order.number, { order, before, reported: null });
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
function agrees({ order, before, reported }: AwaitedClose, report: PositionReport): boolean {
  if (report.count === 0) return true;
  if (/\bclosed 0\b/i.test(reported ?? '')) return false;
  if (order.action !== 'close' || before === null) return false;
  if (before.symbols === undefined || report.symbols === undefined) return report.count < before.count;
  const own = (symbols: readonly string[]): number => symbols.filter((symbol) => symbol === order.symbol).length;
  return own(report.symbols) < own(before.symbols);
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
