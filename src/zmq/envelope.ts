/**
 * Splits a ROUTER's message into the reply's envelope and the body. A REQ sends an empty part before its body, a
 * correlating REQ a number before that; a DEALER may send neither.
 */
export function unwrap(parts: readonly Buffer[]): { envelope: Buffer[]; body: Buffer[]; delimited: boolean } {
  const delimiter = parts.findIndex((part, index) => index > 0 && part.length === 0);
  const head = delimiter < 0 ? 1 : delimiter + 1;
  return { envelope: parts.slice(0, head), body: parts.slice(head), delimited: delimiter > 0 };
}
