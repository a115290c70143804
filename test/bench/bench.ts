import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { groups } from './groups.ts';
import { heading, line, type Row } from './rows.ts';

// `npm run bench`: speed as ratios to bare baselines of the same run, because machines differ and are noisy.
// `npm run bench -- fire heap` measures some groups. Each row is printed and kept as soon as it is there.

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !groups.some((group) => group.name === name));
if (unknown.length > 0) {
  process.stderr.write(`There is no ${unknown.join(', ')}. There are: ${groups.map(({ name }) => name).join(', ')}.\n`);
  process.exit(2);
}
const chosen = wanted.length === 0 ? groups : groups.filter(({ name }) => wanted.includes(name));

const folder = join(import.meta.dirname, '..', '..', 'test-results');
const file = join(folder, 'bench.json');
mkdirSync(folder, { recursive: true });
const rows: Row[] = [];
const failures: string[] = [];

function keep(): void {
  writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), node: process.version, rows }, null, 2)}\n`);
}
process.once('SIGINT', () => {
  process.stderr.write(`\nStopped. ${String(rows.length)} rows are in ${file}\n`);
  process.exit(130);
});

process.stdout.write(`${heading}\n`);
for (const [index, { name, measure }] of chosen.entries()) {
  const left = chosen.slice(index).reduce((sum, group) => sum + group.minutes, 0);
  const says = (step: string): void => void process.stderr.write(`… ${name}: ${step}\n`);
  says(`${String(index + 1)} of ${String(chosen.length)}, about ${String(left)} minutes left`);
  try {
    const measured = await measure(says);
    rows.push(...measured);
    process.stdout.write(`${measured.map(line).join('\n')}\n`);
    keep();
  } catch (error) {
    failures.push(name);
    process.stderr.write(`${name} could not be measured: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
const missed = rows.filter(({ met }) => !met).length;
process.stdout.write(`\n${String(rows.length)} rows, ${String(missed)} beyond their mark. Written to ${file}\n`);
process.exit(missed === 0 && failures.length === 0 ? 0 : 1);
