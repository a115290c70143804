import { copyFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { defaultSettings, settingsSchema } from '../../api/settings/appSettings.ts';
import { engineNameSchema, feedSettingsSchema, storedEngineSettingsSchema } from '../../api/state/engines.ts';
import { storedDesktopSettingsSchema } from '../../api/settings/desktopSettings.ts';
import { defaultCodePage } from '../../protocol/ea/codePage.ts';
import { defaultPorts } from '../../protocol/ea/portSettings.ts';
import { noTicketSettings } from '../../api/settings/ticketSettings.ts';
import { defaultRiskLimits, storedRiskLimitsSchema } from '../../domain/risk/riskLimits.ts';
import { defaultSymbols } from '../../domain/market/symbolDefaults.ts';
import { type Disk, writeDurably } from '../machine/durableFile.ts';
import { fromEarlierVersion } from './earlierConfig.ts';
import { repeatedKey } from './repeatedKey.ts';
import { decodeText } from './settingsText.ts';
import { StartFailure } from '../machine/startFailure.ts';
import { clipped, findUnknown, isJsonObject, keepUnknown, type UnknownSetting } from './unknownSettings.ts';
import { bridgeSettingsSchema } from '../../api/settings/bridgeSettings.ts';

const settings = bridgeSettingsSchema.shape;
const app = settingsSchema.shape;

/** What a bridge keeps between starts. Flags go before its ports. */
const bridgeSchema = z.object({
  name: settings.name.default('Main'),
  colour: settings.colour.default('#3b82f6'),
  currency: settings.currency.default(null),
  /** W5: v7 reads stops as points. */
  stopUnit: settings.stopUnit.default('points'),
  positionMode: settings.positionMode.default('hedging'),
  lots: settings.lots.default({ min: 0.01, max: 50, step: 0.01 }),
  /** 10 is v7's own default (W7). */
  slippage: settings.slippage.default(10),
  limits: storedRiskLimitsSchema.default(defaultRiskLimits),
  host: settings.host.default(defaultPorts.host),
  allowPeers: settings.allowPeers.default([...defaultPorts.allowPeers]),
  commandPort: settings.commandPort.default(defaultPorts.commandPort),
  telemetryPort: settings.telemetryPort.default(defaultPorts.telemetryPort),
  feedbackPort: settings.feedbackPort.default(defaultPorts.feedbackPort),
  commandPattern: settings.commandPattern.default(defaultPorts.commandPattern),
  feedbackPattern: settings.feedbackPattern.default(defaultPorts.feedbackPattern),
  telemetryPeers: settings.telemetryPeers.default(defaultPorts.telemetryPeers),
  symbols: settings.symbols.default([...defaultSymbols]),
  symbolSuffix: settings.symbolSuffix.default(''),
  codePage: settings.codePage.default(defaultCodePage),
  pipsConfirmed: settings.pipsConfirmed.default(false),
  sizesConfirmed: settings.sizesConfirmed.default(false),
  typedRates: settings.typedRates.default([]),
  leverage: settings.leverage.default(null),
  ticket: settings.ticket.default(noTicketSettings),
});

/** The bridge of the flags and of the paper EA. */
export const mainBridgeId = 'main';
export const paperBridgeId = 'paper';

const bridgeIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,40}$/, 'a bridge has an ID of 1 to 40 letters, digits or _ -')
  .refine((id) => id !== mainBridgeId && id !== paperBridgeId, 'is the ID of a bridge that there always is');

/** A further bridge says its ports: no default could be free. */
const furtherBridgeSchema = z.preprocess(
  fromEarlierVersion,
  bridgeSchema.extend({
    id: bridgeIdSchema,
    commandPort: settings.commandPort,
    telemetryPort: settings.telemetryPort,
  }),
);

