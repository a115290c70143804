import { nearestName } from './nearestName.ts';

// Keys of config.json that this version doesn't know: a later version's, or misspelt ones. They have no effect, are named
// at the start and stay in the file.

export interface UnknownSetting {
  /** Such as `bridge.stopUnits`. */
  path: string;
  /** The setting that was probably meant, as a path; null: none is like it. */
  meant: string | null;
}

type JsonObject = Record<string, unknown>;

/** Keys of earlier versions and what they stood in: taken over into other settings, or without a meaning since. */
const earlierKeys = new Map([
  ['symbolLots', 'limits'],
  ['contractSizes', 'limits'],
  ['confirmOrders', 'settings'],
]);

/** The longest name that is said in full. */
const saidLength = 80;

/** A name as it is told to a person. */
export function clipped(name: string): string {
  return name.length > saidLength ? `${name.slice(0, saidLength)}…` : name;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * @param stored as the file has it
 * @param known the same as it was understood, with every key that there is
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

/** What is to be written, with the keys that only the file knows. */
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

/** Every object has a `toString` that nobody wrote. */
function ownValue(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

interface UnknownKey {
  path: string;
  key: string;
  siblings: string[];
  /** With its dot, or empty. */
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
      // A name that is in use beside it was not meant.
      const siblings = Object.keys(known).filter((name) => !Object.hasOwn(stored, name));
      yield { path: `${parent}${key}`, key, siblings: siblings.length > 0 ? siblings : Object.keys(known), parent };
    }
  }
}

/** The item of another list that is the same thing: by its id, name or symbol, else by its place. */
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

/** Each name of a setting, with the first place where there is one. */
function pathsIn(known: unknown, parent = '', found = new Map<string, string>()): Map<string, string> {
  if (!isJsonObject(known)) return found;
  for (const [key, value] of Object.entries(known)) {
    if (!found.has(key)) found.set(key, `${parent}${key}`);
    pathsIn(value, `${parent}${key}.`, found);
  }
  return found;
}
