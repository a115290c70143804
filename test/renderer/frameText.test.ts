import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../src/base/hex.ts';
import { frameParts, hexLines } from '../../renderer/shared/frameText.ts';

const hexOf = (text: string): string => toHex(new TextEncoder().encode(text));
const shown = (hex: string): string =>
  frameParts(hex)
    .map(({ text, control }) => (control ? `<${text}>` : text))
    .join('');

describe('the bytes of a frame as text', () => {
  it('are the text where everything can be seen', () => {
    expect(frameParts(hexOf('{"type":"pong"}'))).toEqual([{ text: '{"type":"pong"}', control: false }]);
    expect(frameParts('')).toEqual([]);
  });

  it('name what can not be seen, trailing NULs too', () => {
    expect(shown(`${hexOf('a\tb\r\n')}0000`)).toBe('a<TAB>b<CR><LF><NUL><NUL>');
    expect(shown('617f')).toBe('a<DEL>');
    expect(shown(hexOf('a\u202eb\u00a0c\u200bd'))).toBe('a<U+202E>b<U+00A0>c<U+200B>d');
  });

  it('take bytes that are no UTF-8 for the Windows code page', () => {
    expect(shown('e4f681')).toBe('äö<U+0081>');
  });

  it('are all there in hexadecimal, sixteen a line', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const lines = hexLines(toHex(bytes));
        expect(lines.replaceAll(/\s/g, '')).toBe(toHex(bytes));
        expect(lines.split('\n').every((line) => line.length <= 47)).toBe(true);
      }),
    );
  });
});
