import { z } from 'zod';
import type { Sample } from '../../api/state/state.ts';
import { marginLevels, profitSteps } from '../../domain/xp.ts';
import type { Milestone } from '../ports/journalEntry.ts';
import type { JournalWriter } from '../records/journalWriter.ts';

const progressSchema = z.object({
  startingBalance: z.number(),
  profits: z.array(z.literal(profitSteps)),
  marginIsLow: z.boolean(),
});
type Progress = z.infer<typeof progressSchema>;

export interface MilestonesContext {
  bridge: string;
  journalWriter: JournalWriter;
  /** The date of the trading day. */
  today: () => string;
}

/**
 * Records what telemetry shows of an account for the first time, for experience points (R4). Samples are thinned out;
 * entries of the journal stay.
 */
export class Milestones {
  private readonly context: MilestonesContext;
  /** Names for which `progress` was read, as JSON. */
  private names = '';
  private progress: Progress | null = null;

  constructor(context: MilestonesContext) {
    this.context = context;
  }

  /**
   * Takes figures of a named account.
   * @param names all names of the account: records under any of them are its own
   */
  observe(
    account: string,
    names: readonly string[],
    { balance, equity, margin }: Pick<Sample, 'balance' | 'equity' | 'margin'>,
  ): void {
    if (!this.useAccount(account, names)) return;
    this.observeBalance(account, balance);
    if (margin !== null && margin > 0) this.observeMargin(account, (equity / margin) * 100);
  }

  /** @returns false: the journal can't be read; the next figures try again */
  private useAccount(account: string, names: readonly string[]): boolean {
    const all = JSON.stringify([account, ...names]);
    if (all === this.names) return true;
    const known: { name: string; value: Progress }[] = [];
    for (const name of names) {
      const remembered = this.context.journalWriter.remembered(keyOf(name));
      if (remembered === null) return false;
      const read = progressSchema.safeParse(remembered.value);
      if (read.success) known.push({ name, value: read.data });
    }
    const [first] = known;
    const own = known.find(({ name }) => name === account) ?? first;
    this.names = all;
    // A milestone reached under any name is not given again; the login's beginning is the earlier one.
    this.progress =
      first === undefined || own === undefined
        ? null
        : {
            startingBalance: first.value.startingBalance,
            profits: [...new Set(known.flatMap(({ value }) => value.profits))],
            marginIsLow: own.value.marginIsLow,
          };
    return true;
  }

  private observeBalance(account: string, balance: number): void {
    if (balance <= 0) return;
    const known = this.progress;
    if (known === null) {
      const first = { startingBalance: balance, profits: [], marginIsLow: false };
      this.record(account, { kind: 'starting_balance', balance }, first);
      return;
    }
    for (const step of profitSteps) {
      const { progress } = this;
      if (progress === null || progress.profits.includes(step)) continue;
      // Compared in whole cents: binary fractions would miss 1,000 → 1,050.
      if (Math.round(balance * 100) * 100 < Math.round(progress.startingBalance * 100) * (100 + step)) break;
      this.record(account, { kind: 'profit', step, balance }, { ...progress, profits: [...progress.profits, step] });
    }
  }

  private observeMargin(account: string, level: number): void {
    const { progress } = this;
    if (progress === null) return;
    if (!progress.marginIsLow && level < marginLevels.low) {
      this.record(account, { kind: 'margin_low', level }, { ...progress, marginIsLow: true });
    } else if (progress.marginIsLow && level > marginLevels.recovered) {
      this.record(account, { kind: 'margin_recovered', level }, { ...progress, marginIsLow: false });
    }
  }

  /** Both rows are written in one transaction. */
  private record(account: string, milestone: Milestone, progress: Progress): void {
    const { bridge, today, journalWriter } = this.context;
    this.progress = progress;
    journalWriter.record({ type: 'milestone', bridge, account, day: today(), milestone });
    journalWriter.record({ type: 'remember', key: keyOf(account), value: progress });
  }
}

function keyOf(account: string): string {
  return `milestones:${account}`;
}
