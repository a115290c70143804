/** What a terminal's Windows may be set to; texts of an EA are in it, and so are the symbols that it is sent. */
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

/** Of Western Europe and America. */
export const defaultCodePage: CodePage = 'windows-1252';

/** The bytes of a text in a code page; null: it has no character for some of it. */
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

/** Whether a text has printable characters of ASCII alone, which every code page has. */
export function isAscii(text: string): boolean {
  return ascii.test(text);
}

/** The characters of a text that a code page doesn't have. */
export function missingIn(text: string, codePage: CodePage = defaultCodePage): string[] {
  if (isAscii(text)) return [];
  return [...new Set(text)].filter((character) => encodeText(character, codePage) === null);
}

const tables = new Map<CodePage, Map<string, readonly number[]>>();

/** The decoder turned round: there is no encoder of code pages. Of two ways to write a character the first is taken. */
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
    // What Big5 has below is Hong Kong's, and Windows doesn't know it.
    for (let lead = codePage === 'big5' ? 0xa1 : 0x81; lead <= 0xfe; lead += 1)
      for (let trail = 0x40; trail <= 0xfe; trail += 1) add(lead, trail);
  }
  tables.set(codePage, table);
  return table;
}

/** The one character of the bytes, or null. */
function decoded(decoder: InstanceType<typeof TextDecoder>, bytes: readonly number[]): string | null {
  try {
    const text = decoder.decode(Uint8Array.from(bytes));
    return Array.from(text).length === 1 ? text : null;
  } catch {
    // No character is written so.
    return null;
  }
}
