import { z } from 'zod';
import { brokerSymbol, lotsOf } from '../../domain/market/symbolTable.ts';
import type { Quote } from '../../domain/market/quote.ts';
import type { AccountState, BridgeState } from '../state/state.ts';

/** The word that is typed for an account that is not known to be a demo account, after the account's own name. */
export const liveWord = 'LIVE';

export const proofOrderSchema = z.object({
  bridge: z.string().min(1).max(40),
  symbol: z.string().max(64),
  /** In the bridge's unit; null: {@link planProofOrder} chooses it. */
  sl: z.number().nonnegative().nullable(),
  /** Empty: one is made. */
  signalId: z.string().max(64),
  /** What was typed to confirm it on an account that counts as live: the account's name, and {@link liveWord}. */
  live: z.object({ account: z.string().max(200), word: z.string().max(20) }).nullable(),
});
export type ProofOrderRequest = z.infer<typeof proofOrderSchema>;

/** A stop this many spreads away is met neither at once nor by chance. */
const spreadsAway = 50;
/** Where the spread is not known, in points. */
const pointsAway = 1_000;

export interface ProofOrderPlan {
  lot: number;
  /** In the bridge's unit; null: it takes a price, and none is known. */
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
  const wished = spread === null || spread <= 0 ? pointsAway : spread * spreadsAway;
  const points = Math.round(Math.min(Math.max(wished, min ?? 0), max ?? Number.MAX_SAFE_INTEGER));
  if (bridge.stopUnit !== 'price') return { lot, sl: points };
  if (quote === null || point === null) return { lot, sl: null };
  const price = quote.bid - points * point;
  return { lot, sl: price > 0 ? Number(price.toFixed(quote.digits)) : null };
}

/** As it is typed to confirm an order on it. */
export function accountTyped({ login, uuid }: Pick<AccountState, 'login' | 'uuid'>): string | null {
  return login ?? uuid;
}

/** Money is at stake unless the EA has named a demo account, or it is the paper EA. */
export function countsAsLive({ kind, account }: Pick<BridgeState, 'kind' | 'account'>): boolean {
  return kind !== 'paper' && account.trading !== 'demo';
}

/** Why this round trip is not made on this account, or null. */
export function proofOrderObstacle(bridge: BridgeState, live: ProofOrderRequest['live']): string | null {
  if (!countsAsLive(bridge)) return null;
  const name = accountTyped(bridge.account);
  if (name === null) return 'The EA has not named its account, so no order is tried on it.';
  if (live?.account === name && live.word === liveWord) return null;
  return `Account ${name} is not known to be a demo account, so it counts as live. Confirm it twice: by the account's number and by the word ${liveWord}.`;
}
