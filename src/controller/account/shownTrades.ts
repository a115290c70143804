import { BoundedMap } from '../../base/boundedMap.ts';
import type { OrderSource } from '../../domain/orders/order.ts';
import {
  noTrades,
  type OpenPosition,
  type OpenTrades,
  type PendingOrder,
  type TradeOrigin,
} from '../../domain/positions/openTrades.ts';
import type { Order8, Position8 } from '../../protocol/protocol8/reports.ts';

/** Where this desk fired an order; null: no order of its journal has this ID. */
export type SourceOf = (signalId: string) => OrderSource | null;

/** Most orders whose source is kept, so that a list that comes every 30 s asks the journal once. */
const mostSources = 4_000;

/**
 * The open trades that persons and programs are shown: the last lists of the account's EA (N5), with who opened each. They
 * stay, marked as not current, when the EA's session ends, and go with the account.
 */
export class ShownTrades {
  private readonly sourceOf: SourceOf;
  private readonly sources = new BoundedMap<string, OrderSource>(mostSources);
  private trades = noTrades;

  constructor(sourceOf: SourceOf) {
    this.sourceOf = sourceOf;
  }

  /** The same object as long as nothing changes. */
  get now(): OpenTrades {
    return this.trades;
  }

  /** @param now epoch ms */
  tellPositions(positions: readonly Position8[], now: number): void {
    const shown = positions.map((each): OpenPosition => {
      const { position, symbol, side, lots, price, opened_at: openedAt, sl, tp, profit, swap } = each;
      return {
        ...{ position, symbol, side, lots, price: price ?? null, openedAt: openedAt ?? null },
        ...{ sl: sl ?? null, tp: tp ?? null, profit: profit ?? null, swap: swap ?? null, ...this.origin(each) },
      };
    });
    this.trades = { ...this.ofSession(), positions: shown, positionsAt: now };
  }

  /** @param now epoch ms */
  tellOrders(orders: readonly Order8[], now: number): void {
    const shown = orders.map((each): PendingOrder => {
      const { order, symbol, side, kind, lots, requested, price, limit_price: limitPrice } = each;
      const { until, placed_at: placedAt, sl, tp } = each;
      return {
        ...{ order, symbol, side: side ?? null, kind, lots, requested: requested ?? null, price: price ?? null },
        ...{ limitPrice: limitPrice ?? null, until: until ?? null, placedAt: placedAt ?? null },
        ...{ sl: sl ?? null, tp: tp ?? null, ...this.origin(each) },
      };
    });
    this.trades = { ...this.ofSession(), orders: shown, ordersAt: now };
  }

  /** Handles the end of the EA's session. */
  sessionEnded(): void {
    if (this.trades.isCurrent) this.trades = { ...this.trades, isCurrent: false };
  }

  /** Handles another account. */
  forget(): void {
    this.trades = noTrades;
  }

  /** The lists of this session: those of the one before are not mixed with new ones. */
  private ofSession(): OpenTrades {
    return this.trades.isCurrent ? this.trades : { ...noTrades, isCurrent: true };
  }

  private origin({ signal_id, reason, magic, comment }: Position8 | Order8): TradeOrigin {
    const signalId = signal_id ?? null;
    const source = signalId === null ? null : this.source(signalId);
    return { signalId, source, reason: reason ?? null, magic: magic ?? null, comment: comment ?? '' };
  }

  /** Where this desk fired an order; null: no order of its journal has this ID. */
  source(signalId: string): OrderSource | null {
    const source = this.sources.get(signalId) ?? this.sourceOf(signalId);
    if (source !== null) this.sources.set(signalId, source);
    return source;
  }
}
