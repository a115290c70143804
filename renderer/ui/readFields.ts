import type { z } from 'zod';
import { commaWords, readNumber } from './typed.ts';

/** How the text of one field is read, and the sentence for a person when the schema refuses its value. */
export interface FieldSpec {
  /** Left out: as a number, null when the field is empty. */
  read?: (typed: string) => unknown;
  wrong: string;
  /** `wrong` covers the schema's own rules too. Otherwise a rule that has a sentence is told by that. */
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

/** The field of an issue. A list is typed in one field, so an issue of its item is that field's. */
function fieldAt<Key extends string>(keys: readonly Key[], path: readonly string[]): Key | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const name = path.slice(0, length).join('.');
    const key = keys.find((each) => each === name);
    if (key !== undefined) return key;
  }
  return undefined;
}

/** The values with one more at a path. What was given is not changed. */
function withValue(
  values: Readonly<Record<string, unknown>>,
  [name = '', ...rest]: readonly string[],
  value: unknown,
): Readonly<Record<string, unknown>> {
  const inner = (values[name] ?? {}) as Readonly<Record<string, unknown>>;
  return { ...values, [name]: rest.length === 0 ? value : withValue(inner, rest, value) };
}
