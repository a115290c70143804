import { z } from 'zod';
import type { Sample } from '../../api/state/state.ts';
import { dayStartSources, type EquityBase } from '../../api/state/accountState.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import type { Clock } from '../ports/clock.ts';

const dayStartSchema = z.object({
  day: z.string(),
  dayStartEquity: z.number(),
  dayStartAt: z.number().nullable().default(null),
  dayStartBy: z.enum(dayStartSources).default('figures'),
});
const riskBaseSchema = dayStartSchema.extend({
  peakEquity: z.number(),
  rebasedAt: z.number().nullable(),
  /** Starts of earlier days, in case the clock is set back to one of them. */
  earlier: z.array(dayStartSchema).default([]),
});
type KeptBase = z.infer<typeof riskBaseSchema>;
type DayStart = z.infer<typeof dayStartSchema>;

const keptDays = 7;

export interface EquityBaselineContext {
  bridge: string;
  clock: Clock;
  journalWriter: JournalWriter;
  /** The date of the trading day. */
  today: () => string;
}

/** Day start and peak equity, from which losses are measured, by account. */
export class EquityBaseline {
  private readonly context: EquityBaselineContext;
  private account: string | null = null;
  /** Names for which `current` was read, as JSON. */
  private names = '';
  private current: KeptBase | null = null;
  /** A day whose start is taken from the next figures, whatever is stored for it; null: none. */
  private anew: string | null = null;

  constructor(context: EquityBaselineContext) {
    this.context = context;
  }

  get base(): EquityBase | null {
    if (this.current === null) return null;
    const { peakEquity, rebasedAt } = this.current;
    return { ...dayStartOf(this.current), peakEquity, rebasedAt };
  }

  /** Starts a day with the next figures. */
  begins(day: string): void {
    this.anew = day;
  }

  /** Handles another account: nothing is measured until its first figures. */
  forget(): void {
    this.names = '';
    this.account = null;
    this.current = null;
  }

  /** Takes the equity of a named account, with its extremes since the last call. */
  observe(
    account: string,
    names: readonly string[],
    { equity, equityHigh }: Pick<Sample, 'equity' | 'equityHigh'>,
  ): void {
    this.useAccount(account, names);
    if (this.account === null) return;
    const day = this.context.today();
    const known = this.current;
    // A terminal that has not loaded its account yet reports zeros.
    if (known === null) {
      if (equity > 0) this.begin({ peakEquity: equityHigh, rebasedAt: null, earlier: [] }, day, equity, 'figures');
    } else if (day !== known.day || this.anew === day) {
      this.turnTo(day, known, equity, equityHigh);
    } else if (equityHigh > known.peakEquity) {
      this.keep({ ...known, peakEquity: equityHigh });
    }
  }

  /** Changes the day: to a new one, or back to a stored one after a change of the clock. */
  private turnTo(day: string, known: KeptBase, equity: number, equityHigh: number): void {
    const isNew = this.anew === day;
    const kept = isNew ? undefined : known.earlier.find((each) => each.day === day);
    const others = [...known.earlier, dayStartOf(known)].filter((each) => each.day !== day).slice(-keptDays);
    const peakEquity = Math.max(known.peakEquity, equityHigh);
    if (kept !== undefined) {
      this.keep({ ...known, peakEquity, ...kept, earlier: others });
    } else if (!isNew && day < known.day) {
      // The stored day had a wrong date; its figure is this day's all the same.
      this.keep({ ...known, peakEquity, day });
    } else if (equity > 0) {
      this.begin({ ...known, peakEquity, earlier: others }, day, equity, 'figures');
    }
  }

  private begin(known: Omit<KeptBase, keyof DayStart>, day: string, equity: number, by: DayStart['dayStartBy']): void {
    this.anew = null;
    this.keep({ ...known, day, dayStartEquity: equity, dayStartAt: this.context.clock.now(), dayStartBy: by });
  }

  /**
   * Selects the account to measure.
   * @param names all names of the account: values under any of them are its own
   */
  useAccount(account: string, names: readonly string[]): void {
    const all = JSON.stringify([account, ...names]);
    if (all === this.names) return;
    const bases = [account, ...names.filter((name) => name !== account)].map((name) => this.remembered(name));
    // Nothing is measured without the stored values; the next figures try again.
    const failed = bases.includes(undefined);
    this.current = failed ? null : bases.reduce<KeptBase | null>((one, other) => joined(one, other ?? null), null);
    this.account = failed ? null : account;
    this.names = failed ? '' : all;
  }

  /** Stored baseline of an account; undefined: the journal can't be read. */
  private remembered(account: string): KeptBase | null | undefined {
    const found = this.context.journalWriter.remembered(this.key(account));
    return found === null
      ? undefined
      : riskBaseSchema
          .nullable()
          .catch(null)
          .parse(found.value ?? null);
  }

  /** Restarts both measures at this equity, after a deposit or a withdrawal. */
  rebase(equity: number): void {
    const { clock, today } = this.context;
    this.begin({ peakEquity: equity, rebasedAt: clock.now(), earlier: [] }, today(), equity, 'rebased');
  }

  /** Sets the start of the day as a person knows it. The peak is at least as high. */
  setDayStart(equity: number): void {
    const { peakEquity = 0, rebasedAt = null, earlier = [] } = this.current ?? {};
    const known = { peakEquity: Math.max(peakEquity, equity), rebasedAt, earlier };
    this.begin(known, this.context.today(), equity, 'typed');
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

function dayStartOf({ day, dayStartEquity, dayStartAt, dayStartBy }: KeptBase): DayStart {
  return { day, dayStartEquity, dayStartAt, dayStartBy };
}

/** Joins baselines of one account under two names. The higher figures count, unless a person has re-based since. */
function joined(one: KeptBase | null, other: KeptBase | null): KeptBase | null {
  if (one === null || other === null) return one ?? other;
  const [earlier, later] = one.day <= other.day ? [one, other] : [other, one];
  const rebased = [one, other].toSorted((a, b) => (b.rebasedAt ?? 0) - (a.rebasedAt ?? 0))[0] ?? one;
  if ((one.rebasedAt ?? 0) !== (other.rebasedAt ?? 0)) {
    return { ...rebased, ...dayStartOf(rebased.day === later.day ? rebased : later) };
  }
  const higher = one.dayStartEquity >= other.dayStartEquity ? one : other;
  return {
    ...later,
    ...dayStartOf(earlier.day === later.day ? higher : later),
    peakEquity: Math.max(one.peakEquity, other.peakEquity),
  };
}
