import { gaps, type Unavailable } from '../arithmetic/unavailable.ts';

/** Currency (ISO code, or that of its cents) and leverage (100 for 1:100) of an account; null is not set or not told. */
export interface Terms {
  currency: string | null;
  leverage: number | null;
}

/** The terms that money is worked out by. */
export interface AccountTerms extends Terms {
  /** What is set and what the EA tells differ: until they agree, nothing is worked out in money. */
  conflict: Unavailable | null;
  /** What the EA told before it connected anew and has not told since, where nothing is set. */
  lapsed: readonly (keyof Terms)[];
}

/** What the EA tells where nothing is set; what is set where it tells nothing, or the same. */
export function termsOf(set: Terms, told: Terms): Omit<AccountTerms, 'lapsed'> {
  const currency = set.currency ?? told.currency;
  const leverage = set.leverage ?? told.leverage;
  const conflict =
    set.currency !== null && told.currency !== null && set.currency !== told.currency
      ? gaps.currencyDiffers(set.currency, told.currency)
      : set.leverage !== null && told.leverage !== null && set.leverage !== told.leverage
        ? gaps.leverageDiffers(set.leverage, told.leverage)
        : null;
  return { currency, leverage, conflict };
}
