import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeDurably } from '../machine/durableFile.ts';
import { readMark } from './folderMark.ts';
import { makeFolder } from '../machine/makeFolder.ts';

// The kill switch outside of the data folder, one file a folder: a journal that is lost or damaged must not release it.

const killMarkSchema = z.object({
  path: z.string(),
  killSwitch: z.object({ at: z.number(), by: z.enum(['ticket', 'command line', 'app']) }).nullable(),
});

/** The kill switch of a folder as last written; null: off. */
export type MarkedKill = z.infer<typeof killMarkSchema>['killSwitch'];

/** `none`: this folder has no mark. `unreadable`: it has one that can't be read. */
export type FoundKill = { kind: 'told'; killSwitch: MarkedKill } | { kind: 'none' } | { kind: 'unreadable' };

/** @param dataDir the folder's path @param dir where marks are kept */
export function readKillMark(dir: string, dataDir: string): FoundKill {
  let text: string;
  try {
    text = readFileSync(killMarkPath(dir, dataDir), 'utf8');
  } catch (error) {
    return { kind: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'none' : 'unreadable' };
  }
  try {
    const { path, killSwitch } = killMarkSchema.parse(JSON.parse(text));
    return samePath(path) === samePath(dataDir) ? { kind: 'told', killSwitch } : { kind: 'unreadable' };
  } catch {
    return { kind: 'unreadable' };
  }
}

/** Durable when it returns. @throws Error */
export function writeKillMark(dir: string, dataDir: string, killSwitch: MarkedKill): void {
  makeFolder(dir, 0o700);
  writeDurably(killMarkPath(dir, dataDir), JSON.stringify({ path: dataDir, killSwitch }));
}

/** Whether an earlier version, whose marks lack the kill switch, had a journal in this folder. */
export function hasEarlierMark(dir: string, dataDir: string): boolean {
  let names: string[];
  try {
    names = readdirSync(dir);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
  return names
    .filter((name) => /^[0-9a-f]{16}\.json$/.test(name))
    .some((name) => samePath(readMark(dir, name.slice(0, -5))?.path ?? '') === samePath(dataDir));
}

/** File names of a folder's marks: those of its journals and the one of the kill switch. */
export function markFiles(dir: string, dataDir: string): string[] {
  if (!existsSync(dir)) return [];
  const folders = [dataDir, join(dataDir, 'paper')].map(samePath);
  return readdirSync(dir).filter((name) => {
    if (join(dir, name) === killMarkPath(dir, dataDir)) return true;
    const instance = /^([0-9a-f]{16})\.(?:json|last)$/.exec(name)?.[1];
    return instance !== undefined && folders.includes(samePath(readMark(dir, instance)?.path ?? ''));
  });
}

function killMarkPath(dir: string, dataDir: string): string {
  const name = createHash('sha256').update(samePath(dataDir)).digest('hex').slice(0, 32);
  return join(dir, `kill-${name}.json`);
}

/** A path for comparing: Windows ignores case. */
function samePath(path: string): string {
  return process.platform === 'win32' ? path.toLowerCase() : path;
}
