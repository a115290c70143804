import type { AccountClosed, CloseEverythingRequest } from '../api/queries/closeEverything.ts';
import { closeAccount } from './bridge/closeAccount.ts';
import type { FireRequest, SettlementRequest } from '../api/contract.ts';
import type { ChangeRequest } from '../api/queries/changeRequest.ts';
import { ContractFailure } from '../api/contractFailure.ts';
import type { ProofOrderRequest } from '../api/queries/trialOrderPlan.ts';
import type { Order, PersonSource, TimelineEntry } from '../domain/orders/order.ts';
import type { OrderRef } from '../domain/orders/orderRef.ts';
import type { Bridge } from './bridge/bridge.ts';
import type { Bridges } from './bridge/bridges.ts';
import { proofOrder } from './bridge/trialOrder.ts';
import { locateOrder } from './orders/locateOrder.ts';
import { byPerson } from './orders/newOrder.ts';
import type { Orphans } from './orders/orphans.ts';
import type { RecentOrders } from './orders/recentOrders.ts';
import type { JournalHistory } from './ports/journalHistory.ts';
import type { JournalOrders } from './ports/journalOrders.ts';
import type { JournalWriter } from './records/journalWriter.ts';

/** The app's journal, which bridges may share. */
interface AppJournal {
  journal: Pick<JournalHistory, 'timeline'> & Pick<JournalOrders, 'findOrder'>;
  journalWriter: JournalWriter;
}

/**
 * Calls about single orders: fire, settle, find. An order's number names it; its bridge too where several have that
 * number.
 */
export class OrderCalls {
  private readonly bridges: Bridges;
  private readonly recent: RecentOrders;
  private readonly orphans: Orphans;
  private readonly app: AppJournal;

  constructor(bridges: Bridges, recent: RecentOrders, orphans: Orphans, app: AppJournal) {
    this.bridges = bridges;
    this.recent = recent;
    this.orphans = orphans;
    this.app = app;
  }

  fire(request: FireRequest, by: PersonSource): Promise<Order> {
    return this.bridges.getOrOnly(request.bridge).orderManager.fire(request, byPerson(by));
  }

  /** Changes an open position or a pending order. */
  change(request: ChangeRequest, by: PersonSource): Promise<Order> {
    return this.bridges.getOrOnly(request.bridge).orderManager.changes.send(request, by);
  }

  /** Closes all that is open on several accounts, each without waiting for the others. */
  closeEverything({ accounts, pending }: CloseEverythingRequest, by: PersonSource): Promise<AccountClosed[]> {
    return Promise.all(
      accounts.map(({ bridge, account }) => closeAccount(this.bridges.get(bridge), account, pending, by)),
    );
  }

  /**
   * Fires the order of a connection check.
   * @throws ContractFailure `not_possible` where the account counts as live and was not confirmed twice
   */
  async fireProof(request: ProofOrderRequest, by: PersonSource): Promise<Order> {
    const bridge = this.bridges.get(request.bridge);
    const fired = await this.fire(proofOrder(bridge, request), by);
    // The order may have its result already.
    bridge.check.ordered(this.recent.find(fired) ?? fired);
    return fired;
  }

  /**
   * Settles an unknown order with a person's finding in MT5.
   * @throws ContractFailure
   */
  settle(request: SettlementRequest, by: PersonSource): Order {
    const order = this.locate(request.order, request.bridge ?? null);
    const orphan = this.orphans.find(order);
    return orphan === null
      ? this.bridgeOf(order).orderManager.settle(request, by)
      : this.orphans.settle(orphan, request, by);
  }

  /** @param bridge null: the only one that has an order of this number @throws ContractFailure */
  timeline(order: number, bridge: string | null = null): Promise<TimelineEntry[]> {
    const located = this.locate(order, bridge);
    if (this.bridges.find(located.bridge) === undefined && this.ownerOf(order) === located.bridge) {
      return this.app.journal.timeline(order);
    }
    return this.bridgeOf(located).records.timeline(order);
  }

  /** The bridge whose order has this number in the app's journal. */
  private ownerOf(number: number): string | null {
    this.app.journalWriter.flush();
    return this.app.journal.findOrder(number)?.bridge ?? null;
  }

  /** @param bridge null: the only one that has an order of this number @throws ContractFailure */
  private locate(number: number, bridge: string | null): OrderRef {
    const recent = this.recent.bridgesOf(number);
    // A recent order of a named bridge is found even while the journal can't be read.
    if (bridge !== null && recent.includes(bridge)) return { bridge, number };
    const running = [...this.bridges].filter(({ records }) => records.has(number)).map(({ config }) => config.id);
    const owner = this.ownerOf(number);
    return locateOrder(number, bridge, new Set([...running, ...(owner === null ? [] : [owner]), ...recent]));
  }

  /** @throws ContractFailure `not_possible` for a bridge that was removed */
  private bridgeOf({ bridge: id, number }: OrderRef): Bridge {
    const bridge = this.bridges.find(id);
    if (bridge !== undefined) return bridge;
    const message = `Order number ${String(number)} is of bridge "${id}", which doesn't run. Start it first.`;
    throw new ContractFailure({ code: 'not_possible', message });
  }
}
