import { termsOf, type AccountTerms, type Terms } from '../../domain/market/accountTerms.ts';

const kinds = ['currency', 'leverage'] as const;

/** What the EA tells of the account's currency and leverage. */
export class ToldTerms {
  private told: Terms = { currency: null, leverage: null };
  /** What it has told since the start. */
  private once: Terms = { currency: null, leverage: null };

  get current(): Terms {
    return this.told;
  }

  record({ currency, leverage }: { currency?: string | undefined; leverage?: number | undefined }): void {
    if (currency === undefined && leverage === undefined) return;
    this.told = { currency: currency ?? this.told.currency, leverage: leverage ?? this.told.leverage };
    this.once = { currency: currency ?? this.once.currency, leverage: leverage ?? this.once.leverage };
  }

  /** Another account may be behind what comes from now on. */
  forget(): void {
    this.told = { currency: null, leverage: null };
  }

  /** The terms of now, by what is set and what is told. */
  with(set: Terms): AccountTerms {
    return {
      ...termsOf(set, this.told),
      lapsed: kinds.filter((kind) => set[kind] === null && this.told[kind] === null && this.once[kind] !== null),
    };
  }
}
