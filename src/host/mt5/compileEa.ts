import { spawn, type SpawnOptions } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { visible } from '../../base/visibleText.ts';
import type { InstalledEa } from '../../api/queries/eaInstallation.ts';
import { changedAt, readMt5Text } from './terminals.ts';

/** Longest time for MetaEditor to compile, ms. */
const compileLimitMs = 120_000;
/** Most lines of MetaEditor that are shown, and the longest of them. */
const shownLines = 100;
const shownLength = 500;

type Compiled = Pick<InstalledEa, 'compiled' | 'messages'>;

/**
 * Compiles an EA. MetaEditor writes its log beside the source; its exit code says nothing that the log does not.
 * @param path of the source
 * @param signal ends MetaEditor
 */
export async function compileEa(editor: string, path: string, signal: AbortSignal): Promise<Compiled> {
  const log = path.replace(/\.mq5$/, '.log');
  const program = path.replace(/\.mq5$/, '.ex5');
  await rm(log, { force: true });
  const before = await changedAt(program);
  const failure = await runEditor(editor, path, signal);
  const text = await readMt5Text(log);
  if (text === null) return { compiled: 'failed', messages: [failure ?? 'MetaEditor wrote no log.'] };
  const lines = text
    .split(/\r?\n/)
    .map((line) => visible(line.trim()).slice(0, shownLength))
    .filter((line) => line !== '');
  const result = lines.findLast((line) => /\b\d+ error/.test(line));
  // Without a line that can be read, as in another language: a new program is written only where there was no error.
  const isGood = result === undefined ? (await changedAt(program)) !== before : /\b0 error/.test(result);
  const told = lines.filter((line) => /\berror|\bwarning/i.test(line));
  return { compiled: isGood ? 'ok' : 'failed', messages: shortened(told.length === 0 && !isGood ? lines : told) };
}

/** @returns why MetaEditor could not do it, as one sentence; null: it ended by itself */
function runEditor(editor: string, path: string, signal: AbortSignal): Promise<string | null> {
  const { args, ...command } = editorCommand(process.platform, editor, path);
  return new Promise((resolve) => {
    // What it prints is not read: a program that it leaves behind would keep that open.
    const options = { ...command, stdio: 'ignore', timeout: compileLimitMs, killSignal: 'SIGKILL', signal } as const;
    const child = spawn(editor, args, options);
    const ended = (otherwise: string | null): void => {
      resolve(signal.aborted ? 'The desk was ended meanwhile.' : otherwise);
    };
    child.once('error', ({ code }: NodeJS.ErrnoException) => {
      ended(`MetaEditor could not be started (${String(code)}). Press F7 in MetaEditor yourself.`);
    });
    child.once('exit', () => {
      const seconds = String(compileLimitMs / 1_000);
      ended(child.killed ? `MetaEditor did not end within ${seconds} s. Press F7 in MetaEditor yourself.` : null);
    });
  });
}

type EditorCommand = Required<Pick<SpawnOptions, 'argv0' | 'windowsVerbatimArguments'>> & { args: string[] };

/** MetaEditor wants the quotes behind the colon, where Node would put them around all of it. So all quotes are written here. */
export function editorCommand(platform: NodeJS.Platform, editor: string, path: string): EditorCommand {
  return platform === 'win32'
    ? { argv0: `"${editor}"`, args: [`/compile:"${path}"`, '/log'], windowsVerbatimArguments: true }
    : { argv0: editor, args: [`/compile:${path}`, '/log'], windowsVerbatimArguments: false };
}

function shortened(lines: readonly string[]): string[] {
  if (lines.length <= shownLines) return [...lines];
  return [...lines.slice(0, shownLines), `… and ${String(lines.length - shownLines)} more lines in its log`];
}
