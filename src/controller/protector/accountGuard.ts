import type { AccountLockState } from '../../api/state/accountState.ts';
import { checkEntry, type RuleEntry } from '../../domain/accountRules/checkEntry.ts';
import {
  type AccountRule,
  type AccountRules,
  isLossRule,
  type RuleAction,
} from '../../domain/accountRules/accountRules.ts';
import { weekWindow } from '../../domain/accountRules/weekWindow.ts';
import { floorOf } from '../../domain/accountRules/floors.ts';
import { ruleRefusals } from '../../domain/accountRules/ruleRefusals.ts';
import { type RuleFacts, type RuleRow, ruleReport } from '../../domain/accountRules/ruleReport.ts';
import { compare, exact } from '../../domain/arithmetic/rational.ts';
import { isUnavailable } from '../../domain/arithmetic/unavailable.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import type { Clock } from '../ports/clock.ts';
import { floatingProfit, openRisk, type OpenWorth } from './openRisk.ts';
import { type AccountLock, isInForce, type RuleBook } from './ruleBook.ts';

export interface AccountGuardParts {
  clock: Clock;
  rules: () => AccountRules;
  book: RuleBook;
  /** The equity; null: not known, or too old. */
  equity: () => number | null;
  /** The balance with the credit; null: not known. */
  balance: () => number | null;
  /** What is open, and what it is worth now. */
  open: () => OpenWorth;
  /** What orders whose outcome is open can lose, by symbol. */
  inDoubt: () => readonly RuleEntry[];
  sidesOf: RuleFacts['sidesOf'];
}

/** Measures an account by its rules, and refuses entries by them. */
export class AccountGuard {
  private readonly parts: AccountGuardParts;

  constructor(parts: AccountGuardParts) {
    this.parts = parts;
  }

  /** Each rule with its figures. */
  rows(): RuleRow[] {
    const rules = this.parts.rules();
    return rules.rules.length === 0 ? [] : ruleReport(rules, this.facts());
  }

  /** The lock in force that lasts longest; null: none. */
  private get lock(): AccountLock | null {
    const { book, clock } = this.parts;
    const held = book.locks.filter((lock) => isInForce(lock, clock.now(), this.parts.open().lists));
    const last = (lock: AccountLock): number => lock.until ?? Number.POSITIVE_INFINITY;
    return held.toSorted((one, other) => last(other) - last(one))[0] ?? null;
  }

  get lockState(): AccountLockState | null {
    const { lock } = this;
    return lock === null ? null : { rule: lock.rule, name: lock.name, at: lock.at, until: lock.until };
  }

  lockRefusal(): Refusal | null {
    const { lock } = this;
    if (lock === null) return null;
    const { name, until } = lock;
    const isOver = until !== null && until <= this.parts.clock.now();
    return isOver ? ruleRefusals.closing(name) : ruleRefusals.locked(name, until === null ? null : timeWords(until));
  }

  /**
   * The first rule that refuses an entry; null: none.
   * @param except number of a pending order that it replaces
   */
  check(entry: RuleEntry, except: string | null = null): Refusal | null {
    const rules = this.parts.rules();
    return rules.rules.length === 0 ? null : checkEntry(entry, rules, this.facts(except), timeWords);
  }

  /**
   * Rules whose floor an equity has reached. One whose base is a guess is none of them.
   * @param actions rules of these alone
   */
  reached(equity: number, actions: readonly RuleAction[] = ['close_all']): string[] {
    return this.parts
      .rules()
      .rules.filter((rule) => actions.includes(rule.action) && this.isReached(rule, equity) === true)
      .map(({ id }) => id);
  }

  /** Rules that close, and that are known not to be reached now. */
  apart(): AccountRule[] {
    const equity = this.parts.equity();
    const now = this.parts.clock.now();
    return this.parts.rules().rules.filter((rule) => {
      if (rule.action !== 'close_all') return false;
      if (rule.kind === 'weekend') return now < weekWindow(now, rule).from;
      return equity !== null && this.isReached(rule, equity) === false;
    });
  }

  /** Whether an equity is at the floor of a rule of losses, or below; null: not known. */
  private isReached(rule: AccountRule, equity: number): boolean | null {
    if (!isLossRule(rule)) return null;
    const { book, clock, rules } = this.parts;
    const floor = floorOf(rule, rules().initialCapital, book.bases);
    if (isUnavailable(floor) || floor.known === 'estimated') return null;
    // The floor of a day that is over is none of now.
    if (floor.day !== null && clock.now() >= floor.day.until) return null;
    return compare(exact(equity), floor.floor) <= 0;
  }

  /** Rules that close nothing and are reached. */
  warning(equity: number): { id: string; name: string; isLoss: boolean }[] {
    const closesNothing = ({ action }: Pick<RuleRow, 'action'>): boolean => action === 'warn' || action === 'block';
    const { rules } = this.parts.rules();
    const floors = this.reached(equity, ['warn', 'block']);
    const lost = rules.filter(({ id }) => floors.includes(id)).map(({ id, name }) => ({ id, name, isLoss: true }));
    if (!rules.some((rule) => !isLossRule(rule) && closesNothing(rule))) return lost;
    const losses = new Set(rules.filter(isLossRule).map(({ id }) => id));
    const others = this.rows().filter((row) => !losses.has(row.id) && closesNothing(row) && row.state === 'beyond');
    return [...lost, ...others.map(({ id, name }) => ({ id, name, isLoss: false }))];
  }

  /** The equity by the balance and the quotes of now; null: not known. */
  computedEquity(): number | null {
    const balance = this.parts.balance();
    const floating = floatingProfit(this.parts.open());
    return balance === null || floating === null ? null : balance + floating;
  }

  private facts(except: string | null = null): RuleFacts {
    const { book, clock, equity, inDoubt, open, sidesOf } = this.parts;
    const risks = openRisk(open(), except);
    return {
      ...{ now: clock.now(), equity: equity(), bases: book.bases, sidesOf },
      open: risks === null || isUnavailable(risks) ? risks : [...risks, ...doubts(inDoubt())],
    };
  }
}

function doubts(entries: readonly RuleEntry[]): { symbol: string; risk: RuleEntry['loss'] }[] {
  return entries.map(({ symbol, loss }) => ({ symbol, risk: loss }));
}

/** A time in words, UTC. */
function timeWords(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
