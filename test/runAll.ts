import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild } from '../scripts/ensureBuild.ts';
import { ensureTools } from './support/ensureTools.ts';

// `npm test`: all checks and all tests, and what they counted in one last line.
// `npm test -- --quick`: the pure tests but the long ones, about 30 s on two cores.

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const quick = process.argv.includes('--quick');
const root = join(import.meta.dirname, '..');
const results = join(root, 'test-results');
const vitestFile = join(results, 'vitest.json');
const shell = process.platform === 'win32';
const bin = (name: string): string => join(root, 'node_modules', '.bin', shell ? `${name}.cmd` : name);

rmSync(quick ? vitestFile : results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const held = quick ? await runQuick() : await runWhole();
process.exitCode = held ? 0 : 1;

async function runQuick(): Promise<boolean> {
  const passed = await runVitest('pure tests', '--project=quick');
  tell(readVitest(vitestFile));
  return passed;
}

async function runWhole(): Promise<boolean> {
  ensureTools();
  await ensureBuild();
  const checked = await run('static checks', 'npm', ['run', '--silent', 'check']);
  const unit = await runVitest('unit and integration tests');
  const e2e = await run('end-to-end tests', bin('playwright'), ['test', '-c', 'test/e2e/playwright.config.ts']);
  if (!checked) process.stdout.write('The static checks failed.\n');
  tell(add(readVitest(vitestFile), readPlaywright(join(results, 'e2e.json'))));
  return checked && unit && e2e;
}

function tell({ passed, failed, skipped }: Counts): void {
  process.stdout.write(`${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped\n`);
}

function runVitest(title: string, ...flags: string[]): Promise<boolean> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${vitestFile}`];
  return run(title, bin('vitest'), ['run', ...flags, ...reporters]);
}

function run(title: string, command: string, args: string[]): Promise<boolean> {
  process.stderr.write(`\n── ${title}\n`);
  return succeeds(spawn(command, args, { cwd: root, stdio: 'inherit', shell }));
}

async function succeeds(child: ChildProcess): Promise<boolean> {
  return await new Promise((resolve) => {
    child.once('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      resolve(false);
    });
    child.once('close', (code) => {
      resolve(code === 0);
    });
  });
}

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
