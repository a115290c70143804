import { spawn } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';

// no-unsafe-class-instance-assignment: no object literal stands in for an instance of a class. The type-aware part of oxlint has
// the rule, oxlint 1.94 can't name it yet. This asks that part directly, in the words that oxlint uses (docs/adr/034).

const rule = 'no-unsafe-class-instance-assignment';
const root = process.cwd();
const files = globSync(['{src,electron,renderer,scripts,test}/**/*.{ts,tsx}', '*.config.ts'], { cwd: root })
  .filter((path) => !path.endsWith('.d.ts'))
  .map((path) => join(root, path));

interface Diagnostic {
  range: { pos: number };
  message: { description: string };
  file_path: string;
}

const diagnostics = readFrames(await runTsgolint(files));
for (const { file_path, range, message } of diagnostics) {
  const before = readFileSync(file_path).subarray(0, range.pos).toString().split('\n');
  const place = [relative(root, file_path), before.length, (before.at(-1) ?? '').length + 1].join(':');
  process.stdout.write(`${place}: ${message.description} [Error/typescript(${rule})]\n`);
}
if (diagnostics.length > 0) process.exitCode = 1;

/** @throws where it ends with anything but 0 */
async function runTsgolint(paths: string[]): Promise<Buffer> {
  const toItsPackage = createRequire(createRequire(import.meta.url).resolve('oxlint-tsgolint/package.json'));
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = toItsPackage.resolve(`@oxlint-tsgolint/${process.platform}-${process.arch}/tsgolint${suffix}`);
  const child = spawn(program, ['headless'], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  const parts: Buffer[] = [];
  child.stdout.on('data', (data: Buffer) => parts.push(data));
  child.stdin.end(JSON.stringify({ version: 2, configs: [{ file_paths: paths, rules: [{ name: rule }] }] }));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`tsgolint ended with code ${String(code)}.`);
  return Buffer.concat(parts);
}

/** A frame: the body's length as 32 bits little-endian, a byte for the kind (0: the run failed, 1: a diagnostic), and JSON. */
function readFrames(output: Buffer): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (let at = 0; at < output.length;) {
    const end = at + 5 + output.readUInt32LE(at);
    const body = output.toString('utf8', at + 5, end);
    if (output[at + 4] !== 1) throw new Error(`tsgolint: ${body}`);
    found.push(JSON.parse(body) as Diagnostic);
    at = end;
  }
  return found;
}
