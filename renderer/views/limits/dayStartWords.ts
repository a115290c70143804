import type { BridgeState } from '../../../src/api/state/state.ts';
import type { EquityBase } from '../../../src/api/state/accountState.ts';
import { formatChange, formatWhen } from '../../format.ts';

const sourceWords: Record<EquityBase['dayStartBy'], string> = {
  figures: 'first figure seen today',
  rebased: 're-based by a person',
  typed: 'set by a person',
};

/** Since when the day's start figure holds, and where it is from. */
export function dayStartWords({ dayStartAt, dayStartBy }: EquityBase, now: number): string {
  const words = sourceWords[dayStartBy];
  return dayStartAt === null ? words : `since ${formatWhen(dayStartAt, now)}, ${words}`;
}

/** Equity of now against the day's start. */
export function todayWords({ account: { equity }, riskBase }: Pick<BridgeState, 'account' | 'riskBase'>): string {
  return equity === null || riskBase === null ? 'not known' : formatChange(equity - riskBase.dayStartEquity);
}
