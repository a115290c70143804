import { createRequire } from 'node:module';
import { Language, Parser, type Node } from 'web-tree-sitter';
import { solidTokens, tokensOf } from './tokens.ts';
import type { Finding } from './lint.ts';

// A parser of C++ that is not g++'s reads the source itself, not what the rewrites make of it. Only `input`, which C++ has not, is masked.

const require = createRequire(import.meta.url);
let made: Promise<Parser> | null = null;

async function parser(): Promise<Parser> {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(require.resolve('tree-sitter-cpp/tree-sitter-cpp.wasm')));
  return parser;
}

/** Places that are no C++ by the grammar. */
export async function parseErrors(source: string): Promise<Finding[]> {
  made ??= parser();
  const tree = (await made).parse(masked(source));
  if (tree === null) throw new Error('The second parser gave nothing.');
  const found: Finding[] = [];
  const look = (node: Node): void => {
    if (!node.hasError) return;
    if (node.isError || node.isMissing) {
      const what = node.isMissing ? `"${node.type}" is missing` : `"${node.text.slice(0, 40)}" is not understood`;
      found.push({ line: node.startPosition.row + 1, text: `second parser: ${what}` });
      return;
    }
    for (const child of node.children) look(child);
  };
  look(tree.rootNode);
  tree.delete();
  return found;
}

/** `input T name = value;` becomes `const T name = value;`, `input group "…"` nothing. */
function masked(source: string): string {
  const tokens = tokensOf(source);
  const solid = solidTokens(tokens);
  for (const [at, token] of solid.entries()) {
    if (token.text !== 'input' && token.text !== 'sinput') continue;
    const isGroup = solid[at + 1]?.text === 'group';
    for (const each of solid.slice(at, at + (isGroup ? 3 : 1))) each.text = isGroup ? '' : 'const';
  }
  return tokens.map(({ text }) => text).join('');
}
