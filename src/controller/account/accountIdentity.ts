import { z } from 'zod';
import type { PersonSource } from '../../domain/orders/order.ts';
import type { AccountProblem } from '../../api/state/accountState.ts';
import {
  accountsKey,
  allNames,
  findAccount,
  type NamedAccount,
  nameOf,
  type Names,
  ownNames,
  putAccount,
  readAccounts,
} from './accountNames.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import type { Unsubscribe } from '../../base/unsubscribe.ts';
import type { Clock } from '../ports/clock.ts';
import type { AccountName } from './accountName.ts';

const knownSchema = z.object({
  uuid: z.string().nullable(),
  login: z.string().nullable(),
  person: z.string().nullable(),
});

const nobody: Names = { uuid: null, login: null, person: null };

/** Longest wait for a comparable name, ms, after the EA has named its account by another kind of name only. */
const otherNameMs = 5_000;

interface IdentityContext {
  bridge: string;
  clock: Pick<Clock, 'after'>;
  journalWriter: JournalWriter;
  /** Called when all figures so far belong to another account. */
  other: () => void;
  /** Called when the EA is on another account than before. */
  changed: (known: string, now: string) => void;
}

/**
 * Identity of a bridge's account. The first account that an EA names is accepted and kept over restarts. Another
 * account, or an EA without a name, needs a person's decision.
 */
export class AccountIdentity {
  private readonly context: IdentityContext;
  private known: Names;
  private now: Names = nobody;
  /** Every account ever accepted on this bridge. */
  private accounts: NamedAccount[];
  private accountsWritten: boolean;
  /** The current account, one of {@link accounts}; null: not named since the handshake. */
  private account: NamedAccount | null = null;
  private ownNames: string[] = [];
  private connected = false;
  private loggedOut = false;
  private differs = false;
  /** Cancels the wait for a comparable name; null: none runs. */
  private cancelWait: Unsubscribe | null = null;

  /**
   * @param remembered the journal's value of {@link accountKey}
   * @param accounts the journal's value of {@link accountsKey}
   */
  constructor(context: IdentityContext, remembered: unknown, accounts: unknown) {
    this.context = context;
    this.known = knownSchema.catch(nobody).parse(remembered);
    const written = readAccounts(accounts);
    this.accountsWritten = written.length > 0;
    // Earlier versions stored the last account alone.
    this.accounts = this.accountsWritten ? written : putAccount([], this.known, this.known);
  }

  /** uuid, else login@server, else a person's name for it (R4); null: not named since the handshake. */
  get key(): string | null {
    return this.isLoggedOut ? null : (this.account?.key ?? null);
  }

  /** Whether figures of the current account, or the last one without a connection, are those of the accepted account. */
  get isRight(): boolean {
    return this.problem === null && !this.differs;
  }

  /** Names that belong to the current account alone, its login first. */
  get names(): string[] {
    return this.ownNames;
  }

  get problem(): AccountProblem | null {
    const now = nameOf(this.now);
    if (!this.connected) return null;
    if (this.isLoggedOut) return { kind: 'not_logged_in' };
    if (now === null || this.cancelWait !== null) return { kind: 'unnamed' };
    return this.differs ? { kind: 'changed', ...difference(this.known, this.now) } : null;
  }

  /** Handles a new connection, which may be another EA's. */
  joined(): void {
    this.connected = true;
    this.setNow(nobody);
    this.differs = false;
    this.loggedOut = false;
    this.stopWaiting();
  }

  left(): void {
    this.connected = false;
    if (this.cancelWait !== null) this.differs = true;
    this.stopWaiting();
  }

  /** Takes the names that the EA reports. A terminal that is not logged in names no account. */
  observe({ uuid, login, server, loggedOut }: AccountName): void {
    const wasLoggedOut = this.loggedOut;
    this.loggedOut = loggedOut;
    if (loggedOut) {
      this.stopWaiting();
      return;
    }
    const named = login === null ? null : `${login}@${server ?? ''}`;
    // After a log-out the same names are compared anew; the awaited name never came.
    if (!wasLoggedOut && uuid === this.now.uuid && named === this.now.login) return;
    this.setNow({ ...this.now, uuid, login: named });
    this.compare();
  }

