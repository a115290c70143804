import { z } from 'zod';
import type { EquityBase, Sample } from '../../api/state/state.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import type { Clock } from '../ports/clock.ts';

const riskBaseSchema = z.object({
  day: z.string(),
  dayStartEquity: z.number(),
  peakEquity: z.number(),
  rebasedAt: z.number().nullable(),
  /** What other days began with, in case that the clock comes back to one of them. */
  earlier: z.array(z.object({ day: z.string(), dayStartEquity: z.number() })).default([]),
});
type KeptBase = z.infer<typeof riskBaseSchema>;

const keptDays = 7;

export interface EquityBaselineContext {
  bridge: string;
  clock: Clock;
  journalWriter: JournalWriter;
  /** The date of the trading day. */
  today: () => string;
}

/** What losses are measured from: day start and peak equity, by account. */
export class EquityBaseline {
  private readonly context: EquityBaselineContext;
  private account: string | null = null;
  /** The names that `current` was read for, as JSON. */
  private names = '';
  private current: KeptBase | null = null;
  /** A day whose start is measured with the next figures, whatever is kept of it. */
  private anew: string | null = null;

  constructor(context: EquityBaselineContext) {
    this.context = context;
  }

  get base(): EquityBase | null {
    if (this.current === null) return null;
    const { day, dayStartEquity, peakEquity, rebasedAt } = this.current;
    return { day, dayStartEquity, peakEquity, rebasedAt };
  }

  /** A day begins with the next figures. */
  begins(day: string): void {
    this.anew = day;
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
    this.useAccount(account, names);
    if (this.account === null) return;
    const day = this.context.today();
    const known = this.current;
    // A terminal that has not loaded its account yet tells zeros.
    if (known === null) {
      if (equity > 0) this.begin({ peakEquity: equityHigh, rebasedAt: null, earlier: [] }, day, equity);
    } else if (day !== known.day || this.anew === day) {
      this.turnTo(day, known, equity, equityHigh);
    } else if (equityHigh > known.peakEquity) {
      this.keep({ ...known, peakEquity: equityHigh });
    }
  }

  /** It is another day than the one that was measured: a new one, or the clock has come back to one that is known. */
  private turnTo(day: string, known: KeptBase, equity: number, equityHigh: number): void {
    const isNew = this.anew === day;
    const kept = isNew ? undefined : known.earlier.find((each) => each.day === day);
    const others = [...known.earlier, { day: known.day, dayStartEquity: known.dayStartEquity }]
      .filter((each) => each.day !== day)
      .slice(-keptDays);
    const peakEquity = Math.max(known.peakEquity, equityHigh);
    if (kept !== undefined) {
      this.keep({ ...known, peakEquity, ...kept, earlier: others });
    } else if (!isNew && day < known.day) {
      // It began under a wrong date: the figure is the day's own all the same.
      this.keep({ ...known, peakEquity, day });
    } else if (equity > 0) {
      this.begin({ ...known, peakEquity, earlier: others }, day, equity);
    }
  }

  private begin(known: Omit<KeptBase, 'day' | 'dayStartEquity'>, day: string, equity: number): void {
    this.anew = null;
    this.keep({ ...known, day, dayStartEquity: equity });
  }

  /** The account that figures are measured for from now on. @param names all of it: what was kept under any is its own */
  useAccount(account: string, names: readonly string[]): void {
    const all = JSON.stringify([account, ...names]);
    if (all === this.names) return;
    const bases = [account, ...names.filter((name) => name !== account)].map((name) => this.remembered(name));
    // Without what was remembered nothing is measured: another try comes with the next figures.
    const failed = bases.includes(undefined);
    this.current = failed ? null : bases.reduce<KeptBase | null>((one, other) => joined(one, other ?? null), null);
    this.account = failed ? null : account;
    this.names = failed ? '' : all;
  }

  /** Undefined: the journal can't say. */
  private remembered(account: string): KeptBase | null | undefined {
    const found = this.context.journalWriter.remembered(this.key(account));
    return found === null
      ? undefined
      : riskBaseSchema
          .nullable()
          .catch(null)
          .parse(found.value ?? null);
  }

  /** A person starts both measures anew, after a deposit or a withdrawal. */
  rebase(equity: number): void {
    const { clock, today } = this.context;
    this.begin({ peakEquity: equity, rebasedAt: clock.now(), earlier: [] }, today(), equity);
  }

  private keep(base: KeptBase): void {
    this.current = base;
    if (this.account === null) return;
    this.context.journalWriter.record({ type: 'remember', key: this.key(this.account), value: base });
  }

  private key(account: string): string {
    return `risk:${this.context.bridge}:${account}`;
  }
}

/** What was kept of one account under two names. Measured from the higher figure, where a person has not re-based since. */
function joined(one: KeptBase | null, other: KeptBase | null): KeptBase | null {
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
