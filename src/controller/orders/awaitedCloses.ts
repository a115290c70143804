import { BoundedMap } from '../../base/boundedMap.ts';
import type { Order } from '../../domain/orders/order.ts';
import type { PositionReport } from './positionReport.ts';

/** As many of the last closes are awaited. */
const mostAwaited = 1_000;

interface AwaitedClose {
  order: Order;
  /** Positions when it was sent; null when the EA had told none. */
  before: PositionReport | null;
  /** The EA's words when it reported the close as done; null: it has not. */
  reported: string | null;
}

/** Closes that were sent, until telemetry agrees with them: the EA's words alone prove none. */
export class AwaitedCloses {
  /** By number of the order. */
  private readonly closes = new BoundedMap<number, AwaitedClose>(mostAwaited);

  /** @param before positions when it was sent; null: the EA had told none */
  sent(order: Order, before: PositionReport | null): void {
    this.closes.set(order.number, { order, before, reported: null });
  }

  /** The EA says that it has closed: later telemetry must agree. */
  reported(number: number, words: string): void {
    const close = this.closes.get(number);
    if (close !== undefined) close.reported = words;
  }

  /** The time in which telemetry could agree is over: later changes are none of its making. */
  ended(number: number): void {
    this.closes.delete(number);
  }

  forget(): void {
    this.closes.clear();
  }

  /** Telemetry told positions. @param agreed called with the number of each close that they agree with */
  told(report: PositionReport, agreed: (number: number) => void): void {
    for (const [number, close] of [...this.closes]) {
      if (close.reported === null || !agrees(close, report)) continue;
      this.closes.delete(number);
      // Its fall is its own: it confirms no other close.
      for (const other of this.closes.values()) other.before = without(other.before, close.order.symbol);
      agreed(number);
    }
  }
}

/** v7 closes its own positions alone, so after a close of everything others may remain: that is for a person to see. */
function agrees({ order, before, reported }: AwaitedClose, report: PositionReport): boolean {
  if (report.count === 0) return true;
  if (/\bclosed 0\b/i.test(reported ?? '')) return false;
  if (order.action !== 'close' || before === null) return false;
  if (before.symbols === undefined || report.symbols === undefined) return report.count < before.count;
  const own = (symbols: readonly string[]): number => symbols.filter((symbol) => symbol === order.symbol).length;
  return own(report.symbols) < own(before.symbols);
}

/** A report with one position of a symbol less. */
function without(report: PositionReport | null, symbol: string): PositionReport | null {
  if (report === null) return null;
  const place = report.symbols?.indexOf(symbol) ?? -1;
  return {
    ...report,
    count: report.count - 1,
    symbols: place < 0 ? report.symbols : report.symbols?.toSpliced(place, 1),
  };
}
