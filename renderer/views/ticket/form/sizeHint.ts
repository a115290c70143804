import { formatPlain } from '../../../format.ts';
import type { StopHint } from './ticketSizing.ts';

/**
 * What a typed share of the equity means, with the limit of one trade beside it.
 * @param typed as it stands in the field
 * @param limit % of equity; null: none
 */
export function percentHint(typed: string, limit: number | null): StopHint {
  if (limit === null) return { text: 'of equity, at the stop', warning: false };
  const words = `${formatPlain(limit)} %`;
  return Number(typed) > limit
    ? { text: `above the limit of ${words}`, warning: true }
    : { text: `at the stop, limit ${words}`, warning: false };
}
