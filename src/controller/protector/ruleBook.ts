import { z } from 'zod';
import type { AccountRules, TotalLossRule } from '../../domain/accountRules/accountRules.ts';
import {
  type AccountMoney,
  type CountedDeal,
  isWorthWriting,
  observeDeal,
  observeFigures,
  type RuleBases,
  ruleBasesSchema,
  typeDay,
  typePeak,
} from '../../domain/accountRules/ruleBases.ts';
import type { JournalWriter } from '../records/journalWriter.ts';

const lockSchema = z.object({
  rule: z.string(),
  name: z.string(),
  at: z.number(),
  /** Epoch ms; null: until a person unlocks it. */
  until: z.number().nullable(),
  /** Positions and pending orders that it was to close, and that are not known to be closed. */
  targets: z.array(z.string()),
  /** The account is not yet known to be flat. */
  closing: z.boolean(),
});
/** A rule closed everything: nothing is opened until it ends. */
export type AccountLock = z.infer<typeof lockSchema>;

/**
 * Whether a lock still stops entries: until its end, and until what it was to close is closed.
 * @param lists the EA lists what is open: else nothing tells whether it is closed
 */
export function isInForce({ until, closing }: AccountLock, now: number, lists: boolean): boolean {
  return until === null || until > now || (closing && lists);
}

const bookSchema = z.object({
  bases: ruleBasesSchema.nullable(),
  locks: z.array(lockSchema),
  /** What rules measure that the account was once not beyond, by the rule's ID. */
  apart: z.record(z.string(), z.string()).default({}),
});
type Book = z.infer<typeof bookSchema>;

const empty: Book = { bases: null, locks: [], apart: {} };

/** What an account's rules are measured from, and its locks: stored by account, so that they outlive a start. */
export class RuleBook {
  private readonly bridge: string;
  private readonly journalWriter: JournalWriter;
  private account: string | null = null;
  /** Names for which `book` was read, as JSON. */
  private names = '';
  private book: Book = empty;
  private writtenAt = 0;

  constructor(bridge: string, journalWriter: JournalWriter) {
    this.bridge = bridge;
    this.journalWriter = journalWriter;
  }

  /** Null: nothing is measured yet for this account. */
  get bases(): RuleBases | null {
    return this.account === null ? null : this.book.bases;
  }

  get locks(): readonly AccountLock[] {
    return this.account === null ? [] : this.book.locks;
  }

  /** Whether the account is named, and its stored book was read. */
  get isOpen(): boolean {
    return this.account !== null;
  }

  /** Handles another account: nothing is known of it until it is named. */
  forget(): void {
    this.account = null;
    this.names = '';
    this.book = empty;
  }

  /**
   * Opens the book of an account.
   * @param names all of its names: what is stored under any of them is its own
   * @returns whether what is stored could be read
   */
  useAccount(account: string, names: readonly string[]): boolean {
    const all = JSON.stringify([account, ...names]);
    if (all === this.names) return true;
    const found = [account, ...names].map((name) => this.journalWriter.remembered(this.key(name)));
    // Nothing is measured without what is stored; the next figures try again.
    if (found.includes(null)) {
      this.forget();
      return false;
    }
    const books = found.map((each) =>
      bookSchema
        .nullable()
        .catch(null)
        .parse(each?.value ?? null),
    );
    const [first = null] = books.filter((each) => each !== null);
    const locks = books.flatMap((book) => book?.locks ?? []);
    this.book = { ...(first ?? empty), locks: [...new Map(locks.map((lock) => [lock.rule, lock])).values()] };
    this.account = account;
    this.names = all;
    this.writtenAt = 0;
    const others = names.filter((name, index) => name !== account && books[index + 1] !== null);
    if (others.length === 0) return true;
    // From now on it is stored under one name: an old one would bring back a lock that has ended.
    this.write();
    for (const name of others) this.journalWriter.record({ type: 'remember', key: this.key(name), value: null });
    return true;
  }

  observe(money: AccountMoney, rules: AccountRules): void {
    if (this.account === null) return;
    const before = this.book.bases;
    const bases = observeFigures(before, money, rules);
    const isWorth = isWorthWriting(before, bases, this.writtenAt);
    this.book = { ...this.book, bases };
    if (isWorth) this.write();
  }

  /** Begins to measure anew with the next figures. */
  forgetBases(): void {
    this.book = { ...this.book, bases: null };
  }

  isCounted(deal: string): boolean {
    return this.bases?.deals.includes(deal) ?? false;
  }

  deal(deal: CountedDeal): void {
    const { bases } = this.book;
    if (this.account === null || bases === null) return;
    const after = observeDeal(bases, deal);
    if (after !== bases) this.keep({ ...this.book, bases: after });
  }

  typeDay(key: string, typed: { balance: number; equity: number }): void {
    const { bases } = this.book;
    if (bases !== null) this.keep({ ...this.book, bases: typeDay(bases, key, typed) });
  }

  typePeak(rule: TotalLossRule, peak: number): void {
    const { bases } = this.book;
    if (bases !== null) this.keep({ ...this.book, bases: typePeak(bases, rule, peak) });
  }

  /** Whether the account was once not beyond what a rule measures. */
  wasApart(rule: string, measured: string): boolean {
    return this.book.apart[rule] === measured;
  }

  /** @param apart what rules measure that the account is not beyond now, by the rule's ID */
  seeApart(apart: Record<string, string>): void {
    if (this.account === null || Object.entries(apart).every(([rule, measured]) => this.wasApart(rule, measured)))
      return;
    this.keep({ ...this.book, apart: { ...this.book.apart, ...apart } });
  }

  lock(lock: AccountLock): void {
    this.keep({ ...this.book, locks: [...this.book.locks.filter(({ rule }) => rule !== lock.rule), lock] });
  }

  unlock(rule: string): void {
    if (!this.book.locks.some((lock) => lock.rule === rule)) return;
    this.keep({ ...this.book, locks: this.book.locks.filter((lock) => lock.rule !== rule) });
  }

  private keep(book: Book): void {
    this.book = book;
    this.write();
  }

  private write(): void {
    if (this.account === null) return;
    this.writtenAt = this.book.bases?.last.at ?? 0;
    this.journalWriter.record({ type: 'remember', key: this.key(this.account), value: this.book });
  }

  private key(account: string): string {
    return `rules:${this.bridge}:${account}`;
  }
}
