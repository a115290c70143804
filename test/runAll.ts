import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild } from '../scripts/ensureBuild.ts';
import { ensureTools } from './support/ensureTools.ts';

// `npm test`: all checks and all tests, and what they counted in one last line.

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const root = join(import.meta.dirname, '..');
const results = join(root, 'test-results');
const bin = (name: string): string =>
  join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);

function run(title: string, command: string, args: string[]): boolean {
  process.stderr.write(`\n── ${title}\n`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  return status === 0;
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
ensureTools();
await ensureBuild();

const checked = run('static checks', 'npm', ['run', '--silent', 'check']);
const vitestFile = join(results, 'vitest.json');
const unit = run('unit and integration tests', bin('vitest'), [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${vitestFile}`,
]);
const e2e = run('end-to-end tests', bin('playwright'), ['test', '-c', 'test/e2e/playwright.config.ts']);

const counts = add(readVitest(vitestFile), readPlaywright(join(results, 'e2e.json')));
if (!checked) process.stdout.write('The static checks failed.\n');
process.stdout.write(
  `${String(counts.passed)} passed, ${String(counts.failed)} failed, ${String(counts.skipped)} skipped\n`,
);
process.exitCode = checked && unit && e2e ? 0 : 1;

function add(one: Counts, other: Counts): Counts {
  return { passed: one.passed + other.passed, failed: one.failed + other.failed, skipped: one.skipped + other.skipped };
}

/** A runner that left no result has failed as a whole. */
function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function readVitest(path: string): Counts {
  const result = read(path) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
  } | null;
  if (result === null) return { passed: 0, failed: 1, skipped: 0 };
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

function readPlaywright(path: string): Counts {
  const result = read(path) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  } | null;
  if (result === null) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, unexpected, flaky, skipped } = result.stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}
