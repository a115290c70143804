import type { Order, PersonSource } from '../../domain/orders/order.ts';
import type { Unavailable } from '../../domain/arithmetic/unavailable.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import type { AlarmText } from './alarm.ts';

/** Alarms about arming, accounts and limits. */
export const tradingAlarms = {
  accountChanged: (known: string, now: string): AlarmText => ({
    level: 'critical',
    code: 'account_changed',
    text: `The EA is now on account ${now}; before, it was on ${known}. The bridge is disarmed.`,
    nextStep: 'If that is right, accept the new account and arm the bridge.',
    family: 'account_changed',
  }),
  otherDesk: ({ reason, nextStep }: Refusal): AlarmText => ({
    level: 'critical',
    code: 'other_desk',
    text: reason,
    nextStep,
    family: 'other_desk',
  }),
  tooManyDeals: (anHour: number): AlarmText => ({
    level: 'warning',
    code: 'too_many_deals',
    text: `The EA tells more deals than any account makes: beyond ${String(anHour)} an hour they are not written, so that the history lacks them.`,
    nextStep:
      'Look in MT5 what trades on this account. Deals of the last days are asked for again when the EA connects anew.',
    family: 'too_many_deals',
  }),
  termsDiffer: ({ missing, nextStep }: Unavailable): AlarmText => ({
    level: 'critical',
    code: 'terms_differ',
    text: `${missing}. Nothing is sized in money until they agree.`,
    nextStep,
    family: 'terms_differ',
  }),
  notArmed: (why: string): AlarmText => ({
    level: 'warning',
    code: 'not_armed',
    text: `The bridge was to start armed, and did not. ${why}`,
    nextStep: 'Settle what is open, then arm it yourself.',
  }),
  orphaned: (bridge: string, orders: readonly Order[]): AlarmText => ({
    level: 'critical',
    code: 'orphaned_orders',
    text: `Bridge "${bridge}" is not there any more, and nobody knows what became of ${listed(orders)}.`,
    nextStep: `Its EA may have traded what it was sent. Look in MT5, then settle each order in Executions, or with "npx bitten-desk settle ID --bridge ${bridge}". Until then no bridge starts armed by itself.`,
  }),
  /** @param symbol null: all */
  closeDiffers: (symbol: string | null, seen: number, now: number): AlarmText => ({
    level: 'notice',
    code: 'close_differs',
    text: `The close of ${symbol ?? 'all positions'} was confirmed with ${String(seen)} positions on the account in sight; there were ${String(now)} when it left.`,
    nextStep: 'Look in MT5 what is open now.',
  }),
  rebased: (equity: number): AlarmText => ({
    level: 'notice',
    code: 'rebased',
    text: `Day start and peak equity were re-based to ${equity.toFixed(2)}.`,
    nextStep: 'Daily loss and drawdown count from here.',
  }),
  /** @param before null: not known */
  dayStartSet: (before: number | null, equity: number): AlarmText => ({
    level: 'notice',
    code: 'day_start_set',
    text: `A person set the equity that the day started with to ${equity.toFixed(2)}${before === null ? '' : `; it was ${before.toFixed(2)}`}.`,
    nextStep: 'The daily loss counts from it.',
  }),
  disarmed: (why: string): AlarmText => ({
    level: 'critical',
    code: 'disarmed',
    text: `${why}. The bridge is disarmed.`,
    nextStep: 'Look whether everything is as you expect, then arm it again.',
  }),
  killed: (by: PersonSource): AlarmText => ({
    level: 'critical',
    code: 'kill_switch',
    text: `The kill switch was pressed ${by === 'ticket' ? 'in a window of the desk' : 'from the command line'}. Nothing is bought or sold.`,
    nextStep:
      'Positions stay open: close them with "Close" or in MT5. Release the switch when you want to trade again.',
  }),
  /** N9: the kill switch has not reached an EA of protocol 8. */
  eaNotClosed: (): AlarmText => ({
    level: 'critical',
    code: 'ea_not_closed',
    text: 'The EA has not confirmed the kill switch. The desk sends it no buy or sell all the same, and tells it again.',
    nextStep: 'Look in MT5 whether the EA still runs. Switch Algo Trading off there if it must not trade.',
    family: 'ea_close_only',
  }),
  eaStillClosed: (): AlarmText => ({
    level: 'warning',
    code: 'ea_still_closed',
    text: 'The EA has not confirmed the release of the kill switch, so it still takes closes alone. It is told again.',
    nextStep: 'Look in MT5 whether the EA still runs, and what its Experts tab says.',
    family: 'ea_close_only',
  }),
  bugFound: (): AlarmText => ({
    level: 'critical',
    code: 'internal_fault',
    text: 'A bug in the desk came past every guard, so every bridge is disarmed. Closes work; nothing is bought or sold until you arm again.',
    nextStep:
      'Look in MT5 whether orders and positions are as the desk shows them, then arm again. The log says what went wrong: report it.',
  }),
  killMarkFailed: (why: string): AlarmText => ({
    level: 'critical',
    code: 'kill_mark_failed',
    text: `The state of the kill switch can't be written outside the data folder as well: ${why}. The desk tries again; until then a switch that is on can't be released.`,
    nextStep: 'Make room on the disk, and look whether the folder of the marks can be written.',
  }),
  killMarkRecovered: (): AlarmText => ({
    level: 'notice',
    code: 'kill_mark_recovered',
    text: 'The state of the kill switch is kept outside the data folder again.',
    nextStep: 'Release it when you want to trade again, if it is on.',
  }),
  journalFailed: (why: string): AlarmText => ({
    level: 'critical',
    code: 'journal_failed',
    text: `What happens can't be recorded, so nothing is sent: ${why}`,
    nextStep: 'Make room on the disk that holds the data folder. Trading goes on by itself when there is.',
  }),
  journalRecovered: (): AlarmText => ({
    level: 'notice',
    code: 'journal_recovered',
    text: 'The journal can be written again.',
    nextStep: 'Trading goes on.',
  }),
} as const;

const mostListed = 10;

function listed(orders: readonly Order[]): string {
  const ids = orders.slice(0, mostListed).map(({ signalId }) => signalId);
  const more = orders.length - ids.length;
  return `${orders.length === 1 ? 'its order' : 'its orders'} ${ids.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}
