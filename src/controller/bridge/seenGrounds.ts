import type { FireRequest } from '../../api/contract.ts';
import type { BridgeSettings } from '../../api/settings/bridgeSettings.ts';
import { isUnavailable } from '../../domain/arithmetic/unavailable.ts';
import { toNumber } from '../../domain/arithmetic/rational.ts';
import { findSymbol } from '../../domain/market/symbolTable.ts';
import type { Order } from '../../domain/orders/order.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import { changedSince, type GroundNow, type SeenGround, worthOf } from '../../domain/orders/seen.ts';
import { pointOf } from '../../domain/sizing/stops.ts';
import type { AccountIdentity } from '../account/accountIdentity.ts';
import type { ReportedFigures } from '../account/reportedFigures.ts';
import { tradingAlarms } from '../alarms/tradingAlarms.ts';
import type { PositionReconciler } from '../orders/positionReconciler.ts';
import type { Emit } from '../records/bridgeEvent.ts';

/** Compares the context that a person saw beside an order with the current one when the order leaves. */
export class SeenGrounds {
  private readonly settings: () => BridgeSettings;
  private readonly identity: AccountIdentity;
  private readonly account: ReportedFigures;
  private readonly positions: PositionReconciler;
  private readonly emit: Emit;

  constructor(
    settings: () => BridgeSettings,
    identity: AccountIdentity,
    account: ReportedFigures,
    positions: PositionReconciler,
    emit: Emit,
  ) {
    this.settings = settings;
    this.identity = identity;
    this.account = account;
    this.positions = positions;
    this.emit = emit;
  }

  /** Account, stop unit, worth of the symbol and price that an order in a symbol would be sent at now. @param symbol the broker's name */
  ground(symbol: string): GroundNow {
    const settings = this.settings();
    const { key, names } = this.identity;
    const quote = this.account.quotes.fresh(symbol);
    const { stopUnit, slippage } = settings;
    const spec = findSymbol(settings, symbol);
    const point = pointOf({ symbol, spec, quote });
    return {
      account: key,
      accountNames: names,
      stopUnit,
      worth: worthOf(spec),
      price: quote === null ? null : { bid: quote.bid, ask: quote.ask },
      slippage: isUnavailable(point) ? null : slippage * (toNumber(point) ?? 0),
    };
  }

  changedSince(order: Order, seen: SeenGround): Refusal | null {
    return changedSince(order, seen, this.ground(order.symbol));
  }

  /**
   * Reports a close of other positions than those shown; the close is sent all the same.
   * @param seen positions shown; null: none were known
   */
  tellDifference({ symbol, action }: FireRequest, seen: number | null): void {
    const told = this.account.state().positions;
    if (seen === null || told === null) return;
    // As displayed: fills count until the EA's next report of positions.
    const count = told + this.positions.knownFills;
    if (seen === count) return;
    const alarm = tradingAlarms.closeDiffers(action === 'close_all' ? null : symbol, seen, count);
    this.emit({ type: 'alarm', alarm });
  }
}
