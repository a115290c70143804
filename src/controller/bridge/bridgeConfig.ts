import type { BridgeKind, BridgeTold } from '../../api/state/state.ts';
import { brokerNameOf } from '../../domain/market/symbolSpec.ts';
import type { BridgeSettings } from '../../api/settings/bridgeSettings.ts';

/** Settings by which orders are made and checked, and what the EA tells of its symbols. */
export type BridgeTerms = BridgeSettings & BridgeTold & { kind: BridgeKind };

export interface BridgeConfig extends BridgeSettings {
  id: string;
  kind: BridgeKind;
  /** Start armed, except with orders in doubt or under the kill switch. */
  armed: boolean;
  /** Flags of the start that override settings of the sockets. */
  startFlags: string[];
}

/** Journal key of a bridge's limits, for a start that finds no settings. */
export function limitsKey(bridge: string): string {
  return `limits ${bridge}`;
}

/** Why an order would mean something else under the new settings; null: it would not. */
export function changedMeaning(before: BridgeSettings, after: BridgeSettings): string | null {
  if (before.stopUnit !== after.stopUnit || before.positionMode !== after.positionMode) {
    return 'The stop unit or the position mode was changed.';
  }
  if (before.codePage !== after.codePage) return 'The code page of the terminal was changed.';
  return sentNames(before) === sentNames(after) ? null : "The broker's name of a symbol was changed.";
}

/** Each symbol's name on the wire. */
function sentNames({ symbols, symbolSuffix }: BridgeSettings): string {
  return JSON.stringify([symbolSuffix, symbols.map((spec) => [spec.symbol, brokerNameOf(spec, symbolSuffix)]).sort()]);
}
