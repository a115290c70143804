import { gaps, isUnavailable, type Unavailable } from '../arithmetic/unavailable.ts';
import { compare, exact, minus, over, plus, type Rational, times, toNumber } from '../arithmetic/rational.ts';
import { type AccountRule, type AccountRules, type LossRule, type RuleAction, type RuleKind } from './accountRules.ts';
import { type Floor, floorOf } from './floors.ts';
import type { RuleBases } from './ruleBases.ts';
import { ruleGaps } from './ruleRefusals.ts';
import { weekWindow } from './weekWindow.ts';

/** What of a symbol is at risk: what the account would still lose until its stops are met. */
export interface SymbolRisk {
  symbol: string;
  risk: Rational | Unavailable;
}

/** What rules are measured by. Money is of the account's currency; figures that are too old are null. */
export interface RuleFacts {
  /** Epoch ms. */
  now: number;
  equity: number | null;
  bases: RuleBases | null;
  /**
   * By symbol, with pending orders and orders whose outcome is open. Not known while the EA's lists aren't current. Null: this
   * EA lists no positions, so that they are not counted.
   */
  open: readonly SymbolRisk[] | Unavailable | null;
  /** Sides that are open or pending in one symbol, on any account. Not known: an EA there lists none. */
  sidesOf: (symbol: string) => readonly ('buy' | 'sell')[] | Unavailable;
}

/** `beyond`: reached or passed. `near`: less than a fifth of what is allowed is left. */
type RuleState = 'off' | 'ok' | 'near' | 'beyond' | 'unknown';

export interface RuleRow {
  id: string;
  name: string;
  kind: RuleKind;
  action: RuleAction;
  state: RuleState;
  /** The lowest equity that a loss rule allows. */
  floor: number | null;
  value: number | null;
  allowed: number | null;
  /** What is left until it is reached; below 0: passed. */
  left: number | null;
  unit: 'money' | 'losses' | 'ms' | 'none';
  /** Of a loss rule: what its floor is worked out from. */
  base: { of: number; known: 'measured' | 'typed' | 'estimated'; at: number | null } | null;
  /** When its window or pause ends, or the next one begins, epoch ms. */
  at: number | null;
  /** Why it is not known. */
  gap: Unavailable | null;
}

/** Less than this share of what is allowed is `near`. */
const nearShare = 0.2;

export function ruleReport({ initialCapital, rules }: AccountRules, facts: RuleFacts): RuleRow[] {
  return rules.map((rule) => {
    const row = measured(rule, initialCapital, facts);
    return rule.action === 'off' ? { ...row, state: 'off' as const } : row;
  });
}

function blank({ id, name, kind, action }: AccountRule): RuleRow {
  const none = { floor: null, value: null, allowed: null, left: null, base: null, at: null, gap: null };
  return { ...{ id, name, kind, action, state: 'ok', unit: 'none' }, ...none };
}

function measured(rule: AccountRule, initialCapital: number | null, facts: RuleFacts): RuleRow {
  const unknown = (gap: Unavailable): RuleRow => ({ ...blank(rule), state: 'unknown', gap });
  switch (rule.kind) {
    case 'daily_loss':
    case 'total_loss': {
      const floor = floorOf(rule, initialCapital, facts.bases);
      return isUnavailable(floor) ? unknown(floor) : lossRow(rule, floor, facts.equity);
    }
    case 'open_risk':
      return riskRow(rule, facts);
    case 'weekend': {
      const { from, until } = weekWindow(facts.now, rule);
      const isIn = facts.now >= from;
      return { ...blank(rule), state: isIn ? 'beyond' : 'ok', unit: 'ms', at: isIn ? until : from };
    }
    case 'loss_streak': {
      if (facts.bases === null) return unknown(gaps.equity);
      const at = pauseEnd(rule, facts.bases, facts.now);
      const row = { ...blank(rule), unit: 'losses' as const, value: facts.bases.streak.losses, allowed: rule.losses };
      return { ...row, state: at === null ? 'ok' : 'beyond', at };
    }
    case 'one_direction':
      return directionRow(rule, facts);
  }
}

function lossRow(rule: LossRule, { floor, allowed, base, known, day }: Floor, equity: number | null): RuleRow {
  const row: RuleRow = {
    ...blank(rule),
    ...{ unit: 'money', floor: toNumber(floor), allowed: toNumber(allowed), value: equity },
    base: { of: base, known, at: day?.from ?? null },
  };
  if (equity === null) return { ...row, state: 'unknown', gap: gaps.equity };
  if (known === 'estimated') return { ...row, state: 'unknown', gap: ruleGaps.estimated };
  const left = minus(exact(equity), floor);
  const isBeyond = compare(left, exact(0)) <= 0;
  const isNear = compare(left, times(allowed, exact(nearShare))) < 0;
  return { ...row, left: toNumber(left), state: isBeyond ? 'beyond' : isNear ? 'near' : 'ok' };
}

/** Beyond it while both sides of a symbol of this account are open or pending. */
function directionRow(rule: AccountRule, { open, sidesOf }: RuleFacts): RuleRow {
  const row = blank(rule);
  if (open === null || isUnavailable(open)) return row;
  const sides = open.map(({ symbol }) => sidesOf(symbol));
  const isBoth = sides.some((each) => !isUnavailable(each) && new Set(each).size > 1);
  return { ...row, state: isBoth ? 'beyond' : 'ok' };
}

/** When the pause after losses ends, epoch ms; null: there is none now. A loss that is told of the future counts as of now. */
export function pauseEnd(
  { losses, pauseMinutes }: Extract<AccountRule, { kind: 'loss_streak' }>,
  { streak }: RuleBases,
  now: number,
): number | null {
  const ends = Math.min(streak.at, now) + pauseMinutes * 60_000;
  return streak.losses >= losses && now < ends ? ends : null;
}

type RiskRule = Extract<AccountRule, { kind: 'open_risk' }>;

function riskRow(rule: RiskRule, { equity, open }: RuleFacts): RuleRow {
  const row: RuleRow = { ...blank(rule), unit: 'money' };
  const most = mostRisk(rule, equity);
  if (isUnavailable(most)) return { ...row, state: 'unknown', gap: most };
  const value = largest(rule, open);
  if (isUnavailable(value)) return { ...row, allowed: toNumber(most), state: 'unknown', gap: value };
  const left = minus(most, value);
  const isBeyond = compare(left, exact(0)) < 0;
  const isNear = compare(left, times(most, exact(nearShare))) < 0;
  return {
    ...row,
    ...{ value: toNumber(value), allowed: toNumber(most), left: toNumber(left) },
    state: isBeyond ? 'beyond' : isNear ? 'near' : 'ok',
  };
}

/** @returns the largest risk that the rule allows */
export function mostRisk({ most }: RiskRule, equity: number | null): Rational | Unavailable {
  if (most.unit === 'money') return exact(most.value);
  if (equity === null) return gaps.equity;
  return over(times(exact(equity), exact(most.value)), exact(100));
}

/** What is at risk in all, or in the symbol with the most. */
function largest({ per }: RiskRule, open: RuleFacts['open']): Rational | Unavailable {
  if (open === null) return ruleGaps.unlisted;
  if (isUnavailable(open)) return open;
  const risks: Rational[] = [];
  for (const { risk } of open) {
    if (isUnavailable(risk)) return risk;
    risks.push(risk);
  }
  const join = (one: Rational, other: Rational): Rational =>
    per === 'account' ? plus(one, other) : compare(one, other) >= 0 ? one : other;
  return risks.reduce(join, exact(0));
}
