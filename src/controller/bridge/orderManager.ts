import type { FireRequest, SettlementRequest } from '../../api/contract.ts';
import { ContractFailure } from '../../api/contractFailure.ts';
import type { Order, OrderQuote, PersonSource } from '../../domain/orders/order.ts';
import type { BridgeKind, BridgeState, Sample } from '../../api/state/state.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import { refusals } from '../../domain/orders/refusals.ts';
import { brokerSymbol, findSymbol, lotsOf } from '../../domain/market/symbolTable.ts';
import { lotRules } from '../../domain/v7Lots.ts';
import type { ReportedFigures } from '../account/reportedFigures.ts';
import { AccountIdentity, accountKey } from '../account/accountIdentity.ts';
import { accountsKey } from '../account/accountNames.ts';
import { DayWatch } from '../account/dayWatch.ts';
import { type ConnectionFacts, findConnectionObstacle, findObstacle } from '../risk/tradingGuards.ts';
import { SentOrders } from '../orders/sentOrders.ts';
import { type AskAgain, OrderSender } from '../orders/orderSender.ts';
import { Milestones } from '../account/milestones.ts';
import type { CommandLink } from '../ports/link.ts';
import { isGuarded, type OrderOrigin } from '../orders/newOrder.ts';
import type { JournalRows } from '../ports/journal.ts';
import type { JournalOrders } from '../ports/journalOrders.ts';
import { mayBeOn } from '../orders/orphans.ts';
import { PositionReconciler } from '../orders/positionReconciler.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import { EquityBaseline } from '../risk/equityBaseline.ts';
import { TradeCounter, tradesSpanMs } from '../risk/tradeCounter.ts';
import { PreTradeCheck } from '../risk/preTradeCheck.ts';
import { changedSince, type GroundNow, type SeenGround } from '../../domain/orders/seen.ts';
import { isUnavailable } from '../../domain/arithmetic/unavailable.ts';
import { toNumber } from '../../domain/arithmetic/rational.ts';
import { pointOf } from '../../domain/sizing/stops.ts';
import { tradingAlarms } from '../alarms/tradingAlarms.ts';
import { readWatched, watchedKey } from '../orders/watchMemory.ts';
import { isClose } from '../../domain/tradeTerms.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import type { Clock } from '../ports/clock.ts';
import type { RandomBytes } from '../ports/stores.ts';
import type { BridgeSettings } from '../../api/settings/bridgeSettings.ts';

/** Trades from before that a start keeps at hand, so that a repeated one is told. */
const recentMs = 3_600_000;
const recentTrades = 200;

export interface TradingContext {
  bridge: string;
  settings: () => BridgeSettings & { kind: BridgeKind };
  clock: Clock;
  random: RandomBytes;
  mostUnanswered: number;
  journal: JournalOrders & Pick<JournalRows, 'remembered'>;
  journalWriter: JournalWriter;
  link: CommandLink;
  account: ReportedFigures;
  connection: () => ConnectionFacts;
  killed: () => boolean;
  /** Disarms where the app or the machine stood still: what waited meanwhile must not be fired (rule 7). */
  lookAtClock: () => void;
  nextOrderNumber: () => number;
  /** Orders in doubt of bridges that the journal knows and that aren't there any more. */
  orphans: () => Order[];
  publishOrder: (order: Order) => void;
  /** A refusal beyond what is listed: whoever fired the order hears of it, and it is counted. */
  tellRefusal: (order: Order) => void;
  alarm: (alarm: AlarmText) => void;
  changed: () => void;
  /** Asks the EA for a sign of life. */
  probe: () => void;
  /** Asks the EA for its positions. */
  askStatus: () => void;
}

type TradingState = Pick<BridgeState, 'armed' | 'accountKey' | 'accountProblem' | 'obstacle' | 'risk' | 'riskBase'>;

/** Everything between a wish to trade and the wire: whose account, may it be traded, what became of it. */
export class OrderManager {
  readonly identity: AccountIdentity;
  readonly orders: OrderSender;
  readonly positions: PositionReconciler;
  private readonly context: TradingContext;
  private readonly risk: EquityBaseline;
  /** Which trading day it is. */
  readonly days: DayWatch;
  private readonly milestones: Milestones;
  private readonly counter: TradeCounter;
  private readonly sentOrders: SentOrders;
  private readonly check: PreTradeCheck;
  private armed = false;
  /** How what is set differs from what the EA tells, as it was last alarmed. */
  private conflict: string | null = null;

