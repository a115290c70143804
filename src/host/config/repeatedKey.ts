/**
 * The first key that occurs twice in one object of a JSON text, or null. JSON.parse silently takes the last of them.
 * @param text valid JSON
 */
export function repeatedKey(text: string): string | null {
  /** Keys of the enclosing objects; null for an array. */
  const around: (Set<string> | null)[] = [];
  let last: string | null = null;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/g)) {
    if (token === '{') around.push(new Set());
    else if (token === '[') around.push(null);
    else if (token === '}' || token === ']') around.pop();
    else if (token !== ':') last = token;
    else if (last !== null) {
      const key = JSON.parse(last) as string;
      const keys = around.at(-1);
      if (keys?.has(key) === true) return key;
      keys?.add(key);
    }
  }
  return null;
}
