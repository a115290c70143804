import type { FireRequest, SettlementRequest } from '../../api/contract.ts';
import type { Order, PersonSource } from '../../domain/orders/order.ts';
import type { BridgeState, Sample } from '../../api/state/state.ts';
import { type Refusal, staleTelemetryMs } from '../../domain/orders/refusal.ts';
import { brokerSymbol, lotsOf } from '../../domain/market/symbolTable.ts';
import { lotRules } from '../../domain/v7Lots.ts';
import type { SignalRules } from '../../protocol/ea/signal.ts';
import type { ReportedFigures } from '../account/reportedFigures.ts';
import type { AccountIdentity } from '../account/accountIdentity.ts';
import { EarlierOrders } from '../orders/earlierOrders.ts';
import { SentOrders } from '../orders/sentOrders.ts';
import type { AskAgain } from '../orders/orderPorts.ts';
import { OrderSender } from '../orders/orderSender.ts';
import type { OrderOrigin } from '../orders/newOrder.ts';
import { mayBeOn } from '../orders/orphans.ts';
import { TradeChanges } from '../orders/tradeChanges.ts';
import type { PositionReconciler } from '../orders/positionReconciler.ts';
import { TradeCounter, tradesSpanMs } from '../risk/tradeCounter.ts';
import { PreTradeCheck } from '../risk/preTradeCheck.ts';
import type { GroundNow } from '../../domain/orders/seen.ts';
import { isEntry } from '../../domain/tradeTerms.ts';
import type { BridgeEvent, Emit } from '../records/bridgeEvent.ts';
import type { Platform } from '../records/platform.ts';
import { ListedTrades } from '../account/listedTrades.ts';
import { AccountWatch } from './accountWatch.ts';
import { AccountRuling } from './accountRuling.ts';
import { Arming } from './arming.ts';
import type { BridgeEa, BridgeOfOrders } from './bridgeParts.ts';
import { BridgeGuards } from './bridgeGuards.ts';
import { bridgePositions } from './bridgePositions.ts';
import { ChangeGround } from './changeGround.ts';
import { SeenGrounds } from './seenGrounds.ts';
import type { SharedTrading } from './sharedTrading.ts';

type TradingState = Pick<
  BridgeState,
  'armed' | 'accountKey' | 'accountProblem' | 'obstacle' | 'risk' | 'riskBase' | 'rules' | 'lock'
>;

/** The path of an order to the wire and back: account, arming, checks, sending, outcome. */
export class OrderManager {
  readonly identity: AccountIdentity;
  readonly orders: OrderSender;
  readonly positions: PositionReconciler;
  readonly listed = new ListedTrades((signalId) => this.sentOrders.findOnAny(signalId)?.source ?? null);
  readonly changes: TradeChanges;
  readonly accountWatch: AccountWatch;
  readonly accountRules: AccountRuling;
  private readonly bridge: BridgeOfOrders;
  private readonly platform: Platform;
  private readonly account: ReportedFigures;
  private readonly shared: SharedTrading;
  private readonly counter: TradeCounter;
  private readonly sentOrders: SentOrders;
  private readonly changeGround: ChangeGround;
  private readonly preTrade: PreTradeCheck;
  private readonly arming: Arming;
  readonly guards: BridgeGuards;
  private readonly seen: SeenGrounds;
  private readonly isHedging = () => (this.account.positionMode ?? this.bridge.settings().positionMode) === 'hedging';

  constructor(
    bridge: BridgeOfOrders,
    platform: Platform,
    account: ReportedFigures,
    ea: BridgeEa,
    shared: SharedTrading,
    emit: Emit,
  ) {
    this.bridge = bridge;
    this.platform = platform;
    this.account = account;
    this.shared = shared;
    const [{ id, journal, settings }, { clock, journalWriter }] = [bridge, platform];
    const earlier = journal.tradesSince(id, clock.now() - tradesSpanMs);
    this.arming = new Arming(id, platform, emit);
    this.accountWatch = new AccountWatch({ id, settings, journal, figures: account }, platform, emit, {
      other: () => {
        this.positions.forget();
        this.listed.forget();
        this.accountRules.forget();
      },
      changed: () => {
        this.disarm('The account changed.');
      },
    });
    this.identity = this.accountWatch.identity;
    for (const { symbol } of earlier) account.quotes.hold(symbol);
    this.counter = new TradeCounter(clock, () => this.accountWatch.days.today().from, earlier);
    this.sentOrders = new SentOrders(clock, journal, id, earlier, () => this.identity);
    this.positions = bridgePositions(bridge, platform, account, this.sentOrders, () => this.orders.reports);
    const known = { sentOrders: this.sentOrders, positions: this.positions };
    this.preTrade = new PreTradeCheck(clock, settings, account, known, {
      ...{ takesPending: () => ea.session() !== null, base: () => this.accountWatch.baseline.base },
      trades: () => ({ today: this.counter.tradesToday(), lastMinute: this.counter.tradesLastMinute() }),
      orphans: () => shared.orphans().filter((order) => isEntry(order.action) && mayBeOn(this.identity, order)),
    });
    this.accountRules = new AccountRuling({
      ...{ bridge, platform, account, ea, shared, emit, identity: this.identity, listed: this.listed },
      ...{ sentOrders: this.sentOrders, preTrade: this.preTrade, changes: () => this.changes },
      fire: (request, origin) => this.fire(request, origin),
    });
    this.seen = new SeenGrounds(settings, this.identity, account, this.positions, emit);
    this.guards = new BridgeGuards(
      {
        identity: this.identity,
        arming: this.arming,
        preTrade: this.preTrade,
        settings,
        connection: ea.connection,
        toldPositionMode: () => account.positionMode,
        journalFailure: () => journalWriter.failure,
        locked: () => this.accountRules.lockRefusal(),
        ruledEntry: (entry) => this.accountRules.entryRefusal(entry),
        ruledChange: (change) => this.accountRules.changeRefusal(change),
        unanswered: () => this.orders.unanswered,
      },
      shared,
      () => {
        this.look();
      },
    );
    this.orders = new OrderSender(
      platform,
      {
        bridge: id,
        rules: (symbol) => this.rules(symbol),
        brokerSymbol: (symbol) => brokerSymbol(settings(), symbol),
        nextOrderNumber: shared.nextOrderNumber,
        slippage: () => settings().slippage,
        accountKey: () => this.identity.key,
        quote: (symbol) => account.quotes.fresh(symbol),
        tradingDay: (at) => this.accountWatch.days.dayOf(at),
      },
      known,
      this.guards,
      { ...ea, resends: () => ea.link.patterns.feedback === 'req' },
      (event) => {
        this.follow(event);
        emit(event);
      },
    );
    this.changeGround = new ChangeGround({
      ...{ identity: this.identity, listed: this.listed, sentOrders: this.sentOrders, orphans: shared.orphans },
      ...{ quote: (symbol) => account.quotes.fresh(symbol), isHedging: this.isHedging },
    });
    this.changes = new TradeChanges(this.orders, ea, () => {
      this.look();
      return this.changeGround.now();
    });
  }

