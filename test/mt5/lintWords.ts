import type { Place } from './code.ts';

// Words, directives and literals that g++ takes and MetaEditor refuses. The numbers are those of MetaQuotes' table of compilation errors.

const notMql5 =
  'auto nullptr constexpr consteval constinit std shim size_t ssize_t ptrdiff_t unsigned signed goto try catch throw noexcept decltype mutable ' +
  'friend explicit volatile register asm union wchar_t char8_t char16_t char32_t using inline static_assert thread_local alignas alignof typeid ' +
  'namespace concept requires co_await co_return co_yield export typedef extern static_cast const_cast reinterpret_cast dynamic_cast and or not ' +
  'xor bitand bitor compl and_eq or_eq xor_eq not_eq int8_t uint8_t int16_t uint16_t int32_t uint32_t int64_t uint64_t defined va_list ' +
  '__attribute__ __typeof__ __func__ __PRETTY_FUNCTION__ __builtin_expect errno stdout stderr stdin';
const refused = new Set(notMql5.split(' '));

/** Words of MQL5 that are no names. */
const reserved = new Set('matrix matrixf matrixc vector vectorf vectorc complex pack'.split(' '));
const house: Record<string, string> = {
  this: 'no "this": it is a pointer',
  new: 'no objects on the heap',
  delete: 'no objects on the heap',
  interface: 'C++ has no interfaces',
  GetPointer: 'no pointers',
  CheckPointer: 'no pointers',
};
const typeWords = new Set(
  'bool char uchar short ushort int uint long ulong float double string datetime color'.split(' '),
);
const directives = new Set('include define undef ifdef ifndef else endif property'.split(' '));
const escapes = new Set(['n', 'r', 't', '\\', '"', "'", 'x', 'X']);

export function wordFaults(solid: Place[], at: number): string[] {
  const token = solid[at];
  if (token === undefined) return [];
  switch (token.kind) {
    case 'directive':
      return directiveFaults(token.text);
    case 'word':
      return nameFaults(token.text, solid[at - 1]?.text ?? '', solid[at + 1]);
    case 'number':
      return numberFaults(token.text, solid[at + 1]?.text ?? '');
    case 'string':
    case 'char':
      return literalFaults(token, solid[at - 1], solid[at + 1]);
    default:
      return [];
  }
}

function directiveFaults(text: string): string[] {
  const faults: string[] = [];
  const name = /^\s*#\s*(\w*)/.exec(text)?.[1] ?? '';
  if (!directives.has(name)) faults.push(`#${name} is no directive of MQL5, or not of this EA (error 109)`);
  if (name === 'include' && text.includes('\\')) faults.push('write the paths of includes with /');
  if (name === 'include' && !/^\s*#\s*include\s+(<[\w./]+\.mqh>|"[\w./]+\.mqh")\s*$/.test(text))
    faults.push('an include names an .mqh file');
  if (name === 'define') {
    const body = text.replace(/^\s*#\s*define\s+\w+/, '').replaceAll(/"(?:\\.|[^"\\])*"/g, '""');
    for (const word of body.match(/\w+/g) ?? []) if (refused.has(word)) faults.push(`${word} is no MQL5`);
    if (body.startsWith('(')) faults.push('house: no macros with arguments');
    if (body.includes('#')) faults.push('no # and ## in macros');
  }
  return faults;
}

function nameFaults(word: string, before: string, next: Place | undefined): string[] {
  const faults: string[] = [];
  if (refused.has(word)) faults.push(`${word} is no MQL5`);
  if (reserved.has(word)) faults.push(`${word} is a reserved word of MQL5`);
  const reason = house[word];
  if (reason !== undefined) faults.push(`house: ${reason}`);
  if (word.length > 63) faults.push('a name has at most 63 characters (error 126)');
  if (/^(D|C|B|L|u|U|u8|R|LR|uR|UR)$/.test(word) && (next?.kind === 'char' || next?.kind === 'string')) {
    faults.push('no literals with a prefix');
  }
  if (typeWords.has(word) && typeWords.has(before))
    faults.push(`"${before} ${word}" is no type of MQL5, and ${word} is no name`);
  if (/^(struct|class|enum)$/.test(word) && before === 'enum') faults.push(`"enum ${word}" is no MQL5`);
  if (word === 'class' && /^[<,]$/.test(before)) faults.push('a template takes typename, not class');
  return faults;
}

function numberFaults(text: string, next: string): string[] {
  const faults: string[] = [];
  const isHex = /^0[xX]/.test(text);
  if (/^0[bB]/.test(text)) faults.push('house: no binary literals');
  else if (/[uUlLzZ]+$/.test(text)) faults.push(`MQL5 has no suffix as in ${text}`);
  else if (isHex && !/^0[xX][0-9a-fA-F]{1,16}$/.test(text)) faults.push(`${text} is no number of MQL5`);
  if (/^0\d+$/.test(text)) faults.push(`${text}: MQL5 has no octal numbers, it reads the decimal one`);
  if (next.startsWith("'")) faults.push("MQL5 has no ' in numbers");
  return faults;
}

function literalFaults(token: Place, before: Place | undefined, next: Place | undefined): string[] {
  const faults: string[] = [];
  if (token.kind === 'string' && next?.kind === 'string')
    faults.push('house: no adjacent literals; put a + between them');
  const body = token.text.slice(1, -1);
  for (const [, escape = ''] of body.matchAll(/\\([\s\S])/g)) {
    if (!escapes.has(escape)) faults.push(`\\${escape} is no escape sequence of MQL5 (warning 25)`);
  }
  if (/\\[xX](?![0-9a-fA-F])/.test(body)) faults.push('\\x needs hexadecimal digits');
  if (token.kind === 'char' && !/^(\\[xX][0-9a-fA-F]{1,4}|\\.|[^\\])$/.test(body))
    faults.push('a character literal has one character');
  if (token.kind === 'char' && before?.kind === 'number') faults.push("MQL5 has no ' in numbers");
  return faults;
}
