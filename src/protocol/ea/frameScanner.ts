const quote = 0x22;
const backslash = 0x5c;
const space = 0x20;
const comma = 0x2c;
const colon = 0x3a;
const minus = 0x2d;
const point = 0x2e;
const zero = 0x30;
const closing = 0x7d;

/** Most digits of a number that is exact as an integer, and whose power of ten is exact too. */
const exactDigits = 15;
const halfDigits = 9;
const powersOfTen = Array.from({ length: exactDigits + 1 }, (_, exponent) => 10 ** exponent);

/** Size of the hash tables, a power of two. */
const slots = 256;

/** Results of {@link FieldNames} for a name that is not listed, and for a name that makes a message unusual. */
const unknown = -1;
const unusual = -2;

/** Index of a message's field names by their bytes. */
export class FieldNames {
  private readonly names = new Array<string | null>(slots).fill(null);
  private readonly fields = new Array<number>(slots).fill(unknown);

  /**
   * @param read names of fields to read; a name's position is its field number
   * @param refused names that make a message unusual
   */
  constructor(read: readonly string[], refused: readonly string[]) {
    for (const [field, name] of read.entries()) this.add(name, field);
    for (const name of refused) this.add(name, unusual);
  }

  private add(name: string, field: number): void {
    let hash = 0;
    for (let at = 0; at < name.length; at += 1) hash = hashed(hash, name.charCodeAt(at));
    let slot = hash & (slots - 1);
    while (this.names[slot] !== null) slot = (slot + 1) & (slots - 1);
    this.names[slot] = name;
    this.fields[slot] = field;
  }

  of(frame: Uint8Array, start: number, end: number, hash: number): number {
    for (let slot = hash & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
      const name = this.names[slot];
      if (name === null || name === undefined) return unknown;
      if (isText(name, frame, start, end)) return this.fields[slot] ?? unknown;
    }
  }
}

/** Cache of the latest texts, so that a repeated symbol allocates no new string. */
const knownTexts = new Array<string>(slots).fill('');

/**
 * Reads a flat object of printable ASCII from its bytes: texts without escapes, numbers in JSON's grammar without an
 * exponent, `true`, `false` and `null`. Anything else makes the frame unusual. One instance serves all frames and
 * keeps its values until the next frame.
 */
export class FrameScanner {
  private frame: Uint8Array = new Uint8Array();
  private at = 0;
  private end = 0;
  /** Hash of the text read last. */
  private hash = 0;
  private start = 0;
  private readonly numbers = new Float64Array(8);
  /** Bit mask of the fields read so far. */
  private seen = 0;
  /** Value of the one text field; undefined: not read. */
  text: string | undefined;

  /** A field's number; undefined: the message has no such field. */
  number(field: number): number | undefined {
    return (this.seen & (1 << field)) === 0 ? undefined : this.numbers[field];
  }

  /**
   * Starts a frame.
   * @returns the message's type, if the type is the first field; null: unusual
   */
  begin(frame: Uint8Array): string | null {
    this.frame = frame;
    this.at = 1;
    this.seen = 0;
    this.text = undefined;
    let end = frame.length;
    // W13: cuts off trailing NULs of MQL5's string copy.
    while (end > 0 && frame[end - 1] === 0) end -= 1;
    this.end = end;
    if (!this.string() || !isText('type', frame, this.start, this.at - 1)) return null;
    if (!this.takes(colon) || !this.string()) return null;
    return textOf(frame, this.start, this.at - 1, this.hash);
  }

  /**
   * Reads the fields behind the type.
   * @param textField number of the one field that is a text; all others are numbers
   * @returns false: unusual
   */
  fields(names: FieldNames, textField: number): boolean {
    while (this.takes(comma)) {
      if (!this.string()) return false;
      const field = names.of(this.frame, this.start, this.at - 1, this.hash);
      if (field === unusual || !this.takes(colon)) return false;
      if (field === unknown) {
        if (!this.skip()) return false;
      } else if (!this.field(field, textField)) return false;
    }
    return this.takes(closing) && this.at === this.end;
  }

