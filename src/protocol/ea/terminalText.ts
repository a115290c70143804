import { defaultCodePage, type CodePage } from './codePage.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });
type Decoder = InstanceType<typeof TextDecoder>;
const decoders = new Map<CodePage, Decoder>();

/**
 * Decodes a frame as an MT5 terminal writes it (W13): UTF-8 where valid, else the code page of its Windows. Every byte
 * becomes some character. Cuts off trailing NULs of MQL5's string copy.
 */
export function decodeTerminalText(frame: Uint8Array, codePage: CodePage = defaultCodePage): string {
  let end = frame.length;
  while (end > 0 && frame[end - 1] === 0) end -= 1;
  const bytes = end === frame.length ? frame : frame.subarray(0, end);
  try {
    return utf8.decode(bytes);
  } catch {
    return decoderOf(codePage).decode(bytes);
  }
}

function decoderOf(codePage: CodePage): Decoder {
  const known = decoders.get(codePage);
  if (known !== undefined) return known;
  const decoder = new TextDecoder(codePage);
  decoders.set(codePage, decoder);
  return decoder;
}