  namedByPerson(name: string, by: PersonSource): void {
    this.setNow({ ...this.now, person: name });
    this.context.journalWriter.record({ type: 'account', bridge: this.context.bridge, account: name, by });
    this.compare();
    this.endWait();
  }

  /** Accepts the current account by a person's decision. */
  accept(by: PersonSource): void {
    const now = this.key;
    if (now === null) return;
    // Accepting a name that can't be compared declares it another account.
    if (this.cancelWait !== null) this.context.other();
    this.differs = false;
    this.stopWaiting();
    this.remember(this.now, by);
  }

  private get isLoggedOut(): boolean {
    return this.loggedOut && this.now.person === null;
  }

  private setNow(now: Names): void {
    this.now = now;
    this.account = findAccount(this.accounts, now, this.known);
    this.ownNames = this.account === null ? [] : ownNames(this.accounts, this.account);
  }

  private compare(): void {
    const { known, now } = this;
    const knownName = nameOf(known);
    if (knownName === null) {
      this.remember(now, 'app');
    } else if (sharedKinds(known, now).length === 0) {
      // v7 reports its login some milliseconds after a telemetry with a uuid, or the other way round.
      if (!this.differs)
        this.cancelWait ??= this.context.clock.after(otherNameMs, () => {
          this.endWait();
        });
    } else if (conflicts(known, now)) {
      this.stopWaiting();
      if (!this.differs) this.tellDifference();
    } else {
      this.stopWaiting();
      if (this.differs) this.context.other();
      this.differs = false;
      const both = {
        uuid: now.uuid ?? known.uuid,
        login: now.login ?? known.login,
        person: now.person ?? known.person,
      };
      if (JSON.stringify(both) !== JSON.stringify(known)) this.remember(both, 'app');
      else this.join(both);
    }
  }

  private tellDifference(): void {
    this.differs = true;
    this.context.other();
    const names = difference(this.known, this.now);
    this.context.changed(names.known, names.now);
  }

  /** Ends the wait: no comparable name has come. */
  private endWait(): void {
    if (this.cancelWait === null) return;
    this.stopWaiting();
    this.tellDifference();
  }

  private stopWaiting(): void {
    this.cancelWait?.();
    this.cancelWait = null;
  }

  private remember(known: Names, by: PersonSource | 'app'): void {
    const { bridge, journalWriter } = this.context;
    const account = findAccount(this.accounts, known, this.known);
    this.known = known;
    const also = account === null ? [] : allNames(account).filter((name) => name !== account.key);
    journalWriter.record({
      ...{ type: 'account', bridge, account: account?.key ?? '', by },
      ...(also.length === 0 ? {} : { also }),
    });
    journalWriter.record({ type: 'remember', key: accountKey(bridge), value: known });
    this.join(known);
  }

  /** Records that names belong to one account: data stored under any of them is found under each. */
  private join(names: Names): void {
    const { bridge, journalWriter } = this.context;
    const accounts = putAccount(this.accounts, names, this.known);
    if (!this.accountsWritten || JSON.stringify(accounts) !== JSON.stringify(this.accounts)) {
      this.accounts = accounts;
      this.accountsWritten = true;
      journalWriter.record({ type: 'remember', key: accountsKey(bridge), value: accounts });
    }
    this.setNow(this.now);
  }
}

export function accountKey(bridge: string): string {
  return `account:${bridge}`;
}

const kinds = ['uuid', 'login', 'person'] as const;

/** The two accounts by names of one kind; null: no kind differs. */
function difference(known: Names, now: Names): { known: string; now: string } {
  const kind = kinds.find((each) => known[each] !== null && now[each] !== null && known[each] !== now[each]);
  if (kind !== undefined) return { known: known[kind] ?? '', now: now[kind] ?? '' };
  return { known: nameOf(known) ?? '', now: nameOf(now) ?? '' };
}

function sharedKinds(known: Names, now: Names): readonly (keyof Names)[] {
  return kinds.filter((kind) => known[kind] !== null && now[kind] !== null);
}

/** Whether two names of one kind differ. */
function conflicts(known: Names, now: Names): boolean {
  return sharedKinds(known, now).some((kind) => known[kind] !== now[kind]);
}
