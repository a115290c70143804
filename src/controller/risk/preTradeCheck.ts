import type { Confirmations } from '../../api/contract.ts';
import type { Order, Unchecked } from '../../domain/orders/order.ts';
import type { BridgeTold } from '../../api/state/state.ts';
import type { EquityBase } from '../../api/state/accountState.ts';
import type { AccountTerms } from '../../domain/market/accountTerms.ts';
import { type Rates, ratesFrom } from '../../domain/market/fxRates.ts';
import { gaps, isUnavailable, type Unavailable } from '../../domain/arithmetic/unavailable.ts';
import type { Rational } from '../../domain/arithmetic/rational.ts';
import { checkMarginAfter, limitsMargin, type MarginTrade } from '../../domain/risk/marginAfter.ts';
import { type Refusal, staleQuoteMs, staleTelemetryMs } from '../../domain/orders/refusal.ts';
import { refusals } from '../../domain/orders/refusals.ts';
import { checkRisk, lossAtStop, type RiskFacts } from '../../domain/risk/riskCheck.ts';
import { type AccountFacts, riskReport, type RiskRow } from '../../domain/risk/riskReport.ts';
import { checkPending } from '../../domain/orders/pendingCheck.ts';
import { pointUnchecked } from '../../domain/orders/unchecked.ts';
import { type PendingEntry, quoteAtEntry } from '../../domain/orders/pendingEntry.ts';
import { pointOf } from '../../domain/sizing/stops.ts';
import { findSymbol, mayBeSymbol } from '../../domain/market/symbolTable.ts';
import type { ReportedFigures } from '../account/reportedFigures.ts';
import type { OrdersAtHand } from '../orders/orderPorts.ts';
import { isEntry, type StopUnit } from '../../domain/tradeTerms.ts';
import type { Clock } from '../ports/clock.ts';
import type { BridgeSettings } from '../../api/settings/bridgeSettings.ts';

type CheckSettings = BridgeTold &
  Pick<
    BridgeSettings,
    'limits' | 'stopUnit' | 'currency' | 'leverage' | 'symbols' | 'symbolSuffix' | 'sizesConfirmed' | 'typedRates'
  >;

/** What is checked of a buy or sell. Its number tells its own sending from earlier ones. */
export type CheckedEntry = Pick<Order, 'number' | 'action' | 'symbol' | 'lot' | 'sl' | 'tp' | 'entry'>;

/** Counts and equity baseline for limits, besides the account's figures. */
export interface TradingRecord {
  /** Null: not measured for this account. */
  base: () => EquityBase | null;
  /** The EA takes pending orders. */
  takesPending: () => boolean;
  trades: () => { today: number; lastMinute: number };
  /** Buys and sells in doubt of removed bridges that may be open on this account. */
  orphans: () => Order[];
}

/** Checks of a buy or sell after its bridge's guards: duplicates, doubtful orders, price, risk (R1, R2). */
export class PreTradeCheck {
  private readonly clock: Clock;
  private readonly settings: () => CheckSettings;
  private readonly account: ReportedFigures;
  private readonly known: OrdersAtHand;
  private readonly record: TradingRecord;

  constructor(
    clock: Clock,
    settings: () => CheckSettings,
    account: ReportedFigures,
    known: OrdersAtHand,
    record: TradingRecord,
  ) {
    this.clock = clock;
    this.settings = settings;
    this.account = account;
    this.known = known;
    this.record = record;
  }

  /** Currency and leverage, from the settings and the EA's report. */
  private terms(): AccountTerms {
    return this.account.terms.with(this.settings());
  }

  check(order: CheckedEntry, stopUnit: StopUnit, { confirmed, repeats }: Confirmations): Refusal | null {
    return (
      this.repetition(order, repeats) ??
      this.doubt(order, confirmed) ??
      this.price(order, stopUnit) ??
      this.pending(order, stopUnit) ??
      this.risk(order, stopUnit) ??
      this.marginRefusal(order)
    );
  }

  /** Checks that are impossible for a buy or sell, because neither the EA nor a setting has the figure. */
  unchecked(order: Order): Unchecked[] {
    if (!isEntry(order.action)) return [];
    const unchecked: Unchecked[] = [];
    if (pointUnchecked(order, this.account.quotes.fresh(order.symbol))) unchecked.push('point');
    if (this.marginAfter(order) === 'unknown') unchecked.push('margin_after');
    return unchecked;
  }

  report(): RiskRow[] {
    return riskReport(this.facts(), this.settings().limits);
  }

  private repetition(order: CheckedEntry, repeats: string | undefined): Refusal | null {
    const { duplicateWindowS } = this.settings().limits;
    const earlier = this.known.sentOrders.lastAlike(order);
    if (earlier === null || this.clock.monotonic() - earlier.sentAt >= duplicateWindowS * 1_000) return null;
    return repeats === earlier.signalId ? null : refusals.duplicateOrder(earlier.signalId, duplicateWindowS);
  }

  private doubt(order: CheckedEntry, confirmed: readonly string[]): Refusal | null {
    const unsettled = [...this.known.sentOrders.unsettled(), ...this.record.orphans()]
      .filter(({ symbol }) => mayBeSymbol(this.settings(), order.symbol, symbol))
      .map(({ signalId }) => signalId)
      .filter((signalId) => !confirmed.includes(signalId));
    return unsettled.length === 0 ? null : refusals.unsettled(unsettled, order.symbol);
  }

