import type { z } from 'zod';
import { commaWords, readNumber } from './typed.ts';

/** Reading of one field's text, and the sentence for a value that the schema refuses. */
export interface FieldSpec {
  /** Left out: as a number, null when the field is empty. */
  read?: (typed: string) => unknown;
  wrong: string;
  /** True: `wrong` covers the schema's own rules too. Left out: a rule with a sentence of its own uses that. */
  coversRules?: boolean;
}

/**
 * Reads a form: each text by its spec, then all values by the schema.
 * @param specs by the path of the value, such as `limits.day.startsAt`
 * @param others the values that are not typed as text, in the schema's shape
 * @returns the schema's value, and one sentence for each field that is wrong; the value is null where the schema refuses
 * anything, in a field or beside one
 */
export function readFields<Value, Key extends string>(
  schema: z.ZodType<Value>,
  texts: Readonly<Record<Key, string>>,
  specs: Readonly<Record<Key, FieldSpec>>,
  others: Readonly<Record<string, unknown>>,
): { value: Value | null; errors: Partial<Record<Key, string>> } {
  const keys = Object.keys(specs) as Key[];
  let values = others;
  for (const key of keys) values = withValue(values, key.split('.'), (specs[key].read ?? readNumber)(texts[key]));
  const parsed = schema.safeParse(values);
  const errors: Partial<Record<Key, string>> = {};
  for (const { code, message, path } of parsed.error?.issues ?? []) {
    const key = fieldAt(keys, path.map(String));
    if (key === undefined) continue;
    const { read, wrong, coversRules = false } = specs[key];
    const comma = read === undefined && texts[key].includes(',');
    errors[key] ??= comma ? commaWords : code === 'custom' && !coversRules ? message : wrong;
  }
  return { value: parsed.success ? parsed.data : null, errors };
}

/** The field of an issue; an issue of a list's item belongs to the list's field. */
function fieldAt<Key extends string>(keys: readonly Key[], path: readonly string[]): Key | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const name = path.slice(0, length).join('.');
    const key = keys.find((each) => each === name);
    if (key !== undefined) return key;
  }
  return undefined;
}

/** A copy of the values with one more at a path. */
function withValue(
  values: Readonly<Record<string, unknown>>,
  [name = '', ...rest]: readonly string[],
  value: unknown,
): Readonly<Record<string, unknown>> {
  const inner = (values[name] ?? {}) as Readonly<Record<string, unknown>>;
  return { ...values, [name]: rest.length === 0 ? value : withValue(inner, rest, value) };
}
