import { defaultDesktopSettings } from './desktopSettings.ts';
import type { Settings } from '../state/state.ts';

/** Of the app, at the first start. */
export const defaultSettings: Settings = {
  theme: 'system',
  textSize: 100,
  httpPort: 8765,
  gatewayPort: 5559,
  publishPort: 5560,
  desktop: defaultDesktopSettings,
};
