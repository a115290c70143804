import type { Order } from '../../domain/orders/order.ts';
import type { AlarmText } from './alarm.ts';

/** Alarms of account rules and of what the protector does. */
export const protectorAlarms = {
  floorReached: (rule: string, equity: number): AlarmText => ({
    level: 'critical',
    code: 'rule_floor',
    text: `The rule "${rule}" is reached: the equity is ${equity.toFixed(2)}. Everything is closed, and the account is locked against new trades.`,
    nextStep: 'Look in Positions and Executions what was closed. Limits shows when the lock ends.',
  }),
  already: (rule: string): AlarmText => ({
    level: 'critical',
    code: 'rule_already',
    text: `The rule "${rule}" is reached already, and was so since it is measured on this account. It closes nothing by that, and refuses entries.`,
    nextStep:
      'Look at its amounts in Limits, or close in Positions what is open. From the next time that it is not reached it closes.',
  }),
  windowBegan: (rule: string): AlarmText => ({
    level: 'critical',
    code: 'rule_window',
    text: `The window of the rule "${rule}" has begun. Everything is closed, and the account is locked against new trades.`,
    nextStep: 'Look in Positions and Executions what was closed. Limits shows when the lock ends.',
  }),
  /** @param count positions and pending orders that it acted on */
  done: (rule: string, count: number): AlarmText => ({
    level: 'warning',
    code: 'rule_done',
    text: `The rule "${rule}" has closed ${count === 1 ? 'what was open' : `all ${String(count)} that were open`}: the EA lists nothing more.`,
    nextStep: 'Executions shows the result of each.',
  }),
  /** @param more numbers of others that remain too */
  remains: (what: string, more: number, { message, refusal }: Order): AlarmText => ({
    level: 'critical',
    code: 'rule_remains',
    text: `The protector could not close ${what}${more === 0 ? '' : ` and ${String(more)} more`}: ${message ?? refusal?.reason ?? 'the EA gave no reason'}`,
    nextStep: 'Close it now, in Positions or in MT5: the desk tries it no more by itself.',
  }),
  refused: (count: number, reason: string): AlarmText => ({
    level: 'critical',
    code: 'rule_refused',
    text: `The protector's orders do not leave, so ${count === 1 ? 'one trade stays' : `${String(count)} trades stay`} open: ${reason}`,
    nextStep: 'Close everything in MT5 now. The desk goes on trying.',
  }),
  cannotReach: (rule: string): AlarmText => ({
    level: 'warning',
    code: 'rule_reach',
    text: `This EA lists no positions: the rule "${rule}" can close those that the EA opened itself, and no others.`,
    nextStep: "Use the desk's own EA, so that the rule reaches all of the account.",
  }),
  warned: (rule: string, equity: number): AlarmText => ({
    level: 'critical',
    code: 'rule_warning',
    text: `The rule "${rule}" is reached: the equity is ${equity.toFixed(2)}.`,
    nextStep: 'Decide what to close. The rule itself closes nothing.',
  }),
  /** Of a rule without a floor. */
  reached: (rule: string): AlarmText => ({
    level: 'critical',
    code: 'rule_warning',
    text: `The rule "${rule}" is reached.`,
    nextStep: 'Limits shows its figures. The rule itself closes nothing.',
  }),
  unlocked: (rule: string): AlarmText => ({
    level: 'notice',
    code: 'rule_unlocked',
    text: `A person unlocked the account from the rule "${rule}".`,
    nextStep: 'Entries are taken again, as far as the rules let them.',
  }),
} as const;
