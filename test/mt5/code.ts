import { solidTokens, tokensOf, type Token } from './tokens.ts';

// A source of MQL5 as far as the lint has to understand it: where a token stands, and what is declared.

/** What a token stands in: the file, a class or struct, an enumeration, a function's body, or a list of values. */
type Scope = 'file' | 'type' | 'enum' | 'body' | 'values';

export interface Place extends Token {
  scope: Scope;
  /** Number of open braces around it. */
  depth: number;
  /** Inside of parentheses or brackets of its scope. */
  inParentheses: boolean;
}

export interface Parameter {
  /** All of it, a space between the tokens. */
  text: string;
  isReference: boolean;
  isOptional: boolean;
}

export interface DeclaredFunction {
  name: string;
  parameters: Parameter[];
  isMethod: boolean;
  hasBody: boolean;
  line: number;
  /** Its name's place among the solid tokens. */
  at: number;
}

export interface Code {
  solid: Place[];
  functions: DeclaredFunction[];
  /** Classes, structs and enumerations. */
  types: Set<string>;
  classes: Set<string>;
  /** Macros, members of enumerations, variables and fields. */
  names: Set<string>;
}

export const basicTypes = new Set(
  'bool char uchar short ushort int uint long ulong float double string datetime color void'.split(' '),
);
const notNames = new Set('if for while switch return sizeof else do case operator'.split(' '));

export function readCode(source: string): Code {
  const solid = placed(solidTokens(tokensOf(source)));
  const code: Code = { solid, functions: [], types: new Set(), classes: new Set(), names: new Set() };
  solid.forEach((token, at) => {
    readTypes(code, token, at);
    readNames(code, token, at);
    const found = declaredAt(solid, at);
    if (found !== null) code.functions.push(found);
  });
  return code;
}

function placed(tokens: Token[]): Place[] {
  const stack: Scope[] = [];
  const parentheses: number[] = [0];
  return tokens.map((token, at) => {
    if (token.text === '}') {
      stack.pop();
      parentheses.pop();
    }
    if (token.text === ')' || token.text === ']') parentheses.push((parentheses.pop() ?? 0) - 1);
    const scope = stack.at(-1) ?? 'file';
    const place = { ...token, scope, depth: stack.length, inParentheses: (parentheses.at(-1) ?? 0) > 0 };
    if (token.text === '(' || token.text === '[') parentheses.push((parentheses.pop() ?? 0) + 1);
    if (token.text === '{') {
      stack.push(scopeOpened(tokens, at, scope));
      parentheses.push(0);
    }
    return place;
  });
}

function scopeOpened(tokens: Token[], at: number, scope: Scope): Scope {
  if (scope === 'values') return 'values';
  let begin = at;
  while (begin > 0 && !/^[;{}]$/.test(tokens[begin - 1]?.text ?? '') && tokens[begin - 1]?.kind !== 'directive')
    begin--;
  const head = tokens.slice(begin, at).map(({ text }) => text);
  const before = head.at(-1) ?? '';
  if (/^[=,(]$/.test(before) || before === 'return') return 'values';
  if (head.includes('enum')) return 'enum';
  if (!head.includes('(') && head.some((text) => /^(class|struct|union|interface|namespace)$/.test(text)))
    return 'type';
  return 'body';
}

function readTypes(code: Code, token: Place, at: number): void {
  if (!/^(class|struct|enum|interface|union)$/.test(token.text)) return;
  const name = code.solid[at + 1];
  if (name?.kind !== 'word') return;
  code.types.add(name.text);
  if (token.text !== 'enum') code.classes.add(name.text);
}

function readNames(code: Code, token: Place, at: number): void {
  if (token.kind === 'directive') {
    const name = /^\s*#\s*define\s+(\w+)/.exec(token.text)?.[1];
    if (name !== undefined) code.names.add(name);
    return;
  }
  if (token.kind !== 'word') return;
  const next = code.solid[at + 1]?.text ?? '';
  if (token.scope === 'enum' && /^[,=}]$/.test(next)) code.names.add(token.text);
  const before = code.solid[at - 1];
  const isTyped = before?.kind === 'word' && !notNames.has(before.text);
  if ((isTyped || before?.text === '&' || before?.text === ',') && /^[;=,[)]$/.test(next)) code.names.add(token.text);
}

/** The function whose name this is, where it is declared here. */
function declaredAt(solid: Place[], at: number): DeclaredFunction | null {
  const name = solid[at];
  if (name?.kind !== 'word' || solid[at + 1]?.text !== '(' || notNames.has(name.text)) return null;
  if ((name.scope !== 'file' && name.scope !== 'type') || name.inParentheses) return null;
  const before = solid[at - 1];
  const isTyped = before?.kind === 'word' || /^[&*~>]$/.test(before?.text ?? '') || before?.text === ':';
  if (!isTyped && !(name.scope === 'type' && /^[;{}]$/.test(before?.text ?? ''))) return null;
  const close = closingOf(solid, at + 1);
  let after = close + 1;
  while (/^(const|override|final)$/.test(solid[after]?.text ?? '')) after++;
  const end = solid[after]?.text ?? '';
  if (!/^[{;:=]$/.test(end)) return null;
  return {
    name: name.text,
    parameters: parametersIn(solid.slice(at + 2, close)),
    isMethod: name.scope === 'type' || before?.text === ':',
    hasBody: end === '{' || end === ':',
    line: name.line,
    at,
  };
}

function parametersIn(tokens: Token[]): Parameter[] {
  return splitAtCommas(tokens)
    .map((part) => part.map(({ text }) => text))
    .filter((texts) => texts.length > 0 && texts.join() !== 'void')
    .map((texts) => ({
      text: texts.join(' '),
      isReference: texts.includes('&'),
      isOptional: texts.includes('='),
    }));
}

export function splitAtCommas<T extends Token>(tokens: T[]): T[][] {
  const parts: T[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (/^[([{]$/.test(token.text)) depth += 1;
    if (/^[)\]}]$/.test(token.text)) depth -= 1;
    if (token.text === ',' && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.length === 1 && parts[0]?.length === 0 ? [] : parts;
}

/** The index of the bracket that closes the one at an index. */
export function closingOf(solid: Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < solid.length; at++) {
    const text = solid[at]?.text ?? '';
    if (/^[([{]$/.test(text)) depth += 1;
    if (/^[)\]}]$/.test(text)) depth -= 1;
    if (depth === 0) return at;
  }
  return solid.length - 1;
}
