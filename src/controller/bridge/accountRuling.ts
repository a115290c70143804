import { faultsOf } from '../../base/guard.ts';
import type { FireRequest } from '../../api/contract.ts';
import type { AccountRules } from '../../domain/accountRules/accountRules.ts';
import type { RuleEntry } from '../../domain/accountRules/checkEntry.ts';
import { ruleRefusals } from '../../domain/accountRules/ruleRefusals.ts';
import type { StoredChange } from '../../domain/orders/orderChange.ts';
import type { DeskSource, Order } from '../../domain/orders/order.ts';
import { type Refusal, staleTelemetryMs } from '../../domain/orders/refusal.ts';
import { type SymbolWorth, symbolWorth } from '../../domain/positions/positionFigures.ts';
import { allSymbols, closeFields } from '../../domain/tradeTerms.ts';
import type { Deal8 } from '../../protocol/protocol8/reports.ts';
import type { AccountIdentity } from '../account/accountIdentity.ts';
import type { ListedTrades } from '../account/listedTrades.ts';
import type { ReportedFigures } from '../account/reportedFigures.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import { exact } from '../../domain/arithmetic/rational.ts';
import { byPerson, type OrderOrigin } from '../orders/newOrder.ts';
import type { SentOrders } from '../orders/sentOrders.ts';
import type { TradeChanges } from '../orders/tradeChanges.ts';
import { AccountGuard } from '../protector/accountGuard.ts';
import { BaseMeasure } from '../protector/baseMeasure.ts';
import { countedDeal } from '../protector/countedDeal.ts';
import { Closings } from '../protector/closings.ts';
import { type OpenWorth, pendingRisk } from '../protector/openRisk.ts';
import { Protector } from '../protector/protector.ts';
import { RuleBook } from '../protector/ruleBook.ts';
import type { Emit } from '../records/bridgeEvent.ts';
import type { Platform } from '../records/platform.ts';
import type { CheckedEntry, PreTradeCheck } from '../risk/preTradeCheck.ts';
import type { BridgeEa, BridgeOfOrders } from './bridgeParts.ts';
import { planningInputs } from './planningInputs.ts';
import { RulesByPerson } from './rulesByPerson.ts';
import type { SharedTrading } from './sharedTrading.ts';

export interface RulingParts {
  bridge: BridgeOfOrders;
  platform: Platform;
  account: ReportedFigures;
  ea: BridgeEa;
  shared: SharedTrading;
  identity: AccountIdentity;
  listed: ListedTrades;
  sentOrders: SentOrders;
  preTrade: PreTradeCheck;
  changes: () => TradeChanges;
  fire: (request: FireRequest, origin: OrderOrigin) => Promise<Order>;
  emit: Emit;
}

const byProtector: DeskSource = 'protector';

/** The account rules of a bridge: what is measured by them, what they refuse, and what they close. */
export class AccountRuling {
  private readonly parts: RulingParts;
  private readonly book: RuleBook;
  private readonly measure: BaseMeasure;
  /** Rules with their figures, and the lock. */
  readonly guard: AccountGuard;
  /** What a person decides about rules. */
  readonly byPerson: RulesByPerson;
  private readonly protector: Protector;
  /** Time of the last whole list of positions, monotonic ms. */
  private listedAt = Number.NEGATIVE_INFINITY;

  constructor(parts: RulingParts) {
    this.parts = parts;
    const { account, bridge, emit, listed, platform } = parts;
    const { clock } = platform;
    const rules = (): AccountRules => bridge.settings().limits.accountRules;
    const alarm = (text: AlarmText): void => {
      emit({ type: 'alarm', alarm: text });
    };
    this.book = new RuleBook(bridge.id, platform.journalWriter);
    this.measure = new BaseMeasure({ clock, rules, book: this.book, tellsDeals: () => this.lists });
    this.guard = new AccountGuard({
      ...{ clock, rules, book: this.book },
      equity: () => account.freshFigures().equity,
      balance: () => account.balanceWithCredit,
      open: () => this.open(),
      inDoubt: () => this.inDoubt(),
      sidesOf: (symbol) => parts.shared.sidesOf(bridge.id, symbol),
    });
    const closings = new Closings({
      ...{ clock, alarm, trades: () => listed.shown.now, lists: () => this.lists },
      positions: () => account.state().positions,
      onTheWay: () => this.unlisted().map(({ signalId }) => signalId),
      onFault: faultsOf('order', platform.logError),
      send: (asked) => parts.changes().closeThese(asked, parts.identity.key, byProtector),
      closeAll: () => {
        const request = { bridge: bridge.id, action: 'close_all' as const, symbol: allSymbols, ...closeFields };
        return parts.fire({ ...request, signalId: '', confirmed: [] }, byPerson(byProtector));
      },
    });
    const { book, guard } = this;
    this.byPerson = new RulesByPerson({ bridge, account, book, guard, emit, platform });
    this.protector = new Protector({
      ...{ clock, rules, book, guard, closings, alarm },
      isKnown: () => this.isKnown(),
    });
  }

