import type { AccountRule } from '../../../src/domain/accountRules/accountRules.ts';

// Sets of rules to begin from.

const prague = { timeZone: 'Europe/Prague', startsAt: '00:00' };
const newYork = { timeZone: 'America/New_York', startsAt: '17:00' };
const warns = { action: 'warn' as const };

/** Kinds of rules that evaluations commonly have. They warn until a person chooses more. */
export const rulePresets: Record<string, readonly AccountRule[]> = {
  'Static: 5 % a day, 10 % in all': [
    {
      ...{ ...warns, id: 'daily', kind: 'daily_loss', name: 'Daily loss', base: 'balance', day: prague, lock: 'day' },
      loss: { unit: 'percent_of_initial', value: 5 },
    },
    {
      ...{ ...warns, id: 'total', kind: 'total_loss', name: 'Largest loss', trailing: 'static', lock: 'person' },
      ...{ stopsAtInitial: false, day: prague, loss: { unit: 'percent_of_initial', value: 10 } },
    },
  ],
  'Trailing equity: 6 %, up to the start': [
    {
      ...{ ...warns, id: 'trailing', kind: 'total_loss', name: 'Trailing loss', trailing: 'equity', lock: 'person' },
      ...{ stopsAtInitial: true, day: newYork, loss: { unit: 'percent_of_initial', value: 6 } },
    },
  ],
  'End of day: 4 % from the larger, 8 % trailing': [
    {
      ...{ ...warns, id: 'daily', kind: 'daily_loss', name: 'Daily loss', base: 'larger', day: newYork, lock: 'day' },
      loss: { unit: 'percent', value: 4 },
    },
    {
      ...{ ...warns, id: 'trailing', kind: 'total_loss', name: 'Trailing loss', trailing: 'day_balance' },
      ...{ lock: 'person', stopsAtInitial: true, day: newYork, loss: { unit: 'percent_of_initial', value: 8 } },
    },
  ],
};
