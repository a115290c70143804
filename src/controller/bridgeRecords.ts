import type { HistoryRange } from '../api/contract.ts';
import type { Sample, TimelineEntry } from '../api/state.ts';
import type { Clock, Journal } from './ports.ts';
import type { Recorder } from './recorder.ts';

/** The most samples that a chart gets: it draws about as many points. */
const chartPoints = 600;

const rangeSpans: Record<HistoryRange, number | null> = { '5m': 5 * 60_000, '1h': 3_600_000, all: null };

/** What the journal of a bridge knows of earlier, up to now. */
export class BridgeRecords {
  private readonly bridge: string;
  private readonly context: { clock: Clock; journal: Journal; recorder: Recorder };

  constructor(bridge: string, context: { clock: Clock; journal: Journal; recorder: Recorder }) {
    this.bridge = bridge;
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

  private written(): Journal {
    this.context.recorder.flush();
    return this.context.journal;
  }
}