  constructor(context: TradingContext) {
    const { account, bridge, clock, journal, journalWriter, settings } = context;
    this.context = context;
    const earlier = journal.tradesSince(bridge, clock.now() - tradesSpanMs);
    this.identity = new AccountIdentity(
      {
        bridge,
        clock,
        journalWriter,
        other: () => {
          account.forgetEarlier();
          this.positions.forget();
          this.risk.forget();
        },
        changed: (known, now) => {
          context.alarm(tradingAlarms.accountChanged(known, now));
          this.disarm('The account changed.');
        },
      },
      journal.remembered(accountKey(bridge)),
      journal.remembered(accountsKey(bridge)),
    );
    this.days = new DayWatch({
      clock,
      day: () => settings().limits.day,
      hasFigures: () => account.figuresAgeMs() !== null,
      begins: (date) => {
        this.risk.begins(date);
      },
    });
    const today = (): string => this.days.today().date;
    this.risk = new EquityBaseline({ bridge, clock, journalWriter, today });
    this.milestones = new Milestones({ bridge, journalWriter, today });
    for (const { symbol } of earlier) account.quotes.hold(symbol);
    this.counter = new TradeCounter(clock, () => this.days.today().from, earlier);
    this.sentOrders = new SentOrders(clock, journal, bridge, earlier);
    this.positions = new PositionReconciler({
      clock,
      closed: (number, remaining) => {
        this.orders.reports.closeConfirmed(number, remaining);
      },
      open: (except) => this.sentOrders.openTrades(except),
      hedging: () => settings().positionMode === 'hedging',
      rose: (order, interest, before, now) => {
        this.orders.reports.positionsSay(order, { type: 'positions_rose', interest, before, now });
      },
      quiet: (order) => {
        this.orders.reports.positionsSay(order, { type: 'positions_quiet' });
      },
      remember: (watched) => {
        journalWriter.record({ type: 'remember', key: watchedKey(bridge), value: watched });
      },
    });
    this.check = new PreTradeCheck({
      clock,
      sentOrders: this.sentOrders,
      positions: this.positions,
      settings,
      figures: () => account.freshFigures(),
      base: () => this.risk.base,
      trades: () => ({ today: this.counter.tradesToday(), lastMinute: this.counter.tradesLastMinute() }),
      quotes: account.quotes,
      terms: () => account.terms.with(settings()),
      marginToldAt: () => account.marginToldAt,
      orphans: () => context.orphans().filter((order) => !isClose(order.action) && mayBeOn(this.identity, order)),
    });
    this.orders = new OrderSender({
      ...context,
      resends: () => context.link.patterns.feedback === 'req',
      rules: (symbol) => {
        const { stopUnit, codePage } = settings();
        return {
          stopUnit,
          codePage,
          lots: lotRules(lotsOf(settings(), symbol), account.eaVersion, settings().kind),
        };
      },
      brokerSymbol: (symbol) => brokerSymbol(settings(), symbol),
      sentOrders: this.sentOrders,
      positions: this.positions,
      accountKey: () => this.identity.key,
      quote: (symbol) => orderQuote(account.quotes.fresh(symbol)),
      unchecked: (order) => this.check.unchecked(order),
      tradingDay: (at) => this.days.dayOf(at),
      preTradeCheck: (order, confirmed) => {
        this.look();
        return this.findRefusal(order, confirmed);
      },
      stopped: (order) => this.stopped(order),
      publish: (order) => {
        if (!isClose(order.action)) {
          this.counter.follow(order);
          this.sentOrders.follow(order);
          if (order.state !== 'refused') account.quotes.hold(order.symbol);
        }
        context.publishOrder(order);
      },
    });
  }

