import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

// `npm run torture`: every fault in full, which takes hours. What is counted is printed as soon as it is there, and kept in
// test-results/torture.txt, also when it is stopped. `npm run torture -- appKill model` runs some of the files,
// BITTEN_TORTURE_SHARE=0.1 does a tenth.

const root = join(import.meta.dirname, '..', '..');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const filters = process.argv.slice(2);
/** Files that run side by side. */
const workers = 2;

const patterns = [
  'test/torture/*.test.ts',
  'test/controller/model/model.test.ts',
  'test/controller/lifecycle/lifecycleModel.test.ts',
  'test/journal/tornWal.test.ts',
  'test/mt5/{zmtp*,json,store*,ea*}.test.ts',
];
const all = patterns.flatMap((pattern) => globSync(pattern, { cwd: root }).sort());
const files = filters.length === 0 ? all : all.filter((file) => filters.some((filter) => file.includes(filter)));
if (files.length === 0) {
  process.stderr.write(`No file is named like ${filters.join(', ')}. There are:\n${all.join('\n')}\n`);
  process.exit(2);
}

const folder = join(root, 'test-results');
const kept = join(folder, 'torture.txt');
mkdirSync(folder, { recursive: true });
writeFileSync(kept, '');

const running = new Set<ChildProcess>();
const counted: string[] = [];
const failed: string[] = [];
let next = 0;
let done = 0;

const says = (text: string): void => void process.stdout.write(`${text}\n`);
const minutes = (from: number): string => ((performance.now() - from) / 60_000).toFixed(1);

function keep(row: string): void {
  counted.push(row);
  appendFileSync(kept, `${row}\n`);
}

async function runFile(file: string): Promise<void> {
  const name = basename(file, '.test.ts');
  const from = performance.now();
  says(`… ${name} begins: ${String(done)} of ${String(files.length)} files are done`);
  const child = spawn(process.execPath, [vitest, 'run', '--testTimeout=0', file], {
    cwd: root,
    env: { ...process.env, BITTEN_TORTURE: 'full' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  let unfinished = '';
  const take = (text: string): void => {
    output += text;
    const lines = (unfinished + text).split('\n');
    unfinished = lines.pop() ?? '';
    for (const row of lines.filter((each) => each.startsWith('torture | '))) {
      says(row);
      keep(row);
    }
  };
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', take);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  running.delete(child);
  done += 1;
  const held = code === 0;
  if (!held) {
    failed.push(name);
    says(output);
  }
  keep(`${name} ${held ? 'holds' : 'does not hold'} after ${minutes(from)} minutes`);
  says(`… ${name} ${held ? 'holds' : 'does NOT hold'} after ${minutes(from)} minutes`);
}

async function work(): Promise<void> {
  for (let file = files[next]; file !== undefined; file = files[next]) {
    next += 1;
    await runFile(file);
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const child of running) child.kill();
    says(`\nStopped after ${String(done)} of ${String(files.length)} files; what they counted is in ${kept}`);
    process.exit(130);
  });
}

await Promise.all(Array.from({ length: workers }, work));
says(`\n${counted.join('\n')}`);
says(failed.length === 0 ? 'Every row holds.' : `Not every row holds: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
