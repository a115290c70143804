import { readCode, type Code, type DeclaredFunction } from './code.ts';
import { builtinFaults, type Declared } from './builtins.ts';
import { syntaxRules } from './lintSyntax.ts';
import { wordFaults } from './lintWords.ts';

// What g++ takes and MetaEditor refuses, or warns of. It can't know all of MetaEditor: what it does not know stands on the list of
// things to try on a real terminal.

export interface Finding {
  line: number;
  text: string;
}

/** Lints files that belong together: a name declared in one is known in all. Findings by file. */
export function lint(sources: ReadonlyMap<string, string>): Map<string, Finding[]> {
  const codes = new Map([...sources].map(([path, source]) => [path, readCode(source)]));
  const declared = declaredIn([...codes.values()]);
  return new Map([...codes].map(([path, code]) => [path, lintOne(sources.get(path) ?? '', code, declared)]));
}

/** Lints a single text. */
export function lintText(source: string): Finding[] {
  return lint(new Map([['text', source]])).get('text') ?? [];
}

function declaredIn(codes: Code[]): Declared {
  const functions = new Map<string, DeclaredFunction[]>();
  for (const each of codes.flatMap((code) => code.functions))
    functions.set(each.name, [...(functions.get(each.name) ?? []), each]);
  const union = (pick: (code: Code) => Set<string>): Set<string> => new Set(codes.flatMap((code) => [...pick(code)]));
  const declared = { functions, types: union(({ types }) => types), names: union(({ names }) => names) };
  const classes = union((code) => code.classes);
  for (const code of codes) {
    for (const name of declared.types) code.types.add(name);
    for (const name of classes) code.classes.add(name);
  }
  return declared;
}

function lintOne(source: string, code: Code, declared: Declared): Finding[] {
  const found: Finding[] = [];
  source.split('\n').forEach((line, index) => {
    if (/[^\t\r\x20-\x7E]/.test(line))
      found.push({ line: index + 1, text: 'not ASCII: MetaEditor reads it in the code page of the machine' });
  });
  code.solid.forEach(({ line }, at) => {
    const rules = syntaxRules.map((rule) => rule(code, at)).filter((text) => text !== null);
    for (const text of [...wordFaults(code.solid, at), ...rules, ...builtinFaults(code, at, declared)])
      found.push({ line, text });
  });
  return found;
}
