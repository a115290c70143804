/** Fields that identify something: every digit counts. */
const names = ['ticket', 'deal', 'order', 'position', 'account', 'signal_id', 'fire_id'];

/** A long number inside a nested object. */
const nestedDigits = /[[{,]\s*\{[^{}]*:\s*-?\d{16}|:\s*\{[^{}]*:\s*-?\d{16}/;

/** The reviver of Node 24 and every current browser; the ES2024 library doesn't declare it. */
type ExactReviver = (key: string, value: unknown, context: { source?: string }) => unknown;
const parseWith = JSON.parse as (text: string, reviver: ExactReviver) => unknown;

/**
 * Replaces such numbers by text of digits where a JavaScript number, exact to 2^53, would lose some. Otherwise returns
 * the object itself.
 * @param json JSON that the object was parsed from
 */
export function withExactDigits(value: Readonly<Record<string, unknown>>, json: string): unknown {
  const isSuspect = names.some((name) => isInexact(value[name])) || nestedDigits.test(json);
  return isSuspect ? parseWith(json, exactly) : value;
}

function exactly(key: string, value: unknown, { source = '' }: { source?: string }): unknown {
  if (!names.includes(key) || !isInexact(value)) return value;
  return /^(-?\d+)(?:\.0*)?$/.exec(source)?.[1] ?? value;
}

function isInexact(value: unknown): boolean {
  return typeof value === 'number' && !Number.isSafeInteger(value) && (value >= 2 ** 53 || value <= -(2 ** 53));
}
