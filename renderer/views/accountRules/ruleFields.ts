import {
  dayBases,
  closingKinds,
  ruleActions,
  type AccountRule,
  type RuleKind,
} from '../../../src/domain/accountRules/accountRules.ts';
import { ruleActionWords, weekdayWords } from '../../shared/ruleWords.ts';

// Fields of a rule, by its kind. A rule in the form is a text for each field.

/** A field of a rule: typed, or chosen from a few words. */
export interface RuleField {
  /** Path in the rule, with dots. */
  path: string;
  label: string;
  kind: 'number' | 'text' | 'zone' | 'choice' | 'switch';
  /** Of a choice: stored value and its words. */
  choices?: readonly (readonly [string, string])[];
  suffix?: string;
}

const lossUnits = [
  ['money', 'money'],
  ['percent', '% of the base'],
  ['percent_of_initial', '% of the initial capital'],
] as const;
const weekdays = weekdayWords.map((word, index) => [String(index), word] as const);
const day: readonly RuleField[] = [
  { path: 'day.startsAt', label: 'Day begins at', kind: 'text' },
  { path: 'day.timeZone', label: 'Time zone', kind: 'zone' },
];
const loss: readonly RuleField[] = [
  { path: 'loss.value', label: 'Allowed loss', kind: 'number' },
  { path: 'loss.unit', label: 'Loss in', kind: 'choice', choices: lossUnits },
];

const ownFields: Record<RuleKind, readonly RuleField[]> = {
  daily_loss: [
    ...loss,
    {
      ...{ path: 'base', label: 'Below', kind: 'choice' },
      choices: dayBases.map(
        (base) => [base, { balance: 'the balance', equity: 'the equity', larger: 'the larger of both' }[base]] as const,
      ),
    },
    ...day,
  ],
  total_loss: [
    ...loss,
    {
      ...{ path: 'trailing', label: 'Below', kind: 'choice' },
      choices: [
        ['static', 'the initial capital'],
        ['equity', 'the highest equity'],
        ['day_balance', 'the highest day-end balance'],
      ],
    },
    { path: 'stopsAtInitial', label: 'The floor rises no higher than the initial capital', kind: 'switch' },
    ...day,
  ],
  open_risk: [
    { path: 'most.value', label: 'At most at risk', kind: 'number' },
    {
      ...{ path: 'most.unit', label: 'Risk in', kind: 'choice' },
      choices: [
        ['money', 'money'],
        ['percent', '% of equity'],
      ],
    },
    {
      ...{ path: 'per', label: 'Counted', kind: 'choice' },
      choices: [
        ['account', 'in all'],
        ['symbol', 'in each symbol'],
      ],
    },
  ],
  weekend: [
    { path: 'from.weekday', label: 'From', kind: 'choice', choices: weekdays },
    { path: 'from.time', label: 'At', kind: 'text' },
    { path: 'until.weekday', label: 'Until', kind: 'choice', choices: weekdays },
    { path: 'until.time', label: 'At', kind: 'text' },
    { path: 'timeZone', label: 'Time zone', kind: 'zone' },
  ],
  loss_streak: [
    { path: 'losses', label: 'Losses in a row', kind: 'number' },
    { path: 'pauseMinutes', label: 'Pause', kind: 'number', suffix: 'min' },
  ],
  one_direction: [],
};

/** The fields of a rule. What ends a lock is asked only of a rule that closes. */
export function fieldsOf(kind: RuleKind, action: string): readonly RuleField[] {
  const actions = ruleActions.filter((each) => each !== 'close_all' || closingKinds.includes(kind));
  return [
    { path: 'name', label: 'Name', kind: 'text' },
    {
      ...{ path: 'action', label: 'When it is reached', kind: 'choice' },
      choices: actions.map((each) => [each, ruleActionWords[each]] as const),
    },
    ...ownFields[kind],
    ...(action === 'close_all' ? [lockField] : []),
  ];
}

const lockField: RuleField = {
  ...{ path: 'lock', label: 'Locked until', kind: 'choice' },
  choices: [
    ['day', 'its day or window ends'],
    ['person', 'a person unlocks it'],
  ],
};

/** A new rule of a kind: it warns. */
export function newRule(kind: RuleKind, id: string, timeZone: string): AccountRule {
  const shared = { id, action: 'warn' as const, lock: 'day' as const };
  const at = { timeZone, startsAt: '00:00' };
  switch (kind) {
    case 'daily_loss':
      return { ...shared, kind, name: 'Daily loss', base: 'balance', day: at, loss: { unit: 'percent', value: 5 } };
    case 'total_loss':
      return {
        ...{ ...shared, kind, name: 'Largest loss', trailing: 'static', stopsAtInitial: false, day: at },
        ...{ loss: { unit: 'percent_of_initial', value: 10 }, lock: 'person' },
      };
    case 'open_risk':
      return { ...shared, kind, name: 'Open risk', per: 'account', most: { unit: 'percent', value: 3 } };
    case 'weekend':
      return {
        ...{ ...shared, kind, name: 'Weekend', timeZone },
        ...{ from: { weekday: 5, time: '21:00' }, until: { weekday: 0, time: '22:00' } },
      };
    case 'loss_streak':
      return { ...shared, kind, name: 'Losses in a row', losses: 3, pauseMinutes: 60 };
    case 'one_direction':
      return { ...shared, kind, name: 'One direction' };
  }
}
