import { storedRiskLimitsSchema } from '../../domain/risk/riskLimits.ts';
import { readConfig, saveConfig, setConfigAside } from './config.ts';
import { type Config, mainBridgeId } from './configSchema.ts';
import { settingsAlarms } from './settingsAlarms.ts';
import type { AlarmText } from '../../controller/alarms/alarm.ts';

export interface StartSettings {
  config: Config;
  /** To be raised once the controller runs. */
  alarms: AlarmText[];
  /** Whether a bridge may start armed with these settings. */
  trusted: boolean;
  /** Writes recovered settings to config.json, with the last limits that the journal has. @returns alarms about it */
  settle: (lastLimits: (bridge: string) => unknown, now: number) => AlarmText[];
}

/**
 * Reads the settings for a start.
 * @throws StartFailure
 */
export function startSettings(dataDir: string): StartSettings {
  const { config, unknown, recovery, first } = readConfig(dataDir);
  const alarms: AlarmText[] = [];
  // Written at once: the next start must be able to tell a lost file from a first start.
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
