import type {
  AccountRule,
  AllowedLoss,
  RuleAction,
  RuleKind,
  WeekTime,
} from '../../src/domain/accountRules/accountRules.ts';
import type { RuleRow } from '../../src/domain/accountRules/ruleReport.ts';
import { formatDateTime, formatMoney, formatNumber, formatPlain } from '../format.ts';

// Words of account rules.

export const ruleKindWords: Record<RuleKind, string> = {
  daily_loss: 'Daily loss',
  total_loss: 'Largest loss',
  open_risk: 'Open risk',
  weekend: 'Weekend',
  loss_streak: 'Losses in a row',
  one_direction: 'One direction',
};

export const ruleActionWords: Record<RuleAction, string> = {
  off: 'Off',
  warn: 'Warn',
  block: 'Block entries',
  close_all: 'Close all and lock',
};

export const ruleStateWords: Record<RuleRow['state'], string> = {
  off: 'off',
  ok: 'ok',
  near: 'near',
  beyond: 'reached',
  unknown: 'not known',
};

const dayBaseWords = {
  balance: 'the balance',
  equity: 'the equity',
  larger: 'the larger of balance and equity',
} as const;
const trailingWords = {
  static: 'below the initial capital',
  equity: 'below the highest equity',
  day_balance: 'below the highest balance of a day’s end',
} as const;
export const weekdayWords = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** What a rule says, in a line: what is allowed, from what, and what happens beyond it. */
export function ruleWords(rule: AccountRule): string {
  return `${limitOf(rule)}: ${ruleActionWords[rule.action].toLowerCase()}`;
}

function limitOf(rule: AccountRule): string {
  switch (rule.kind) {
    case 'daily_loss': {
      const { startsAt, timeZone } = rule.day;
      return `${lossWords(rule.loss)} below ${dayBaseWords[rule.base]} at ${startsAt} ${timeZone}`;
    }
    case 'total_loss': {
      const stops = rule.stopsAtInitial && rule.trailing !== 'static' ? ', no higher than the initial capital' : '';
      return `${lossWords(rule.loss)} ${trailingWords[rule.trailing]}${stops}`;
    }
    case 'open_risk': {
      const { unit, value } = rule.most;
      const most = unit === 'money' ? formatMoney(value) : `${formatPlain(value)} % of equity`;
      return `at most ${most} at risk${rule.per === 'symbol' ? ' in a symbol' : ''}`;
    }
    case 'weekend':
      return `from ${weekWords(rule.from)} to ${weekWords(rule.until)} ${rule.timeZone}`;
    case 'loss_streak':
      return `${formatNumber(rule.pauseMinutes, 0)} min pause after ${formatNumber(rule.losses, 0)} losses in a row`;
    case 'one_direction':
      return 'one direction a symbol over all accounts';
  }
}

function lossWords({ unit, value }: AllowedLoss): string {
  if (unit === 'money') return formatMoney(value);
  return unit === 'percent' ? `${formatPlain(value)} %` : `${formatPlain(value)} % of the initial capital`;
}

function weekWords({ weekday, time }: WeekTime): string {
  return `${weekdayWords[weekday] ?? ''} ${time}`;
}

/** How far a rule is, in a few words. @param money formats an amount with the account's currency */
export function roomOf(row: RuleRow, money: (amount: number) => string): string {
  if (row.state === 'off') return 'off';
  if (row.state === 'unknown') return row.gap?.missing ?? 'not known';
  switch (row.kind) {
    case 'daily_loss':
    case 'total_loss':
    case 'open_risk':
      return row.left === null ? 'not known' : row.left >= 0 ? `${money(row.left)} left` : `${money(-row.left)} beyond`;
    case 'weekend':
      return row.at === null ? '' : `${row.state === 'beyond' ? 'until' : 'from'} ${formatDateTime(row.at)}`;
    case 'loss_streak':
      return row.at === null
        ? `${formatNumber(row.value ?? 0, 0)} of ${formatNumber(row.allowed ?? 0, 0)}`
        : `pause until ${formatDateTime(row.at)}`;
    case 'one_direction':
      return 'checked at each order';
  }
}
