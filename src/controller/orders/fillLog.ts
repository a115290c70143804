import type { Order } from '../../domain/orders/order.ts';
import type { Fill } from './positionBase.ts';

/** Fills and reports of positions in order of arrival: which fills the last report may not count yet. */
export class FillLog {
  private readonly most: number;
  /** Fills in order of arrival. */
  private fills: Fill[] = [];
  /** Sequence number of fills and reports. */
  private place = 0;
  private reportPlace = 0;

  /** @param most fills kept, the newest */
  constructor(most: number) {
    this.most = most;
  }

  /** Sequence number of the last report. */
  get lastReport(): number {
    return this.reportPlace;
  }

  /** Sequence number of the last fill or report. */
  get last(): number {
    return this.place;
  }

  /** @param counted the last report counts its position @param at monotonic ms */
  filled({ number, symbol }: Order, counted: boolean, at: number): void {
    if (!counted) this.place += 1;
    const place = counted ? this.reportPlace : this.place;
    this.fills.push({ number, symbol, place, at });
    if (this.fills.length > this.most) this.fills.shift();
  }

  /** Records a report of positions. */
  reported(): void {
    this.place += 1;
    this.reportPlace = this.place;
  }

  /** Removes the fill of an order that is in doubt again. */
  withdraw(number: number): void {
    this.fills = this.others(number);
  }

  /** Handles another account. */
  forget(): void {
    this.fills = [];
  }

  /** Fills since the last report. */
  sinceReport(): Fill[] {
    return this.fills.filter(({ place }) => place > this.reportPlace);
  }

  /** Fills of orders other than this. */
  others(number: number): Fill[] {
    return this.fills.filter((fill) => fill.number !== number);
  }
}
