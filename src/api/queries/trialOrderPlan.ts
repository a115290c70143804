import { z } from 'zod';
import { brokerSymbol, lotsOf } from '../../domain/market/symbolTable.ts';
import type { Quote } from '../../domain/market/quote.ts';
import { isMoneyAtStake } from '../state/accountStake.ts';
import type { BridgeState } from '../state/state.ts';
import type { AccountState } from '../state/accountState.ts';

/** Typed after the account's name to confirm an order on an account that is not known to be a demo account. */
export const liveWord = 'LIVE';

export const proofOrderSchema = z.object({
  bridge: z.string().min(1).max(40),
  symbol: z.string().max(64),
  /** In the bridge's unit; null: {@link planProofOrder} chooses it. */
  sl: z.number().nonnegative().nullable(),
  /** Empty: an ID is generated. */
  signalId: z.string().max(64),
  /** Typed confirmation for an account that counts as live: the account's name and {@link liveWord}. */
  live: z.object({ account: z.string().max(200), word: z.string().max(20) }).nullable(),
});
export type ProofOrderRequest = z.infer<typeof proofOrderSchema>;

/** Distance of the stop in spreads: far enough not to be hit at once or by chance. */
const spreadsAway = 50;
/** Distance of the stop in points when the spread is not known. */
const pointsAway = 1_000;

export interface ProofOrderPlan {
  lot: number;
  /** In the bridge's unit; null: the unit is price and no price is known. */
  sl: number | null;
}

/** The smallest buy of a symbol, with a stop loss that the limits of the bridge allow. */
export function planProofOrder(bridge: BridgeState, quotes: readonly Quote[], symbol: string): ProofOrderPlan {
  const lot = lotsOf(bridge, symbol).min;
  const name = brokerSymbol(bridge, symbol);
  const quote = quotes.find((each) => each.symbol === name && !each.earlier) ?? null;
  const point = quote?.point ?? (quote === null ? null : 10 ** -quote.digits);
  const { min, max } = bridge.limits.stopDistance;
  const spread = quote === null || point === null ? null : Math.round((quote.ask - quote.bid) / point);
  const distance = spread === null || spread <= 0 ? pointsAway : spread * spreadsAway;
  const points = Math.round(Math.min(Math.max(distance, min ?? 0), max ?? Number.MAX_SAFE_INTEGER));
  if (bridge.stopUnit !== 'price') return { lot, sl: points };
  if (quote === null || point === null) return { lot, sl: null };
  const price = quote.bid - points * point;
  return { lot, sl: price > 0 ? Number(price.toFixed(quote.digits)) : null };
}

/** The account's name as a person types it to confirm an order. */
export function accountTyped({ login, uuid }: Pick<AccountState, 'login' | 'uuid'>): string | null {
  return login ?? uuid;
}

/** Why the trial order is not made on this account, or null. */
export function proofOrderRefusal(bridge: BridgeState, live: ProofOrderRequest['live']): string | null {
  if (!isMoneyAtStake(bridge)) return null;
  const name = accountTyped(bridge.account);
  if (name === null) return 'The EA has not named its account, so no order is tried on it.';
  if (live?.account === name && live.word === liveWord) return null;
  return `Account ${name} is not known to be a demo account, so it counts as live. Confirm it twice: by the account's number and by the word ${liveWord}.`;
}
