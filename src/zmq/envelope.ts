/**
 * What a ROUTER received, parted into where an answer goes and what was said. A REQ puts an empty part before what it
 * says, a REQ that correlates a number before that; a DEALER may put nothing.
 */
export function unwrap(parts: readonly Buffer[]): { envelope: Buffer[]; body: Buffer[]; delimited: boolean } {
  const delimiter = parts.findIndex((part, index) => index > 0 && part.length === 0);
  const head = delimiter < 0 ? 1 : delimiter + 1;
  return { envelope: parts.slice(0, head), body: parts.slice(head), delimited: delimiter > 0 };
}
