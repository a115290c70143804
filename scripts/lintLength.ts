import { globSync, readFileSync } from 'node:fs';
import { posix, sep } from 'node:path';

// max-lines: a file of the product has at most 250 lines; a longer one has more than one job. Told in the words that oxlint
// uses. Its own rule of this name leaves style sheets out.

const mostLines = 250;

for (const path of globSync('{electron,renderer,src}/**/*.{ts,tsx,css,html}').toSorted()) {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n').length;
  if (lines <= mostLines) continue;
  const place = `${path.replaceAll(sep, posix.sep)}:${String(mostLines + 1)}:1`;
  const sentence = `The file has ${String(lines)} lines, and at most ${String(mostLines)} are allowed: split it where it has another job.`;
  process.stdout.write(`${place}: ${sentence} [Error/desk(max-lines)]\n`);
  process.exitCode = 1;
}
