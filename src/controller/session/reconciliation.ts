import { readEaText } from '../../protocol/ea/eaFrame.ts';
import type { Order } from '../../domain/orders/order.ts';
import type { KnownId, Reconciled } from '../../protocol/protocol8/reports.ts';
import type { Unsubscribe } from '../../base/unsubscribe.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import { feedbackAlarms } from '../alarms/feedbackAlarms.ts';
import type { ExecutionReports } from '../orders/executionReports.ts';
import type { Clock } from '../ports/clock.ts';
import type { ProtocolSession } from './protocolSession.ts';
import type { ResultReader } from './resultReader.ts';

/** Most IDs of one question. */
const mostIds = 500;
/** How long before the time that is asked for the EA looks for deals, ms: clocks differ. */
const beforeMs = 60_000;
/** Time until a question is repeated, ms: the EA did not answer, or was still trading the order. */
const againMs = 10_000;

const encoder = new TextEncoder();

interface ReconciliationContext {
  clock: Clock;
  protocol: ProtocolSession;
  reports: ExecutionReports;
  results: ResultReader;
  /** Whether an order may be one of the EA's account. */
  isOfAccount: (account: string | null) => boolean;
  /** Whether the EA's current frames are read. */
  isCurrent: () => boolean;
  alarm: (alarm: AlarmText) => void;
}

/**
 * Settles orders in doubt by what an EA of protocol 8 has stored of them (N8). Asked after each handshake, and as long
 * as one is in doubt that the EA may still tell of.
 */
export class Reconciliation {
  private readonly context: ReconciliationContext;
  private lastNumber = 0;
  /** IDs of the present question that are not answered yet. */
  private readonly asked = new Set<string>();
  /** IDs of which the EA can't say anything, which a person has been told. */
  private readonly untold = new Set<string>();
  private cancel: Unsubscribe = () => undefined;
  /** Time of the last question of this connection, epoch ms; null: none was asked. */
  private askedAt: number | null = null;
  /** End of the last connection in which a question was asked, epoch ms; null: there was none. */
  private leftAt: number | null = null;

  constructor(context: ReconciliationContext) {
    this.context = context;
  }

  /** Asks for every order in doubt of the EA's account; repeated until none is left that the EA may tell of. */
  ask(): void {
    this.stop();
    const { clock, isCurrent, isOfAccount, protocol, reports } = this.context;
    const { session } = protocol;
    if (session === null || !isCurrent()) return;
    const inDoubt = reports
      .inDoubt()
      .filter(({ account, signalId }) => isOfAccount(account) && !this.untold.has(signalId));
    const orders = inDoubt.slice(-mostIds);
    this.lastNumber += 1;
    for (const { signalId } of orders) this.asked.add(signalId);
    const named = orders.map((order) => ({
      signal_id: order.signalId,
      session: order.session ?? null,
      sent_at: order.at,
    }));
    const since = Math.max(0, this.notToldSince(orders) - beforeMs);
    this.askedAt = clock.now();
    protocol.send({ type: 'reconcile', session, n: this.lastNumber, since, orders: named });
    if (orders.length === 0) return;
    this.cancel = clock.after(againMs, () => {
      this.ask();
    });
  }

  /** Takes a page of the answer; one to an earlier question counts for nothing. */
  answered({ n, ids }: Reconciled): void {
    if (n !== this.lastNumber) return;
    for (const known of ids) if (this.asked.delete(known.signal_id)) this.take(known);
  }

  /** Handles the end of a connection. */
  left(): void {
    this.stop();
    if (this.askedAt !== null) this.leftAt = this.context.clock.now();
    this.askedAt = null;
  }

  /** Forgets the question. */
  stop(): void {
    this.cancel();
    this.asked.clear();
  }

  /** Since when there can be deals that the EA has not told. Within a connection it tells each by itself. */
  private notToldSince(orders: readonly Pick<Order, 'at'>[]): number {
    const now = this.context.clock.now();
    return this.askedAt ?? Math.min(now, this.leftAt ?? now, ...orders.map(({ at }) => at));
  }

  private take({ signal_id: signalId, state, result }: KnownId): void {
    const { alarm, reports } = this.context;
    switch (state) {
      case 'result':
        this.takeResult(signalId, result);
        break;
      case 'never_seen':
        reports.neverSeen(signalId);
        break;
      case 'cannot_say': {
        this.untold.add(signalId);
        const order = reports.orderOf(signalId);
        if (order !== null) alarm(feedbackAlarms.eaCannotSay(order));
        break;
      }
      case 'pending':
        // Its result comes by itself, and the question is repeated.
        break;
    }
  }

  /** The stored result is read as if it came now, and kept as the proof. */
  private takeResult(signalId: string, result: KnownId['result']): void {
    const text = JSON.stringify(result ?? {});
    const [part] = readEaText(text);
    if (!part.decoded.ok || part.signalId !== signalId) return;
    this.context.results.read(signalId, part.decoded.report, encoder.encode(text), false);
  }
}
