/** What tells an order from all others: each journal numbers by itself, and the paper bridge has one of its own. */
export interface OrderRef {
  bridge: string;
  number: number;
}

/** For maps and lists. IDs of bridges have no blanks. */
export function orderKey({ bridge, number }: OrderRef): string {
  return `${bridge} ${String(number)}`;
}

export function isSameOrder(one: OrderRef, other: OrderRef | null | undefined): boolean {
  return one.number === other?.number && one.bridge === other.bridge;
}

/** `main/12`, as an address names an order. */
export function orderAddress({ bridge, number }: OrderRef): string {
  return `${bridge}/${String(number)}`;
}

/** Null: the text names no order. */
export function readOrderAddress(text: string): OrderRef | null {
  const [, bridge, number] = /^([A-Za-z0-9_-]{1,40})\/(\d{1,15})$/.exec(text) ?? [];
  return bridge === undefined ? null : { bridge, number: Number(number) };
}
