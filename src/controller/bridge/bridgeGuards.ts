import type { Confirmations } from '../../api/contract.ts';
import type { Order, Unchecked } from '../../domain/orders/order.ts';
import { movesEntry, type StoredChange } from '../../domain/orders/orderChange.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import { refusals } from '../../domain/orders/refusals.ts';
import { isEntry, type PositionMode } from '../../domain/tradeTerms.ts';
import type { AccountIdentity } from '../account/accountIdentity.ts';
import { isGuarded } from '../orders/newOrder.ts';
import type { OrderGuards } from '../orders/orderPorts.ts';
import type { CheckedEntry, PreTradeCheck } from '../risk/preTradeCheck.ts';
import { type ConnectionFacts, connectionRefusal, tradingRefusal } from '../risk/tradingGuards.ts';
import type { Arming } from './arming.ts';
import type { BridgeTerms } from './bridgeConfig.ts';
import type { SharedTrading } from './sharedTrading.ts';

export interface BridgeGuardsParts {
  identity: AccountIdentity;
  arming: Arming;
  preTrade: PreTradeCheck;
  settings: () => BridgeTerms;
  connection: () => ConnectionFacts;
  /** Null: not told. */
  toldPositionMode: () => PositionMode | null;
  /** Why the journal can't be written; null: it can. */
  journalFailure: () => string | null;
  /** Why a rule of the account has locked it; null: none has. */
  locked: () => Refusal | null;
  /** The first account rule that refuses a buy or sell; null: none. */
  ruledEntry: (entry: CheckedEntry) => Refusal | null;
  /** The first account rule that refuses a new price of a pending order; null: none. */
  ruledChange: (change: StoredChange) => Refusal | null;
  /** S11: the unanswered order that blocks the next one; null: none. */
  unanswered: () => string | null;
}

/** The guards of one bridge, in their order: kill switch, connection, account, arming, settings, age of figures, limits. */
export class BridgeGuards implements OrderGuards {
  readonly mostUnanswered: number;
  private readonly parts: BridgeGuardsParts;
  private readonly shared: SharedTrading;
  /** Checks clock and account; runs before each check. */
  private readonly look: () => void;

  constructor(parts: BridgeGuardsParts, shared: SharedTrading, look: () => void) {
    this.parts = parts;
    this.shared = shared;
    this.look = look;
    this.mostUnanswered = shared.mostUnanswered;
  }

  /** Why every buy or sell would be refused now; null: not every one. */
  refusal(): Refusal | null {
    const { arming, connection, identity, journalFailure, settings, unanswered } = this.parts;
    const { positionMode, stopUnit } = settings();
    return (
      (this.shared.killed() ? null : this.parts.locked()) ??
      tradingRefusal({
        ...connection(),
        killed: this.shared.killed(),
        armed: arming.on,
        account: identity.problem,
        stopUnit,
        positionMode,
        toldPositionMode: this.parts.toldPositionMode(),
        journalFailure: journalFailure(),
        unanswered: unanswered(),
      })
    );
  }

  /** Why the bridge can't be armed now; null: it can. */
  armingRefusal(): Refusal | null {
    if (this.shared.killed()) return refusals.killSwitch();
    const { problem } = this.parts.identity;
    switch (problem?.kind) {
      case 'changed':
        return refusals.accountChanged(problem.known, problem.now);
      case 'not_logged_in':
        return refusals.notLoggedIn();
      case 'unnamed':
        return refusals.accountUnnamed();
      case undefined:
        return null;
    }
  }

  check(order: Order, confirmed: Confirmations): Refusal | null {
    this.look();
    return isEntry(order.action) ? this.checkTrade(order, confirmed) : this.checkClose(order);
  }

  /** Why a buy or sell that nobody has fired yet would be refused now, with nothing confirmed; null: it would not. */
  entryRefusal(entry: Omit<CheckedEntry, 'number'>): Refusal | null {
    return this.checkTrade({ ...entry, number: Number.MAX_SAFE_INTEGER }, { confirmed: [] });
  }

  /** Why a person's change of what is open would be refused now, whatever it is of; null: it would not. */
  changeRefusal(change: StoredChange): Refusal | null {
    this.look();
    return this.checkClose({ action: change.action, change, source: 'ticket', approvedBy: null });
  }

  stopped(order: Order): Refusal | null {
    if (!isGuarded(order)) return null;
    if (this.shared.killed()) return refusals.killSwitch();
    if (!this.parts.arming.on) return refusals.disarmed();
    return isEntry(order.action) || order.action === 'modify_order' ? this.parts.locked() : null;
  }

  unchecked(order: Order): readonly Unchecked[] {
    return this.parts.preTrade.unchecked(order);
  }

  private checkTrade(order: CheckedEntry, confirmed: Confirmations): Refusal | null {
    const refused = this.refusal();
    if (refused !== null) return refused;
    const { preTrade, settings } = this.parts;
    const { stopUnit } = settings();
    return stopUnit === null
      ? refusals.stopUnitUnset()
      : (preTrade.check(order, stopUnit, confirmed) ?? this.parts.ruledEntry(order));
  }

  private checkClose(order: Pick<Order, 'action' | 'change' | 'source' | 'approvedBy'>): Refusal | null {
    const { arming, connection } = this.parts;
    const unattended = isGuarded(order);
    if (unattended && this.shared.killed()) return refusals.killSwitch();
    const refused = connectionRefusal(connection()) ?? (unattended && !arming.on ? refusals.disarmed() : null);
    const { change = null } = order;
    if (refused !== null || change === null || !movesEntry(change)) return refused;
    return this.parts.locked() ?? this.parts.ruledChange(change);
  }
}
