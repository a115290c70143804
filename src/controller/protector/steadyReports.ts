import type { AccountMoney } from '../../domain/accountRules/ruleBases.ts';

export type Report = Omit<AccountMoney, 'equityHigh'>;

/** Reports closer than this, ms, are one: a terminal tells the same figures in several messages. */
export const oneReportMs = 250;

/**
 * Takes single bad figures out of an account's reports, by the one before and the one after: a balance that is only there
 * between two equal ones, and an equity above or below both. Each report comes out once the next has come.
 */
export class SteadyReports {
  private before: Report | null = null;
  private newest: Report | null = null;

  /** @returns the report before, without what it alone has told; null: there is none yet */
  take(report: Report): Report | null {
    const { before, newest } = this;
    if (newest !== null && isOne(newest, report)) {
      this.newest = { ...report, at: newest.at };
      return null;
    }
    this.newest = report;
    if (newest === null) return null;
    // Nothing is known of the time before the first one.
    const steady = between(before ?? report, newest, report);
    this.before = steady;
    return steady;
  }

  /** Begins anew with a report: those before it are not told any more. */
  restart(report: Report): void {
    this.before = report;
    this.newest = null;
  }

  forget(): void {
    this.before = null;
    this.newest = null;
  }
}

function isOne({ at }: Report, next: Report): boolean {
  return next.at >= at && next.at - at < oneReportMs;
}

function between(before: Report, report: Report, after: Report): Report {
  const [low, high] = [Math.min(before.equity, after.equity), Math.max(before.equity, after.equity)];
  return {
    at: report.at,
    balance: before.balance === after.balance ? before.balance : report.balance,
    equity: Math.min(high, Math.max(low, report.equity)),
  };
}
