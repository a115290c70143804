import { isUnsettled, type Order } from '../../domain/orders/order.ts';
import type { ExecutionReport } from '../../protocol/ea/executionReport.ts';
import { BoundedMap } from '../../base/boundedMap.ts';
import { RowRateLimit } from '../../base/rateLimit.ts';
import { copyOf } from '../../base/copyOf.ts';

/** Bytes stored of a frame that is no news of an order. */
const keptBytes = 4_096;
/** Budget for reports of one order that repeat an earlier one. */
const alike = { aMinute: 10, anHour: 20 };
/** Budget for differing reports of one order, stored whole. */
const news = { aMinute: 20, anHour: 20 };
/** Budget for reports of one settled order, of whatever content. */
const ofSettled = { aMinute: 50, anHour: 100 };
/** Budget for reports of all settled orders. */
const ofAllSettled = { aMinute: 300, anHour: 3_000, bytesAnHour: 8 * 1024 * 1024 };
/** Budget for results of orders that were never sent: as many as a person could read. */
const unasked = { aMinute: 100, anHour: 1_000 };
/** Budget for unreadable frames that name an order. */
const broken = { aMinute: 50, anHour: 500 };
const keptBudgets = 2_000;

/**
 * Decides what is stored of an EA's reports: the whole frame for each result of an unsettled order; repeats and
 * reports of settled orders within budgets. The order counts them all.
 */
export class FeedbackRows {
  private readonly unasked = new RowRateLimit(unasked);
  private readonly settled = new RowRateLimit(ofAllSettled);
  private readonly broken = new RowRateLimit(broken);
  private readonly budgets = new BoundedMap<string, RowRateLimit>(keptBudgets);

  /**
   * Bytes of a frame to store; null: none.
   * @param order null: none was sent under its ID
   * @param monotonic ms
   */
  kept(frame: Uint8Array, order: Order | null, outcome: ExecutionReport, monotonic: number): Uint8Array | null {
    const clipped = (): Uint8Array => copyOf(frame, keptBytes);
    if (order === null) return this.unasked.allow(monotonic) ? clipped() : null;
    const says = outcome.state === 'filled' ? `filled ${outcome.ticket ?? ''}` : outcome.state;
    const key = `${String(order.number)} ${says}`;
    const isNew = !this.budgets.has(key);
    if (!this.budget(key, alike).allow(monotonic)) return null;
    if (isUnsettled(order) && isNew && this.budget(`${String(order.number)} news`, news).allow(monotonic))
      return copyOf(frame);
    const bytes = Math.min(frame.length, keptBytes);
    const has = this.budget(String(order.number), ofSettled).allow(monotonic) && this.settled.allow(monotonic, bytes);
    return has ? clipped() : null;
  }

  /** Bytes to store of an unreadable frame that names an order; null: none. */
  keptBroken(frame: Uint8Array, order: number, monotonic: number): Uint8Array | null {
    const key = `${String(order)} broken`;
    const isNew = !this.budgets.has(key);
    const has = this.budget(key, alike).allow(monotonic) && (this.broken.allow(monotonic) || isNew);
    return has ? copyOf(frame, keptBytes) : null;
  }

  private budget(key: string, most: { aMinute: number; anHour: number }): RowRateLimit {
    const known = this.budgets.get(key);
    if (known !== undefined) return known;
    const budget = new RowRateLimit(most);
    this.budgets.set(key, budget);
    return budget;
  }
}