const configSchema = z.object({
  settings: z
    .object({
      theme: app.theme.default(defaultSettings.theme),
      textSize: app.textSize.default(defaultSettings.textSize),
      httpPort: app.httpPort.default(defaultSettings.httpPort),
      gatewayPort: app.gatewayPort.default(defaultSettings.gatewayPort),
      publishPort: app.publishPort.default(defaultSettings.publishPort),
      desktop: storedDesktopSettingsSchema.prefault({}),
    })
    .prefault({}),
  /** Who may fire through the gateway; of tokens their hashes alone. */
  engines: z
    .array(
      z.object({
        name: engineNameSchema,
        tokenHash: z.string().regex(/^[0-9a-f]{64}$/),
        addedAt: z.number(),
        halted: z.object({ at: z.number(), why: z.string() }).nullable().default(null),
        pausedFrom: z.enum(['auto', 'ask']).nullable().default(null),
        settings: storedEngineSettingsSchema,
      }),
    )
    .default([]),
  bridge: z.preprocess(fromEarlierVersion, bridgeSchema).prefault({}),
  feeds: z.array(feedSettingsSchema).default([]),
  /** Bridges besides `bridge`, each with its own sockets, EA, account and limits. */
  bridges: z
    .array(furtherBridgeSchema)
    .max(31)
    .default([])
    .superRefine((bridges, context) => {
      for (const [index, { id }] of bridges.entries()) {
        if (bridges.findIndex((other) => other.id === id) < index)
          context.addIssue({ code: 'custom', path: [index, 'id'], message: `there are two bridges "${id}"` });
      }
    }),
  /** The bridge of the paper EA. */
  paper: z
    .preprocess(fromEarlierVersion, bridgeSchema)
    .prefault({ name: 'Paper', colour: '#d97706', currency: 'USD', leverage: 100 }),
});

export type Config = z.infer<typeof configSchema>;

const fileName = 'config.json';
/** The settings as they were before the last save. */
const copyName = `${fileName}.bak`;

/** Where settings came from that did not stand in config.json. */
export interface Recovery {
  /** Null: from nowhere; what the journal remembers is all that there is. */
  from: string | null;
  /** Of config.json, as the end of a sentence. */
  why: string;
}

export interface LoadedConfig {
  config: Config;
  unknown: UnknownSetting[];
  /** Null: config.json is as it should be, or this is the first start. */
  recovery: Recovery | null;
  /** There has been nothing in this folder before. */
  first: boolean;
}

/**
 * The data folder's config.json; the last good copy where it can't be read; or the defaults where there is none.
 * @throws StartFailure when it is readable and can't be used, or can't be read and there is nothing else: a wrong unit of
 * stops must not be guessed at
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
    // Nobody knows in what unit the EA takes stops.
    config.bridge.stopUnit = null;
    return { config, unknown: [], recovery: { from: null, why }, first: false };
  }
  if (file.kind === 'missing' && copy.kind === 'missing') return { config, unknown: [], recovery: null, first: true };
  throw new StartFailure(
    `The settings in ${path} can't be read: ${why}. Mend the file, or move it away to start with defaults.`,
  );
}

/**
 * What {@link readConfig} finds.
 * @throws StartFailure
 */
export function loadConfig(dataDir: string): Config {
  return readConfig(dataDir).config;
}

/** Writes the whole file or nothing; keys that this version doesn't know stay in it. */
export function saveConfig(dataDir: string, config: unknown, disk?: Disk): void {
  const path = join(dataDir, fileName);
  const stored = readStored(path);
  const copy = stored.kind === 'good' ? stored : readStored(`${path}.bak`);
  const next = copy.kind === 'good' ? keepUnknown(config, copy.value) : config;
  // A file that can't be read must not take the place of a good copy.
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

/** config.json as it is, or null where it can't be read. */
export function readConfigText(dataDir: string): string | null {
  try {
    return readFileSync(join(dataDir, fileName), 'latin1');
  } catch {
    return null;
  }
}

/**
 * Keeps a config.json that is about to be written over.
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
  | { kind: 'good'; value: object; /** A key that stands twice in an object of it. */ repeated: string | null }
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
  if (parsed.success) return { config: parsed.data, unknown: findUnknown(stored, parsed.data) };
  const issue = parsed.error.issues[0];
  const why = (issue?.message ?? 'unexpected').replace(/\.$/, '');
  throw unusable(path, `"${clipped(issue?.path.join('.') ?? '')}": ${why}`);
}

function unusable(path: string, why: string): StartFailure {
  return new StartFailure(
    `The settings in ${path} can't be used: ${why}. Mend the file, or move it away to start with defaults.`,
  );
}
