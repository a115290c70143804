/** Identifies an order. The bridge is part of it: the paper bridge's journal numbers its orders separately. */
export interface OrderRef {
  bridge: string;
  number: number;
}

/** Key for maps and lists. IDs of bridges have no blanks. */
export function orderKey({ bridge, number }: OrderRef): string {
  return `${bridge} ${String(number)}`;
}

export function isSameOrder(one: OrderRef, other: OrderRef | null | undefined): boolean {
  return one.number === other?.number && one.bridge === other.bridge;
}

/** An order in the window's address, such as `main/12`. */
export function orderAddress({ bridge, number }: OrderRef): string {
  return `${bridge}/${String(number)}`;
}

/** Null: the text names no order. */
export function readOrderAddress(text: string): OrderRef | null {
  const [, bridge, number] = /^([A-Za-z0-9_-]{1,40})\/(\d{1,15})$/.exec(text) ?? [];
  return bridge === undefined ? null : { bridge, number: Number(number) };
}
