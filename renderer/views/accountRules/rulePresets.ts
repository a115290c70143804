import {
  type AccountRule,
  type AccountRules,
  accountRulesSchema,
} from '../../../src/domain/accountRules/accountRules.ts';

// Sets of rules to begin from, and as files that a person can write and share.

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

const format = 'bitten-desk account rules';

/** Rules as the text of a file. */
export function rulesFile(rules: AccountRules): string {
  return `${JSON.stringify({ format, version: 1, ...rules }, null, 2)}\n`;
}

/** Rules of a file's text, or one sentence of what is wrong with it. */
export function readRulesFile(file: string): AccountRules | string {
  let content: unknown;
  try {
    content = JSON.parse(file);
  } catch {
    return 'The file is no JSON. Choose a file that was saved here with "Save as file".';
  }
  const { format: found, version, ...rules } = (content ?? {}) as Record<string, unknown>;
  if (found !== format || version !== 1) {
    return `The file is none of account rules: it has to say "format": "${format}" and "version": 1.`;
  }
  const parsed = accountRulesSchema.safeParse(rules);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return `The file's ${issue?.path.join('.') ?? 'content'}: ${issue?.message ?? 'can not be read.'}`;
}
