/**
 * Returns the JSON value `after`, in which every part that equals its counterpart in `before` is that very object. So a
 * comparison by identity finds the changed parts alone.
 */
export function keepUnchanged<T>(before: unknown, after: T): T {
  if (Object.is(before, after)) return after;
  if (Array.isArray(before) && Array.isArray(after)) return keptList(before, after) as T;
  if (!isObject(before) || !isObject(after) || Array.isArray(before) || Array.isArray(after)) return after;
  const kept: [string, unknown][] = [];
  const entries = Object.entries(after);
  let same = entries.length === Object.keys(before).length;
  for (const [key, value] of entries) {
    const known = Object.hasOwn(before, key) ? before[key] : undefined;
    const part = keepUnchanged(known, value);
    kept.push([key, part]);
    same &&= Object.hasOwn(before, key) && Object.is(part, known);
  }
  return (same ? before : Object.fromEntries(kept)) as T;
}

function keptList(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const kept = after.map((item, index) => keepUnchanged(before[index], item));
  const same = kept.length === before.length && kept.every((item, index) => Object.is(item, before[index]));
  return same ? before : kept;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
