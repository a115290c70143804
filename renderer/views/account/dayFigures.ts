import type { BridgeState } from '../../../src/api/state/state.ts';
import type { RiskRow } from '../../../src/domain/risk/riskReport.ts';
import type { RuleRow } from '../../../src/domain/accountRules/ruleReport.ts';
import { roomOf } from '../../shared/ruleWords.ts';
import { formatMoney, formatNumber } from '../../format.ts';

/** Change of equity since the trading day began. */
export interface DayResult {
  money: number;
  /** Of the equity it began with. */
  percent: number;
}

/** Null: the EA has not reported the equity of a named account. */
export function dayResult({ account, riskBase }: Pick<BridgeState, 'account' | 'riskBase'>): DayResult | null {
  if (account.equity === null || riskBase === null || riskBase.dayStartEquity <= 0) return null;
  const money = account.equity - riskBase.dayStartEquity;
  return { money, percent: (100 * money) / riskBase.dayStartEquity };
}

/** How far an account is from one of its limits. */
export interface LimitRoom {
  name: string;
  /** "3.8 % left (380.00)", "190 % above 150 %", or why nothing is traded. */
  words: string;
  /** `near`: less than a quarter of the limit is left, or it warns. */
  state: 'ok' | 'near' | 'blocked';
}

/** Every account rule that is on, and every limit that is on and counts losses, margin or trades, in the order of the list of limits. */
export function limitRooms({ risk, riskBase, rules }: Pick<BridgeState, 'risk' | 'riskBase' | 'rules'>): LimitRoom[] {
  return [...ruleRooms(rules), ...limitsOf({ risk, riskBase })];
}

function ruleRooms(rules: readonly RuleRow[]): LimitRoom[] {
  return rules
    .filter(({ state, kind }) => state !== 'off' && kind !== 'one_direction')
    .map((row) => {
      const isBlocked = (row.state === 'beyond' || row.state === 'unknown') && row.action !== 'warn';
      const state = isBlocked ? 'blocked' : row.state === 'ok' ? 'ok' : 'near';
      const words = row.state === 'unknown' ? 'not known' : roomOf(row, formatMoney);
      return { name: row.name, words: isBlocked ? `${words}: nothing is opened` : words, state };
    });
}

function limitsOf({ risk, riskBase }: Pick<BridgeState, 'risk' | 'riskBase'>): LimitRoom[] {
  return risk.flatMap((row): LimitRoom[] => {
    const { limit, state, name } = row;
    if (state === 'off' || limit === null) return [];
    if (row.value === null)
      return state === 'ok' ? [] : [{ name, words: 'not known: nothing is traded', state: 'blocked' }];
    if (state === 'blocked' || state === 'unknown')
      return [{ name, words: 'reached: nothing is traded', state: 'blocked' }];
    return [{ name, words: roomWords(row, row.value, limit, riskBase), state: isNear(row, row.value, limit) }];
  });
}

function roomWords({ code, unit }: RiskRow, value: number, limit: number, base: BridgeState['riskBase']): string {
  switch (unit) {
    case 'trades':
      return `${formatNumber(limit - value, 0)} of ${formatNumber(limit, 0)} left`;
    case 'account currency':
      return `${formatMoney(value - limit)} above ${formatMoney(limit)}`;
    case '%': {
      if (code === 'risk_margin_level') return `${formatNumber(value - limit, 0)} % above ${formatNumber(limit, 0)} %`;
      const of = code === 'risk_drawdown' ? base?.peakEquity : base?.dayStartEquity;
      const money = of === undefined ? '' : ` (${formatMoney((of * (limit - value)) / 100)})`;
      return `${formatNumber(limit - value, 1)} % left${money}`;
    }
  }
}

function isNear({ code, state, unit }: RiskRow, value: number, limit: number): 'ok' | 'near' {
  const isFloor = code === 'risk_margin_level' || code === 'risk_free_margin';
  if (state === 'warn') return 'near';
  if (isFloor) return 'ok';
  return unit === 'trades' ? (limit - value <= 1 ? 'near' : 'ok') : limit - value < limit / 4 ? 'near' : 'ok';
}
