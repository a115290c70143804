import { entryKindWords, type PendingEntry } from '../../domain/orders/pendingEntry.ts';

/** Kind of a pending order after its side, as "limit"; empty: at the market. */
export function kindOfEntry(entry: PendingEntry | null | undefined): string {
  return entry === null || entry === undefined ? '' : ` ${entryKindWords[entry.kind]}`;
}

/** Price of a pending order, as " at 2,300.00"; empty: at the market. */
export function priceOfEntry(entry: PendingEntry | null | undefined, format: (price: number) => string): string {
  if (entry === null || entry === undefined) return '';
  const { price, limitPrice } = entry;
  return ` at ${format(price)}${limitPrice === null ? '' : `, limit ${format(limitPrice)}`}`;
}
