import { gaps } from '../../domain/arithmetic/unavailable.ts';
import { termsOf } from '../../domain/market/accountTerms.ts';
import { type ToldSymbol, withTold } from '../../domain/market/toldSymbols.ts';
import { refusals } from '../../domain/orders/refusals.ts';
import type { BridgeSettings } from '../settings/bridgeSettings.ts';
import type { BridgeState } from '../state/state.ts';

// What the EA tells otherwise than a person has set, a sentence each.

export function accountDifferences({
  account,
  positionMode,
  currency,
  leverage,
}: Pick<BridgeState, 'account' | 'positionMode' | 'currency' | 'leverage'>): string[] {
  const { conflict } = termsOf({ currency, leverage }, account);
  const told = account.positionMode;
  const differs = told !== null && positionMode !== null && told !== positionMode;
  return [
    ...(differs ? [refusals.positionModeDiffers(positionMode, told).reason] : []),
    ...(conflict === null ? [] : [`${conflict.missing}.`]),
  ];
}

export function symbolDifferences(
  symbols: BridgeSettings['symbols'],
  suffix: string,
  told: readonly ToldSymbol[],
): string[] {
  return withTold(symbols, suffix, told)
    .flatMap((row) => row.differences ?? [])
    .map((difference) => `${gaps.symbolDiffers(difference).missing}.`);
}
