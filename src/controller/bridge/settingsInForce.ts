import { changedProperties } from '../../base/changedProperties.ts';
import type { BridgeTold } from '../../api/state/state.ts';
import type { BridgeSettings } from '../../api/settings/bridgeSettings.ts';
import type { PositionMode, StopUnit } from '../../domain/tradeTerms.ts';
import { type BridgeConfig, type BridgeTerms, changedMeaning } from './bridgeConfig.ts';

/** Settings that the connected EA fills where a person has set none (N1); null: it does not. */
export interface FilledTerms {
  stopUnit: StopUnit | null;
  positionMode: PositionMode | null;
}

export const noTerms: FilledTerms = { stopUnit: null, positionMode: null };

/** A change of the settings in force or to be stored. */
export interface SettingsChange {
  before: BridgeConfig;
  changed: Partial<BridgeSettings>;
  /** Why an order is read otherwise than before; null: it is not. */
  meaning: string | null;
}

/** A bridge's settings: as a person has set them, and in force with what the EA fills and tells. Replaced, never changed in place. */
export class SettingsInForce {
  private set: BridgeConfig;
  private fill: FilledTerms = noTerms;
  private current: BridgeConfig;
  private terms: BridgeTerms;

  constructor(config: BridgeConfig) {
    this.set = config;
    this.current = config;
    this.terms = { ...config, toldSymbols: [] };
  }

  /** Without what the EA fills: those to be stored. */
  get byPerson(): BridgeConfig {
    return this.set;
  }

  get config(): BridgeConfig {
    return this.current;
  }

  get filled(): FilledTerms {
    return this.fill;
  }

  /** The settings in force with the EA's symbols; the same object as long as neither changes. */
  with({ toldSymbols }: BridgeTold): BridgeTerms {
    if (this.terms.toldSymbols !== toldSymbols) this.terms = { ...this.current, toldSymbols };
    return this.terms;
  }

  /** Takes changes by a person. @returns null: there is none */
  configure(changes: Partial<BridgeSettings>): SettingsChange | null {
    const [before, inForce] = [this.set, this.current];
    const changed = changedProperties<BridgeSettings>(before, changes);
    if (Object.keys(changed).length === 0) return null;
    this.set = { ...before, ...changes };
    this.putInForce();
    return { before, changed, meaning: changedMeaning(inForce, this.current) };
  }

  /** Takes what the EA fills, in place of what it filled before. @returns null: nothing in force is other than before */
  fillWith(fill: FilledTerms): SettingsChange | null {
    const before = this.current;
    this.fill = fill;
    const { stopUnit, positionMode } = this.merged();
    const changed = changedProperties<BridgeSettings>(before, { stopUnit, positionMode });
    if (Object.keys(changed).length === 0) return null;
    this.putInForce();
    return { before, changed, meaning: isOther(before, this.current) ? otherReading : null };
  }

  private merged(): BridgeConfig {
    const { set, fill } = this;
    return {
      ...set,
      stopUnit: set.stopUnit ?? fill.stopUnit,
      positionMode: set.positionMode ?? fill.positionMode,
    };
  }

  private putInForce(): void {
    this.current = this.merged();
    this.terms = { ...this.current, toldSymbols: this.terms.toldSymbols };
  }
}

const otherReading = 'The EA tells another stop unit or position mode.';

/** Whether an order would be read otherwise than before. What was not known is no other reading. */
function isOther(before: FilledTerms, after: FilledTerms): boolean {
  return (
    (before.stopUnit !== null && before.stopUnit !== after.stopUnit) ||
    (before.positionMode !== null && before.positionMode !== after.positionMode)
  );
}
