import type { HistoryRange } from '../api/contract.ts';
import { ContractFailure } from '../api/contractFailure.ts';
import type { Sample, TimelineEntry } from '../api/state.ts';
import type { OrdersPage } from '../api/orderQuery.ts';
import type { ExportKind, ExportPage, Statistics, StatisticsFilter, XpReport } from '../api/statistics.ts';
import { spanOfTradingDay, type DayStart } from '../protocol/tradingDay.ts';
import type { Clock, Journal, OrdersQuery } from './ports.ts';
import type { Recorder } from './recorder.ts';

/** The most samples that a chart gets: it draws about as many points. */
const chartPoints = 600;

const rangeSpans: Record<HistoryRange, number | null> = { '5m': 5 * 60_000, '1h': 3_600_000, all: null };

interface DayRange {
  from: string | null;
  to: string | null;
}

/** Which part of an export; days are trading days, both included. */
interface ExportPart extends DayRange {
  kind: ExportKind;
  cursor: string | null;
}

/** Which orders; days are trading days, both included. */
type OrdersPart = Omit<OrdersQuery, 'bridge' | 'from' | 'to'> & DayRange;

/** What the journal of a bridge knows of earlier, up to now. */
export class BridgeRecords {
  private readonly bridge: string;
  private readonly dayStart: () => DayStart;
  private readonly context: { clock: Clock; journal: Journal; recorder: Recorder };

  constructor(
    bridge: string,
    dayStart: () => DayStart,
    context: { clock: Clock; journal: Journal; recorder: Recorder },
  ) {
    this.bridge = bridge;
    this.dayStart = dayStart;
    this.context = context;
  }

  /** Whether this order is one of this bridge's, however old. */
  has(order: number): boolean {
    return this.written().findOrder(order)?.bridge === this.bridge;
  }

  history(range: HistoryRange): Promise<Sample[]> {
    const to = this.context.clock.now();
    const span = rangeSpans[range];
    return this.written().history({
      bridge: this.bridge,
      from: span === null ? 0 : to - span,
      to,
      points: chartPoints,
    });
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
    return this.written().orders({ ...part, bridge: this.bridge, ...this.spanOf(part) });
  }

  /** @throws ContractFailure when `from` is after `to` */
  exportPage({ kind, cursor, from, to }: ExportPart): Promise<ExportPage> {
    return this.written().exportPage({
      bridge: this.bridge,
      kind,
      cursor,
      ...this.spanOf({ from, to }),
      fromDay: from ?? '0000-01-01',
      toDay: to ?? '9999-12-31',
    });
  }

  /** Epoch ms. */
  private spanOf({ from, to }: DayRange): { from: number; to: number } {
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
    this.context.recorder.flush();
    return this.context.journal;
  }
}
