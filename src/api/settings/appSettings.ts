import { defaultDesktopSettings, type DesktopSettings, desktopSettingsSchema } from './desktopSettings.ts';
import { z } from 'zod';

/** Settings of the app at the first start. */
export const defaultSettings: Settings = {
  theme: 'system',
  textSize: 100,
  httpPort: 8765,
  gatewayPort: 5559,
  publishPort: 5560,
  desktop: defaultDesktopSettings,
};

export interface Settings {
  theme: 'system' | 'dark' | 'light';
  /** Size of text, in % of the usual one. */
  textSize: TextSize;
  /** Port of the dashboard for browsers, from the next start on; 0 takes a free one. */
  httpPort: number;
  /** Ports of the gateway for engines and of the republication, from the next start on; 0 takes a free one. */
  gatewayPort: number;
  publishPort: number;
  desktop: DesktopSettings;
}

export const textSizes = [100, 125, 150, 200] as const;

type TextSize = (typeof textSizes)[number];

const tcpPort = z.number().int().min(0).max(65_535);

export const settingsSchema = z.object({
  theme: z.enum(['system', 'dark', 'light']),
  textSize: z.union(textSizes.map((size) => z.literal(size))),
  httpPort: tcpPort,
  gatewayPort: tcpPort,
  publishPort: tcpPort,
  desktop: desktopSettingsSchema,
}) satisfies z.ZodType<Settings>;
