import { gaps, isUnavailable, type Unavailable } from '../arithmetic/unavailable.ts';
import { compare, exact, hundredths, minus, plus, type Rational } from '../arithmetic/rational.ts';
import type { AccountRule, AccountRules, LossRule } from './accountRules.ts';
import { floorOf } from './floors.ts';
import { mostRisk, pauseEnd, type RuleFacts } from './ruleReport.ts';
import { ruleGaps, type RuleRefusal, ruleRefusals } from './ruleRefusals.ts';
import { weekWindow } from './weekWindow.ts';

/** A buy or sell before it is sent. */
export interface RuleEntry {
  symbol: string;
  side: 'buy' | 'sell';
  /** Loss at its stop loss, with the spread. */
  loss: Rational | Unavailable;
}

/**
 * The first rule that refuses an entry, by what the account would be after it with every stop loss met; null: none. What is
 * not known refuses. Rules that only warn refuse nothing.
 * @param time words of a time, epoch ms
 */
export function checkEntry(
  entry: RuleEntry,
  { initialCapital, rules }: AccountRules,
  facts: RuleFacts,
  time: (at: number) => string,
): RuleRefusal | null {
  for (const rule of rules) {
    if (rule.action !== 'block' && rule.action !== 'close_all') continue;
    const refusal = checkRule(rule, entry, initialCapital, facts, time);
    if (refusal !== null) return refusal;
  }
  return null;
}

function checkRule(
  rule: AccountRule,
  entry: RuleEntry,
  initialCapital: number | null,
  facts: RuleFacts,
  time: (at: number) => string,
): RuleRefusal | null {
  switch (rule.kind) {
    case 'daily_loss':
    case 'total_loss':
      return checkFloor(rule, entry, initialCapital, facts);
    case 'open_risk':
      return checkRisk(rule, entry, facts);
    case 'weekend': {
      const { from, until } = weekWindow(facts.now, rule);
      return facts.now < from ? null : ruleRefusals.window(rule.name, time(until));
    }
    case 'loss_streak': {
      if (facts.bases === null) return ruleRefusals.gap(rule.name, gaps.equity);
      const until = pauseEnd(rule, facts.bases, facts.now);
      return until === null ? null : ruleRefusals.streak(rule.name, facts.bases.streak.losses, time(until));
    }
    case 'one_direction': {
      const sides = facts.sidesOf(entry.symbol);
      if (isUnavailable(sides)) return ruleRefusals.gap(rule.name, sides);
      const isOpposite = sides.some((side) => side !== entry.side);
      return isOpposite ? ruleRefusals.direction(rule.name, entry.symbol, entry.side) : null;
    }
  }
}

function checkFloor(
  rule: LossRule,
  entry: RuleEntry,
  initialCapital: number | null,
  { bases, equity, open }: RuleFacts,
): RuleRefusal | null {
  const found = floorOf(rule, initialCapital, bases);
  if (isUnavailable(found)) return ruleRefusals.gap(rule.name, found);
  if (equity === null) return ruleRefusals.gap(rule.name, gaps.equity);
  if (found.known === 'estimated') return ruleRefusals.gap(rule.name, ruleGaps.estimated);
  const floor = hundredths(found.floor, 'up');
  if (compare(exact(equity), found.floor) <= 0) {
    return ruleRefusals.beyond(rule.name, hundredths(exact(equity), 'down'), floor);
  }
  const risk = atRisk(open ?? [], null);
  if (isUnavailable(risk)) return ruleRefusals.gap(rule.name, risk);
  if (isUnavailable(entry.loss)) return ruleRefusals.gap(rule.name, entry.loss);
  const worst = minus(exact(equity), plus(risk, entry.loss));
  return compare(worst, found.floor) <= 0 ? ruleRefusals.wouldPass(rule.name, hundredths(worst, 'down'), floor) : null;
}

function checkRisk(
  rule: Extract<AccountRule, { kind: 'open_risk' }>,
  { symbol, loss }: RuleEntry,
  { equity, open }: RuleFacts,
): RuleRefusal | null {
  const most = mostRisk(rule, equity);
  const risk: Rational | Unavailable =
    open === null ? ruleGaps.unlisted : atRisk(open, rule.per === 'symbol' ? symbol : null);
  if (isUnavailable(most)) return ruleRefusals.gap(rule.name, most);
  if (isUnavailable(risk)) return ruleRefusals.gap(rule.name, risk);
  if (isUnavailable(loss)) return ruleRefusals.gap(rule.name, loss);
  const after = plus(risk, loss);
  return compare(after, most) > 0
    ? ruleRefusals.risk(rule.name, hundredths(after, 'up'), hundredths(most, 'down'))
    : null;
}

/** @param symbol null: in all */
function atRisk(open: NonNullable<RuleFacts['open']>, symbol: string | null): Rational | Unavailable {
  if (isUnavailable(open)) return open;
  let sum = exact(0);
  for (const each of open) {
    if (symbol !== null && each.symbol !== symbol) continue;
    if (isUnavailable(each.risk)) return each.risk;
    sum = plus(sum, each.risk);
  }
  return sum;
}
