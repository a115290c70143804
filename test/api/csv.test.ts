import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine } from '../../src/base/csv.ts';

describe('a line of CSV', () => {
  it('quotes as RFC 4180 says, and leaves what is absent empty', () => {
    expect(csvLine(['a', 'b,c', 'd"e', 'f\ng', null, undefined, '', 1.5, -2, true, { a: 1 }])).toBe(
      'a,"b,c","d""e","f\ng",,,,1.5,-2,true,"{""a"":1}"\r\n',
    );
  });

  it.each([
    ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
    ['+cmd', "'+cmd"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['=1', "'=1"],
    ['＝1+1', "'＝1+1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠SUM', "'＠SUM"],
    ['\u00a0=1', "'\u00a0=1"],
    ['\tx', "'\tx"],
    ['\rx', '"\'\rx"'],
    ['x;=1', "x;'=1"],
    ['x; =1;+2;a', "x;' =1;'+2;a"],
    ['x;"=1"', '"x;\'""=1"""'],
    ['x\n=1', '"x\n\'=1"'],
    ['=1;=2', "'=1;'=2"],
    ['x;＝1', "x;'＝1"],
    ['-12,5', '"\'-12,5"'],
    ['a;b', 'a;b'],
    ['\u001b[31m\u202ex\0', '␛[31m\\u202Ex␀'],
    ['-12.5', '-12.5'],
    ['+7', '+7'],
    ['a=b', 'a=b'],
  ])('keeps a spreadsheet from running %j', (text, cell) => {
    expect(csvLine([text])).toBe(`${cell}\r\n`);
  });

  it('reads back as it was written', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (texts) => {
        // With a comma before the first cell too, each cell is one match.
        const read = [...`,${csvLine(texts).slice(0, -2)}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/gy)];
        const cells = read.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
        const bare = (text: string): string => text.replace(/^'|;'/g, (guard) => guard.slice(0, -1));
        expect(cells.map(bare)).toEqual(texts.map(bare));
      }),
    );
  });
});
