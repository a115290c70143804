const utf8 = new TextDecoder('utf-8', { fatal: true });
const windowsCodePage = new TextDecoder('windows-1252');

/**
 * Text of a frame as an MT5 terminal writes it (W13): UTF-8 where it is valid, else the Windows code page
 * 1252, which gives every byte a character. Trailing NULs, which MQL5's string copy leaves behind, are cut off.
 */
export function decodeTerminalText(frame: Uint8Array): string {
  let end = frame.length;
  while (end > 0 && frame[end - 1] === 0) end -= 1;
  const bytes = end === frame.length ? frame : frame.subarray(0, end);
  try {
    return utf8.decode(bytes);
  } catch {
    return windowsCodePage.decode(bytes);
  }
}
