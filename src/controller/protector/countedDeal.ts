import type { CountedDeal } from '../../domain/accountRules/ruleBases.ts';
import type { Deal8 } from '../../protocol/protocol8/reports.ts';

/** A deal as rules count it; null: they don't. */
export function countedDeal(told: Deal8): CountedDeal | null {
  const { deal, at, kind, profit = 0, swap = 0, commission = 0, fee = 0 } = told;
  const net = Number((profit + swap + commission + fee).toFixed(8));
  if (kind === 'credit') return null;
  if (kind !== 'trade') return { deal, at, kind: 'money', net };
  return { deal, at, kind: told.entry === 'in' ? 'opened' : 'closed', net };
}
