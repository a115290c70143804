/** A file's text, or why it has none, as the end of a sentence. */
export type DecodedText = { ok: true; text: string } | { ok: false; why: string };

/** UTF-8 or UTF-16, with or without a byte-order mark, as editors on Windows save it. */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes.length === 0) return { ok: false, why: 'it is empty' };
  if (bytes.every((byte) => byte === 0)) return { ok: false, why: 'it holds nothing but NULs' };
  const encoding = encodingOf(bytes);
  try {
    // A byte-order mark is no part of the text.
    return { ok: true, text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    return { ok: false, why: `it is no ${encoding.toUpperCase()} text` };
  }
}

/** JSON begins with a character below 128: one NUL beside it is UTF-16. */
function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return 'utf-8';
}
