import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { solidTokens, tokensOf, type Token } from './tokens.ts';

// MQL5 source to C++ source, by five rewrites. Lines keep their numbers; nothing but these five is changed:
// 1. `#property` is dropped. 2. `input`, `sinput` and `input group` become a macro. 3. String literals become string objects.
// 4. `T &x[]` becomes an array parameter. 5. `T x[]`, `T x[N]` become array variables.

export function toCpp(source: string): string {
  const tokens = tokensOf(source);
  const solid = solidTokens(tokens);
  for (let at = 0; at < solid.length; at++) {
    const token = solid[at];
    if (token === undefined) continue;
    if (token.kind === 'directive') token.text = directive(token.text);
    else if (token.kind === 'string') token.text = `_S(${token.text})`;
    else if (token.text === 'input' || token.text === 'sinput') at = input(solid, at);
    else if (token.text === '[') array(tokens, solid, at);
  }
  return tokens.map(({ text }) => text).join('');
}

/** A comment behind a directive is a token of its own. */
function directive(text: string): string {
  if (/^\s*#\s*property\b/.test(text)) return '';
  if (/^\s*#\s*include\b/.test(text)) return text.replaceAll('\\', '/');
  return text.replaceAll(/"(?:\\.|[^"\\])*"/g, '_S($&)');
}

/** `input T name = value;` to `INPUT(T, name, value);`, `input group "…";` to nothing. Gives the index of its last token. */
function input(solid: Token[], at: number): number {
  if (solid[at + 1]?.text === 'group') {
    const last = solid[at + 3]?.text === ';' ? at + 3 : at + 2;
    for (const each of solid.slice(at, last + 1)) each.text = '';
    return last;
  }
  const end = solid.findIndex((each, index) => index > at && each.text === ';');
  const equals = solid.findIndex((each, index) => index > at && each.text === '=');
  const first = solid[at];
  const name = solid[equals - 1];
  const value = solid[equals + 1];
  const semicolon = solid[end];
  if (first === undefined || name === undefined || value === undefined || semicolon === undefined || equals > end) {
    throw new Error('An input needs a type, a name and a value.');
  }
  const type = solid
    .slice(at + 1, equals - 1)
    .map(({ text }) => text)
    .join(' ');
  first.text = `INPUT(${type}, ${name.text},`;
  for (const each of solid.slice(at + 1, equals + 1)) each.text = '';
  for (const each of solid.slice(equals + 1, end)) if (each.kind === 'string') each.text = `_S(${each.text})`;
  semicolon.text = ');';
  return end;
}

const notTypes = new Set(['return', 'else', 'case', 'new', 'delete', 'const', 'static', 'do', 'sizeof', 'typename']);

function array(tokens: Token[], solid: Token[], open: number): void {
  const name = solid[open - 1];
  if (name?.kind !== 'word' || name.text === 'operator') return;
  const type = solid[solid[open - 2]?.text === '&' ? open - 3 : open - 2];
  if (type?.kind !== 'word' || notTypes.has(type.text)) return;
  const isReference = solid[open - 2]?.text === '&';
  const close = solid.findIndex((each, index) => index > open && each.text === ']');
  if (solid[close + 1]?.text === '[') {
    throw new Error(
      `Line ${String(lineOf(tokens, name))}: an array of several dimensions is not in the part of MQL5 that C++ takes too.`,
    );
  }
  const size = solid
    .slice(open + 1, close)
    .map(({ text }) => text)
    .join(' ');
  type.text = size === '' || isReference ? `shim::Array<${type.text}>` : `shim::FixedArray<${type.text}, (${size})>`;
  for (const each of solid.slice(open, close + 1)) each.text = '';
}

function lineOf(tokens: Token[], token: Token): number {
  const before = tokens.slice(0, tokens.indexOf(token)).map(({ text }) => text);
  return before.join('').split('\n').length;
}

/** A file as C++. g++ names the original file and line in what it says. */
export function transformFile(from: string, to: string): void {
  const path = relative(process.cwd(), resolve(from));
  const text = `#line 1 ${JSON.stringify(path)}\n${toCpp(readFileSync(from, 'utf8'))}`;
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, text);
}
