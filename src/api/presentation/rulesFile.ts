import { type AccountRules, accountRulesSchema } from '../../domain/accountRules/accountRules.ts';

const format = 'bitten-desk account rules';

/** Account rules as the text of a file that a person can write and share. */
export function rulesFile(rules: AccountRules): string {
  return `${JSON.stringify({ format, version: 1, ...rules }, null, 2)}\n`;
}

/** Rules of a file's text, or one sentence of what is wrong with it. */
export function readRulesFile(file: string): AccountRules | string {
  let content: unknown;
  try {
    content = JSON.parse(file);
  } catch {
    return 'The file is no JSON. Choose a file of account rules.';
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
