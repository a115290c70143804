import type { PositionReport } from './positionReport.ts';

/** How long nothing may happen, and how many reports must have said so, before an order is taken as not traded. */
const spanMs = 60_000;
const reportsNeeded = 3;

/** Whether nothing at all happened to an account after an order: no position more or less, no money moved, no margin more. */
export class QuietWatch {
  private disturbed = false;
  private margin: number | null;
  private balance: number | null;
  private reports = 0;
  private firstAt = 0;

  /** @param before the last report before the order */
  constructor(before: Pick<PositionReport, 'margin' | 'balance'> | null) {
    this.margin = before?.margin ?? null;
    this.balance = before?.balance ?? null;
  }

  /** Whatever is seen from now on can have another cause. */
  disturb(): void {
    this.disturbed = true;
  }

  /** A report after the order's error. @returns whether it has been quiet for long enough */
  update({ margin, balance }: PositionReport, at: number): boolean {
    if (this.reports === 0) this.firstAt = at;
    this.reports += 1;
    if (margin !== undefined && this.margin !== null && margin > this.margin) this.disturbed = true;
    if (balance !== undefined && this.balance !== null && balance !== this.balance) this.disturbed = true;
    this.margin ??= margin ?? null;
    this.balance ??= balance ?? null;
    return !this.disturbed && this.reports >= reportsNeeded && at - this.firstAt >= spanMs;
  }
}
