import { describe, expect, it } from 'vitest';
import { toCpp } from './transform.ts';

/** Spaces are of no account. */
const spaced = (text: string): string =>
  text
    .replaceAll(/ +/g, ' ')
    .replaceAll(' ;', ';')
    .replaceAll(/,(?=\S)/g, ', ');

describe('the five rewrites', () => {
  it.each([
    ['1 property', '#property version "1.00"\nint x;', '\nint x;'],
    ['2 input', 'input string Host = "a"; // where', 'INPUT(string, Host, _S("a")); // where'],
    ['2 input of an enumeration', 'sinput ENUM_SIDE Side=SIDE_BUY;', 'INPUT(ENUM_SIDE, Side, SIDE_BUY);'],
    ['2 negative input', 'input int X = -1;', 'INPUT(int, X, -1);'],
    ['2 input group', 'input group "Desk"\ninput int X = 1;', ' \nINPUT(int, X, 1);'],
    ['3 literal', 'Print("a\\"b", "c");', 'Print(_S("a\\"b"), _S("c"));'],
    ['3 literal in a define', '#define NAME "x" // "y"', '#define NAME _S("x") // "y"'],
    [
      '4 parameter',
      'int F(const uchar &bytes[], string &texts[])',
      'int F(const shim::Array<uchar> &bytes, shim::Array<string> &texts)',
    ],
    ['5 dynamic', 'static Item items[];', 'static shim::Array<Item> items;'],
    ['5 of a size', 'uchar key[2 * SIZE];', 'shim::FixedArray<uchar, (2 * SIZE)> key;'],
    ['5 with values', 'const string a[] = {"x"};', 'const shim::Array<string> a = {_S("x")};'],
  ])('%s', (_, source, expected) => {
    expect(spaced(toCpp(source))).toBe(expected);
  });

  it.each([
    'x = a[i] + b[j + 1];',
    'return a[0];',
    'if(x) a[0] = 1; else a[1] = 2;',
    'switch(x) { case A: a[0] = 1; }',
    'char c = \'"\'; // "no literal"',
    '#include <BittenDesk/Zmtp.mqh>',
    'm_items[a[i]].name = b;',
  ])('leaves alone: %s', (source) => {
    expect(toCpp(source)).toBe(source);
  });

  it('keeps the number of every line', () => {
    const source = '#property a\ninput\n  int\n  X =\n 1;\nuchar\n b[\n3\n];\n/* "\n */ string s = "x";\nint last;\n';
    const made = toCpp(source).split('\n');
    expect(made).toHaveLength(source.split('\n').length);
    expect(made.indexOf('int last;')).toBe(source.split('\n').indexOf('int last;'));
  });

  it('refuses an array of two dimensions, by its line', () => {
    expect(() => toCpp('\n\nint a[2][3];')).toThrow('Line 3');
  });
});
