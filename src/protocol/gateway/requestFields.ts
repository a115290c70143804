// Reading a JSON object of an engine or a feed, and its fields, without their meaning.

/** Longest request that is read, in bytes. A signal with all of its names takes a few hundred. */
export const maxRequestBytes = 16 * 1024;

export interface RequestProblem {
  code:
    | 'invalid_request'
    | 'invalid_bridge'
    | 'invalid_action'
    | 'invalid_symbol'
    | 'invalid_lot'
    | 'invalid_sl'
    | 'invalid_tp'
    | 'invalid_signal_id';
  /** The name that the engine used. */
  field: string;
  reason: string;
}

export type Fields = Readonly<Record<string, unknown>>;
export type Read<T> = { ok: true; value: T } | { ok: false; problem: RequestProblem };

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Reads a frame that must be one JSON object. Never throws. */
export function readFields(frame: Uint8Array): Read<Fields> {
  if (frame.length > maxRequestBytes) {
    return refuse(
      'invalid_request',
      'request',
      `has ${String(frame.length)} bytes; at most ${String(maxRequestBytes)} are read`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(frame));
  } catch {
    return refuse('invalid_request', 'request', 'must be one JSON object in UTF-8');
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { ok: true, value: value as Fields }
    : refuse('invalid_request', 'request', 'must be one JSON object in UTF-8');
}

/**
 * Reads a time: Unix seconds or milliseconds, or a date with its zone. A date without a zone is not certain.
 * @returns epoch ms; null: not readable
 */
export function readTime(value: unknown): number | null {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value < 1e11 ? value * 1_000 : value;
  if (typeof value !== 'string' || !/(Z|[+-]\d\d:?\d\d)$/.test(value)) return null;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : at;
}

/** Reads a text field that has several names; refused when two of them disagree. */
export function readText(
  fields: Fields,
  candidates: readonly string[],
  code: RequestProblem['code'],
  normalise = (text: string): string => text,
): Read<string> {
  const stated = candidates.filter((name) => fields[name] !== undefined);
  const [first, ...others] = stated;
  if (first === undefined) return refuse(code, candidates[0] ?? '', 'is missing');
  for (const name of stated) {
    const text = fields[name];
    if (typeof text !== 'string' || text === '' || text.length > 128) return refuse(code, name, 'must be text');
  }
  const value = normalise(fields[first] as string);
  const other = others.find((name) => normalise(fields[name] as string) !== value);
  return other === undefined ? { ok: true, value } : disagree(code, first, other);
}

/** The name that the request uses, else the first candidate. */
export function nameOf(fields: Fields, candidates: readonly string[]): string {
  return candidates.find((name) => fields[name] !== undefined) ?? candidates[0] ?? '';
}

export function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

export function refuse(
  code: RequestProblem['code'],
  field: string,
  what: string,
): { ok: false; problem: RequestProblem } {
  return {
    ok: false,
    problem: { code, field, reason: field === 'request' ? `A request ${what}.` : `"${field}" ${what}.` },
  };
}

export function disagree(
  code: RequestProblem['code'],
  one: string,
  other: string,
): { ok: false; problem: RequestProblem } {
  return { ok: false, problem: { code, field: other, reason: `"${one}" and "${other}" disagree.` } };
}
