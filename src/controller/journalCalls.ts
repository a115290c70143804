import type { CallInput } from '../api/contract.ts';
import { ContractFailure } from '../api/contractFailure.ts';
import type { History, OrderMarks } from '../api/queries/history.ts';
import type { ActivityPage } from '../api/queries/activity.ts';
import type { DealGroup, DealsPage } from '../api/queries/deals.ts';
import type { OrdersPage } from '../api/queries/orderQuery.ts';
import type { ExportPage, Statistics, XpReport } from '../api/queries/statistics.ts';
import type { WholeFrame, WirePage } from '../api/state/wireFrames.ts';
import type { PersonSource } from '../domain/orders/order.ts';
import type { AlarmLog } from './alarmLog.ts';
import type { Bridges } from './bridge/bridges.ts';

/** Queries of a bridge's records, and what a person takes note of. Each query throws ContractFailure `not_found` for an unknown bridge. */
export class JournalCalls {
  private readonly bridges: Bridges;
  private readonly alarms: AlarmLog;

  constructor(bridges: Bridges, alarms: AlarmLog) {
    this.bridges = bridges;
    this.alarms = alarms;
  }

  history({ bridge, ...request }: CallInput<'history'>): Promise<History> {
    return this.bridges.get(bridge).records.history(request);
  }

  fills({ bridge, ...span }: CallInput<'fills'>): Promise<OrderMarks> {
    return this.bridges.get(bridge).records.fills(span);
  }

  orders({ bridge, ...part }: CallInput<'orders'>): Promise<OrdersPage> {
    return this.bridges.get(bridge).records.orders(part);
  }

  statistics({ bridge, ...filter }: CallInput<'statistics'>): Promise<Statistics> {
    return this.bridges.get(bridge).records.statistics(filter);
  }

  xp({ bridge, account, limit }: CallInput<'xp'>): Promise<XpReport> {
    return this.bridges.get(bridge).records.xp(account, limit);
  }

  exportPage({ bridge, ...part }: CallInput<'exportPage'>): Promise<ExportPage> {
    return this.bridges.get(bridge).records.exportPage(part);
  }

  activity({ bridge, ...part }: CallInput<'activity'>): Promise<ActivityPage> {
    return this.bridges.get(bridge).records.activity(part);
  }

  /** Of the account that the bridge's EA is on. */
  deals({ bridge, ...part }: CallInput<'deals'>): Promise<DealsPage> {
    const { records, orderManager } = this.bridges.get(bridge);
    return records.deals(part, orderManager.identity.names);
  }

  /** Of the account that the bridge's EA is on. */
  dealGroups({ bridge, ...part }: CallInput<'dealGroups'>): Promise<DealGroup[]> {
    const { records, orderManager } = this.bridges.get(bridge);
    return records.dealGroups(part, orderManager.identity.names);
  }

  acknowledge(alarms: readonly number[], by: PersonSource): void {
    this.alarms.acknowledge(alarms, by);
  }

  wire({ bridge, after, limit }: CallInput<'wire'>): WirePage {
    return this.bridges.get(bridge).wire.page(after, limit);
  }

  /** @throws ContractFailure `not_found` where the frame is no longer kept */
  wireFrame({ bridge, number }: CallInput<'wireFrame'>): WholeFrame {
    const frame = this.bridges.get(bridge).wire.whole(number);
    if (frame !== null) return frame;
    const message = 'The app no longer keeps this frame: too many came after it.';
    throw new ContractFailure({ code: 'not_found', message });
  }
}