  /** Restores the orders of earlier starts. */
  restore(): void {
    const { bridge, sentOrders, positions, orders, platform } = this;
    new EarlierOrders(bridge, { sentOrders, positions }, orders.reports, platform.clock).restore();
  }

  state(): TradingState {
    return {
      armed: this.arming.on,
      accountKey: this.identity.key,
      accountProblem: this.identity.problem,
      obstacle: this.guards.refusal(),
      risk: this.preTrade.report(),
      riskBase: this.accountWatch.baseline.base,
      rules: this.accountRules.guard.rows(),
      lock: this.accountRules.guard.lockState,
    };
  }

  /** @param again further check right before sending, such as the age of a signal */
  fire(request: FireRequest, origin: OrderOrigin, again: AskAgain = () => null): Promise<Order> {
    this.look();
    const { seen } = request;
    if (seen === undefined) return this.orders.fire(request, origin, again);
    if (!isEntry(request.action)) this.seen.tellDifference(request, seen.positions);
    return this.orders.fire(request, origin, (order) => again(order) ?? this.seen.changedSince(order, seen));
  }

  /** Records an order that was refused before any check. */
  refuse(request: FireRequest, origin: OrderOrigin, refusal: Refusal): Order {
    return this.orders.refuse(request, origin, refusal);
  }

  armAtStart(): void {
    const { killed, orphans } = this.shared;
    this.arming.atStart(killed(), [...this.bridge.journal.ordersInDoubt(this.bridge.id), ...orphans()]);
  }

  /** @throws ContractFailure `not_possible` with the reason and the next step */
  arm(by: PersonSource): void {
    if (this.arming.on) return;
    this.accountWatch.look();
    this.arming.arm(by, this.guards.armingRefusal());
  }

  /** @param why reason; null: a person asked for it */
  disarm(why: string | null, by: PersonSource | 'app' = 'app'): void {
    this.arming.disarm(why, by);
  }

  settle(request: SettlementRequest, by: PersonSource): Order {
    return this.orders.reports.settleByHand(request, by);
  }

  /** Takes the figures of a pulse. @param sample null: none came */
  observe(sample: Sample | null): void {
    this.accountWatch.lookAtTerms();
    this.orders.reports.writeRepeats();
    this.accountWatch.observe(sample);
    this.accountRules.look();
  }

  /** Account, stop unit and price that an order in a symbol would be sent at now. @param symbol the broker's name */
  ground(symbol: string): GroundNow {
    return this.seen.ground(symbol);
  }

  /** Orders whose outcome is open, and whether the account is known to have nothing open. */
  get onTheWay(): { open: Order[]; isFlat: boolean } {
    const age = this.account.figuresAgeMs();
    const isFlat = age !== null && age <= staleTelemetryMs && this.account.state().positions === 0;
    return { open: this.sentOrders.mayBeOpen(this.positions.countedAt), isFlat };
  }

  /** Checks clock and account before a decision. */
  private look(): void {
    this.shared.lookAtClock();
    this.accountWatch.look();
  }

  private rules(symbol: string): SignalRules {
    const settings = this.bridge.settings();
    const { stopUnit, codePage, kind } = settings;
    return { stopUnit, codePage, lots: lotRules(lotsOf(settings, symbol), this.account.eaVersion, kind) };
  }

  /** Counts an order before other listeners are called. */
  private follow(event: BridgeEvent): void {
    if (event.type !== 'order') return;
    const { order } = event;
    this.changeGround.follow(order);
    this.accountRules.follow(order);
    if (!isEntry(order.action)) return;
    this.counter.follow(order);
    this.sentOrders.follow(order);
    if (order.state !== 'refused') this.account.quotes.hold(order.symbol);
  }
}
