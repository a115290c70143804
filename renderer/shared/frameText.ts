import { fromHex } from '../../src/base/hex.ts';
import type { CodePage } from '../../src/protocol/ea/codePage.ts';
import { decodeTerminalText } from '../../src/protocol/ea/terminalText.ts';

/** A piece of a frame: visible text, or the name of an invisible character. */
export interface FramePart {
  text: string;
  control: boolean;
}

const names = [
  'NUL', 'SOH', 'STX', 'ETX', 'EOT', 'ENQ', 'ACK', 'BEL', 'BS', 'TAB', 'LF', 'VT', 'FF', 'CR', 'SO', 'SI',
  'DLE', 'DC1', 'DC2', 'DC3', 'DC4', 'NAK', 'SYN', 'ETB', 'CAN', 'EM', 'SUB', 'ESC', 'FS', 'GS', 'RS', 'US',
]; // prettier-ignore

/** Invisible characters: controls, marks of writing direction, and blanks of no or odd width. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]|(?! )\p{Zs}/u;

/** Decodes a frame's bytes to text. */
export function frameText(hex: string, codePage?: CodePage): string {
  return decodeTerminalText(fromHex(hex), codePage);
}

/** Decodes a frame's bytes to pieces, with every invisible character as its name. */
export function frameParts(hex: string, codePage?: CodePage): FramePart[] {
  const bytes = fromHex(hex);
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  const text = decodeTerminalText(bytes.subarray(0, end), codePage) + '\0'.repeat(bytes.length - end);
  const parts: FramePart[] = [];
  for (const character of text) {
    const control = invisible.test(character);
    const last = parts.at(-1);
    if (!control && last?.control === false) last.text += character;
    else parts.push({ text: control ? nameOf(character) : character, control });
  }
  return parts;
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return names[code] ?? (code === 127 ? 'DEL' : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`);
}

/** Sixteen bytes a line, in pairs of digits. */
export function hexLines(hex: string): string {
  const bytes = hex.match(/../g) ?? [];
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) lines.push(bytes.slice(at, at + 16).join(' '));
  return lines.join('\n');
}
