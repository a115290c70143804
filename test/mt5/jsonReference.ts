// What a strict reader of JSON must say of bytes: by TextDecoder, JSON.parse and the limits of Json.mqh.

const limits = { bytes: 65_536, values: 4_096, depth: 16, number: 64, members: 128 };

export interface Verdict {
  accepts: boolean;
  /** Why it refuses what JSON.parse takes. */
  reason?: 'bytes' | 'values' | 'depth' | 'members' | 'number' | 'duplicate' | 'character';
  value?: unknown;
}

export function verdictOf(bytes: Buffer): Verdict {
  if (bytes.length > limits.bytes) return { accepts: false, reason: 'bytes' };
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    return { accepts: false };
  }
  const reason = limitOf(text);
  return reason === undefined ? { accepts: true, value } : { accepts: false, reason };
}

const pattern = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/** The text is JSON. */
function limitOf(text: string): Verdict['reason'] {
  const open: (Set<string> | null)[] = [];
  let values = 0;
  const tokens = text.match(pattern) ?? [];
  for (const [at, token] of tokens.entries()) {
    const first = token.charAt(0);
    if (first === '{' || first === '[') open.push(first === '{' ? new Set() : null);
    if (first === '}' || first === ']') open.pop();
    if (open.length > limits.depth) return 'depth';
    if ('}],:'.includes(first)) continue;
    if (first === '"') {
      const string = JSON.parse(token) as string;
      if (string.includes('\0') || !string.isWellFormed()) return 'character';
      if (tokens[at + 1] === ':') {
        const names = open.at(-1);
        if (names?.has(string) ?? false) return 'duplicate';
        names?.add(string);
        if ((names?.size ?? 0) > limits.members) return 'members';
        continue;
      }
    } else if (/[-\d]/.test(first) && token.length > limits.number) return 'number';
    values += 1;
    if (values > limits.values) return 'values';
  }
  return undefined;
}
