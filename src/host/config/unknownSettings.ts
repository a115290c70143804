import { nearestName } from './nearestName.ts';

// Keys of config.json that this version doesn't know: a later version's, or misspelt ones. They have no effect, are named
// at the start and stay in the file.

export interface UnknownSetting {
  /** For example `bridge.stopUnits`. */
  path: string;
  /** The setting that was probably meant, as a path; null: none is like it. */
  meant: string | null;
}

type JsonObject = Record<string, unknown>;

/** Keys of earlier versions with the object that held them: since moved to other settings, or without effect. */
const earlierKeys = new Map([
  ['symbolLots', 'limits'],
  ['contractSizes', 'limits'],
  ['confirmOrders', 'settings'],
]);

/** Longest name that is shown in full, in characters. */
const saidLength = 80;

/** A name for a sentence: clipped, with hidden characters made visible. */
export function clipped(name: string): string {
  return name.length > saidLength ? `${name.slice(0, saidLength)}…` : name;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * @param stored content of the file
 * @param known the same after parsing by the schema, which has every known key
 */
export function findUnknown(stored: unknown, known: unknown): UnknownSetting[] {
  const places = pathsIn(known);
  return [...unknownIn(stored, known, '')].map(({ path, key, siblings, parent }) => {
    const sibling = nearestName(key, siblings);
    if (sibling !== null) return { path, meant: `${parent}${sibling}` };
    const elsewhere = nearestName(key, [...places.keys()]);
    return { path, meant: elsewhere === null ? null : (places.get(elsewhere) ?? null) };
  });
}

/** `next` with the keys that only `stored` has. */
export function keepUnknown(next: unknown, stored: unknown, within = ''): unknown {
  if (Array.isArray(next) && Array.isArray(stored)) {
    return next.map((item, index) => keepUnknown(item, partner(item, index, stored, next)));
  }
  if (!isJsonObject(next) || !isJsonObject(stored)) return next;
  const kept = Object.entries(stored).filter(([key]) => !Object.hasOwn(next, key) && earlierKeys.get(key) !== within);
  const own = Object.entries(next).map(
    ([key, value]) => [key, keepUnknown(value, ownValue(stored, key), key)] as const,
  );
  return Object.fromEntries([...own, ...kept]);
}

/** Own properties only: every object inherits `toString`. */
function ownValue(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

interface UnknownKey {
  path: string;
  key: string;
  siblings: string[];
  /** Path of the enclosing object with a final dot, or empty. */
  parent: string;
}

function* unknownIn(stored: unknown, known: unknown, parent: string): Generator<UnknownKey> {
  if (Array.isArray(stored) && Array.isArray(known)) {
    for (const [index, item] of stored.entries()) {
      const label = identityOf(item) ?? String(index);
      yield* unknownIn(item, partner(item, index, known, stored), `${parent.slice(0, -1)}[${label}].`);
    }
    return;
  }
  if (!isJsonObject(stored) || !isJsonObject(known)) return;
  for (const [key, value] of Object.entries(stored)) {
    if (Object.hasOwn(known, key)) yield* unknownIn(value, known[key], `${parent}${key}.`);
    else if (earlierKeys.get(key) !== (parent.split('.').at(-2) ?? '')) {
      // A name that the same object has already can't be the one that was meant.
      const siblings = Object.keys(known).filter((name) => !Object.hasOwn(stored, name));
      yield { path: `${parent}${key}`, key, siblings: siblings.length > 0 ? siblings : Object.keys(known), parent };
    }
  }
}

/** The corresponding item of another list: the same id, name or symbol, else the same index. */
function partner(item: unknown, index: number, others: readonly unknown[], own: readonly unknown[]): unknown {
  const identity = identityOf(item);
  if (identity === null) return others.length === own.length ? others[index] : undefined;
  return others.find((other) => identityOf(other) === identity);
}

function identityOf(item: unknown): string | null {
  if (!isJsonObject(item)) return null;
  const { id, name, symbol } = item;
  if (typeof id === 'string') return id;
  const parts = [symbol, name].filter((part) => typeof part === 'string');
  return parts.length === 0 ? null : parts.join(' ');
}

/** The name of each setting, with the path of its first occurrence. */
function pathsIn(known: unknown, parent = '', found = new Map<string, string>()): Map<string, string> {
  if (!isJsonObject(known)) return found;
  for (const [key, value] of Object.entries(known)) {
    if (!found.has(key)) found.set(key, `${parent}${key}`);
    pathsIn(value, `${parent}${key}.`, found);
  }
  return found;
}
