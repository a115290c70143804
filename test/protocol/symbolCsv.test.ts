import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSymbols, writeSymbols } from '../../src/domain/market/symbolCsv.ts';
import { unknownSymbol } from '../../src/domain/market/symbolSpec.ts';
import { defaultSymbols } from '../../src/domain/market/symbolDefaults.ts';

const header = 'symbol,alias,point,pip,digits,contract size,lot min,lot max,lot step,quote currency';
const problemsOf = (...lines: string[]): string[] => {
  const read = readSymbols([header, ...lines].join('\n'));
  return read.ok ? [] : read.problems;
};

describe('a symbol table as CSV', () => {
  it('comes back as it was written', () => {
    expect(readSymbols(writeSymbols(defaultSymbols))).toEqual({ ok: true, symbols: defaultSymbols });
    const withLots = [
      {
        ...defaultSymbols[0],
        symbol: 'PEPEUSD',
        point: 1e-8,
        pip: 1e-7,
        digits: 8,
        lots: { min: 0.1, max: 5, step: 0.1 },
      },
    ] as typeof defaultSymbols;
    expect(readSymbols(writeSymbols(withLots))).toEqual({ ok: true, symbols: withLots });
  });

  it('may come from Windows, with a mark at its beginning, blanks and empty lines', () => {
    const text = `\uFEFF${header}\r\n\r\n XAUUSD , XAUUSD.m ,0.01,0.1,2,100,,,,USD\r\n`;
    expect(readSymbols(text)).toMatchObject({ ok: true, symbols: [{ symbol: 'XAUUSD', alias: 'XAUUSD.m', pip: 0.1 }] });
  });

  it.each([
    ['"XAU,USD",,,,,,,,,', 'Line 2, column symbol: "XAU,USD" can\'t be read: write 1 to 31 characters'],
    ['XAUUSD,,"0,01",,,,,,,', 'Line 2, column point: "0,01" can\'t be read: write 1, 0.1'],
    [',,,,,,,,,', 'Line 2, column symbol: a row has no symbol'],
    ['XAUUSD,,abc,,,,,,,', 'Line 2, column point: "abc" can\'t be read: write 1, 0.1, 0.01'],
    ['XAUUSD,,0.05,,,,,,,', 'Line 2, column point: "0.05" can\'t be read'],
    ['XAUUSD,,0.01,0.015,2,,,,,', 'Line 2, column pip: a pip is a whole number of points.'],
    ['XAUUSD,,0.01,-1,2,,,,,', 'Line 2, column pip: "-1" can\'t be read: write a number above 0'],
    ['XAUUSD,,0.01,0.1,3,,,,,', 'Line 2, column digits: point and digits don’t fit'],
    ['XAUUSD,,,,2.5,,,,,', 'Line 2, column digits: "2.5" can\'t be read: write a whole number'],
    ['XAUUSD,,,,,1e5,,,,', 'Line 2, column contract size: "1e5" can\'t be read'],
    ['XAUUSD,,,,,,0.1,,,', 'Line 2, column lot max: lots are smallest, largest and step: write all three'],
    ['XAUUSD,,,,,,2,1,0.1,', 'Line 2, column lot min: the smallest lot is above the largest.'],
    ['XAUUSD,,,,,,0.1,1,0.015,', 'Line 2, column lot step: the lot step must be a multiple of 0.01.'],
    ['XAUUSD,,,,,,,,,usd', 'Line 2, column quote currency: "usd" can\'t be read: write three capital letters'],
    ['XAUUSD,,0,01,0,1,2,100,,,,USD', 'Line 2 has 12 cells and needs 10. Separate cells with commas'],
    ['XAU"USD,,,,,,,,,', 'Line 2: there is a quotation mark'],
    ['"XAUUSD,,,,,,,,,', 'Line 2: there is a quotation mark'],
  ])('says of %s what is wrong where', (line, words) => {
    expect(problemsOf(line)).toEqual([expect.stringContaining(words) as string]);
  });

  it('names every wrong line, and takes nothing', () => {
    const problems = problemsOf('XAUUSD,,x,,,,,,,', 'EURUSD,,,,,,,,,', 'GBPUSD,,,y,,,,,,');
    expect(problems.map((each) => each.slice(0, 6))).toEqual(['Line 2', 'Line 4']);
    expect(problemsOf('XAUUSD,,,,,,,,,', '', 'XAUUSD,,,,,,,,,')).toEqual([
      'Line 4, column symbol: XAUUSD stands here twice. Give each its own name, or remove one.',
    ]);
    expect(problemsOf('GOLD,XAUUSD,,,,,,,,', 'XAUUSD,,,,,,,,,')[0]).toContain('XAUUSD would be both');
  });

  it('comes back whatever its symbols are called, with nothing in it that a spreadsheet would run', () => {
    const named = ['=X', '+Y', '@ES', '-Z', 'US 500', '[SP500]', 'a;b', 'a;=b', "'x", 'EURUSD.£', '＝X'];
    const table = named.map((symbol) => ({ ...unknownSymbol(symbol), alias: `${symbol}.m` }));
    const text = writeSymbols(table);
    expect(text).not.toMatch(/(^|[,;\n])\s*[=+@＝-]/);
    expect(readSymbols(text)).toEqual({ ok: true, symbols: table });
  });

  it.each([
    ['semicolons', ';'],
    ['tabs', '\t'],
  ])('may come with %s and decimal commas, as spreadsheets of other countries write it', (_, mark) => {
    const lines = [header, 'XAUUSD,XAUUSD.m,0|01,0|1,2,100,0|01,50|0,0|01,USD', 'US 500,,0|001,0.5,3,1,,,,USD'];
    const text = lines.map((line) => line.replaceAll(',', mark).replaceAll('|', ',')).join('\r\n');
    for (const start of ['\uFEFF', '', `sep=${mark}\r\n`]) {
      expect(readSymbols(start + text)).toMatchObject({
        ok: true,
        symbols: [
          { symbol: 'XAUUSD', alias: 'XAUUSD.m', point: 0.01, pip: 0.1, lots: { min: 0.01, max: 50, step: 0.01 } },
          { symbol: 'US 500', point: 0.001, pip: 0.5 },
        ],
      });
    }
  });

  it('does not guess what a mark before three digits parts, and says what stands where', () => {
    const read = (line: string): unknown => readSymbols(`sep=;\n${header.replaceAll(',', ';')}\n${line}`);
    for (const size of ['100.000', '1,000', '1.000.000']) {
      expect(read(`XAUUSD;;;;;${size};;;;USD`)).toEqual({
        ok: false,
        problems: [expect.stringContaining(`Line 3, column contract size: of "${size}"`) as string],
      });
    }
    expect(read('XAUUSD;;0,05;;;;;;;USD')).toMatchObject({
      problems: [expect.stringContaining('Line 3, column point: "0,05" can\'t be read') as string],
    });
    expect(read('XAUUSD;;0,01')).toMatchObject({
      problems: [expect.stringContaining('Line 3 has 3 cells and needs 10. Separate cells with semicolons.') as string],
    });
    expect(readSymbols('symbol;alias;pint\nX;;')).toMatchObject({
      problems: [expect.stringContaining('Line 1, column 3: there is "pint"') as string],
    });
  });

  it.each(['', 'XAUUSD,,0.01', `${header},leverage`])('wants its column names first, and not %j', (first) => {
    expect(readSymbols(`${first}\nXAUUSD,,,,,,,,,`)).toEqual({
      ok: false,
      problems: [expect.stringContaining(`Write exactly: ${header}`) as string],
    });
  });

  it('has at least one symbol', () => {
    expect(problemsOf()).toEqual([expect.stringContaining('there is no symbol') as string]);
  });

  it('never throws, whatever is pasted', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((line) => `${header}\n${line}`),
        ),
        (text) => {
          const read = readSymbols(text);
          if (!read.ok) for (const problem of read.problems) expect(problem).toMatch(/^Line \d+/);
        },
      ),
    );
  });
});
