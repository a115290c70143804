import { builtinConstants, builtinStructures } from './builtinConstants.ts';
import { builtinFunctions, handlers } from './builtinFunctions.ts';
import {
  basicTypes,
  closingOf,
  splitAtCommas,
  type Code,
  type DeclaredFunction,
  type Parameter,
  type Place,
} from './code.ts';

// Calls and constants are checked against the reference's signatures, and calls of the EA's own functions against their declarations.

interface Signature {
  parameters: Parameter[];
  isVariadic: boolean;
}

export const signatures = readSignatures();
/** Names with their values, where the reference gives one. */
export const constants = new Map(
  builtinConstants
    .trim()
    .split(/\s+/)
    .map((entry) => {
      const [name = '', value] = entry.split('=');
      return [name, value === undefined ? null : Number(value)] as const;
    }),
);

function readSignatures(): Map<string, Signature[]> {
  const all = new Map<string, Signature[]>();
  for (const line of builtinFunctions.trim().split(/\n+/)) {
    const [, name = '', inside = ''] = /^\w+ (\w+)\((.*)\)$/.exec(line) ?? [];
    const parts = inside.split(', ').filter((part) => part !== '' && part !== '...');
    const parameters = parts.map((text) => ({
      text,
      // A built-in takes a literal for a const string, whatever its form.
      isReference: text.includes('&') && !text.startsWith('const string'),
      isOptional: text.includes('='),
    }));
    all.set(name, [...(all.get(name) ?? []), { parameters, isVariadic: inside.includes('...') }]);
  }
  return all;
}

/** What the EA itself declares, in all of its files. */
export interface Declared {
  functions: Map<string, DeclaredFunction[]>;
  types: Set<string>;
  names: Set<string>;
}

const statements = new Set('if for while switch return sizeof case else do operator'.split(' '));
const structureFields = new Set(Object.values(builtinStructures).join(' ').split(' '));

export function builtinFaults({ solid, functions }: Code, at: number, declared: Declared): string[] {
  const token = solid[at];
  if (token?.kind !== 'word') return [];
  const before = solid[at - 1]?.text ?? '';
  const declaration = functions.find((each) => each.at === at);
  if (declaration !== undefined) return declarationFaults(solid, declaration);
  if (solid[at + 1]?.text === '(') return callFaults(solid, at, before === '.', declared);
  if (before === '.') return isField(token.text, declared) ? [] : [`no structure or class has ${token.text}`];
  const isConstant = /^__\w+$|^_?[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(token.text) || token.text.startsWith('ENUM_');
  const isKnown = declared.names.has(token.text) || declared.types.has(token.text) || constants.has(token.text);
  if (isConstant && !isKnown) return [`${token.text} is not in the table of constants from the reference`];
  if (/^Mql[A-Z]/.test(token.text) && builtinStructures[token.text] === undefined)
    return [`${token.text} is not in the table of structures`];
  return [];
}

function isField(name: string, { names, functions }: Declared): boolean {
  return names.has(name) || functions.has(name) || structureFields.has(name);
}

function declarationFaults(solid: Place[], { name, isMethod, at, parameters }: DeclaredFunction): string[] {
  if (isMethod) return [];
  if (signatures.has(name)) return [`${name} is a built-in function`];
  const expected = handlers[name];
  if (expected === undefined)
    return /^On[A-Z]/.test(name) &&
      parameters.length === 0 &&
      /^On(Trade|BookEvent|Tester|Calculate|ChartEvent)$/.test(name)
      ? [`${name} is no handler of this EA`]
      : [];
  const close = closingOf(solid, at + 1);
  const inside = splitAtCommas(solid.slice(at + 2, close)).map((part) => part.map((each) => each.text));
  const types = inside.filter((part) => part.join() !== 'void').map((part) => part.slice(0, -1).join(' '));
  const said = `${solid[at - 1]?.text ?? ''} ${name} (${types.length === 0 ? '' : ` ${types.join(' , ')}`} )`;
  return said === expected ? [] : [`${name} is declared as "${said}", MetaTrader calls "${expected}"`];
}

function callFaults(solid: Place[], at: number, isMember: boolean, declared: Declared): string[] {
  const name = solid[at]?.text ?? '';
  if (statements.has(name) || basicTypes.has(name) || declared.types.has(name)) return [];
  const before = solid[at - 1];
  // A declaration of a variable by parentheses is another rule's.
  if (before?.kind === 'word' && !statements.has(before.text) && before.text !== 'const') return [];
  const args = splitAtCommas(solid.slice(at + 2, closingOf(solid, at + 1)));
  const own = declared.functions.get(name)?.map((each) => ({ parameters: each.parameters, isVariadic: false }));
  const isOwn =
    own !== undefined &&
    (isMember || declared.functions.get(name)?.some(({ isMethod }) => !isMethod || !signatures.has(name)));
  if (isMember && own === undefined) return [`no class has a method ${name}`];
  const known = isOwn ? own : signatures.get(name);
  if (known === undefined)
    return declared.names.has(name) ? [] : [`${name} is neither declared here nor in the table of built-in functions`];
  return argumentFaults(name, args, known);
}

function argumentFaults(name: string, args: Place[][], known: Signature[]): string[] {
  const fits = known.filter(({ parameters, isVariadic }) => {
    const least = parameters.filter(({ isOptional }) => !isOptional).length;
    return args.length >= least && (isVariadic || args.length <= parameters.length);
  });
  if (fits.length === 0)
    return [
      `${name} takes ${known.map(({ parameters }) => String(parameters.length)).join(' or ')} arguments, not ${String(args.length)}`,
    ];
  const wants = fits.map(({ parameters }) =>
    args.findIndex((arg, index) => (parameters[index]?.isReference ?? false) && !isVariable(arg)),
  );
  if (wants.every((index) => index >= 0))
    return [
      `${name}: argument ${String((wants[0] ?? 0) + 1)} is passed by reference, so a variable is needed (error 200)`,
    ];
  return [];
}

/** A name, with fields and elements: what can be passed by reference. */
function isVariable(tokens: Place[]): boolean {
  let depth = 0;
  return tokens.every((token, at) => {
    if (token.text === ']') depth -= 1;
    const isInside = depth > 0;
    if (token.text === '[') depth += 1;
    if (isInside || token.text === '[' || token.text === ']') return true;
    return at % 2 === 0 || depth > 0
      ? token.kind === 'word' || token.text === '.'
      : token.text === '.' || token.kind === 'word';
  });
}
