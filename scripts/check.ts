import { spawn } from 'node:child_process';
import { join } from 'node:path';

// `npm run check`: formatting, lint, types, import arrows, dead code and length of files, two programs at a time. All of
// them run, also when one fails; what a program wrote is shown in one piece once it has ended.

/** The longest first. Several type checkers in one `tsc` do the same work twice: with one each it takes half of the processor's time. */
const checks = [
  'oxlint',
  'node scripts/lintClasses.ts',
  'tsc -p tsconfig.test.json --singleThreaded',
  'depcruise src electron renderer',
  'tsc -p tsconfig.node.json --singleThreaded',
  'knip',
  'tsc -p tsconfig.web.json --singleThreaded',
  'tsc -p tsconfig.pure.json --singleThreaded',
  'tsc -p tsconfig.client.json --noEmit --singleThreaded',
  'oxfmt --check',
  'node scripts/lintLength.ts',
];
const lanes = 2;

const root = join(import.meta.dirname, '..');
const failed: string[] = [];
const left = [...checks];
await Promise.all(Array.from({ length: lanes }, runNext));
if (failed.length > 0) process.stderr.write(`Failed: ${failed.join(', ')}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function runNext(): Promise<void> {
  for (let check = left.shift(); check !== undefined; check = left.shift()) {
    const { code, output } = await run(check);
    process.stderr.write(output);
    if (code !== 0) failed.push(check);
  }
}

/** npm has put the programs of node_modules on the path. */
async function run(command: string): Promise<{ code: number | null; output: Buffer }> {
  const child = spawn(command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: true });
  const parts: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => parts.push(data));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output: Buffer.concat(parts) };
}
