import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visible, visibleLines } from '../../src/base/visibleText.ts';

describe('a text from outside', () => {
  it.each([
    ['Requote', 'Requote'],
    ['Рыночная цена · 価格 · سعر 👍🏽 👩‍👧', 'Рыночная цена · 価格 · سعر 👍🏽 👩‍👧'],
    ['\u001b[2J\u001b]0;x\u0007', '␛[2J␛]0;x␇'],
    ['filled\r\nrejected\t\0', 'filled␍␊rejected␉␀'],
    ['\u009b31m\u007f', '\\u009B31m\\u007F'],
    ['\u202eLLES\u202c \u2066x\u2069', '\\u202ELLES\\u202C \\u2066x\\u2069'],
    ['\u200fa\u200bb\ufeffc\u00add', '\\u200Fa\\u200Bb\\uFEFFc\\u00ADd'],
    ['a\u2028b\u2029c', 'a\\u2028b\\u2029c'],
    ['\ud800x\u{e0041}', '\\uD800x\\uDB40\\uDC41'],
  ])('%j is shown as %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('is shown once and for all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = visible(text);
        expect(visible(shown)).toBe(shown);
        expect(shown).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      }),
    );
  });

  it('stays the same JSON in lines', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (texts) => {
        const lines = visibleLines(`${texts.map((text) => JSON.stringify(text)).join('\n')}\n`);
        expect(lines).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
        expect(
          lines
            .split('\n')
            .slice(0, -1)
            .map((line) => JSON.parse(line) as unknown),
        ).toEqual(texts);
      }),
    );
  });
});
