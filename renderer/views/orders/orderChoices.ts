import type { Order } from '../../../src/domain/orders/order.ts';
import type { OrdersPage } from '../../../src/api/queries/orderQuery.ts';

/** Symbols and sources that a list of orders can be narrowed to, sorted. */
export type Choices = NonNullable<OrdersPage['choices']>;

/** The symbols and sources of a bridge's orders: the journal's, and those of orders that were fired since it answered. */
export class OrderChoices {
  private choices: Choices = { symbols: [], sources: [] };

  /** The same object until it changes. */
  get all(): Choices {
    return this.choices;
  }

  /** Takes the journal's answer. */
  begin(choices: Choices): void {
    this.choices = choices;
  }

  add(orders: readonly Order[], bridge: string): void {
    const own = orders.filter((order) => order.bridge === bridge);
    const symbols = withNew(
      this.choices.symbols,
      own.map(({ symbol }) => symbol),
    );
    const sources = withNew(
      this.choices.sources,
      own.map(({ source }) => source),
    );
    if (symbols !== this.choices.symbols || sources !== this.choices.sources) this.choices = { symbols, sources };
  }
}

function withNew(known: string[], seen: readonly string[]): string[] {
  const fresh = new Set(seen.filter((name) => !known.includes(name)));
  return fresh.size === 0 ? known : [...known, ...fresh].sort();
}
