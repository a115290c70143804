import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { tempDir } from '../support/tempDir.ts';

// A small project with the linter's own configuration. A comment at the end of a line names the rules that have to find it;
// lines without one have to pass.

const root = join(import.meta.dirname, '..', '..');
const tsconfigs = ['', '.node', '.pure', '.test', '.web'].map((name) => `tsconfig${name}.json`);
const files: Record<string, string> = {
  'src/host/seed.ts': `
declare const work: Promise<number>;
declare const kind: 'a' | 'b';
declare const loose: any; // no-explicit-any
declare const text: string;
declare const maybe: { a: number } | null;
declare const list: string[];
class Point { constructor(public x: number) {} }
export const literal: Point = { x: 1 }; // no-unsafe-class-instance-assignment
export const ü = 'ü', cast = { x: 1 } as Point; // no-unnecessary-type-assertion no-unsafe-class-instance-assignment
export const point = new Point(1);
export function lost(): void { void work; } // no-floating-promises
export function loose1(): void { work.then(String); } // no-floating-promises
export function misused(): void { list.forEach(async () => { await work; }); } // no-misused-promises
export function partly(): number { switch (kind) { case 'a': return 1; } return 2; } // switch-exhaustiveness-check
export function whole(): number { switch (kind) { case 'a': return 1; default: return 2; } }
export async function idle(): Promise<number> { return 1; } // require-await
export async function early(): Promise<number> { try { return work; } catch { return 1; } } // return-await
export async function late(): Promise<void> { await 5; } // await-thenable
export const assigned: string = loose; // no-unsafe-assignment
export const called: unknown = loose(); // no-unsafe-call
export const member: unknown = loose.member; // no-unsafe-member-access
export function returned(): string { return loose; } // no-unsafe-return
export const shown = \`\${list.length}\`; // restrict-template-expressions
export const sum = 1 + text; // restrict-plus-operands
export const never = text === undefined; // no-unnecessary-condition
export const certain = maybe!.a; // no-non-null-assertion
export const chain = maybe && maybe.a; // prefer-optional-chain
export const either = maybe || point; // prefer-nullish-coalescing
export function thrower(): void { throw 'text'; } // only-throw-error
export function unused(_first: string): void {} // no-unused-vars no-empty-function
export function quiet(): void { try { String(1); } catch {} } // no-empty
export const equal = list.length == 1; // eqeqeq
console.log('text'); // no-console
`,
  'test/seed.ts': `
declare const work: Promise<number>;
export function left(): void { void work; }
export function lost(): void { work.then(String); } // no-floating-promises
`,
  'electron/seed.ts': `
import { ipcMain } from 'electron'; // no-restricted-imports
export const used = ipcMain;
`,
  'electron/ipcTransport.ts': `
import { ipcMain } from 'electron';
export const used = ipcMain;
`,
  'renderer/seed.tsx': `
import { useEffect, useRef, useState, type ReactElement } from 'react';
let outside = 0;
declare const work: Promise<number>;
export function lost(): void { void work; } // no-floating-promises
export function Sometimes({ on }: { on: boolean }): ReactElement { if (on) useState(1); return <p />; } // rules-of-hooks
export function Stale({ on }: { on: boolean }): ReactElement { useEffect(() => { document.title = String(on); }, []); return <p />; } // exhaustive-deps
export function Outer(): ReactElement { outside = outside + 1; return <p />; } // globals
export function Dice(): ReactElement { return <p>{String(Math.random())}</p>; } // purity
export function Read(): ReactElement { const ref = useRef(1); return <p>{String(ref.current)}</p>; } // refs
export function Twice(): ReactElement { const [is, set] = useState(1); set(2); return <p>{String(is)}</p>; } // set-state-in-render
export function Changes(props: { of: { a: number } }): ReactElement { props.of.a = 2; return <p />; } // immutability
`,
  'src/host/whole.ts': `${'\n'.repeat(249)}export const last = 250;\n`,
  'src/host/long.ts': `${'\n'.repeat(250)}export const last = 251; // max-lines\n`,
  'renderer/long.css': `${'\n'.repeat(250)}/* the last */ // max-lines\n`,
};

it('each of these violations is found, and nothing else', { timeout: 120_000 }, async () => {
  const project = tempDir();
  for (const name of ['.oxlintrc.json', 'package.json', ...tsconfigs])
    copyFileSync(join(root, name), join(project.path, name));
  symlinkSync(join(root, 'node_modules'), join(project.path, 'node_modules'), 'junction');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project.path, name)), { recursive: true });
    writeFileSync(join(project.path, name), text);
  }
  const oxlint = await run(project.path, join(root, 'node_modules', 'oxlint', 'bin', 'oxlint'), '--format=unix');
  const classes = await run(project.path, join(root, 'scripts', 'lintClasses.ts'));
  const length = await run(project.path, join(root, 'scripts', 'lintLength.ts'));
  expect([...found(oxlint), ...found(classes), ...found(length)].toSorted()).toEqual(expected().toSorted());
});

/** What stands in the comments, as `file:line rule`. */
function expected(): string[] {
  return Object.entries(files).flatMap(([name, text]) =>
    text.split('\n').flatMap((line, at) => {
      const rules = / \/\/ ([a-z -]+)$/.exec(line)?.[1]?.split(' ') ?? [];
      return rules.map((rule) => `${name}:${String(at + 1)} ${rule}`);
    }),
  );
}

/** The same of what a linter wrote: `file:line:column: sentence [Error/plugin(rule)]`. */
function found(output: string): string[] {
  return Array.from(output.matchAll(/^(.+?):(\d+):\d+: .*\((.+)\)\]$/gm), ([, file = '', line = '', rule = '']) => {
    return `${file.replaceAll('\\', '/')}:${line} ${rule}`;
  });
}

async function run(cwd: string, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  expect(code).toBe(1);
  return output;
}
