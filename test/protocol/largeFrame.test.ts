import { describe, expect, it } from 'vitest';
import { maxEaFrameBytes } from '../../src/protocol/ea/eaFrame.ts';
import { clipStrings, lookAtLargeFrame } from '../../src/protocol/ea/largeFrame.ts';

const long = 'x'.repeat(200_000);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const look = (text: string) => lookAtLargeFrame(bytes(text), maxEaFrameBytes);

describe('a text with long strings', () => {
  it.each([
    ['plain ones', { a: long, b: 1, c: [long, 'short'] }],
    ['escapes where it is cut', { a: 'x'.repeat(4_095) + '"'.repeat(9_000), b: 'end' }],
    ['backslashes', { a: '\\'.repeat(9_001), b: '\\"' }],
    ['escaped characters', { a: '\u0001'.repeat(9_000), b: '\u0002' }],
    ['a short string alone', { a: 'x"\\', b: '' }],
  ])('of %s is JSON with the beginning of each', (_, value) => {
    const clipped = JSON.parse(clipStrings(JSON.stringify(value))) as typeof value;
    const expected = JSON.parse(
      JSON.stringify(value, (__, each: unknown) => (typeof each === 'string' ? each.slice(0, 4_096) : each)),
    ) as typeof value;
    expect(Object.keys(clipped)).toEqual(Object.keys(value));
    // An escape that would be cut in two is left out as a whole.
    expect(JSON.stringify(expected).startsWith(JSON.stringify(clipped).slice(0, 500))).toBe(true);
    expect(clipStrings(JSON.stringify(value)).length).toBeLessThan(13_000);
    if ('b' in value) expect(clipped).toMatchObject({ b: value.b });
  });

  it.each(['', '"', '"abc', '"abc\\', `"${long}`, `"${long}\\`, 'no strings'])(
    'that is broken comes to an end: %.8s',
    (text) => {
      expect(clipStrings(text).length).toBeLessThan(5_000);
    },
  );
});

describe('a look at a large frame', () => {
  it.each([
    ['a result', `{"type":"trade_result","signal_id":"A1","message":"${long}"}`, 'result', 'A1'],
    ['one whose message comes first', `{"message":"${long}","type":"Trade_Result","fire_id":"A1"}`, 'result', 'A1'],
    ['one with two long texts', `{"type":"error","x":"${long}","signal_id":"A1","y":"${long}"}`, 'result', 'A1'],
    ['one by the word before it', `confirmation {"message":"${long}"}`, 'result'],
    ['candles', `{"type":"candle_batch","symbol":"X","M1":[${long}]}`, 'candles'],
    ['OHLC', `{"type":"OHLC","bars":[${long}]}`, 'candles'],
    [
      'candles and a result behind them',
      `{"type":"OHLC","b":[${long}]}{"type":"trade_result","signal_id":"A1"}`,
      'result',
      'A1',
    ],
    ['ticks', `{"type":"tick","pad":"${long}"}`, 'other'],
    ['nothing', long, 'other'],
  ])('knows %s', (_, text, kind, ...signalIds) => {
    expect(look(text)).toEqual({ kind, signalIds });
  });

  it('finds the ID at either end of one that is too long to be looked at as a whole', () => {
    const huge = 'x'.repeat(5 * 1024 * 1024);
    for (const text of [
      `{"type":"trade_result","signal_id":"A1","message":"${huge}"}`,
      `{"message":"${huge}","type":"trade_result","signal_id":"A1"}`,
    ]) {
      expect(look(text)).toEqual({ kind: 'result', signalIds: ['A1'] });
    }
  });
});
