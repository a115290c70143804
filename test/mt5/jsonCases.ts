import { fixtureFrames } from '../support/mutatedFrames.ts';

// JSON and what is nearly JSON.

const names = (count: number): string =>
  Array.from({ length: count }, (_, i) => `"n${String(i)}":${String(i)}`).join(',');
/** Texts that have no blanks in them. */
const words = (text: string): string[] => text.trim().split(/\s+/);

/** Taken by each strict reader that has the limits of Json.mqh. */
export const validTexts = [
  ...words(String.raw`
    0 -0 1 -1 10 1.5 -0.001 1e3 1E+3 1e-3 0e0 0.0 123456789012345678901 true false null {} [] [[]] [{}] {"a":{}} {"":1} {"":""}
    "" "a" "\"" "\\" "\/" "\b\f\n\r\t" "\u0041" "\u00e9" "\u20AC" "\ud83d\ude00" "é" "€" "😀" "\uFFFF" "\u0001" "{}[],:"
    {"a":1,"b":2} {"a":1,"A":2} [1,2,3] [true,false,null] {"a":[1,{"b":[]}]} {"é":1,"e":2} {"a":{"a":1}} [{"a":1},{"a":1}]
    {"__proto__":1,"constructor":2} {"type":"signal","action":"buy","symbol":"XAUUSD","lot":0.1,"tp":40,"sl":20,"signal_id":"V_1"}
    {"type":"reconcile","since":1754060224000,"signal_ids":["A","B"],"tickets":["9223372036854775807"]}
  `),
  ...['"\u007f"', '"\u2028"', '"\uffff"', '" "', ' 1 ', '\n{\t"a"\r:\n1 }\n', '[1, 2 ,3 ]'],
  '1'.repeat(64),
  `${'['.repeat(16)}${']'.repeat(16)}`,
  `{${names(128)}}`,
  `[${Array(4_095).fill('1').join(',')}]`,
  JSON.stringify('x'.repeat(65_534)),
];

/** Refused. */
export const hostileTexts = [
  ...words(String.raw`
    {}{} []] {}} 1, , : { [ } ] " \ 1x 01 -01 00 - +1 .5 5. 1. 1.e3 1e 1e+ 1e- 1E 0x1 1_0 NaN Infinity -Infinity
    tru True TRUE nul nulll falsee undefined t 'a' \`a\` "a "\ "\x41" "\u" "\u004" "\u00g1" "\U0041" "\ud83d" "\ude00"
    "\ud83d\u0041" "\ud83dx" "\ud83d\ud83d" "\u0000" "a\u0000b" {"a\u0000":1} {"a":1,"a":2} {"a":1,"\u0061":2} {"":1,"":2}
    {"é":1,"\u00e9":2} {a:1} {'a':1} {"a"} {"a":} {"a":1,} {,} {1:2} {"a":1:2} {null:1} {"a":1,,"b":2} [1,] [,1] [1,,2] [1:2]
    [} {] [1} {"a":1] ["a ["a" [1 {"a":1 {"a":[1} 1//x /*x*/1 #
  `),
  ...['', ' ', '\n', '\ufeff1', '\ufeff{}', '1 2', '\0', '{}\0', '"a\n"', '"\t"', '"\u0000"', '"\\u 041"', '{"a" 1}'],
  ...['{"a":1 "b":2}', '[1 2]', '//x\n1', '\u00a01', '1\u00a0', '\v1', '\f1', '1\u2028'],
  '1'.repeat(65),
  `${'['.repeat(17)}${']'.repeat(17)}`,
  '['.repeat(60_000),
  '{"a":'.repeat(10_000),
  `[${Array(4_096).fill('1').join(',')}]`,
  JSON.stringify('x'.repeat(65_535)),
  `{${names(129)}}`,
  `{${names(100)},"n50":1}`,
];

/** Not UTF-8, within a text. */
export const brokenBytes = words(`
  80 bf c0af c1bf c3 c328 e0809f e08080 e228a1 e2 e282 eda080 edbfbf f0808080 f08fbfbf f0288cbc f09f98 f4908080 f5808080 f8888080
  fe ff efbf c3a9c3
`).map((hex) => Buffer.concat([Buffer.from('"a'), Buffer.from(hex, 'hex'), Buffer.from('b"')]));

/** What is changed by chance. */
export const seedTexts = [
  ...validTexts.filter((text) => text.length < 300).map((text) => Buffer.from(text)),
  ...fixtureFrames,
];

const pieces = [
  ...words(String.raw`
    " \ \" \u0041 \ud83d \ude00 , : { } [ ] é 😀 - . 0 00 1e5 9999999999999999 null true nan "a":1, ,"a":1 {"a": [[ ]] e E+ \u /
  `),
  ...[' ', '\t', '\n', '\0', '\x7f', '\ufeff'],
].map((text) => Buffer.from(text));

/** Differs from the bytes in a few places. @param random in [0, 1) */
export function mutatedJson(bytes: Buffer, random: () => number): Buffer {
  const pick = (below: number): number => Math.floor(random() * below);
  let made = Buffer.from(bytes);
  for (let changes = 1 + pick(3); changes > 0; changes -= 1) {
    const at = pick(made.length + 1);
    const middle = [
      pieces[pick(pieces.length)] ?? bytes,
      Buffer.from([pick(256)]),
      made.subarray(at, at + pick(8)),
      Buffer.alloc(0),
    ][pick(4)];
    const removed = pick(2) * (1 + pick(5));
    made = Buffer.concat([made.subarray(0, at), middle ?? bytes, made.subarray(at + removed)]);
  }
  return made;
}
