import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', 'node_modules', 'electron');

/** The Electron executable of this installation, or null where its runtime is missing. */
export function electronRuntime(): string | null {
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const path = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(path) ? path : null;
}

/** Has Electron's installer fetch the runtime, unless its usual variable forbids it. */
export async function fetchElectronRuntime(): Promise<string | null> {
  if (process.env['ELECTRON_SKIP_BINARY_DOWNLOAD'] !== undefined || !(await isReachable('https://github.com')))
    return null;
  process.stderr.write('Fetching the Electron runtime, once.\n');
  spawnSync(process.execPath, [join(folder, 'install.js')], { stdio: ['ignore', 'ignore', 'inherit'] });
  return electronRuntime();
}

/** Whether a URL answers quickly, so that a machine without internet doesn't wait for a download to fail. */
async function isReachable(url: string): Promise<boolean> {
  try {
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(4_000) });
    return true;
  } catch {
    return false;
  }
}
