import { readDecimal } from '../../domain/arithmetic/decimal.ts';

/** Deepest nesting read; no EA's message is deeper. */
const deepest = 32;

/** An object rewritten as JSON, and the end of its text. */
export interface LooseObject {
  json: string;
  end: number;
}

/**
 * Reads the object at `start` of a text that is not JSON as a whole. MQL5's output for figures that it can't print
 * (`-nan(ind)`, `1.#INF`, nothing at all) becomes null, a decimal comma a point; raw control characters and lone
 * backslashes in strings are escaped. Null: quotes or braces don't match, so nothing of it is certain.
 */
export function readLooseObject(text: string, start: number): LooseObject | null {
  const reader = new LooseReader(text, start);
  const json = reader.object(0);
  return json === null ? null : { json, end: reader.at };
}

class LooseReader {
  at: number;
  private readonly text: string;

  constructor(text: string, start: number) {
    this.text = text;
    this.at = start;
  }

  object(depth: number): string | null {
    if (depth > deepest) return null;
    const members: string[] = [];
    this.at += 1;
    while (!this.takes('}')) {
      const key = this.string();
      if (key === null || !this.takes(':')) return null;
      const value = this.value('}', depth);
      if (value === null) return null;
      members.push(`${key}:${value}`);
      if (!this.takes(',') && this.next !== '}') return null;
    }
    return `{${members.join(',')}}`;
  }

  private array(depth: number): string | null {
    if (depth > deepest) return null;
    const items: string[] = [];
    this.at += 1;
    while (!this.takes(']')) {
      const item = this.value(']', depth);
      if (item === null) return null;
      items.push(item);
      if (!this.takes(',') && this.next !== ']') return null;
    }
    return `[${items.join(',')}]`;
  }

  /** @param closing closing bracket of the object or array around the value */
  private value(closing: '}' | ']', depth: number): string | null {
    switch (this.next) {
      case '"':
        return this.string();
      case '{':
        return this.object(depth + 1);
      case '[':
        return this.array(depth + 1);
      default:
        return this.bare(closing);
    }
  }

  private string(): string | null {
    if (this.next !== '"') return null;
    let json = '"';
    for (let at = this.at + 1; at < this.text.length; at += 1) {
      const character = this.text.charAt(at);
      if (character === '"') {
        this.at = at + 1;
        return `${json}"`;
      }
      // An EA's string ends at a NUL.
      if (character === '\0') return null;
      if (character === '\\') {
        const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
        escape.lastIndex = at;
        const [whole] = escape.exec(this.text) ?? [];
        json += whole ?? '\\\\';
        at += (whole?.length ?? 1) - 1;
      } else {
        json += character < ' ' ? JSON.stringify(character).slice(1, -1) : character;
      }
    }
    return null;
  }

  /** Reads a figure or a word. In an object a comma ends it only before a key, so a decimal comma belongs to it. */
  private bare(closing: '}' | ']'): string | null {
    const pattern =
      closing === '}'
        ? /[^"{[\]}:\\\0]{0,64}?(?=\s{0,8}(?:,\s{0,8}["}]|\}))/y
        : /[^"{[\]}:\\\0,]{0,64}(?=\s{0,8}[,\]])/y;
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return null;
    this.at = pattern.lastIndex;
    return mended(found[0].trim());
  }

  private get next(): string {
    while (/[ \t\r\n]/.test(this.text.charAt(this.at))) this.at += 1;
    return this.text.charAt(this.at);
  }

  private takes(character: string): boolean {
    if (this.next !== character) return false;
    this.at += 1;
    return true;
  }
}

function mended(token: string): string {
  const word = token.toLowerCase();
  if (word === 'true' || word === 'false') return word;
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(token) ? token : (readDecimal(token) ?? 'null');
}
