import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Mt5Terminal, readMt5Text } from './terminals.ts';

const expert = 'BittenDesk.mq5';
const editors = ['metaeditor64.exe', 'MetaEditor64.exe'];
/** Longest time for MetaEditor to compile, ms. */
const compileLimitMs = 120_000;

/** The EA's inputs that a bridge decides. */
export interface EaInputs {
  host: string;
  commandPort: number;
  telemetryPort: number;
  /** Null: feedback shares the telemetry port. */
  feedbackPort: number | null;
  isPublished: boolean;
  isRequest: boolean;
}

export interface InstalledEa {
  terminal: string;
  /** Files written, below the terminal's folder. */
  preset: string;
  /** `missing`: there is no MetaEditor; MetaTrader compiles the EA when a person opens it there. */
  compiled: 'ok' | 'failed' | 'missing';
  /** What MetaEditor said, by line. */
  messages: string[];
}

/**
 * Copies the EA into a terminal, compiles it there, and writes its inputs for a bridge.
 * @param source folder of the EA's files, with `Experts` and `Include`
 * @param name of the bridge, for the name of the preset
 */
export async function installEa(
  source: string,
  { data, programs }: Mt5Terminal,
  name: string,
  inputs: EaInputs,
): Promise<InstalledEa> {
  const preset = join('MQL5', 'Presets', `BittenDesk-${name.replaceAll(/[^\w.-]/g, '_')}.set`);
  try {
    copy(source, data, preset, inputs);
  } catch (error) {
    // Another program has a file open, or the disk is full.
    const message = error instanceof Error ? error.message : String(error);
    return { terminal: data, preset, compiled: 'failed', messages: [`The files were not all copied: ${message}`] };
  }
  const editor = editors.map((file) => join(programs ?? '', file)).find((file) => existsSync(file));
  if (programs === null || editor === undefined) return { terminal: data, preset, compiled: 'missing', messages: [] };
  return { terminal: data, preset, ...(await compile(editor, join(data, 'MQL5', 'Experts', expert))) };
}

function copy(source: string, data: string, preset: string, inputs: EaInputs): void {
  const target = join(data, 'MQL5');
  // Headers of an earlier version would be left behind.
  rmSync(join(target, 'Include', 'BittenDesk'), { recursive: true, force: true });
  cpSync(join(source, 'Include', 'BittenDesk'), join(target, 'Include', 'BittenDesk'), { recursive: true });
  mkdirSync(join(target, 'Experts'), { recursive: true });
  cpSync(join(source, 'Experts', expert), join(target, 'Experts', expert));
  mkdirSync(join(target, 'Presets'), { recursive: true });
  writeFileSync(join(data, preset), `\uFEFF${presetText(inputs)}`, 'utf16le');
}

/** MetaEditor writes its log beside the source. Its exit code says nothing that the log does not. */
async function compile(editor: string, path: string): Promise<Pick<InstalledEa, 'compiled' | 'messages'>> {
  const log = path.replace(/\.mq5$/, '.log');
  rmSync(log, { force: true });
  const failure = await new Promise<string | null>((resolve) => {
    // MetaEditor wants the quotes behind the colon, where Node would put them around all of it.
    const isWindows = process.platform === 'win32';
    const source = isWindows ? `/compile:"${path}"` : `/compile:${path}`;
    const options = { timeout: compileLimitMs, windowsVerbatimArguments: isWindows };
    execFile(editor, [source, '/log'], options, (error) => {
      resolve(error?.message ?? null);
    });
  });
  if (!existsSync(log)) return { compiled: 'failed', messages: [failure ?? 'MetaEditor wrote no log.'] };
  const lines = readMt5Text(log)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const result = lines.find((line) => /\b\d+ errors?\b/.test(line));
  const isGood = result !== undefined && /\b0 errors?\b/.test(result);
  return { compiled: isGood ? 'ok' : 'failed', messages: lines.filter((line) => /\berrors?\b|\bwarning/i.test(line)) };
}

function presetText(inputs: EaInputs): string {
  const { host, commandPort, telemetryPort, feedbackPort, isPublished, isRequest } = inputs;
  const values = {
    Host: host,
    CommandPort: commandPort,
    TelemetryPort: telemetryPort,
    FeedbackPort: feedbackPort ?? 0,
    Backend: 0,
    Commands: isPublished ? 1 : 0,
    Feedback: feedbackPort === null ? 0 : isRequest ? 2 : 1,
  };
  return Object.entries(values)
    .map(([key, value]) => `${key}=${String(value)}\r\n`)
    .join('');
}
