import { z } from 'zod';
import type { RiskBase, Sample } from '../api/state.ts';
import type { RiskLimits } from '../protocol/riskLimits.ts';
import { tradingDay } from '../protocol/tradingDay.ts';
import type { Clock } from './ports.ts';
import type { Recorder } from './recorder.ts';

const riskBaseSchema = z.object({
  day: z.string(),
  dayStartEquity: z.number(),
  peakEquity: z.number(),
  rebasedAt: z.number().nullable(),
});

export interface RiskBookContext {
  bridge: string;
  clock: Clock;
  recorder: Recorder;
  day: () => RiskLimits['day'];
}

/** What losses are measured from: day start and peak equity, by account. */
export class RiskBook {
  private readonly context: RiskBookContext;
  private account: string | null = null;
  private current: RiskBase | null = null;

  constructor(context: RiskBookContext) {
    this.context = context;
  }

  get base(): RiskBase | null {
    return this.current;
  }

  /** Equity as reported, with its extremes since the last time. Nothing is measured while the account has no name. */
  observe(account: string | null, { equity, equityHigh }: Pick<Sample, 'equity' | 'equityHigh'>): void {
    if (account === null) return;
    this.take(account);
    if (this.account === null) return;
    const day = this.today();
    const known = this.current;
    if (known === null) {
      this.keep({ day, dayStartEquity: equity, peakEquity: equityHigh, rebasedAt: null });
    } else if (day > known.day) {
      this.keep({ ...known, day, dayStartEquity: equity, peakEquity: Math.max(known.peakEquity, equityHigh) });
    } else if (equityHigh > known.peakEquity) {
      this.keep({ ...known, peakEquity: equityHigh });
    }
  }

  /** The account that figures are measured for from now on. */
  take(account: string): void {
    if (account === this.account) return;
    const remembered = this.context.recorder.read((journal) => journal.remembered(this.key(account)));
    // Without what was remembered nothing is measured: another try comes with the next figures.
    this.current =
      remembered === null
        ? null
        : riskBaseSchema
            .nullable()
            .catch(null)
            .parse(remembered.value ?? null);
    this.account = remembered === null ? null : account;
  }

  /** A person starts both measures anew, after a deposit or a withdrawal. */
  rebase(equity: number): void {
    this.keep({ day: this.today(), dayStartEquity: equity, peakEquity: equity, rebasedAt: this.context.clock.now() });
  }

  private today(): string {
    return tradingDay(this.context.clock.now(), this.context.day());
  }

  private keep(base: RiskBase): void {
    this.current = base;
    if (this.account === null) return;
    this.context.recorder.record({ type: 'remember', key: this.key(this.account), value: base });
  }

  private key(account: string): string {
    return `risk:${this.context.bridge}:${account}`;
  }
}
