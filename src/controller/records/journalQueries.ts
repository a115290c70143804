import { ContractFailure } from '../../api/contractFailure.ts';
import type { History, OrderMarks, TimeSpan } from '../../api/queries/history.ts';
import type { DealGroup, DealGroupsRequest, DealsPage, DealsPageRequest } from '../../api/queries/deals.ts';
import type { ActivityPage } from '../../api/queries/activity.ts';
import type { OrdersPage } from '../../api/queries/orderQuery.ts';
import type { TimelineEntry } from '../../domain/orders/order.ts';
import type { ExportKind, ExportPage, Statistics, StatisticsFilter, XpReport } from '../../api/queries/statistics.ts';
import { type DayStart, spanOfTradingDay } from '../../domain/tradingDay.ts';
import type { ConnectionRow, JournalHistory, OrdersQuery } from '../ports/journalHistory.ts';
import type { JournalOrders } from '../ports/journalOrders.ts';
import { activityOf } from './activityWords.ts';
import type { JournalWriter } from './journalWriter.ts';
import type { Clock } from '../ports/clock.ts';

/** Trading days, both included; null: no bound. */
interface DayRange {
  from: string | null;
  to: string | null;
}

/** One page of an export. */
interface ExportPart extends DayRange {
  kind: ExportKind;
  cursor: string | null;
  /** Epoch ms. Takes precedence over the days. */
  span: { from: number; to: number } | null;
}

/** One page of orders. */
type OrdersPart = Omit<OrdersQuery, 'bridge' | 'from' | 'to'> & DayRange;

interface JournalQueriesContext {
  clock: Clock;
  journal: JournalHistory & Pick<JournalOrders, 'findOrder'>;
  journalWriter: JournalWriter;
}

/** Queries of a bridge's journal. Rows that wait are written first, so that answers include them. */
export class JournalQueries {
  private readonly bridge: string;
  private readonly dayStart: () => DayStart;
  private readonly context: JournalQueriesContext;

  constructor(bridge: string, dayStart: () => DayStart, context: JournalQueriesContext) {
    this.bridge = bridge;
    this.dayStart = dayStart;
    this.context = context;
  }

  /** Whether an order of any age is this bridge's. */
  has(order: number): boolean {
    return this.written().findOrder(order)?.bridge === this.bridge;
  }

  async history(request: TimeSpan & { points: number; peakSince: number | null }): Promise<History> {
    const { bridge } = this;
    const { from, to } = this.spanOf(request);
    const journal = this.written();
    const rebased = request.peakSince !== null && request.peakSince <= from ? request.peakSince : 0;
    const [samples, recorded] = await Promise.all([
      journal.history({ bridge, from, to, points: request.points }),
      journal.recorded({ bridge, peakSince: rebased, before: from }),
    ]);
    const { first, peak: peakBefore } = recorded;
    return { from: request.from === null ? (first ?? to) : from, to, samples, first, peakBefore };
  }

  fills(request: TimeSpan): Promise<OrderMarks> {
    return this.written().fills({ bridge: this.bridge, ...this.spanOf(request) });
  }

  /** @param from epoch ms */
  connections(from: number): Promise<ConnectionRow[]> {
    return this.written().connections({ bridge: this.bridge, from });
  }

  /** @throws ContractFailure when `from` is after `to` */
  async activity({
    before,
    limit,
    ...days
  }: DayRange & { before: number | null; limit: number }): Promise<ActivityPage> {
    const found = await this.written().activity({ bridge: this.bridge, ...this.daysOf(days), before, limit });
    const rows = found.map(activityOf);
    return { rows, before: rows.length < limit ? null : (rows.at(-1)?.seq ?? null) };
  }

  /** @throws ContractFailure when `from` is after `to` */
  deals({ before, limit, ...days }: DayRange & DealsPageRequest, accounts: readonly string[]): Promise<DealsPage> {
    return this.written().deals({ ...this.daysOf(days), before, limit, accounts });
  }

  /** A page of the closed trades of one opener. @param from epoch ms */
  dealsOf(
    query: DealsPageRequest & { from: number; opener: string | null },
    accounts: readonly string[],
  ): Promise<DealsPage> {
    return this.written().deals({ ...query, to: Number.MAX_SAFE_INTEGER, accounts });
  }

  /** @throws ContractFailure when `from` is after `to` */
  dealGroups({ by, ...days }: DayRange & DealGroupsRequest, accounts: readonly string[]): Promise<DealGroup[]> {
    return this.written().dealGroups({ ...this.daysOf(days), by, accounts });
  }

  timeline(order: number): Promise<TimelineEntry[]> {
    return this.written().timeline(order);
  }

  statistics(filter: StatisticsFilter): Promise<Statistics> {
    return this.written().statistics({ bridge: this.bridge, dayStart: this.dayStart(), ...filter });
  }

  xp(account: string | null, limit: number): Promise<XpReport> {
    return this.written().xp({ bridge: this.bridge, account, limit });
  }

  /** @throws ContractFailure when `from` is after `to` */
  orders(part: OrdersPart): Promise<OrdersPage> {
    return this.written().orders({ ...part, bridge: this.bridge, ...this.daysOf(part) });
  }

  /** @throws ContractFailure when `from` is after `to` */
  exportPage({ kind, cursor, from, to, span }: ExportPart): Promise<ExportPage> {
    return this.written().exportPage({
      bridge: this.bridge,
      kind,
      cursor,
      ...(span ?? this.daysOf({ from, to })),
      fromDay: from ?? '0000-01-01',
      toDay: to ?? '9999-12-31',
    });
  }

  /** @throws ContractFailure when it ends before it begins */
  private spanOf({ from: asked, to: until }: TimeSpan): { from: number; to: number } {
    const from = asked ?? 0;
    const to = until ?? this.context.clock.now();
    if (from <= to) return { from, to };
    throw new ContractFailure({ code: 'invalid_input', message: 'The span ends before it begins.' });
  }

  /** Epoch ms. @throws ContractFailure when the last day is before the first */
  private daysOf({ from, to }: DayRange): { from: number; to: number } {
    if (from !== null && to !== null && from > to) {
      throw new ContractFailure({ code: 'invalid_input', message: 'The first day is after the last one.' });
    }
    const day = this.dayStart();
    return {
      from: from === null ? 0 : spanOfTradingDay(from, day).from,
      to: to === null ? Number.MAX_SAFE_INTEGER : spanOfTradingDay(to, day).until,
    };
  }

  private written(): JournalQueriesContext['journal'] {
    this.context.journalWriter.flush();
    return this.context.journal;
  }
}
