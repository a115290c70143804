import { basicTypes, closingOf, splitAtCommas, type Code, type Place } from './code.ts';

// Forms of C++ that g++ takes and MetaEditor refuses, by the language reference of MQL5.

type Rule = (code: Code, at: number) => string | null;

const text = (code: Code, at: number): string => code.solid[at]?.text ?? '';
const kind = (code: Code, at: number): string => code.solid[at]?.kind ?? '';
const isType = (code: Code, word: string): boolean =>
  basicTypes.has(word) || code.types.has(word) || /^(Mql|ENUM_)\w+$/.test(word);
const isOne = (solid: Place[], at: number, first: string, second: string): boolean =>
  solid[at]?.text === first && solid[at + 1]?.text === second && solid[at].line === solid[at + 1]?.line;

const arrow: Rule = (code, at) => (isOne(code.solid, at, '-', '>') ? '-> is no MQL5' : null);
const ellipsis: Rule = (code, at) => (text(code, at) === '.' && text(code, at + 1) === '.' ? '... is no MQL5' : null);
const attribute: Rule = (code, at) => (isOne(code.solid, at, '[', '[') ? 'attributes are no MQL5' : null);
const memberPointer: Rule = (code, at) => (isOne(code.solid, at, '.', '*') ? 'pointers to members are no MQL5' : null);
const lambda: Rule = (code, at) =>
  text(code, at) === '[' && /^[=(,{;]$|^return$/.test(text(code, at - 1)) ? 'lambdas are no MQL5' : null;

const localReference: Rule = (code, at) => {
  const token = code.solid[at];
  if (token?.text !== '&' || token.inParentheses || kind(code, at + 1) !== 'word' || !isType(code, text(code, at - 1)))
    return null;
  if (text(code, at + 2) === '(') return 'a function returns no reference';
  return token.scope === 'type' ? 'a member is no reference' : 'there are no local references (error 229)';
};
const pointer: Rule = (code, at) => {
  if (text(code, at) !== '*') return null;
  const before = text(code, at - 1);
  if (isType(code, before)) return 'house: no pointers';
  return /^[=(,;{}]$|^return$/.test(before) ? 'house: no pointers, so nothing is dereferenced' : null;
};
const addressOf: Rule = (code, at) => {
  if (text(code, at) !== '&' || kind(code, at + 1) !== 'word') return null;
  if (text(code, at - 1) === '&') return isType(code, text(code, at - 2)) ? '&& makes no parameter of MQL5' : null;
  return /^[=(,]$|^return$/.test(text(code, at - 1)) ? 'house: no pointers, so no address is taken' : null;
};
const braces: Rule = (code, at) => {
  const token = code.solid[at];
  if (token?.text !== '{') return null;
  const before = text(code, at - 1);
  if (/^[(,]$|^return$/.test(before) && token.scope !== 'values' && token.scope !== 'enum')
    return 'a list of values stands only behind a declaration';
  if (before === '=' && token.scope === 'body' && !isDeclaration(code, at - 2))
    return 'a list of values stands only behind a declaration';
  const isName = kind(code, at - 1) === 'word' && !/^(else|do|const|override|final)$/.test(before);
  const opens = kind(code, at - 2) === 'word' && /^(class|struct|enum|interface)$/.test(text(code, at - 2));
  const inherits = /^(public|private|protected)$/.test(text(code, at - 2));
  if (isName && !opens && !inherits) return 'MQL5 has no initialisation by braces alone';
  return before === ']' && kind(code, at - 2) !== 'sign' ? 'MQL5 has no initialisation by braces alone' : null;
};
function isDeclaration(code: Code, at: number): boolean {
  let name = at;
  if (text(code, name) === ']') while (name > 0 && text(code, name) !== '[') name -= 1;
  if (text(code, name) === '[') name -= 1;
  return kind(code, name - 1) === 'word';
}
const designated: Rule = (code, at) =>
  text(code, at) === '.' && /^[{,]$/.test(text(code, at - 1)) && code.solid[at]?.scope === 'values'
    ? 'fields are not named in a list of values'
    : null;

const memberValue: Rule = (code, at) => {
  const token = code.solid[at];
  if (token?.text !== '=' || token.scope !== 'type' || token.inParentheses) return null;
  if (text(code, at - 1) === 'operator' || text(code, at - 2) === 'operator') return null;
  return /^(0|default|delete)$/.test(text(code, at + 1)) && text(code, at - 1) === ')'
    ? 'no "= 0", "= default" and "= delete"'
    : 'members get their values in the constructor';
};
const constBehind: Rule = (code, at) =>
  text(code, at) === 'const' && kind(code, at - 1) === 'word' && isType(code, text(code, at - 1))
    ? 'const stands before the type'
    : null;
const enumBase: Rule = (code, at) =>
  text(code, at) === 'enum' && text(code, at + 2) === ':' ? 'an enumeration has no type of its own' : null;
const bases: Rule = (code, at) => {
  if (!/^(class|struct)$/.test(text(code, at)) || text(code, at + 2) !== ':') return null;
  let end = at;
  while (end < code.solid.length && text(code, end) !== '{') end += 1;
  const head = code.solid.slice(at, end).map((token) => token.text);
  return head.includes(',') || head.includes('virtual') ? 'a class has one base, and none that is virtual' : null;
};
const localType: Rule = (code, at) =>
  /^(class|struct|enum)$/.test(text(code, at)) && code.solid[at]?.scope === 'body'
    ? 'types are declared outside of functions'
    : null;
const nestedFree: Rule = (code, at) => {
  const token = code.solid[at];
  return token?.text === 'operator' && token.scope === 'file' && text(code, at - 1) !== ':'
    ? 'operators are members'
    : null;
};
const staticFree: Rule = (code, at) =>
  text(code, at) === 'static' && code.solid[at]?.scope === 'file'
    ? 'nothing outside of classes and functions is static'
    : null;

const forEach: Rule = (code, at) => {
  if (text(code, at) !== 'for') return null;
  const inside = code.solid.slice(at + 2, closingOf(code.solid, at + 1)).map((token) => token.text);
  const isRange = inside.some((token, i) => token === ':' && inside[i - 1] !== ':' && inside[i + 1] !== ':');
  return isRange && !inside.includes('?') ? 'MQL5 has no "for" over a range' : null;
};
const conditionWithStart: Rule = (code, at) => {
  if (!/^(if|switch|while)$/.test(text(code, at))) return null;
  const inside = code.solid.slice(at + 2, closingOf(code.solid, at + 1));
  if (inside.some((token) => token.text === ';')) return 'a condition has no declaration';
  const [first, second, third] = inside.filter((token) => token.text !== 'const');
  const declares = first !== undefined && second?.kind === 'word' && third?.text === '=' && isType(code, first.text);
  return declares ? 'a condition has no declaration' : null;
};
const caseRange: Rule = (code, at) => {
  if (text(code, at) !== 'case') return null;
  const end = code.solid.findIndex((token, index) => index > at && token.text === ':');
  return code.solid.slice(at, end).some((token) => token.text === '(' || token.text === '.')
    ? 'a case is one constant'
    : null;
};
const elvis: Rule = (code, at) => (text(code, at) === '?' && text(code, at + 1) === ':' ? '?: needs its middle' : null);
const statementExpression: Rule = (code, at) =>
  text(code, at) === '(' && text(code, at + 1) === '{' ? 'a statement is no expression' : null;
const sizeOf: Rule = (code, at) =>
  text(code, at) === 'sizeof' && text(code, at + 1) !== '(' ? 'sizeof needs parentheses' : null;

const twoArrays: Rule = (code, at) => {
  const token = code.solid[at];
  if (token?.text !== ',' || token.inParentheses || token.scope === 'values' || token.scope === 'enum') return null;
  let begin = at;
  while (begin > 0 && !/^[;{}]$/.test(text(code, begin - 1)) && kind(code, begin - 1) !== 'directive') begin -= 1;
  let end = at;
  while (end < code.solid.length && text(code, end) !== ';') end += 1;
  const declares = isType(code, text(code, begin)) || /^(const|static|input)$/.test(text(code, begin));
  const arrays = code.solid
    .slice(begin, end)
    .filter((each, index) => each.text === '[' && !(code.solid[begin + index]?.inParentheses ?? true));
  return declares && arrays.length > 0 ? 'house: an array has a declaration of its own' : null;
};
const arraySize: Rule = (code, at) => {
  const token = code.solid[at];
  if (token?.text !== '[' || kind(code, at - 1) !== 'word' || !isType(code, text(code, at - 2))) return null;
  const size = code.solid.slice(at + 1, closingOf(code.solid, at));
  const variable = size.find(
    (each) =>
      each.kind === 'word' &&
      each.text !== 'sizeof' &&
      !/^[A-Z][A-Z0-9_]*$/.test(each.text) &&
      !isType(code, each.text),
  );
  return variable === undefined ? null : `the size of an array is a number or a macro, not ${variable.text}`;
};
const startValue: Rule = (code, at) => {
  const token = code.solid[at];
  if (
    token?.text !== '=' ||
    token.inParentheses ||
    token.scope === 'values' ||
    token.scope === 'enum' ||
    token.scope === 'type'
  )
    return null;
  let begin = at;
  while (begin > 0 && !/^[;{}]$/.test(text(code, begin - 1)) && kind(code, begin - 1) !== 'directive') begin -= 1;
  const isGlobal = token.scope === 'file';
  if (!isGlobal && text(code, begin) !== 'static') return null;
  let end = at;
  while (end < code.solid.length && text(code, end) !== ';') end += 1;
  const value = code.solid.slice(at + 1, end);
  const calls = value.some(
    (each, index) => each.kind === 'word' && !basicTypes.has(each.text) && value[index + 1]?.text === '(',
  );
  return calls ? 'the first value of a global or static variable is a constant' : null;
};
const directInit: Rule = (code, at) => {
  const token = code.solid[at];
  if (token?.scope !== 'body' || token.inParentheses || !basicTypes.has(token.text)) return null;
  return kind(code, at + 1) === 'word' && text(code, at + 2) === '(' ? 'a variable gets its value with =' : null;
};
const textCast: Rule = (code, at) => {
  if (text(code, at) !== 'string') return null;
  const isCast =
    (text(code, at - 1) === '(' && text(code, at + 1) === ')' && /^[\w"(]/.test(text(code, at + 2))) ||
    text(code, at + 1) === '(';
  return isCast && text(code, at + 2) !== '{'
    ? 'house: no cast to string; say the form by IntegerToString, DoubleToString or StringFormat'
    : null;
};
const unset: Rule = (code, at) => {
  const token = code.solid[at];
  if (token?.scope !== 'body' || token.inParentheses || !/^Mql[A-Z]\w+$/.test(token.text)) return null;
  if (kind(code, at + 1) !== 'word' || text(code, at + 2) !== ';') return null;
  const cleared = text(code, at + 3) === 'ZeroMemory' && text(code, at + 5) === text(code, at + 1);
  return cleared ? null : `${token.text} holds rubbish: write "${token.text} ${text(code, at + 1)} = {};"`;
};
const uncheckedSend: Rule = (code, at) =>
  /^(OrderSend|OrderSendAsync)$/.test(text(code, at)) && /^[;{}]$/.test(text(code, at - 1))
    ? `the result of ${text(code, at)} must be looked at`
    : null;
const scriptSleep: Rule = (code, at) =>
  text(code, at) === 'Sleep' && text(code, at + 1) === '(' && !code.functions.some(({ name }) => name === 'OnStart')
    ? 'house: Sleep stops all of the EA; only scripts use it'
    : null;
const nestedCall: Rule = (code, at) => {
  if (text(code, at) !== ':' || text(code, at + 1) !== ':' || kind(code, at + 2) !== 'word') return null;
  return code.types.has(text(code, at - 1)) || kind(code, at - 1) !== 'word'
    ? null
    : `${text(code, at - 1)}:: is no class of this EA`;
};
const valueParameters: Rule = (code, at) => {
  const declared = code.functions.find((each) => each.at === at);
  if (declared === undefined) return null;
  for (const part of splitAtCommas(code.solid.slice(at + 2, closingOf(code.solid, at + 1)))) {
    const words = part.map((each) => each.text).filter((each) => each !== 'const');
    const [type = '', ...rest] = words;
    const isReference = rest.includes('&');
    if (rest.includes('[') && !isReference) return 'an array is passed by reference';
    if (!isReference && rest.length > 0 && (code.classes.has(type) || /^Mql[A-Z]/.test(type)))
      return 'objects are passed by reference';
    const isBasic = basicTypes.has(type) || type.startsWith('ENUM_');
    if (isReference && part[0]?.text === 'const' && isBasic && !rest.includes('['))
      return `const ${type} & takes no literal (error 200): pass it by value`;
  }
  return null;
};

export const syntaxRules: Rule[] = [
  arrow,
  ellipsis,
  attribute,
  memberPointer,
  lambda,
  localReference,
  pointer,
  addressOf,
  braces,
  designated,
  memberValue,
  constBehind,
  enumBase,
  bases,
  localType,
  nestedFree,
  staticFree,
  forEach,
  conditionWithStart,
  caseRange,
  elvis,
  statementExpression,
  sizeOf,
  twoArrays,
  arraySize,
  startValue,
  directInit,
  textCast,
  unset,
  uncheckedSend,
  scriptSleep,
  nestedCall,
  valueParameters,
];
