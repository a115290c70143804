import { copyFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { distinctColours } from './bridgeColours.ts';
import { type Config, configSchema } from './configSchema.ts';
import { type Disk, writeDurably } from '../machine/durableFile.ts';
import { repeatedKey } from './repeatedKey.ts';
import { decodeText } from './settingsText.ts';
import { StartFailure } from '../machine/startFailure.ts';
import { clipped, findUnknown, isJsonObject, keepUnknown, type UnknownSetting } from './unknownSettings.ts';

const fileName = 'config.json';
/** The settings as they were before the last save. */
const copyName = `${fileName}.bak`;

/** Source of the settings when config.json could not be used. */
export interface Recovery {
  /** The file they were read from; null: none, so that only the limits in the journal are known. */
  from: string | null;
  /** Why config.json was not used, as the end of a sentence. */
  why: string;
}

export interface LoadedConfig {
  config: Config;
  unknown: UnknownSetting[];
  /** Null: config.json is as it should be, or this is the first start. */
  recovery: Recovery | null;
  /** The folder held neither settings nor a journal before. */
  first: boolean;
}

/**
 * Reads the data folder's config.json; its last good copy when it is unreadable; the defaults on a first start.
 * @throws StartFailure when a readable file holds an invalid setting, or when there is neither a readable file nor a journal:
 * a stop unit must not be guessed
 */
export function readConfig(dataDir: string): LoadedConfig {
  const path = join(dataDir, fileName);
  const file = readStored(path);
  if (file.kind === 'good') return { ...understand(path, file), recovery: null, first: false };
  const why = file.kind === 'missing' ? 'it is gone' : file.why;
  const copyPath = join(dataDir, copyName);
  const copy = readStored(copyPath);
  if (copy.kind === 'good') {
    return { ...understand(copyPath, copy), recovery: { from: copyName, why }, first: false };
  }
  const config = configSchema.parse({});
  if (existsSync(join(dataDir, 'journal.db'))) {
    // The EA's stop unit is not known: a person has to set it.
    config.bridge.stopUnit = null;
    return { config, unknown: [], recovery: { from: null, why }, first: false };
  }
  if (file.kind === 'missing' && copy.kind === 'missing') return { config, unknown: [], recovery: null, first: true };
  throw new StartFailure(
    `The settings in ${path} can't be read: ${why}. Mend the file, or move it away to start with defaults.`,
  );
}

/**
 * The settings that {@link readConfig} finds.
 * @throws StartFailure
 */
export function loadConfig(dataDir: string): Config {
  return readConfig(dataDir).config;
}

/** Writes config.json atomically; keys that this version doesn't know stay in it. */
export function saveConfig(dataDir: string, config: unknown, disk?: Disk): void {
  const path = join(dataDir, fileName);
  const stored = readStored(path);
  const copy = stored.kind === 'good' ? stored : readStored(`${path}.bak`);
  const next = copy.kind === 'good' ? keepUnknown(config, copy.value) : config;
  // An unreadable file must not replace a good copy.
  const keepAs = stored.kind === 'unreadable' ? null : join(dataDir, copyName);
  writeDurably(path, `${JSON.stringify(next, null, 2)}\n`, { keepAs, ...(disk === undefined ? {} : { disk }) });
}

/**
 * Moves a config.json that can't be read out of the way; nothing is deleted.
 * @param now epoch ms
 * @returns its new name; null: there is none
 */
export function setConfigAside(dataDir: string, now: number): string | null {
  const path = join(dataDir, fileName);
  if (!existsSync(path)) return null;
  const name = `config-damaged-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}.json`;
  renameSync(path, join(dataDir, name));
  return name;
}

/** The bytes of config.json as Latin-1 text, for comparing; null: unreadable or missing. */
export function readConfigText(dataDir: string): string | null {
  try {
    return readFileSync(join(dataDir, fileName), 'latin1');
  } catch {
    return null;
  }
}

/**
 * Copies config.json before it is overwritten.
 * @param now epoch ms
 * @returns the copy's name
 * @throws Error: then it must not be written over
 */
export function keepConfigAside(dataDir: string, now: number): string {
  const name = `config-edited-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}.json`;
  const kept = join(dataDir, name);
  try {
    copyFileSync(join(dataDir, fileName), kept);
  } catch (error) {
    rmSync(kept, { force: true });
    throw error;
  }
  return name;
}

type Stored =
  | { kind: 'good'; value: object; /** The first key that one object has twice; null: none. */ repeated: string | null }
  | { kind: 'missing' }
  | { kind: 'unreadable'; why: string };

function readStored(path: string): Stored {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'missing' };
    return { kind: 'unreadable', why: (error as Error).message };
  }
  const decoded = decodeText(bytes);
  if (!decoded.ok) return { kind: 'unreadable', why: decoded.why };
  try {
    const value: unknown = JSON.parse(decoded.text);
    if (isJsonObject(value)) return { kind: 'good', value, repeated: repeatedKey(decoded.text) };
    return { kind: 'unreadable', why: 'it is no JSON object' };
  } catch (error) {
    return { kind: 'unreadable', why: `they are not valid JSON: ${(error as Error).message}` };
  }
}

function understand(
  path: string,
  { value: stored, repeated }: Stored & { kind: 'good' },
): Pick<LoadedConfig, 'config' | 'unknown'> {
  if (repeated !== null) throw unusable(path, `"${clipped(repeated)}" stands twice in one place`);
  const parsed = configSchema.safeParse(stored);
  if (parsed.success) {
    const config = parsed.data;
    distinctColours([config.bridge, config.paper, ...config.bridges]);
    return { config, unknown: findUnknown(stored, config) };
  }
  const issue = parsed.error.issues[0];
  const why = (issue?.message ?? 'unexpected').replace(/\.$/, '');
  throw unusable(path, `"${clipped(issue?.path.join('.') ?? '')}": ${why}`);
}

function unusable(path: string, why: string): StartFailure {
  return new StartFailure(
    `The settings in ${path} can't be used: ${why}. Mend the file, or move it away to start with defaults.`,
  );
}