  private price({ symbol, sl, tp }: CheckedEntry, stopUnit: StopUnit): Refusal | null {
    const { quotes } = this.account;
    const [difference] = findSymbol(this.settings(), symbol)?.differences ?? [];
    if (difference !== undefined) return refusals.symbolDiffers(difference);
    // Reserves the symbol's place from its next quote on.
    quotes.wanted(symbol);
    const quote = quotes.of(symbol);
    if (quote === null) {
      const why = quotes.missing(symbol);
      return why === null ? null : refusals.quoteMissing(symbol, why, quotes.quoted());
    }
    if (quote.ageMs > staleQuoteMs) return refusals.noQuote(symbol, quote.ageMs, quotes.quotedLately());
    if (stopUnit !== 'points' || (sl === 0 && tp === 0)) return null;
    if (quote.pointDoubt !== null) return refusals.pointMismatch(symbol, quote.pointDoubt);
    const spec = findSymbol(this.settings(), symbol);
    const point = (spec?.point ?? null) === null ? null : pointOf({ symbol, spec, quote });
    return point !== null && isUnavailable(point) ? refusals.tablePoint(point) : null;
  }

  private pending({ action, symbol, sl, tp, entry = null }: CheckedEntry, stopUnit: StopUnit): Refusal | null {
    if (entry === null) return null;
    const facts = {
      ...{ stopUnit, quote: this.account.quotes.of(symbol), spec: findSymbol(this.settings(), symbol) },
      ...{ now: this.clock.now(), takesPending: this.record.takesPending() },
    };
    return checkPending({ side: action === 'sell' ? 'sell' : 'buy', symbol, entry, sl, tp }, facts);
  }

  private risk({ action, symbol, lot, sl, tp, entry = null }: CheckedEntry, stopUnit: StopUnit): Refusal | null {
    const side = action === 'sell' ? 'sell' : 'buy';
    return checkRisk({ side, symbol, lot, sl, tp }, this.riskFacts(symbol, stopUnit, entry), this.settings().limits);
  }

  /** What a buy or sell loses at its stop loss, in the account's currency. */
  lossAtStop({ action, symbol, lot, sl, tp, entry = null }: Omit<CheckedEntry, 'number'>): Rational | Unavailable {
    const { stopUnit } = this.settings();
    if (stopUnit === null) return gaps.stopUnit;
    const side = action === 'sell' ? 'sell' : 'buy';
    return lossAtStop({ side, symbol, lot, sl, tp }, this.riskFacts(symbol, stopUnit, entry));
  }

  private riskFacts(symbol: string, stopUnit: StopUnit, entry: PendingEntry | null): RiskFacts {
    const names = this.settings();
    const { sizesConfirmed } = names;
    const quote = quoteAtEntry(this.account.quotes.of(symbol), entry);
    const spec = findSymbol(names, symbol);
    return { ...this.facts(), stopUnit, quote, spec, sizesConfirmed, rates: this.rates() };
  }

  private marginRefusal(order: CheckedEntry): Refusal | null {
    const after = this.marginAfter(order);
    return after === 'unknown' ? null : after;
  }

  /** An unknown order counts as open even if a person confirmed to trade beside it. */
  private marginAfter(order: CheckedEntry): Refusal | 'unknown' | null {
    const { limits } = this.settings();
    if (!limitsMargin(limits)) return null;
    const { freeMargin, ...figures } = this.account.freshFigures();
    const pending = (): MarginTrade[] =>
      [...this.known.sentOrders.mayBeOpen(this.account.marginToldAt), ...this.record.orphans()]
        .filter(({ number }) => number !== order.number)
        .map((each) => this.marginTrade(each));
    const account = { ...this.terms(), ...figures, rates: this.rates() };
    return checkMarginAfter(this.marginTrade(order), { account, freeMargin, pending }, limits);
  }

  private marginTrade({
    action,
    lot,
    symbol,
    entry = null,
  }: Pick<Order, 'action' | 'lot' | 'symbol' | 'entry'>): MarginTrade {
    const names = this.settings();
    return {
      side: action === 'sell' ? 'sell' : 'buy',
      lot,
      instrument: {
        symbol,
        spec: findSymbol(names, symbol),
        quote: quoteAtEntry(this.account.quotes.fresh(symbol), entry),
        pipsConfirmed: false,
        sizesConfirmed: names.sizesConfirmed,
      },
    };
  }

  private rates(): Rates {
    const { quotes } = this.account;
    return ratesFrom(
      (pair) => quotes.of(pair),
      this.settings(),
      this.clock.now(),
      (pair) => quotes.wasKnown(pair),
    );
  }

  private facts(): AccountFacts {
    const { today, lastMinute } = this.record.trades();
    const { conflict, currency } = this.terms();
    const base = this.record.base();
    return {
      ...this.account.freshFigures(),
      accountCurrency: currency,
      conflict,
      openTrades: this.openTrades(),
      tradesToday: today,
      tradesLastMinute: lastMinute,
      dayStartEquity: base?.dayStartEquity ?? null,
      peakEquity: base?.peakEquity ?? null,
    };
  }
  /** Null: no number of positions is known that is new enough. */
  private openTrades(): number | null {
    const { positions, sentOrders } = this.known;
    const { count, countedAt } = positions;
    if (count === null || this.clock.monotonic() - countedAt > staleTelemetryMs) return null;
    const told = this.account.toldPositions;
    // A newer number that the list does not agree with proves nothing, and may be right.
    const inDoubt = told === null || told.at <= countedAt ? 0 : told.count + sentOrders.uncountedTrades(told.at);
    return Math.max(count + sentOrders.uncountedTrades(countedAt), inDoubt) + this.record.orphans().length;
  }
}
