import { z } from 'zod';
import type { PersonSource } from '../../domain/orders/order.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import type { PingLedger } from './pingLedger.ts';

/** Accounts that are remembered at the most: more than anybody trades on one bridge. */
const mostAccounts = 100;

export function pingersKey(bridge: string): string {
  return `pingers:${bridge}`;
}

/**
 * Whether the EA that tells its account is the one that commands go to, as far as can be told. Where its account is known
 * to answer pings, over restarts too, one has to be answered since it joined: until then another EA may have taken its place
 * on the command port. An EA that never answered any can't be asked.
 */
export class CommandPath {
  private readonly bridge: string;
  private readonly journalWriter: JournalWriter;
  private readonly pings: PingLedger;
  /** Accounts whose EA answers pings. */
  private readonly pingers: Set<string>;

  /** @param remembered what the journal knows under {@link pingersKey} */
  constructor(bridge: string, journalWriter: JournalWriter, pings: PingLedger, remembered: unknown) {
    this.bridge = bridge;
    this.journalWriter = journalWriter;
    this.pings = pings;
    this.pingers = new Set(z.array(z.string()).catch([]).parse(remembered));
  }

  /** @param names all of the account; none while it has not been named, which other guards see to */
  proved(names: readonly string[]): boolean {
    const [name] = names;
    if (name === undefined) return true;
    const known = names.some((each) => this.pingers.has(each));
    if (this.pings.hasProved && !known) {
      this.pingers.add(name);
      this.remember();
    }
    return this.pings.hasProved || !known;
  }

  /** A person has looked in MT5: the EA of this account is the right one, and answers no pings any more. */
  acceptSilent(account: string, names: readonly string[], by: PersonSource): void {
    for (const name of names) this.pingers.delete(name);
    this.journalWriter.record({ type: 'settings', bridge: this.bridge, by, changes: { answersPings: false, account } });
    this.remember();
  }

  private remember(): void {
    const value = [...this.pingers].slice(-mostAccounts);
    this.journalWriter.record({ type: 'remember', key: pingersKey(this.bridge), value });
  }
}
