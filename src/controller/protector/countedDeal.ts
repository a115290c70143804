import type { CountedDeal } from '../../domain/accountRules/ruleBases.ts';
import type { Deal8 } from '../../protocol/protocol8/reports.ts';

/**
 * A deal as rules count it; null: they don't. Commissions and charges are no money that was paid out.
 * @param now epoch ms: no deal is of later
 */
export function countedDeal(told: Deal8, now: number): CountedDeal | null {
  const { deal, kind, profit = 0, swap = 0, commission = 0, fee = 0 } = told;
  const net = Number((profit + swap + commission + fee).toFixed(8));
  const at = Math.min(told.at, now);
  if (kind === 'credit') return null;
  if (kind === 'commission' || kind === 'charge') return { deal, at, kind: 'cost', net };
  if (kind !== 'trade') return { deal, at, kind: 'money', net };
  return { deal, at, kind: told.entry === 'in' ? 'opened' : 'closed', net };
}
