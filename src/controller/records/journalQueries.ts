import { ContractFailure } from '../../api/contractFailure.ts';
import type { History, OrderMarks, TimeSpan } from '../../api/queries/history.ts';
import type { OrdersPage } from '../../api/queries/orderQuery.ts';
import type { TimelineEntry } from '../../domain/orders/order.ts';
import type { ExportKind, ExportPage, Statistics, StatisticsFilter, XpReport } from '../../api/queries/statistics.ts';
import { type DayStart, spanOfTradingDay } from '../../domain/tradingDay.ts';
import type { ConnectionRow, Journal, OrdersQuery } from '../ports/journal.ts';
import type { JournalWriter } from './journalWriter.ts';
import type { Clock } from '../ports/clock.ts';

interface DayRange {
  from: string | null;
  to: string | null;
}

/** Which part of an export; days are trading days, both included. */
interface ExportPart extends DayRange {
  kind: ExportKind;
  cursor: string | null;
  /** Instead of days: from this moment to that one, in epoch ms. */
  span: { from: number; to: number } | null;
}

/** Which orders; days are trading days, both included. */
type OrdersPart = Omit<OrdersQuery, 'bridge' | 'from' | 'to'> & DayRange;

/** What the journal of a bridge knows of earlier, up to now. */
export class JournalQueries {
  private readonly bridge: string;
  private readonly dayStart: () => DayStart;
  private readonly context: { clock: Clock; journal: Journal; journalWriter: JournalWriter };

  constructor(
    bridge: string,
    dayStart: () => DayStart,
    context: { clock: Clock; journal: Journal; journalWriter: JournalWriter },
  ) {
    this.bridge = bridge;
    this.dayStart = dayStart;
    this.context = context;
  }

  /** Whether this order is one of this bridge's, however old. */
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

  private written(): Journal {
    this.context.journalWriter.flush();
    return this.context.journal;
  }
}
