import { z } from 'zod';
import { defaultSettings, settingsSchema } from '../../api/settings/appSettings.ts';
import { engineNameSchema, feedSettingsSchema, storedEngineSettingsSchema } from '../../api/state/engines.ts';
import { storedDesktopSettingsSchema } from '../../api/settings/desktopSettings.ts';
import { defaultCodePage } from '../../protocol/ea/codePage.ts';
import { defaultPorts } from '../../protocol/ea/portSettings.ts';
import { noTicketSettings } from '../../api/settings/ticketSettings.ts';
import { defaultRiskLimits, storedRiskLimitsSchema } from '../../domain/risk/riskLimits.ts';
import { defaultSymbols } from '../../domain/market/symbolDefaults.ts';
import { fromEarlierVersion } from './earlierConfig.ts';
import { bridgeSettingsSchema } from '../../api/settings/bridgeSettings.ts';

const settings = bridgeSettingsSchema.shape;
const app = settingsSchema.shape;

/** Stored settings of a bridge. Flags of a start override its ports. */
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
  heavyRiskPercent: settings.heavyRiskPercent.default(5),
  host: settings.host.default(defaultPorts.host),
  allowPeers: settings.allowPeers.default([...defaultPorts.allowPeers]),
  commandPort: settings.commandPort.default(defaultPorts.commandPort),
  telemetryPort: settings.telemetryPort.default(defaultPorts.telemetryPort),
  feedbackPort: settings.feedbackPort.default(defaultPorts.feedbackPort),
  eaKind: settings.eaKind.default(defaultPorts.eaKind),
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

/** The bridge that flags of a start apply to, and below the one of the paper EA. */
export const mainBridgeId = 'main';
export const paperBridgeId = 'paper';

const bridgeIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,40}$/, 'a bridge has an ID of 1 to 40 letters, digits or _ -')
  .refine((id) => id !== mainBridgeId && id !== paperBridgeId, 'is the ID of a bridge that there always is');

/** A further bridge must name its ports: `main` has the default ones. */
const furtherBridgeSchema = z.preprocess(
  fromEarlierVersion,
  bridgeSchema.extend({
    id: bridgeIdSchema,
    commandPort: settings.commandPort,
    telemetryPort: settings.telemetryPort,
  }),
);

/** The content of config.json, with the default of every key that it leaves out. */
export const configSchema = z.object({
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
  /** Engines that may fire through the gateway; only hashes of their tokens are stored. */
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
