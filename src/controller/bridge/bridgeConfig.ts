import type { BridgeKind } from '../../api/state/state.ts';
import { brokerNameOf } from '../../domain/market/symbolTable.ts';
import type { BridgeSettings } from '../../api/settings/bridgeSettings.ts';

/** Settings that orders are made and checked by. */
export type BridgeTerms = BridgeSettings & { kind: BridgeKind };

export interface BridgeConfig extends BridgeSettings {
  id: string;
  kind: BridgeKind;
  /** Start armed. Orders in doubt and the kill switch overrule it. */
  armed: boolean;
  /** Flags of the start that go before the settings of its sockets. */
  startFlags: string[];
}

/** Under which the journal remembers the limits of a bridge, for a start that finds no settings. */
export function limitsKey(bridge: string): string {
  return `limits ${bridge}`;
}

/** Why an order would mean something else under the new settings than under those before, or null. */
export function changedMeaning(before: BridgeSettings, after: BridgeSettings): string | null {
  if (before.stopUnit !== after.stopUnit || before.positionMode !== after.positionMode) {
    return 'The stop unit or the position mode was changed.';
  }
  if (before.codePage !== after.codePage) return 'The code page of the terminal was changed.';
  return sentNames(before) === sentNames(after) ? null : "The broker's name of a symbol was changed.";
}

/** What each symbol is called on the wire. */
function sentNames({ symbols, symbolSuffix }: BridgeSettings): string {
  return JSON.stringify([symbolSuffix, symbols.map((spec) => [spec.symbol, brokerNameOf(spec, symbolSuffix)]).sort()]);
}
