import type { AccountRules } from '../../domain/accountRules/accountRules.ts';
import type { CountedDeal, RuleBases } from '../../domain/accountRules/ruleBases.ts';
import type { Clock } from '../ports/clock.ts';
import type { RuleBook } from './ruleBook.ts';
import { type Report, SteadyReports } from './steadyReports.ts';

/** Longest wait for the deals that explain a balance, ms: since the difference changed, and in all. Then the balance counts as it is. */
const dealsWaitMs = 5_000;
const dealsMostMs = 15_000;
/** Money below this is no difference. */
const centMost = 0.005;
/** A deal this much older than the last report, ms, is in its balance. */
const earlierMs = 60_000;

export interface BaseMeasureParts {
  clock: Clock;
  rules: () => AccountRules;
  book: RuleBook;
  /** Whether the EA tells every deal (N6). */
  tellsDeals: () => boolean;
}

/**
 * Measures an account's bases by its reports and deals. Money that is paid in or out is in the deals and in the balance, and
 * either can come first: bases move once both agree.
 */
export class BaseMeasure {
  private readonly parts: BaseMeasureParts;
  private readonly steady = new SteadyReports();
  /** Balance up to which deals have explained it; null: there is none yet. */
  private explained: number | null = null;
  /** Sum of deals that were told since. */
  private told = 0;
  /** Deals that wait for a report that has them. */
  private waiting: CountedDeal[] = [];
  private newest: Report | null = null;
  /** Bases of an account's first report alone; null: there are others. */
  private first: RuleBases | null = null;
  /** Since when the balance differs from what deals explain, and by the present difference, monotonic ms; null: it does not. */
  private differs: { since: number; by: number; bySince: number } | null = null;

  constructor(parts: BaseMeasureParts) {
    this.parts = parts;
  }

  /** Handles another account. */
  forget(): void {
    this.steady.forget();
    this.explained = null;
    this.told = 0;
    this.waiting = [];
    this.newest = null;
    this.first = null;
    this.differs = null;
  }

  /** What the newest balance has that the bases lack: paid in or out, or deals that are late. */
  get unmeasured(): number {
    if (this.differs === null) return 0;
    const paid = this.waiting.filter(({ kind }) => kind === 'money').reduce((sum, { net }) => sum + net, 0);
    return this.difference() + paid;
  }

  report(report: Report): void {
    const { book, clock, tellsDeals } = this.parts;
    this.newest = report;
    this.explained ??= book.bases?.last.balance ?? report.balance;
    const now = clock.monotonic();
    if (tellsDeals() && !this.isExplained) {
      const by = this.difference();
      const { since, by: before, bySince } = this.differs ?? { since: now, by, bySince: now };
      this.differs = { since, by, bySince: by === before ? bySince : now };
      if (now - this.differs.bySince < dealsWaitMs && now - since < dealsMostMs) return;
    }
    this.settle(report);
  }

  /** @param isReported the EA has reported figures since it connected */
  deal(deal: CountedDeal, isReported: boolean): void {
    const { book } = this.parts;
    if (book.isCounted(deal.deal) || this.waiting.some((each) => each.deal === deal.deal)) return;
    if (deal.at > (book.bases?.last.at ?? Number.POSITIVE_INFINITY) - earlierMs) this.told += deal.net;
    if (isReported && deal.kind !== 'money') book.deal(deal);
    else this.waiting.push(deal);
    // The next balance may differ by something else.
    if (this.differs !== null && this.newest !== null && this.isExplained) this.settle(this.newest);
  }

  /** Takes a report whose balance is explained, with the deals that waited for it. */
  private settle(report: Report): void {
    const { book, rules } = this.parts;
    this.differs = null;
    this.explained = report.balance;
    this.told = 0;
    if (this.waiting.length === 0) {
      this.observe(report);
      return;
    }
    // A day that began meanwhile is begun first: its deals may prove what it began with. The peak moves by the deals.
    book.observe({ ...report, equityHigh: book.bases?.peakEquity ?? report.equity }, rules());
    for (const deal of this.waiting) book.deal(deal);
    this.waiting = [];
    this.steady.restart(report);
  }

  private observe(report: Report): void {
    const { book, rules } = this.parts;
    const isFirst = book.bases === null;
    const steady = this.steady.take(report) ?? (isFirst ? report : null);
    if (steady === null) return;
    // Once a second one has come, the first may turn out to be a bad one.
    if (this.first !== null && book.bases === this.first) book.forgetBases();
    book.observe({ ...steady, equityHigh: steady.equity }, rules());
    this.first = isFirst ? book.bases : null;
  }

  private get isExplained(): boolean {
    return Math.abs(this.difference()) <= centMost;
  }

  private difference(): number {
    const { newest, explained, told } = this;
    return newest === null || explained === null ? 0 : newest.balance - explained - told;
  }
}
