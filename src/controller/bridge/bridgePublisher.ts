import { type BridgeSettings, bridgeSettingsSchema } from '../../api/settings/bridgeSettings.ts';
import type { BridgeTold, BridgeTrades } from '../../api/state/state.ts';
import type { AppEvent } from '../../api/state/events.ts';
import type { Bridge } from './bridge.ts';
import type { BridgeConfig } from './bridgeConfig.ts';

const settingNames = bridgeSettingsSchema.keyof().options;

/** Last publication of a bridge, its parts as JSON. */
interface Published {
  config: BridgeConfig;
  settings: string;
  status: string;
  toldSymbols: BridgeTold['toldSymbols'];
  openTrades: BridgeTrades['openTrades'];
}

/**
 * Publishes bridges: a new one as a whole, later settings and status apart, each only when changed. The status changes
 * with each pulse, four times a second; the settings, with the symbol table, hardly ever.
 */
export class BridgePublisher {
  private readonly emit: (event: AppEvent) => void;
  private readonly last = new Map<string, Published>();

  constructor(emit: (event: AppEvent) => void) {
    this.emit = emit;
  }

  publish(bridge: Bridge): void {
    const { config, snapshot } = bridge;
    const { id } = config;
    const last = this.last.get(id);
    const status = snapshot.status();
    const now: Published = {
      config,
      // A configuration is replaced, never changed in place: the same object needs no comparison.
      settings: last?.config === config ? last.settings : JSON.stringify(settingsOf(config)),
      status: JSON.stringify(status),
      toldSymbols: snapshot.told().toldSymbols,
      openTrades: snapshot.trades().openTrades,
    };
    this.last.set(id, now);
    if (last === undefined) {
      this.emit({ type: 'bridge_added', bridge: snapshot.state() });
      return;
    }
    if (now.settings !== last.settings) this.emit({ type: 'bridge_settings', id, settings: settingsOf(config) });
    if (now.toldSymbols !== last.toldSymbols) this.emit({ type: 'bridge_told', id, told: snapshot.told() });
    if (now.openTrades !== last.openTrades) this.emit({ type: 'bridge_trades', id, trades: snapshot.trades() });
    if (now.status !== last.status) this.emit({ type: 'bridge_status', id, status });
  }

  /** Forgets a removed bridge; one with the same ID is new. */
  forget(id: string): void {
    this.last.delete(id);
  }
}

function settingsOf(config: BridgeConfig): BridgeSettings {
  return Object.fromEntries(settingNames.map((name) => [name, config[name]])) as BridgeSettings;
}
