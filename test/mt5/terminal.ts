import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, type Running } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';

// Starts a compiled MQL5 program as a terminal would: with inputs, a folder for its files, and switches that set the traps.
// Every header of `shim/` names its switches in its first lines.

export interface TerminalOptions {
  /** The EA's inputs by name. */
  inputs?: Record<string, string | number | boolean>;
  /** Switches of the shim without their `MQL_`. */
  switches?: Record<string, string | number>;
  /** The terminal's folder: what a second start finds again. */
  folder?: string;
  /** The folder that all terminals of a machine share; without it one in the terminal's own folder. */
  common?: string;
  /** Lines of the control file that are carried out before the program's first event, at each start. */
  setup?: string[];
  /** More of the environment, for sanitizers. */
  env?: Record<string, string>;
}

export interface Terminal extends Running {
  folder: string;
  /** What it printed so far, by line. */
  lines: () => string[];
  /** Waits for a printed line that has the text in it, and gives the line. */
  printed: (text: string | RegExp, limitMs?: number) => Promise<string>;
  /** Appends lines to the control file, and waits until they have been carried out. */
  control: (...lines: string[]) => Promise<void>;
}

/** Resident memory of a process, KiB. */
export function memoryOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]);
}

export function startTerminal(program: string, options: TerminalOptions = {}): Terminal {
  const folder = options.folder ?? tempDir().path;
  const files = join(folder, 'Files');
  const common = options.common ?? join(folder, 'Common');
  for (const path of [files, common]) mkdirSync(path, { recursive: true });
  const control = join(folder, `control-${String(process.pid)}-${String(performance.now())}`);
  const env: NodeJS.ProcessEnv = {
    MQL_FILES: files,
    MQL_COMMON: common,
    MQL_GLOBALS: join(folder, 'globals'),
    MQL_CALLS: join(folder, 'calls'),
    MQL_BROKER: join(folder, 'broker'),
    MQL_CONTROL: control,
    MQL_SETUP: (options.setup ?? []).join('\n'),
    // A test that fails leaves no program behind for long.
    MQL_MAX_MS: '300000',
    ...options.env,
  };
  for (const [name, value] of Object.entries(options.switches ?? {})) env[`MQL_${name}`] = String(value);
  for (const [name, value] of Object.entries(options.inputs ?? {})) env[`IN_${name}`] = String(value);
  const running = run([], { program, env });
  const lines = (): string[] => running.output.stdout.split('\n').filter((line) => line !== '');
  let written = 0;
  let hasEnded = false;
  void running.finished.finally(() => (hasEnded = true));
  const orEnd = <T>(value: T | undefined | false): T | undefined | false => {
    if (hasEnded && (value === undefined || value === false)) {
      throw new Error(`The program has ended:\n${running.output.stdout}${running.output.stderr}`);
    }
    return value;
  };
  return {
    ...running,
    folder,
    lines,
    printed: (text, limitMs) =>
      until(
        () => orEnd(lines().find((line) => (typeof text === 'string' ? line.includes(text) : text.test(line)))),
        `it prints ${String(text)}; it printed:\n${running.output.stdout}${running.output.stderr}`,
        limitMs,
      ),
    control: async (...more) => {
      appendFileSync(control, more.map((line) => `${line}\n`).join(''));
      written += more.join('\n').split('\n').length;
      await until(
        () => orEnd(existsSync(`${control}.done`) && Number(readFileSync(`${control}.done`, 'utf8')) >= written),
        `it has carried out ${more.join(', ')}`,
      );
    },
  };
}
