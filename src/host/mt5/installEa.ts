import { cp, mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EaInputs, InstalledEa } from '../../api/queries/eaInstallation.ts';
import { visible } from '../../base/visibleText.ts';
import { compileEa } from './compileEa.ts';
import { exists, type Mt5Terminal } from './terminals.ts';

const expert = 'BittenDesk.mq5';
/** Below `MQL5`, and below the folder that the desk comes with. */
const sourceFile = join('Experts', expert);
const headers = join('Include', 'BittenDesk');
const editors = ['metaeditor64.exe', 'MetaEditor64.exe'];

interface Installation {
  /** Folder of the EA's files, with `Experts` and `Include`. */
  source: string;
  version: string;
  /** The bridge, for the name of the preset. */
  bridge: string;
  inputs: EaInputs;
  /** Ends MetaEditor. */
  signal: AbortSignal;
}

/** Copies the EA into a terminal, compiles it there, and writes its inputs for a bridge. */
export async function installEa(
  { data, programs }: Mt5Terminal,
  { source, version, bridge, inputs, signal }: Installation,
): Promise<InstalledEa> {
  const preset = join('MQL5', 'Presets', `BittenDesk-${bridge.replaceAll(/[^\w.-]/g, '_')}.set`);
  const installed = { terminal: data, version, preset, inputs };
  const failed = (message: string): InstalledEa => ({ ...installed, compiled: 'failed', messages: [message] });
  if (await leadsTo(source, data))
    return failed(`The files of the EA in ${data} are the files that the desk comes with, by a link. Remove the link.`);
  try {
    await copy(source, data, preset, inputs);
  } catch (error) {
    // Another program has a file open, or the disk is full.
    return failed(`The files were not all copied: ${wordsOf(error)}`);
  }
  const editor = programs === null ? null : await editorIn(programs);
  if (editor === null) return { ...installed, compiled: 'missing', messages: [] };
  try {
    return { ...installed, ...(await compileEa(editor, join(data, 'MQL5', sourceFile), signal)) };
  } catch (error) {
    // Another program has the log open.
    return failed(`The EA was copied, and not compiled: ${wordsOf(error)}. Press F7 in MetaEditor yourself.`);
  }
}

const wordsOf = (error: unknown): string => visible(error instanceof Error ? error.message : String(error));

/** Whether what would be removed in a terminal are the files that are to be copied. */
async function leadsTo(source: string, data: string): Promise<boolean> {
  const placeOf = (path: string): Promise<string | null> => realpath(path).catch(() => null);
  for (const part of [headers, sourceFile]) {
    const place = await placeOf(join(data, 'MQL5', part));
    if (place !== null && place === (await placeOf(join(source, part)))) return true;
  }
  return false;
}

async function editorIn(programs: string): Promise<string | null> {
  for (const file of editors) if (await exists(join(programs, file))) return join(programs, file);
  return null;
}

async function copy(source: string, data: string, preset: string, inputs: EaInputs): Promise<void> {
  const target = join(data, 'MQL5');
  // Before the headers, which have the version: a program of another version is older than it.
  await mkdir(join(target, 'Experts'), { recursive: true });
  await cp(join(source, sourceFile), join(target, sourceFile));
  // Headers of an earlier version would be left behind.
  await rm(join(target, headers), { recursive: true, force: true });
  await cp(join(source, headers), join(target, headers), { recursive: true });
  await mkdir(join(target, 'Presets'), { recursive: true });
  await writeFile(join(data, preset), `\uFEFF${presetText(inputs)}`, 'utf16le');
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
