import { storedRiskLimitsSchema } from '../../domain/risk/riskLimits.ts';
import { readConfig, saveConfig, setConfigAside } from './config.ts';
import { type Config, mainBridgeId } from './configSchema.ts';
import { settingsAlarms } from './settingsAlarms.ts';
import type { AlarmText } from '../../controller/alarms/alarm.ts';

export interface StartSettings {
  config: Config;
  /** Said once there is somebody to say it to. */
  alarms: AlarmText[];
  /** Whether a bridge may start armed by these. */
  trusted: boolean;
  /** Settings that came from elsewhere are written down as what holds from now on. */
  settle: (lastLimits: (bridge: string) => unknown, now: number) => AlarmText[];
}

/**
 * The settings that a start goes by.
 * @throws StartFailure
 */
export function startSettings(dataDir: string): StartSettings {
  const { config, unknown, recovery, first } = readConfig(dataDir);
  const alarms: AlarmText[] = [];
  /** The next start must be able to tell that there was a file. */
  if (first) saveOrSay(dataDir, {}, alarms);
  if (unknown.length > 0) alarms.push(settingsAlarms.unknown(unknown));
  return {
    config,
    alarms,
    trusted: recovery === null && unknown.every(({ meant }) => meant === null),
    settle: (lastLimits, now) => {
      const told: AlarmText[] = [];
      if (recovery === null) return told;
      if (recovery.from === null) {
        const limits = storedRiskLimitsSchema.safeParse(lastLimits(mainBridgeId));
        if (limits.success) config.bridge.limits = limits.data;
      }
      let aside: string | null = null;
      try {
        aside = setConfigAside(dataDir, now);
      } catch (error) {
        told.push(settingsAlarms.notKept((error as Error).message));
      }
      told.push(settingsAlarms.recovered(recovery, aside));
      saveOrSay(dataDir, config, told);
      return told;
    },
  };
}

function saveOrSay(dataDir: string, config: object, alarms: AlarmText[]): void {
  try {
    saveConfig(dataDir, config);
  } catch (error) {
    alarms.push(settingsAlarms.notKept((error as Error).message));
  }
}
