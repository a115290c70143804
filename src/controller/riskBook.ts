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
  /** The names that `current` was read for, as JSON. */
  private names = '';
  private current: RiskBase | null = null;

  constructor(context: RiskBookContext) {
    this.context = context;
  }

  get base(): RiskBase | null {
    return this.current;
  }

  /** Another account is there: nothing is measured until its first figures have come. */
  forget(): void {
    this.names = '';
    this.account = null;
    this.current = null;
  }

  /** Equity of a named account as reported, with its extremes since the last time. */
  observe(
    account: string,
    names: readonly string[],
    { equity, equityHigh }: Pick<Sample, 'equity' | 'equityHigh'>,
  ): void {
    this.take(account, names);
    if (this.account === null) return;
    const day = this.today();
    const known = this.current;
    // A terminal that has not loaded its account yet tells zeros.
    if (known === null) {
      if (equity > 0) this.keep({ day, dayStartEquity: equity, peakEquity: equityHigh, rebasedAt: null });
    } else if (day > known.day && equity > 0) {
      this.keep({ ...known, day, dayStartEquity: equity, peakEquity: Math.max(known.peakEquity, equityHigh) });
    } else if (equityHigh > known.peakEquity) {
      this.keep({ ...known, peakEquity: equityHigh });
    }
  }

  /** The account that figures are measured for from now on. @param names all of it: what was kept under any is its own */
  take(account: string, names: readonly string[]): void {
    const all = JSON.stringify([account, ...names]);
    if (all === this.names) return;
    const bases = [account, ...names.filter((name) => name !== account)].map((name) => this.remembered(name));
    // Without what was remembered nothing is measured: another try comes with the next figures.
    const failed = bases.includes(undefined);
    this.current = failed ? null : bases.reduce<RiskBase | null>((one, other) => joined(one, other ?? null), null);
    this.account = failed ? null : account;
    this.names = failed ? '' : all;
  }

  /** Undefined: the journal can't say. */
  private remembered(account: string): RiskBase | null | undefined {
    const found = this.context.recorder.read((journal) => journal.remembered(this.key(account)));
    return found === null
      ? undefined
      : riskBaseSchema
          .nullable()
          .catch(null)
          .parse(found.value ?? null);
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

/** What was kept of one account under two names. Measured from the higher figure, where a person has not re-based since. */
function joined(one: RiskBase | null, other: RiskBase | null): RiskBase | null {
  if (one === null || other === null) return one ?? other;
  const [earlier, later] = one.day <= other.day ? [one, other] : [other, one];
  const rebased = [one, other].toSorted((a, b) => (b.rebasedAt ?? 0) - (a.rebasedAt ?? 0))[0] ?? one;
  if ((one.rebasedAt ?? 0) !== (other.rebasedAt ?? 0)) {
    return {
      ...rebased,
      day: later.day,
      dayStartEquity: rebased.day === later.day ? rebased.dayStartEquity : later.dayStartEquity,
    };
  }
  const sameDay = earlier.day === later.day;
  return {
    ...later,
    dayStartEquity: sameDay ? Math.max(one.dayStartEquity, other.dayStartEquity) : later.dayStartEquity,
    peakEquity: Math.max(one.peakEquity, other.peakEquity),
  };
}
