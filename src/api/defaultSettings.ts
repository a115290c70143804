import { defaultDesktopSettings } from './desktopSettings.ts';
import type { Settings } from './state.ts';

/** Of the app, at the first start. */
export const defaultSettings: Settings = {
  theme: 'system',
  textSize: 100,
  httpPort: 8765,
  desktop: defaultDesktopSettings,
};
