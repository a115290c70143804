/**
 * JSON over several lines, with every number and string written as it came; null where the text is no JSON object. A word
 * before it (W12) stays in front.
 */
export function jsonLines(text: string): string | null {
  const word = /^\s*[A-Za-z]\w*\s*(?=\{)/.exec(text)?.[0] ?? '';
  const json = text.slice(word.length).replace(/\0+$/, '').trim();
  if (!json.startsWith('{')) return null;
  try {
    JSON.parse(json);
  } catch {
    return null;
  }
  return `${word === '' ? '' : `${word.trim()} `}${indented(json)}`;
}

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

function indented(json: string): string {
  let depth = 0;
  let lines = '';
  let before = '';
  const newLine = (): string => `\n${'  '.repeat(depth)}`;
  for (const [token] of json.matchAll(tokens)) {
    const opens = token === '{' || token === '[';
    const closes = token === '}' || token === ']';
    const empty = closes && (before === '{' || before === '[');
    if (closes) depth -= 1;
    if (closes && !empty) lines += newLine();
    else if (!closes && (before === '{' || before === '[' || before === ',')) lines += newLine();
    lines += token === ':' ? ': ' : token;
    if (opens) depth += 1;
    before = token;
  }
  return lines;
}
