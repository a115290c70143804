import { termsOf, type AccountTerms, type Terms } from '../../domain/market/accountTerms.ts';

const kinds = ['currency', 'leverage'] as const;

/** Currency and leverage of the account as the EA reports them. */
export class ToldTerms {
  private told: Terms = { currency: null, leverage: null };
  /** Terms reported since the start. */
  private once: Terms = { currency: null, leverage: null };

  get current(): Terms {
    return this.told;
  }

  record({ currency, leverage }: { currency?: string | undefined; leverage?: number | undefined }): void {
    if (currency === undefined && leverage === undefined) return;
    this.told = { currency: currency ?? this.told.currency, leverage: leverage ?? this.told.leverage };
    this.once = { currency: currency ?? this.once.currency, leverage: leverage ?? this.once.leverage };
  }

  /** Forgets the current terms: the next report may be of another account. */
  forget(): void {
    this.told = { currency: null, leverage: null };
  }

  /** The terms in force, from the settings and the EA's report. */
  with(set: Terms): AccountTerms {
    return {
      ...termsOf(set, this.told),
      lapsed: kinds.filter((kind) => set[kind] === null && this.told[kind] === null && this.once[kind] !== null),
    };
  }
}
