import type { PositionMode, StopUnit } from '../../domain/tradeTerms.ts';
import type { BridgeConfig } from './bridgeConfig.ts';

/** Settings that the connected EA fills where a person has set none (N1); null: it does not. */
export interface FilledTerms {
  stopUnit: StopUnit | null;
  positionMode: PositionMode | null;
}

export const noTerms: FilledTerms = { stopUnit: null, positionMode: null };

/** The settings in force. */
export function withFilled(set: BridgeConfig, { stopUnit, positionMode }: FilledTerms): BridgeConfig {
  return { ...set, stopUnit: set.stopUnit ?? stopUnit, positionMode: set.positionMode ?? positionMode };
}

/** Whether an order would be read otherwise than before. What was not known is no other reading. */
export function otherTerms(before: FilledTerms, after: FilledTerms): boolean {
  return (
    (before.stopUnit !== null && before.stopUnit !== after.stopUnit) ||
    (before.positionMode !== null && before.positionMode !== after.positionMode)
  );
}
