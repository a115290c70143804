import { z } from 'zod';
import { ContractFailure } from '../../api/contractFailure.ts';
import type { PersonSource } from '../../domain/orders/order.ts';
import type { AccountIdentity } from '../account/accountIdentity.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import type { PingLedger } from './pingLedger.ts';

/** Most accounts remembered, more than anybody trades on one bridge. */
const mostAccounts = 100;

export function pingersKey(bridge: string): string {
  return `pingers:${bridge}`;
}

/**
 * Proves, as far as possible, that commands go to the EA that reports the account. If its account is known to answer
 * pings, from earlier starts too, a ping must be answered since the EA joined: until then another EA may hold the
 * command port. An EA that has never answered a ping can't be proved.
 */
export class CommandPath {
  private readonly bridge: string;
  private readonly journalWriter: JournalWriter;
  private readonly pings: PingLedger;
  /** Accounts whose EAs answer pings. */
  private readonly pingers: Set<string>;

  /** @param remembered the journal's value of {@link pingersKey} */
  constructor(bridge: string, journalWriter: JournalWriter, pings: PingLedger, remembered: unknown) {
    this.bridge = bridge;
    this.journalWriter = journalWriter;
    this.pings = pings;
    this.pingers = new Set(z.array(z.string()).catch([]).parse(remembered));
  }

  /**
   * Whether the path is proved.
   * @param names all names of the account; empty: not named, which other guards handle
   */
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

  /**
   * Accepts an EA that no longer answers pings, after a person has checked it in MT5.
   * @throws ContractFailure `not_possible` while it has not named its account
   */
  acceptSilent({ key: account, names }: Pick<AccountIdentity, 'key' | 'names'>, by: PersonSource): void {
    if (account === null) {
      const message = 'The EA has not named its account. Wait until it has.';
      throw new ContractFailure({ code: 'not_possible', message });
    }
    for (const name of names) this.pingers.delete(name);
    this.journalWriter.record({ type: 'settings', bridge: this.bridge, by, changes: { answersPings: false, account } });
    this.remember();
  }

  private remember(): void {
    const value = [...this.pingers].slice(-mostAccounts);
    this.journalWriter.record({ type: 'remember', key: pingersKey(this.bridge), value });
  }
}
