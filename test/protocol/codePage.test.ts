import { describe, expect, it } from 'vitest';
import { codePages, encodeText, missingIn } from '../../src/protocol/ea/codePage.ts';
import { encodeSignal } from '../../src/protocol/ea/commandFrame.ts';
import { decodeEaFrame } from '../../src/protocol/ea/eaFrame.ts';
import { readTextFile } from '../../src/protocol/ea/frameText.ts';
import { decodeTerminalText } from '../../src/protocol/ea/terminalText.ts';
import { checkSignal, type Signal } from '../../src/protocol/ea/signal.ts';

const samples = {
  'windows-1250': 'Zamítnuto: málo peněz, łąka',
  'windows-1251': 'Недостаточно денег',
  'windows-1252': 'Société Générale £ € Ü',
  'windows-1253': 'Ανεπαρκή κεφάλαια',
  'windows-1254': 'Yetersiz bakiye ğışİ',
  'windows-1255': 'אין כסף',
  'windows-1256': 'لا يوجد مال',
  'windows-1257': 'Nepietiek naudas šžņ',
  'windows-1258': 'đơn',
  'windows-874': 'เงินไม่พอ',
  shift_jis: '証拠金が不足しています、表ソ能',
  gbk: '资金不足',
  big5: '資金不足功',
  'euc-kr': '증거금 부족',
  'utf-8': '資金 Ж £',
} as const;

describe('a text of a terminal', () => {
  it.each(codePages)('in %s is read as it was written', (codePage) => {
    const text = samples[codePage];
    const bytes = encodeText(text, codePage);
    expect(bytes).not.toBeNull();
    expect(decodeTerminalText(bytes ?? new Uint8Array(), codePage)).toBe(text);
    expect(missingIn(text, codePage)).toEqual([]);
  });

  it('is read in a frame whose second bytes look like quotes, braces and backslashes', () => {
    const frame =
      encodeText('{"type":"error","signal_id":"A","error":"証拠金 表ソ能ー"}', 'shift_jis') ?? new Uint8Array();
    expect(frame).toContain(0x5c);
    expect(decodeEaFrame(frame, 'shift_jis')).toMatchObject({
      ok: true,
      message: { body: { error: '証拠金 表ソ能ー' } },
    });
  });

  it('is UTF-8 first wherever that is valid, and never fails', () => {
    const utf8 = new TextEncoder().encode('資金不足 Ж');
    for (const codePage of codePages) {
      expect(decodeTerminalText(utf8, codePage)).toBe('資金不足 Ж');
      decodeTerminalText(
        Uint8Array.from({ length: 256 }, (_, index) => 255 - index),
        codePage,
      );
    }
  });
});

describe('a symbol for the EA', () => {
  const signal: Signal = { action: 'buy', symbol: 'EURUSD.£', lot: 0.1, tp: 0, sl: 0, signal_id: 'A' };
  const rules = { stopUnit: 'points', lots: { min: 0.01, max: 50, step: 0.01 } } as const;

  it.each([
    ['EURUSD.£', undefined, [0xa3]],
    ['EURUSD.£', 'windows-1252', [0xa3]],
    ['EURUSD.£', 'utf-8', [0xc2, 0xa3]],
    ['GOLD Ж', 'windows-1251', [0xc6]],
    ['日経', 'shift_jis', [0x93, 0xfa, 0x8c, 0x6f]],
    ['恆生', 'big5', [0xab, 0xed, 0xa5, 0xcd]],
  ] as const)('%s goes out in %s', (symbol, codePage, bytes) => {
    const encoded = encodeSignal({ ...signal, symbol }, { ...rules, codePage });
    if (!encoded.ok || encoded.bytes === undefined) throw new Error('It was not encoded.');
    const odd = [...encoded.bytes].slice(encoded.bytes.findIndex((byte) => byte >= 0x80));
    expect(odd.slice(0, bytes.length)).toEqual(bytes);
    expect(decodeTerminalText(encoded.bytes, codePage)).toBe(encoded.text);
    expect(JSON.parse(encoded.text)).toMatchObject({ symbol });
  });

  it.each([
    ['Золото', undefined, 'З о л т'],
    ['EURUSD.£', 'windows-1251', '£'],
    ['日経', 'windows-1252', '日 経'],
    ['😀', 'shift_jis', '😀'],
  ] as const)('%s is refused where %s lacks it', (symbol, codePage, missing) => {
    expect(checkSignal({ ...signal, symbol }, { ...rules, codePage })).toMatchObject({
      code: 'invalid_symbol',
      reason: expect.stringContaining(`has ${missing}, which the code page ${codePage ?? 'windows-1252'}`) as string,
    });
  });
});

describe('a text file', () => {
  it('is read as a spreadsheet wrote it: UTF-16 by its mark, UTF-8, or the code page', () => {
    const text = 'symbol;GOLD Ж';
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
    const files = [utf16, Buffer.from(utf16).swap16(), Buffer.from(`\ufeff${text}`), encodeText(text, 'windows-1251')];
    for (const bytes of files) expect(readTextFile(bytes ?? new Uint8Array(), 'windows-1251')).toBe(text);
  });
});
