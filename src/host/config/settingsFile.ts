import { tightenedBridge } from '../../api/state/tightenedSettings.ts';
import { HeldSave, notSaved, settingsSaveAlarms } from '../../controller/records/heldSave.ts';
import { keepConfigAside, readConfigText, saveConfig } from './config.ts';
import { type Config, paperBridgeId } from './configSchema.ts';
import { settingsAlarms } from './settingsAlarms.ts';
import type { AlarmText } from '../../controller/alarms/alarm.ts';
import type { Clock } from '../../controller/ports/clock.ts';
import type { BridgeSettings } from '../../api/settings/bridgeSettings.ts';
import type { Settings } from '../../api/settings/appSettings.ts';

type StoredBridge = Config['bridge'];

interface SettingsFileParts {
  dataDir: string;
  config: Config;
  clock: Clock;
  alarm: (alarm: AlarmText) => void;
}

/** The settings in force and their file, config.json. */
export class SettingsFile {
  private readonly dataDir: string;
  private readonly saves: HeldSave;
  private readonly alarm: (alarm: AlarmText) => void;
  private readonly clock: Clock;
  private config: Config;
  /** config.json as this process read or wrote it last. */
  private known: string | null;

  constructor({ dataDir, config, clock, alarm }: SettingsFileParts) {
    this.dataDir = dataDir;
    this.config = config;
    this.alarm = alarm;
    this.clock = clock;
    this.known = readConfigText(dataDir);
    const write = (): void => {
      this.save(this.config);
    };
    this.saves = new HeldSave({ clock, write, alarm, ...settingsSaveAlarms('The settings') });
  }

  get inForce(): Config {
    return this.config;
  }

  /** Durable when it returns. @throws Error: nothing has changed */
  write(changes: Partial<Config>): void {
    const next = { ...this.config, ...changes };
    this.save(next);
    this.config = next;
  }

  /** @throws ContractFailure: nothing has changed */
  saveApp(settings: Settings): void {
    const why = this.saves.now(() => {
      this.write({ settings });
    });
    if (why !== null) throw notSaved(why, false);
  }

  /**
   * Changes a bridge's settings. A tightened limit takes effect even when the file can't be written.
   * @returns the settings in force, and the failure to report when they are less than was asked for
   */
  saveBridge(
    id: string,
    before: BridgeSettings,
    wanted: BridgeSettings,
  ): { settings: BridgeSettings; failure: Error | null } {
    const why = this.saves.now(() => {
      this.write(this.withBridge(id, wanted));
    });
    if (why === null) return { settings: wanted, failure: null };
    const settings = tightenedBridge(before, wanted);
    this.config = { ...this.config, ...this.withBridge(id, settings) };
    const [old, held, asked] = [before, settings, wanted].map((each) => JSON.stringify(each));
    return { settings, failure: held === asked ? null : notSaved(why, held !== old) };
  }

  /** Tries once more to write settings that are in force and not yet in the file. */
  stop(): void {
    this.saves.stop();
  }

  /** Saves. A file that a person edited meanwhile was never read: a copy of it is kept beside. */
  private save(config: Config): void {
    const found = readConfigText(this.dataDir);
    if (found !== null && found !== this.known) {
      this.alarm(settingsAlarms.edited(keepConfigAside(this.dataDir, this.clock.now())));
      this.known = found;
    }
    saveConfig(this.dataDir, config);
    this.known = readConfigText(this.dataDir);
  }

  private withBridge(id: string, settings: BridgeSettings): Partial<Config> {
    const merged = <Stored extends StoredBridge>(stored: Stored): Stored => ({ ...stored, ...settings });
    const { bridge, bridges, paper } = this.config;
    if (id === paperBridgeId) return { paper: merged(paper) };
    if (bridges.some((each) => each.id === id)) {
      return { bridges: bridges.map((each) => (each.id === id ? merged(each) : each)) };
    }
    return { bridge: merged(bridge) };
  }
}