  /** What a start finds from before. */
  restore(): void {
    const { bridge, clock, journal } = this.context;
    const recent = journal.tradesSince(bridge, clock.now() - recentMs).slice(-recentTrades);
    const inDoubt = journal.ordersInDoubt(bridge);
    this.orders.restore(inDoubt, recent);
    const watched = readWatched(journal.remembered(watchedKey(bridge)));
    if (watched === null) this.orders.doubtUnwatched(recent);
    const known = [...recent, ...inDoubt];
    this.positions.restore(watched ?? [], (number) => {
      const order = known.find((each) => each.number === number) ?? journal.findOrder(number);
      return order?.bridge === bridge ? order : null;
    });
  }

  state(): TradingState {
    return {
      armed: this.armed,
      accountKey: this.identity.key,
      accountProblem: this.identity.problem,
      obstacle: this.findObstacle(),
      risk: this.check.report(),
      riskBase: this.risk.base,
    };
  }

  /** @param again what else is asked when it is about to leave, such as the age of a signal */
  fire(request: FireRequest, origin: OrderOrigin, again: AskAgain = () => null): Promise<Order> {
    this.look();
    const { seen } = request;
    if (seen === undefined) return this.orders.fire(request, origin, again);
    if (isClose(request.action)) this.tellDifference(request, seen.positions);
    return this.orders.fire(request, origin, (order) => again(order) ?? this.changedSince(order, seen));
  }

  /** An order that was refused before it could be tried. */
  refuse(request: FireRequest, origin: OrderOrigin, refusal: Refusal): Order {
    return this.orders.refuse(request, origin, refusal);
  }

  /** Wishes from the start: not with orders in doubt, those of bridges that are gone too, and not under the kill switch (ARCHITECTURE rule 3). */
  armAtStart(): void {
    const { alarm, bridge, journal, killed, orphans } = this.context;
    const unsettled = [...journal.ordersInDoubt(bridge), ...orphans()];
    if (killed()) alarm(tradingAlarms.notArmed('The kill switch is on.'));
    else if (unsettled.length > 0) {
      const ids = unsettled.map(({ signalId }) => signalId).join(', ');
      alarm(tradingAlarms.notArmed(`What became of ${ids} is unknown.`));
    } else this.setArmed(true, 'app', 'asked for at the start');
  }

  /** @throws ContractFailure `not_possible` with why not, and what to do */
  arm(by: PersonSource): void {
    if (this.armed) return;
    const { account, killed } = this.context;
    this.identity.observe(account.name);
    const { problem } = this.identity;
    const refusal = killed()
      ? refusals.killSwitch()
      : problem?.kind === 'changed'
        ? refusals.accountChanged(problem.known, problem.now)
        : problem?.kind === 'not_logged_in'
          ? refusals.notLoggedIn()
          : problem?.kind === 'unnamed'
            ? refusals.accountUnnamed()
            : null;
    if (refusal !== null) {
      throw new ContractFailure({ code: 'not_possible', message: `${refusal.reason} ${refusal.nextStep}` });
    }
    this.setArmed(true, by, null);
  }

  /**
   * A person says that the account of now is the right one.
   * @param account the name that the person saw
   * @throws ContractFailure when the EA is on yet another one by now
   */
  acceptAccount(account: string, by: PersonSource): void {
    const { problem } = this.identity;
    const now = problem?.kind === 'changed' ? problem.now : this.identity.key;
    if (now !== account) {
      const message = `The EA is not on account ${account} any more. Look which one it is on now.`;
      throw new ContractFailure({ code: 'not_possible', message });
    }
    this.identity.accept(by);
    this.context.changed();
  }

  /** @param why null when a person wanted it */
  disarm(why: string | null, by: PersonSource | 'app' = 'app'): void {
    this.setArmed(false, by, why);
  }

  /** @throws ContractFailure when there is no equity to begin from */
  rebase(by: PersonSource, note: string): void {
    const { account, alarm, bridge, journalWriter } = this.context;
    const { equity } = account.freshFigures();
    const { key, names } = this.identity;
    if (equity === null || equity <= 0 || key === null) {
      const message = 'There is no equity of a named account to begin from. Try again when the Telemetry lamp is live.';
      throw new ContractFailure({ code: 'not_possible', message });
    }
    this.risk.useAccount(key, names);
    this.risk.rebase(equity);
    journalWriter.record({ type: 'rebased', bridge, account: key, equity, by, note });
    alarm(tradingAlarms.rebased(equity));
    this.context.changed();
  }

