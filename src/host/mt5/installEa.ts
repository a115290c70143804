import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EaInputs, InstalledEa } from '../../api/queries/eaInstallation.ts';
import { visible } from '../../base/visibleText.ts';
import { compileEa } from './compileEa.ts';
import { exists, type Mt5Terminal } from './terminals.ts';

const expert = 'BittenDesk.mq5';
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
  try {
    await copy(source, data, preset, inputs);
  } catch (error) {
    // Another program has a file open, or the disk is full.
    const message = visible(error instanceof Error ? error.message : String(error));
    return { ...installed, compiled: 'failed', messages: [`The files were not all copied: ${message}`] };
  }
  const editor = programs === null ? null : await editorIn(programs);
  if (editor === null) return { ...installed, compiled: 'missing', messages: [] };
  return { ...installed, ...(await compileEa(editor, join(data, 'MQL5', 'Experts', expert), signal)) };
}

async function editorIn(programs: string): Promise<string | null> {
  for (const file of editors) if (await exists(join(programs, file))) return join(programs, file);
  return null;
}

async function copy(source: string, data: string, preset: string, inputs: EaInputs): Promise<void> {
  const target = join(data, 'MQL5');
  // Headers of an earlier version would be left behind.
  await rm(join(target, 'Include', 'BittenDesk'), { recursive: true, force: true });
  await cp(join(source, 'Include', 'BittenDesk'), join(target, 'Include', 'BittenDesk'), { recursive: true });
  await mkdir(join(target, 'Experts'), { recursive: true });
  await cp(join(source, 'Experts', expert), join(target, 'Experts', expert));
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
