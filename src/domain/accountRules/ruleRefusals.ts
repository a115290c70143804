import type { Unavailable } from '../arithmetic/unavailable.ts';

/** Figures that a rule needs and that are not known. */
export const ruleGaps = {
  unlisted: {
    missing: 'This EA does not list what is open',
    nextStep: "Use the desk's own EA, or choose another action for the rule.",
  },
  estimated: {
    missing: 'Nobody measured the account when the day of the rule began',
    nextStep: 'Look in MT5 what it was then, and set it in Limits ("Set base").',
  },
  notCurrent: {
    missing: 'The EA has not listed what is open since it connected',
    nextStep: "Wait for the EA's next list.",
  },
  noStop: (what: string): Unavailable => ({
    missing: `The ${what} has no stop loss, so what it can lose has no end`,
    nextStep: 'Set its stop loss, or close it.',
  }),
  worth: (what: string): Unavailable => ({
    missing: `What the ${what} can lose until its stop loss is not known`,
    nextStep: 'Wait for a price of its symbol, or look at its row in the symbol table.',
  }),
} as const;

/** Why a rule refuses an entry: a sentence for the person who fired, and what that person can do. */
export interface RuleRefusal {
  code: 'account_rule' | 'account_locked';
  reason: string;
  nextStep: string;
}

/** Amounts come as text, rounded away from the rule. */
export const ruleRefusals = {
  gap: (name: string, { missing, nextStep }: Unavailable): RuleRefusal =>
    refuse(`${missing}, so the account rule "${name}" can't be checked.`, nextStep),
  beyond: (name: string, equity: string, floor: string): RuleRefusal =>
    refuse(
      `Account rule "${name}": the equity is ${equity}; nothing is opened at ${floor} or below.`,
      'Wait until the rule measures anew, or change the rule.',
    ),
  wouldPass: (name: string, worst: string, floor: string): RuleRefusal =>
    refuse(
      `Account rule "${name}": with every stop loss met, this one's too, the equity would be ${worst}; it must stay above ${floor}.`,
      'Trade fewer lots, set the stop loss closer, or close something.',
    ),
  risk: (name: string, after: string, most: string): RuleRefusal =>
    refuse(
      `Account rule "${name}": with this order ${after} would be at risk; the most is ${most}.`,
      'Trade fewer lots, set the stop loss closer, or close something.',
    ),
  window: (name: string, until: string): RuleRefusal =>
    refuse(`Account rule "${name}": nothing is opened until ${until}.`, 'Wait, or change the rule.'),
  streak: (name: string, losses: number, until: string): RuleRefusal =>
    refuse(
      `Account rule "${name}": ${String(losses)} losing trades in a row, so nothing is opened until ${until}.`,
      'Take the pause, or change the rule.',
    ),
  direction: (name: string, symbol: string, side: 'buy' | 'sell'): RuleRefusal =>
    refuse(
      `Account rule "${name}": a ${side === 'buy' ? 'sell' : 'buy'} of ${symbol} is open or pending on one of your accounts.`,
      `Close it first, or do not ${side}.`,
    ),
  locked: (name: string, until: string | null): RuleRefusal => ({
    code: 'account_locked',
    reason: `The account is locked by the rule "${name}" ${until === null ? 'until a person unlocks it' : `until ${until}`}. Nothing is bought or sold; closes go on.`,
    nextStep: until === null ? 'Unlock it in Limits when you want to trade again.' : 'Wait, or unlock it in Limits.',
  }),
  closing: (name: string): RuleRefusal => ({
    code: 'account_locked',
    reason: `The account is locked by the rule "${name}" until all that it was to close is closed. Nothing is bought or sold; closes go on.`,
    nextStep: 'Close what is still open in MT5, or unlock it in Limits.',
  }),
  unread: (): RuleRefusal => ({
    code: 'account_locked',
    reason: "Whether a rule has locked the account is not known: the journal can't be read. Nothing is bought or sold.",
    nextStep: 'Look at the disk of the data folder.',
  }),
} as const;

function refuse(reason: string, nextStep: string): RuleRefusal {
  return { code: 'account_rule', reason, nextStep };
}
