/** Code pages of a terminal's Windows: an EA's texts are in it, and so are the symbols sent to it. */
export const codePages = [
  'windows-1250',
  'windows-1251',
  'windows-1252',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
  'windows-874',
  'shift_jis',
  'gbk',
  'big5',
  'euc-kr',
  'utf-8',
] as const;
export type CodePage = (typeof codePages)[number];

/** Code page of Western Europe and America. */
export const defaultCodePage: CodePage = 'windows-1252';

/** Encodes a text in a code page; null: a character is not in it. */
export function encodeText(text: string, codePage: CodePage = defaultCodePage): Uint8Array | null {
  if (codePage === 'utf-8') return new TextEncoder().encode(text);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const encoded = code < 0x80 ? [code] : bytesOf(codePage).get(character);
    if (encoded === undefined) return null;
    bytes.push(...encoded);
  }
  return Uint8Array.from(bytes);
}

const ascii = /^[\x20-\x7e]*$/;

/** Whether a text has printable ASCII characters alone, which every code page has. */
export function isAscii(text: string): boolean {
  return ascii.test(text);
}

/** Characters of a text that a code page lacks. */
export function missingIn(text: string, codePage: CodePage = defaultCodePage): string[] {
  if (isAscii(text)) return [];
  return [...new Set(text)].filter((character) => encodeText(character, codePage) === null);
}

const tables = new Map<CodePage, Map<string, readonly number[]>>();

/** Inverts the decoder, since there is no encoder of code pages. The first of two encodings of a character counts. */
function bytesOf(codePage: CodePage): Map<string, readonly number[]> {
  const known = tables.get(codePage);
  if (known !== undefined) return known;
  const decoder = new TextDecoder(codePage, { fatal: true });
  const table = new Map<string, readonly number[]>();
  const add = (...bytes: number[]): void => {
    const character = decoded(decoder, bytes);
    if (character !== null && !table.has(character)) table.set(character, bytes);
  };
  for (let byte = 0x80; byte <= 0xff; byte += 1) add(byte);
  if (!codePage.startsWith('windows-')) {
    // Big5's lead bytes below are Hong Kong's, which Windows doesn't know.
    for (let lead = codePage === 'big5' ? 0xa1 : 0x81; lead <= 0xfe; lead += 1)
      for (let trail = 0x40; trail <= 0xfe; trail += 1) add(lead, trail);
  }
  tables.set(codePage, table);
  return table;
}

/** Decodes bytes to their one character; null: none, or several. */
function decoded(decoder: InstanceType<typeof TextDecoder>, bytes: readonly number[]): string | null {
  try {
    const text = decoder.decode(Uint8Array.from(bytes));
    return Array.from(text).length === 1 ? text : null;
  } catch {
    // Invalid bytes.
    return null;
  }
}
