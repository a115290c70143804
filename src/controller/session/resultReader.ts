import { visible } from '../../base/visibleText.ts';
import type { ExecutionReport } from '../../protocol/ea/executionReport.ts';
import { decodeTerminalText } from '../../protocol/ea/terminalText.ts';
import type { ExecutionReports } from '../orders/executionReports.ts';
import { FeedbackRows } from './feedbackRows.ts';
import type { EaSessionContext } from './sessionContext.ts';

/** Most characters of an EA's message stored in an order. */
const keptWords = 1_000;

type ResultReaderContext = Pick<EaSessionContext, 'bridge' | 'codePage' | 'clock' | 'journalWriter'>;

/** Stores an EA's reports of orders and applies them. */
export class ResultReader {
  private readonly context: ResultReaderContext;
  private readonly reports: ExecutionReports;
  private readonly rows = new FeedbackRows();

  constructor(context: ResultReaderContext, reports: ExecutionReports) {
    this.context = context;
    this.reports = reports;
  }

  /** @param history the EA sent it before this connection (W16) */
  read(signalId: string, report: ExecutionReport | undefined, frame: Uint8Array, history: boolean): void {
    if (report === undefined) return;
    const { bridge, clock, journalWriter } = this.context;
    const { reports } = this;
    const outcome = clipText(report);
    // The report is stored before it is applied.
    const order = reports.orderOf(signalId);
    const kept = this.rows.kept(frame, order, outcome, clock.monotonic());
    if (kept !== null) {
      const number = order?.number ?? null;
      journalWriter.record({
        type: 'feedback',
        bridge,
        order: number,
        signalId: clipId(signalId),
        frame: kept,
        history,
      });
    }
    reports.received(signalId, outcome, history);
  }

  /** Handles an unreadable frame that names an order. */
  readBroken(signalId: string, reason: string, frame: Uint8Array): void {
    const { bridge, clock, journalWriter } = this.context;
    const { reports } = this;
    const order = reports.numberOf(signalId);
    if (order === null) return;
    const kept = this.rows.keptBroken(frame, order, clock.monotonic());
    if (kept !== null) journalWriter.record({ type: 'broken_feedback', bridge, order, signalId, frame: kept, reason });
    reports.unreadable(signalId, visible(decodeTerminalText(frame, this.context.codePage())));
  }
}

/** Cuts an ID from outside; the desk's own are short. */
function clipId(signalId: string): string {
  return signalId.slice(0, 100);
}

/** Cuts the message for the order; the journal has the whole frame. */
function clipText(outcome: ExecutionReport): ExecutionReport {
  if (outcome.text === null || outcome.text.length <= keptWords) return outcome;
  return { ...outcome, text: `${outcome.text.slice(0, keptWords)}…` };
}
