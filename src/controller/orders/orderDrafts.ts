import type { FireRequest } from '../../api/contract.ts';
import type { Order } from '../../domain/orders/order.ts';
import type { OrderChange, SeenTrade } from '../../domain/orders/orderChange.ts';
import { closeFields } from '../../domain/tradeTerms.ts';
import type { SignalRules } from '../../protocol/ea/signal.ts';
import type { Platform } from '../records/platform.ts';
import { closeRequest } from './closeRequest.ts';
import { isGuarded, newOrder, type OrderOrigin } from './newOrder.ts';
import type { OrderTerms } from './orderPorts.ts';

/** A change as it was asked for, with the position or pending order as the person saw it. */
export interface ChangeDraft {
  change: OrderChange;
  seen: SeenTrade;
  /** Empty: one is made. */
  signalId: string;
}

/** Makes orders from requests, with the facts that are stored with them. */
export class OrderDrafts {
  private readonly platform: Pick<Platform, 'clock' | 'random'>;
  private readonly terms: OrderTerms;
  /** Whether an order under this ID may have been sent, or the journal can't tell. */
  private readonly isTaken: (signalId: string) => boolean;

  constructor(platform: Pick<Platform, 'clock' | 'random'>, terms: OrderTerms, isTaken: (signalId: string) => boolean) {
    this.platform = platform;
    this.terms = terms;
    this.isTaken = isTaken;
  }

  signal(fired: FireRequest, origin: OrderOrigin): { order: Order; rules: SignalRules } {
    const { platform, terms } = this;
    const request = this.toSend(fired, origin);
    const rules = terms.rules(request.symbol);
    return { order: newOrder(request, origin, terms.nextOrderNumber(), rules.stopUnit, platform, terms), rules };
  }

  /** A change of a position or pending order. Its stops are prices, whatever the bridge's unit (N3). */
  change({ change, seen, signalId }: ChangeDraft, origin: OrderOrigin): Order {
    const { platform, terms } = this;
    const stops = 'sl' in change ? { sl: change.sl, tp: change.tp } : { sl: 0, tp: 0 };
    const lot = change.action === 'close_position' ? (change.lot ?? seen.lots) : seen.lots;
    const fields = { symbol: seen.symbol, ...closeFields, lot, ...stops, signalId };
    const made = newOrder({ action: 'close', ...fields }, origin, terms.nextOrderNumber(), 'price', platform, terms);
    return { ...made, action: change.action, change: { ...change, before: seen } };
  }

  /** Prepares the wire's request: the broker's symbol (XAUUSD.m for XAUUSD), except for `close_all`, which has none. */
  private toSend(fired: FireRequest, { source, approvedBy }: OrderOrigin): FireRequest {
    const { brokerSymbol, rules } = this.terms;
    if (!isGuarded({ action: fired.action, source, approvedBy })) {
      const { codePage } = rules(fired.symbol);
      return closeRequest(fired, { brokerSymbol, codePage, isTaken: this.isTaken });
    }
    return fired.action === 'close_all' ? fired : { ...fired, symbol: brokerSymbol(fired.symbol) };
  }
}
