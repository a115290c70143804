import {
  type AccountRule,
  type AccountRules,
  accountRulesSchema,
  type RuleKind,
} from '../../../src/domain/accountRules/accountRules.ts';
import { commaWords, readNumber, text } from '../../ui/typed.ts';
import { fieldsOf, type RuleField } from './ruleFields.ts';

// Form of account rules: rules → texts → rules, or one sentence for each wrong field. Pure functions.

export interface RuleTexts {
  id: string;
  kind: RuleKind;
  /** By path. */
  texts: Record<string, string>;
}

export interface RulesForm {
  initialCapital: string;
  rules: RuleTexts[];
}

/** Errors by rule and path; '' is the rule as a whole, and `initialCapital` stands by itself. */
export type RuleErrors = Record<string, string>;

export function errorKey(rule: string, path: string): string {
  return `${rule} ${path}`;
}

export function rulesForm({ initialCapital, rules }: AccountRules): RulesForm {
  return { initialCapital: text(initialCapital), rules: rules.map(ruleTexts) };
}

export function ruleTexts(rule: AccountRule): RuleTexts {
  const texts: Record<string, string> = {};
  // Every field that the kind can have, so that one that is shown later has its value.
  for (const { path } of fieldsOf(rule.kind, 'close_all')) texts[path] = String(at(rule, path));
  return { id: rule.id, kind: rule.kind, texts };
}

export function readRules({ initialCapital, rules }: RulesForm): { rules: AccountRules } | { errors: RuleErrors } {
  const errors: RuleErrors = {};
  const capital = readNumber(initialCapital);
  if (initialCapital.includes(',')) errors['initialCapital'] = commaWords;
  else if (capital !== null && !(capital > 0)) errors['initialCapital'] = 'An amount above 0, or nothing.';
  const read = rules.map((rule) => readRule(rule, errors));
  if (Object.keys(errors).length > 0) return { errors };
  const parsed = accountRulesSchema.safeParse({ initialCapital: capital, rules: read });
  if (parsed.success) return { rules: parsed.data };
  for (const { path, message } of parsed.error.issues) {
    const rule = typeof path[1] === 'number' ? rules[path[1]] : undefined;
    const key = rule === undefined ? 'initialCapital' : errorKey(rule.id, path.slice(2).join('.'));
    errors[key] ??= message;
  }
  return { errors };
}

function readRule({ id, kind, texts }: RuleTexts, errors: RuleErrors): Record<string, unknown> {
  const rule: Record<string, unknown> = { id, kind };
  for (const field of fieldsOf(kind, 'close_all')) {
    const typed = (texts[field.path] ?? '').trim();
    if (field.kind === 'number' && typed.includes(',')) errors[errorKey(id, field.path)] = commaWords;
    else if (field.kind === 'number' && Number.isNaN(readNumber(typed) ?? Number.NaN))
      errors[errorKey(id, field.path)] = 'Type a number.';
    set(rule, field.path, valueOf(field, typed));
  }
  return rule;
}

function valueOf({ kind, path }: RuleField, typed: string): unknown {
  if (kind === 'number' || path.endsWith('.weekday')) return readNumber(typed);
  return kind === 'switch' ? typed === 'true' : typed;
}

function at(rule: object, path: string): unknown {
  return path.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], rule);
}

function set(rule: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const part = keys.reduce<Record<string, unknown>>((one, key) => {
    one[key] ??= {};
    return one[key] as Record<string, unknown>;
  }, rule);
  part[last] = value;
}
