import { gaps, type Unavailable } from '../arithmetic/unavailable.ts';
import { exact, minus, over, type Rational, times, toNumber } from '../arithmetic/rational.ts';
import { type AllowedLoss, dayKey, type LossRule } from './accountRules.ts';
import type { BaseKnown, DayFigures, RuleBases } from './ruleBases.ts';

/** The equity that a rule allows at least, and what it is worked out from. Money is of the account's currency. */
export interface Floor {
  floor: Rational;
  base: number;
  allowed: Rational;
  known: BaseKnown;
  /** The day that it is of; null: it is of no day. */
  day: DayFigures | null;
}

/** Floor = base − allowed loss. */
export function floorOf(rule: LossRule, initialCapital: number | null, bases: RuleBases | null): Floor | Unavailable {
  const day = bases?.days[dayKey(rule)] ?? null;
  if (bases === null || day === null) return noBase(rule);
  const initial = initialCapital ?? 0;
  if (rule.kind === 'daily_loss') {
    const { base, known } = dayBase(rule.base, day);
    return floorFrom(rule.loss, base, { initial, known, day, most: null });
  }
  if (initialCapital === null) return noInitial;
  const base = Math.max(initial, trailingBase(rule.trailing, bases, day));
  return floorFrom(rule.loss, base, {
    // The initial capital is a person's.
    ...{ initial, known: base === initial ? 'typed' : 'measured', day: null },
    most: rule.stopsAtInitial && rule.trailing !== 'static' ? initial : null,
  });
}

function trailingBase(trailing: 'static' | 'equity' | 'day_balance', bases: RuleBases, day: DayFigures): number {
  if (trailing === 'static') return 0;
  return trailing === 'equity' ? bases.peakEquity : day.peakBalance;
}

function dayBase(
  of: 'balance' | 'equity' | 'larger',
  { balance, equity, balanceKnown, equityKnown }: DayFigures,
): { base: number; known: BaseKnown } {
  if (of === 'balance') return { base: balance, known: balanceKnown };
  if (of === 'equity') return { base: equity, known: equityKnown };
  return { base: Math.max(balance, equity), known: worse(balanceKnown, equityKnown) };
}

function worse(one: BaseKnown, other: BaseKnown): BaseKnown {
  return one === 'estimated' || other === 'estimated' ? 'estimated' : one === 'typed' ? 'typed' : other;
}

/** @param most the floor rises no further; null: it does */
function floorFrom(
  loss: AllowedLoss,
  base: number,
  { initial, known, day, most }: { initial: number; known: BaseKnown; day: DayFigures | null; most: number | null },
): Floor {
  const allowed = allowedLoss(loss, base, initial);
  const below = minus(exact(base), allowed);
  const floor = most !== null && (toNumber(below) ?? 0) > most ? exact(most) : below;
  return { floor, base, allowed, known, day };
}

function allowedLoss(loss: AllowedLoss, base: number, initial: number): Rational {
  if (loss.unit === 'money') return exact(loss.value);
  const of = loss.unit === 'percent' ? base : initial;
  return over(times(exact(of), exact(loss.value)), exact(100));
}

const noInitial: Unavailable = {
  missing: 'The initial capital is not set',
  nextStep: 'Type it in the account rules.',
  inSettings: true,
};

function noBase({ name }: LossRule): Unavailable {
  const { nextStep } = gaps.equity;
  return { missing: `What the rule "${name}" is measured from is not known`, nextStep };
}
