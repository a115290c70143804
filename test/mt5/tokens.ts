type TokenKind = 'comment' | 'string' | 'char' | 'directive' | 'word' | 'number' | 'space' | 'sign';

export interface Token {
  kind: TokenKind;
  text: string;
  /** The line in the source, from 1. */
  line: number;
}

const kinds: TokenKind[] = ['comment', 'string', 'char', 'directive', 'word', 'number', 'space', 'sign'];
const pattern = new RegExp(
  [
    /(\/\/[^\n]*|\/\*[\s\S]*?\*\/)/,
    /("(?:\\.|[^"\\\n])*")/,
    /('(?:\\.|[^'\\\n])*')/,
    // A directive ends before a comment behind it.
    /(^[ \t]*#(?:"(?:\\.|[^"\\\n])*"|\\\r?\n|(?!\/[/*])[^\n])*)/,
    /([A-Za-z_]\w*)/,
    /(0[xX][0-9a-fA-F]+\w*|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\w*)/,
    /(\s+)/,
    /([\s\S])/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gm',
);

/** All of a source: the texts put together are the source again. */
export function tokensOf(source: string): Token[] {
  let line = 1;
  return [...source.matchAll(pattern)].map((match) => {
    const [text, ...groups] = match;
    const kind = kinds[groups.findIndex((group: string | undefined) => group !== undefined)] ?? 'sign';
    const token = { kind, text, line };
    line += text.split('\n').length - 1;
    return token;
  });
}

/** Without spaces and comments. */
export function solidTokens(tokens: Token[]): Token[] {
  return tokens.filter(({ kind }) => kind !== 'space' && kind !== 'comment');
}