  /** Reads one field's value. JSON takes the last of a repeated name; here it is unusual. */
  private field(field: number, textField: number): boolean {
    const bit = 1 << field;
    if ((this.seen & bit) !== 0) return false;
    this.seen |= bit;
    if (field !== textField) return this.figure(field);
    if (!this.string() || this.at - 1 === this.start) return false;
    this.text = textOf(this.frame, this.start, this.at - 1, this.hash);
    return true;
  }

  private skip(): boolean {
    switch (this.next()) {
      case quote:
        return this.skipString();
      case 0x74:
        return this.word('true');
      case 0x66:
        return this.word('false');
      case 0x6e:
        return this.word('null');
      default:
        return this.figure(-1);
    }
  }

  private skipString(): boolean {
    const { frame, end } = this;
    for (let at = this.at + 1; at < end; at += 1) {
      const byte = frame[at] ?? 0;
      if (byte === quote) {
        this.at = at + 1;
        return true;
      }
      if (byte < space || byte > 0x7e || byte === backslash) return false;
    }
    return false;
  }

  private word(word: string): boolean {
    const end = this.at + word.length;
    if (end > this.end || !isText(word, this.frame, this.at, end)) return false;
    this.at = end;
    return true;
  }

  /** Reads a text; stores its start and hash. The position afterwards is behind the closing quote. */
  private string(): boolean {
    const { frame, end } = this;
    if (this.next() !== quote) return false;
    let at = this.at + 1;
    let hash = 0;
    this.start = at;
    for (; at < end; at += 1) {
      const byte = frame[at] ?? 0;
      if (byte === quote) {
        this.hash = hash;
        this.at = at + 1;
        return true;
      }
      if (byte < space || byte > 0x7e || byte === backslash) return false;
      hash = hashed(hash, byte);
    }
    return false;
  }

  /**
   * Reads a number. Both its digits as an integer and the power of ten are exact, so their quotient is the number
   * nearest to the written one, as `Number` gives it.
   * @param field target field; negative: the value is skipped, with any number of digits
   */
  private figure(field: number): boolean {
    const { frame, end } = this;
    const isNegative = this.next() === minus;
    const first = isNegative ? this.at + 1 : this.at;
    let at = first;
    // Two halves of at most nine digits fit 32-bit integers.
    let digits = 0;
    let high = 0;
    let low = 0;
    let pointAt = -1;
    for (; at < end; at += 1) {
      const byte = frame[at] ?? 0;
      const digit = byte - zero;
      if (digit >= 0 && digit <= 9) {
        if (digits < halfDigits) high = (Math.imul(high, 10) + digit) | 0;
        else low = (Math.imul(low, 10) + digit) | 0;
        digits += 1;
      } else if (byte === point && pointAt < 0) pointAt = at;
      else break;
    }
    const integerDigits = (pointAt < 0 ? at : pointAt) - first;
    if (integerDigits === 0 || pointAt === at - 1) return false;
    if (integerDigits > 1 && frame[first] === zero) return false;
    this.at = at;
    if (field < 0) return true;
    if (digits > exactDigits) return false;
    const integer = digits <= halfDigits ? high : high * (powersOfTen[digits - halfDigits] ?? 1) + low;
    const value = integer / (powersOfTen[digits - integerDigits] ?? 1);
    this.numbers[field] = isNegative ? -value : value;
    return true;
  }

  private next(): number {
    while (this.at < this.end && this.frame[this.at] === space) this.at += 1;
    return this.at < this.end ? (this.frame[this.at] ?? 0) : 0;
  }

  private takes(byte: number): boolean {
    if (this.next() !== byte) return false;
    this.at += 1;
    return true;
  }
}

function hashed(hash: number, byte: number): number {
  return (Math.imul(hash, 31) + byte) | 0;
}

function isText(text: string, frame: Uint8Array, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) !== frame[start + at]) return false;
  return true;
}

function textOf(frame: Uint8Array, start: number, end: number, hash: number): string {
  const slot = hash & (slots - 1);
  const known = knownTexts[slot] ?? '';
  if (isText(known, frame, start, end)) return known;
  const text = String.fromCharCode(...frame.subarray(start, end));
  knownTexts[slot] = text;
  return text;
}