  /** Why a rule has locked the account; null: none has. */
  lockRefusal(): Refusal | null {
    const { identity } = this.parts;
    // A connection's first figures may come later than its account's name.
    const isNamed = identity.key !== null && identity.isRight && !this.book.isOpen;
    if (isNamed && !this.book.useAccount(identity.key, identity.names)) return ruleRefusals.unread();
    return this.guard.lockRefusal();
  }

  /** The first rule that refuses a buy or sell; null: none. */
  entryRefusal(entry: CheckedEntry): Refusal | null {
    return this.hasRules ? this.guard.check(this.entry(entry)) : null;
  }

  /** The first rule that refuses a new price of a pending order; null: none. */
  changeRefusal(change: StoredChange): Refusal | null {
    if (!this.hasRules || change.action !== 'modify_order') return null;
    const { symbol, side, lots } = change.before;
    const { price, limitPrice, sl } = change;
    const pending = this.parts.listed.shown.now.orders?.find((each) => each.order === change.order);
    if (side === null || pending === undefined) return null;
    const moved = { order: change.order, symbol, side, kind: pending.kind, lots, price, limitPrice, sl };
    const loss = pendingRisk(moved, this.worthOf(symbol));
    return this.guard.check({ symbol, side, loss: typeof loss === 'number' ? exact(loss) : loss }, change.order);
  }

  /** Takes the account's figures that the EA has just reported. */
  reported(): void {
    const { account, identity, platform } = this.parts;
    const { balance, equity } = account.state();
    const { key, names } = identity;
    // A terminal that has not loaded its account yet reports zeros.
    if (!identity.isRight || key === null || balance === null || equity === null) return;
    if (balance <= 0 && equity <= 0) return;
    this.book.useAccount(key, names);
    if (!this.isRuled) return;
    this.measure.report({ at: platform.clock.now(), balance, equity });
    this.protector.reported({ balance, equity, unmeasured: this.measure.unmeasured });
  }

  /** @param monotonic time of a whole list of positions, ms */
  listCame(monotonic: number): void {
    this.listedAt = monotonic;
    this.protector.look();
  }

  deal(told: Deal8): void {
    const deal = this.hasRules ? countedDeal(told, this.parts.platform.clock.now()) : null;
    if (deal !== null) this.measure.deal(deal, this.parts.account.figuresAgeMs() !== null);
  }

  /** Handles another account. */
  forget(): void {
    this.book.forget();
    this.measure.forget();
    this.protector.forget();
  }

  /** Follows the state of every order. */
  follow(order: Order): void {
    this.protector.follow(order);
  }

  /** Looks at clock and lists; called four times a second. */
  look(): void {
    if (this.isRuled) this.protector.look();
  }

  private get hasRules(): boolean {
    return this.parts.bridge.settings().limits.accountRules.rules.some(({ action }) => action !== 'off');
  }

  /** Whether rules measure the account, or one of them has locked it: a lock outlives its rule. */
  private get isRuled(): boolean {
    return this.hasRules || this.book.locks.length > 0;
  }

  /** Whether the EA lists what is open (N5). */
  private get lists(): boolean {
    return this.parts.ea.session() !== null;
  }

  private isKnown(): boolean {
    const { account, ea, identity, listed } = this.parts;
    const { commandConnected, feedbackConnected, stream } = ea.connection();
    const { positions, orders, isCurrent } = listed.shown.now;
    const age = account.figuresAgeMs();
    const hasLists = !this.lists || (isCurrent && positions !== null && orders !== null);
    const isConnected = commandConnected && feedbackConnected && stream === 'current';
    return isConnected && hasLists && identity.isRight && this.book.isOpen && age !== null && age <= staleTelemetryMs;
  }

  private open(): OpenWorth {
    return { trades: this.parts.listed.shown.now, lists: this.lists, worthOf: (symbol) => this.worthOf(symbol) };
  }

  private worthOf(symbol: string): SymbolWorth {
    const { account, bridge, platform } = this.parts;
    const { instrument, account: terms } = planningInputs(bridge.settings(), account, symbol, platform.clock.now());
    return symbolWorth(instrument, terms);
  }

  private inDoubt(): RuleEntry[] {
    return this.unlisted().map((order) => this.entry(order));
  }

  /** Buys and sells that may be open, or open something, and that the EA's lists lack. */
  private unlisted(): Order[] {
    const listed = new Set(this.parts.listed.shown.now.orders?.map(({ order }) => order));
    // A pending order that the EA lists is counted by that list.
    const unlisted = ({ state, ticket }: Order): boolean => state !== 'placed' || !listed.has(ticket ?? '');
    return this.parts.sentOrders.mayBeOpen(this.listedAt).filter(unlisted);
  }

  private entry(order: Omit<CheckedEntry, 'number'>): RuleEntry {
    const side = order.action === 'sell' ? 'sell' : 'buy';
    return { symbol: order.symbol, side, loss: this.parts.preTrade.lossAtStop(order) };
  }
}
