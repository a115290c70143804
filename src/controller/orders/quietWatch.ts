import type { PositionReport } from './positionReport.ts';

/** Time without changes, and number of reports within it, before an order counts as not traded. */
const spanMs = 60_000;
const reportsNeeded = 3;

/** Detects an unchanged account after an order: the same number of positions, the same balance, no margin more. */
export class QuietWatch {
  private disturbed = false;
  private margin: number | null;
  private balance: number | null;
  private reports = 0;
  private firstAt = 0;

  /** @param before last report before the order */
  constructor(before: Pick<PositionReport, 'margin' | 'balance'> | null) {
    this.margin = before?.margin ?? null;
    this.balance = before?.balance ?? null;
  }

  /** Ends the detection: later changes can have another cause. */
  disturb(): void {
    this.disturbed = true;
  }

  /**
   * Takes a report after the order's error.
   * @returns whether the account has been unchanged for long enough
   */
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
