import { gaps, type Unavailable } from '../arithmetic/unavailable.ts';

/** Currency (ISO code, or that of its cents) and leverage (100 for 1:100) of an account; null: not set or not reported. */
export interface Terms {
  currency: string | null;
  leverage: number | null;
}

/** The terms used for calculations in money. */
export interface AccountTerms extends Terms {
  /** The setting and the EA's report differ: until they agree, nothing is computed in money. */
  conflict: Unavailable | null;
  /** Terms without a setting that the EA reported before it reconnected and not since. */
  lapsed: readonly (keyof Terms)[];
}

/** The EA's terms when nothing is set; the set ones when the EA reports none, or the same. */
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
