const quote = 0x22;
const backslash = 0x5c;
const space = 0x20;
const comma = 0x2c;
const colon = 0x3a;
const minus = 0x2d;
const point = 0x2e;
const zero = 0x30;
const closing = 0x7d;

/** A number with so many digits at most is exact as an integer, and so is the power of ten that it is divided by. */
const exactDigits = 15;
const halfDigits = 9;
const powersOfTen = Array.from({ length: exactDigits + 1 }, (_, exponent) => 10 ** exponent);

/** A power of two. */
const slots = 256;

/** What {@link FieldNames} says of a name that is none of its own, and of one whose message is not a usual one. */
const unknown = -1;
const unusual = -2;

/** The names of a message's fields, found by their bytes. */
export class FieldNames {
  private readonly names = new Array<string | null>(slots).fill(null);
  private readonly fields = new Array<number>(slots).fill(unknown);

  /**
   * @param read names of the fields that are read; their places are their numbers
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

/** The texts that came last, so that a symbol that comes again makes no new one. */
const knownTexts = new Array<string>(slots).fill('');

/**
 * Reads a flat object of printable ASCII from its bytes: texts without escapes, numbers in JSON's grammar without an exponent, `true`,
 * `false` and `null`. Whatever else there is makes the frame unusual. There is one, which keeps what it has read until the next frame.
 */
export class FrameScanner {
  private frame: Uint8Array = new Uint8Array();
  private at = 0;
  private end = 0;
  /** Of the text that was read last. */
  private hash = 0;
  private start = 0;
  private readonly numbers = new Float64Array(8);
  /** A bit for each field that has been read. */
  private seen = 0;
  /** The field that is a text, once it has been read. */
  text: string | undefined;

  /** A field's number; undefined: the message has no such field. */
  number(field: number): number | undefined {
    return (this.seen & (1 << field)) === 0 ? undefined : this.numbers[field];
  }

  /** The type of a message that begins with it; null: it does not. */
  begin(frame: Uint8Array): string | null {
    this.frame = frame;
    this.at = 1;
    this.seen = 0;
    this.text = undefined;
    let end = frame.length;
    // W13: MQL5's string copy leaves NULs behind.
    while (end > 0 && frame[end - 1] === 0) end -= 1;
    this.end = end;
    if (!this.string() || !isText('type', frame, this.start, this.at - 1)) return null;
    if (!this.takes(colon) || !this.string()) return null;
    return textOf(frame, this.start, this.at - 1, this.hash);
  }

  /**
   * Reads the fields behind the type.
   * @param textField the number of the one field that is a text; all others are numbers
   * @returns false: the message is not a usual one
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

  /** Of a name that comes twice JSON takes the last: that is unusual. */
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

  /** A text: its hash and its start are kept, and it ends before the byte behind which reading goes on. */
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
   * A number. Both its digits as an integer and the power of ten are exact, so that their quotient is the number nearest to what is
   * written, as `Number` has it.
   * @param field where it goes; negative: nowhere, then it may have any number of digits
   */
  private figure(field: number): boolean {
    const { frame, end } = this;
    const isNegative = this.next() === minus;
    const first = isNegative ? this.at + 1 : this.at;
    let at = first;
    // In two halves of at most nine digits, which integers of 32 bits hold.
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