  settle(request: SettlementRequest, by: PersonSource): Order {
    return this.orders.reports.settleByHand(request, by);
  }

  /** Figures of a pulse. */
  observe(sample: Sample | null): void {
    this.lookAtTerms();
    this.orders.reports.writeRepeats();
    this.identity.observe(this.context.account.name);
    if (sample === null || !this.identity.isRight) return;
    const { key, names } = this.identity;
    if (key === null) return;
    this.risk.observe(key, names, sample);
    this.milestones.observe(key, names, sample);
  }

  /** What is set and what the EA tells of currency and leverage must not differ unseen. */
  private lookAtTerms(): void {
    const { account, alarm, settings } = this.context;
    const { conflict } = account.terms.with(settings());
    const missing = conflict?.missing ?? null;
    if (conflict !== null && missing !== this.conflict) alarm(tradingAlarms.termsDiffer(conflict));
    this.conflict = missing;
  }

  /** What an order in a symbol would stand on now. @param symbol the broker's */
  ground(symbol: string): GroundNow {
    const { account, settings } = this.context;
    const quote = account.quotes.fresh(symbol);
    const { stopUnit, slippage } = settings();
    const point = pointOf({ symbol, spec: findSymbol(settings(), symbol), quote });
    return {
      account: this.identity.key,
      accountNames: this.identity.names,
      stopUnit,
      price: quote === null ? null : { bid: quote.bid, ask: quote.ask },
      slippage: isUnavailable(point) ? null : slippage * (toNumber(point) ?? 0),
    };
  }

  private changedSince(order: Order, seen: SeenGround): Refusal | null {
    return changedSince(order.action, seen, this.ground(order.symbol));
  }

  /** A close goes out whatever was seen; that it closes something else is said. */
  private tellDifference({ symbol, action }: FireRequest, seen: number | null): void {
    const told = this.context.account.state().positions;
    if (seen === null || told === null) return;
    // As it is shown: fills count until the EA tells its positions anew.
    const count = told + this.positions.knownFills;
    if (seen === count) return;
    this.context.alarm(tradingAlarms.closeDiffers(action === 'close_all' ? null : symbol, seen, count));
  }

  /** What has happened to clock and account without anybody's asking. */
  private look(): void {
    this.context.lookAtClock();
    this.identity.observe(this.context.account.name);
  }

  private stopped(order: Order): Refusal | null {
    if (!isGuarded(order)) return null;
    if (this.context.killed()) return refusals.killSwitch();
    return this.armed ? null : refusals.disarmed();
  }

  private findRefusal(order: Order, confirmed: readonly string[]): Refusal | null {
    if (isClose(order.action)) {
      const { connection, killed } = this.context;
      const unattended = isGuarded(order);
      if (unattended && killed()) return refusals.killSwitch();
      return findConnectionObstacle(connection()) ?? (unattended && !this.armed ? refusals.disarmed() : null);
    }
    const obstacle = this.findObstacle();
    if (obstacle !== null) return obstacle;
    const { stopUnit } = this.context.settings();
    return stopUnit === null ? refusals.stopUnitUnset() : this.check.check(order, stopUnit, confirmed);
  }

  private findObstacle(): Refusal | null {
    const { connection, killed, journalWriter, settings } = this.context;
    const { positionMode, stopUnit } = settings();
    return findObstacle({
      ...connection(),
      killed: killed(),
      armed: this.armed,
      account: this.identity.problem,
      stopUnit,
      positionMode,
      journalFailure: journalWriter.failure,
      unanswered: this.orders.unanswered,
    });
  }

  private setArmed(armed: boolean, by: PersonSource | 'app', why: string | null): void {
    if (armed === this.armed) return;
    this.armed = armed;
    this.context.journalWriter.record({ type: 'armed', bridge: this.context.bridge, armed, by, why });
    this.context.changed();
  }
}

function orderQuote(quote: OrderQuote | null): OrderQuote | null {
  return quote === null ? null : { bid: quote.bid, ask: quote.ask, point: quote.point };
}
