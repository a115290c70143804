/** What losses of one account are measured from. */
interface Measure {
  day: number;
  /** What each day began with. */
  starts: Map<number, number>;
  peak: number;
}

/** Day starts and peaks by the name of the account, kept over restarts. */
export type KeptMeasures = Map<string, Measure>;

/** Loss in a day, and since the peak, from which nothing is traded, in %. */
export const modelLosses = { dailyLossPercent: 15, drawdownPercent: 20 } as const;

export class ModelRisk {
  private readonly kept: KeptMeasures;
  private names = '';
  /** Whose figures the measure is of. */
  private account: number | null = null;
  private measure: Measure | null = null;

  constructor(kept: KeptMeasures) {
    this.kept = kept;
  }

  /** It is another account. */
  forget(): void {
    this.names = '';
    this.account = null;
    this.measure = null;
  }

  /**
   * Figures of the right account, a few times a second.
   * @param day of now. `begins`: the clock has come to it by itself, and it has not been measured since
   * @returns whether its start has been measured
   */
  observe(account: Account, { date: day, begins }: { date: number; begins: boolean }, figures: Figures): boolean {
    const { key } = account;
    this.take(account);
    const { measure } = this;
    const { equity, high } = figures;
    if (measure === null) {
      if (equity <= 0) return false;
      this.keep(key, { day, starts: new Map([[day, equity]]), peak: high });
      return true;
    }
    measure.peak = Math.max(measure.peak, high);
    if (day === measure.day && !begins) return false;
    const known = begins ? undefined : measure.starts.get(day);
    const own = measure.starts.get(measure.day);
    const isEarlier = known === undefined && !begins && day < measure.day && own !== undefined;
    // It began under a wrong date.
    if (isEarlier) measure.starts.delete(measure.day);
    const start = known ?? (isEarlier ? own : equity);
    if (start <= 0) return false;
    measure.starts.set(day, start);
    measure.day = day;
    return known === undefined && !isEarlier;
  }

  /** Why nothing may be traded at this equity of an account, or null. What was measured of another says nothing of it. */
  refusal(account: number, equity: number): string | null {
    const measure = this.account === account ? this.measure : null;
    const start = measure?.starts.get(measure.day);
    if (measure === null || start === undefined) return 'risk_daily_loss';
    if ((start - equity) * 100 >= modelLosses.dailyLossPercent * start) return 'risk_daily_loss';
    return (measure.peak - equity) * 100 >= modelLosses.drawdownPercent * measure.peak ? 'risk_drawdown' : null;
  }

  /** What was kept under any of its names is its own: the later day, and the higher figures. */
  private take({ key, names, number }: Account): void {
    this.account = number;
    const all = JSON.stringify([key, names]);
    if (all === this.names) return;
    this.names = all;
    this.measure = null;
    for (const name of new Set([key, ...names])) {
      const other = this.kept.get(name);
      if (other === undefined) continue;
      const { measure } = this;
      if (measure === null) {
        this.measure = copy(other);
        continue;
      }
      const later = copy(measure.day > other.day ? measure : other);
      const starts = [measure, other]
        .filter(({ day }) => day === later.day)
        .map(({ starts: all }) => all.get(later.day) ?? 0);
      later.starts.set(later.day, Math.max(...starts));
      later.peak = Math.max(measure.peak, other.peak);
      this.measure = later;
    }
    if (this.measure !== null) this.keep(key, this.measure);
  }

  private keep(key: string, measure: Measure): void {
    this.measure = measure;
    this.kept.set(key, measure);
  }
}

interface Account {
  key: string;
  names: readonly string[];
  number: number;
}

/** The last equity, and the highest since figures were last looked at. */
export interface Figures {
  equity: number;
  high: number;
}

function copy({ day, starts, peak }: Measure): Measure {
  return { day, starts: new Map(starts), peak };
}
