import { ContractFailure } from '../../api/contractFailure.ts';
import type { ShownPlan, WaitingSignal } from '../../api/state/engines.ts';
import { attempt, type OnFault } from '../../base/guard.ts';
import { type EngineSource, isEngineSource, type Order, type PersonSource } from '../../domain/orders/order.ts';
import { engineReplies } from '../../protocol/gateway/engineReply.ts';
import { askedOf } from '../../protocol/gateway/changeRequest.ts';
import { isRefusal, planSignal } from '../../protocol/gateway/planSignal.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import { refusals } from '../../domain/orders/refusals.ts';
import type { SeenOrder } from '../../domain/orders/seen.ts';
import type { SignalTarget } from './signalTarget.ts';
import { engineAlarms } from '../alarms/engineAlarms.ts';
import { fireChange } from './engineChanges.ts';
import { KnownSignals } from './knownSignals.ts';
import { LongIds } from './longIds.ts';
import type { AskAgain } from '../orders/orderPorts.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import { type EngineClient, ReplyRouter } from './replyRouter.ts';
import { requestOf } from './signalRequest.ts';
import { agreed, isPlan, outlook, renewed } from './waitingPlans.ts';
import { type InboxItem, isEngineChange, type Sender, type Submitted, ApprovalQueue } from './approvalQueue.ts';
import { onlyCloses } from '../../domain/tradeTerms.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import type { Clock } from '../ports/clock.ts';
import type { Sha256 } from '../ports/stores.ts';

const closed = 'The desk was closed';

export interface SignalRouterContext {
  clock: Clock;
  sha256: Sha256;
  journalWriter: JournalWriter;
  bridges: () => Iterable<SignalTarget>;
  /** @param id null: the only one @throws ContractFailure */
  bridge: (id: string | null) => SignalTarget;
  alarm: (alarm: AlarmText) => void;
  waitingChanged: () => void;
  /** Called with a bug in the handling of a signal. */
  onFault: OnFault;
}

/** A signal to be fired, with its source. */
export interface SignalSubmission {
  bridge: SignalTarget;
  signal: Submitted;
  sender: Sender;
  approvedBy: PersonSource | null;
}

/** Routes signals to the EA: fired at once, or after a person's approval. Each becomes one order. */
export class SignalRouter {
  private readonly context: SignalRouterContext;
  private readonly inbox: ApprovalQueue;
  private readonly replies: ReplyRouter;
  readonly known: KnownSignals;
  private stopped = false;

  constructor(context: SignalRouterContext) {
    this.context = context;
    this.replies = new ReplyRouter(context.clock);
    this.inbox = new ApprovalQueue(context.clock, (item) => {
      this.end(item, refusals.expired());
    });
    const longIds = new LongIds(context.journalWriter, context.sha256);
    this.known = new KnownSignals(context.bridges, this.inbox, this.replies, longIds);
  }

  /** Whether no further signal can wait. */
  get full(): boolean {
    return this.inbox.full;
  }

  waiting(): WaitingSignal[] {
    return this.inbox.list();
  }

  /** Fires at once and reports the outcome to the client. @param refusal last check before sending; null: send */
  fireFor(submission: SignalSubmission, client: EngineClient, refusal: Refusal | null): void {
    const { bridge, signal, sender } = submission;
    this.replies.watch(bridge.config.id, signal.signalId, [client]);
    const again = (): Refusal | null => sender.unattended(signal) ?? sender.limit(bridge, signal);
    attempt(this.context.onFault, async () => {
      const order = await this.fire(submission, refusal, again);
      if (order.state !== 'refused') this.replies.sent(order);
    });
  }

  /** Queues a signal for approval. @param problem warning; null: none @param bridge null: the person chooses */
  wait(
    { bridge, signal, sender }: Pick<SignalSubmission, 'signal' | 'sender'> & { bridge: SignalTarget | null },
    times: { at: number; expiresAt: number },
    clients: EngineClient[],
    problem: string | null = null,
  ): void {
    const { journalWriter, alarm } = this.context;
    const { signalId, longId, action, symbol, note } = signal;
    const { source } = sender;
    const bridgeId = bridge?.config.id ?? null;
    const asked = askedOf(signal);
    this.known.claimLongId(source, signal);
    journalWriter.record({ type: 'signal', source, bridge: bridgeId, signalId, asked });
    const what = { source, bridge: bridgeId, signalId, longId, action, symbol, asked, note, ...times };
    this.inbox.add(
      { ...what, ...outlook({ signal, sender, remark: problem }, bridge) },
      signal,
      sender,
      clients,
      problem,
    );
    alarm(engineAlarms.waiting(source, asked));
    this.context.waitingChanged();
  }

  /**
   * Fires a waiting signal for a person.
   * @param on the bridge, where the signal names none
   * @param seen the order that the person saw: it leaves exactly so, or not at all; null: as listed
   * @throws ContractFailure `not_found`, `not_possible` while it is being fired
   */
  async fireWaiting(
    number: number,
    on: string | null,
    by: PersonSource,
    seen: SeenOrder | null = null,
  ): Promise<Order> {
    const item = this.inbox.get(number);
    const { shown, signal, sender } = item;
    const bridge = this.context.bridge(shown.bridge ?? on);
    if (item.firing) {
      throw new ContractFailure({ code: 'not_possible', message: 'This signal is being fired already.' });
    }
    item.firing = true;
    try {
      const planned = isEngineChange(signal) ? {} : { planned: agreed({ ...item, signal }, bridge, seen) };
      const submission = { bridge, signal, sender, approvedBy: by, ...planned };
      // None of these checks stops a person's close.
      const again = onlyCloses(signal.action)
        ? () => null
        : () => this.inbox.ended(item) ?? sender.limit(bridge, signal);
      const order = await this.fire(submission, again(), again);
      item.firing = false;
      if (order.state === 'refused' && (item.dismissed || this.stopped)) this.drop(item);
      else if (order.state === 'refused') this.inbox.refused(item, order.refusal?.reason ?? 'It was refused.');
      else {
        this.inbox.remove(item);
        // Waiting clients were not told of earlier tries.
        for (const client of item.clients) this.replies.tell(this.known.latest(order), client);
      }
      return order;
    } finally {
      item.firing = false;
      this.renew();
      this.context.waitingChanged();
    }
  }

  /** Renews the plans on screen, which change with every quote. */
  renew(): void {
    const bridges = [...this.context.bridges()];
    const shown = (item: InboxItem): WaitingSignal => {
      const bridge = bridges.find(({ config }) => config.id === item.shown.bridge);
      return bridge === undefined ? item.shown : renewed(item, bridge);
    };
    if (this.inbox.renew(shown)) this.context.waitingChanged();
  }

  /** Dismisses a waiting signal. @throws ContractFailure `not_found` */
  dismiss(number: number): void {
    const item = this.inbox.get(number);
    item.dismissed = true;
    this.dropUnlessFiring(item);
  }

  /** Dismisses all signals of a removed source. */
  dismissAll(source: EngineSource): void {
    for (const item of this.inbox.of(source)) {
      item.dismissed = true;
      this.dropUnlessFiring(item);
    }
  }

  /** Passes any order to the clients waiting for it. */
  orderChanged(order: Order): void {
    if (isEngineSource(order.source)) this.replies.changed(order);
  }

  /** Handles the end of the app. */
  stop(): void {
    this.stopped = true;
    for (const item of this.inbox.clear()) this.end(item, refusals.expired(closed));
    this.replies.stop();
  }

  /**
   * Fires once; every refusal becomes a visible order.
   * @param lastPlan the order that a signal which ended would have been; null: it was never worked out
   */
  private fire(
    { bridge, signal, sender, approvedBy, planned: shown }: SignalSubmission & { planned?: ShownPlan | Refusal },
    refusal: Refusal | null,
    again: AskAgain = () => null,
    lastPlan: ShownPlan | null = null,
  ): Promise<Order> {
    const origin = { source: sender.source, asked: askedOf(signal), approvedBy, longId: signal.longId };
    if (isEngineChange(signal)) {
      if (refusal === null) this.known.claimLongId(sender.source, signal);
      return fireChange(signal, bridge, origin, refusal, again);
    }
    const planned = refusal ?? shown ?? planSignal(signal, bridge.ground(signal.symbol), sender.permissions());
    if (isRefusal(planned)) {
      const unplanned = lastPlan ?? { lot: signal.lot ?? 0, sl: 0, tp: 0 };
      return Promise.resolve(bridge.orderManager.refuse(requestOf(bridge, signal, unplanned), origin, planned));
    }
    this.known.claimLongId(sender.source, signal);
    const request = requestOf(bridge, signal, planned);
    const seen = shown === undefined || !isPlan(shown) ? undefined : { ...shown, positions: null };
    return bridge.orderManager.fire(seen === undefined ? request : { ...request, seen }, origin, again);
  }

  /** A signal being fired is kept until it is known whether its order was sent. */
  private dropUnlessFiring(item: InboxItem): void {
    if (!item.firing) this.drop(item);
  }

  private drop(item: InboxItem): void {
    this.inbox.remove(item);
    this.end(item, item.dismissed ? refusals.dismissed() : refusals.expired(closed));
  }

  /** Turns a waiting signal into a refused order. */
  private end({ shown, signal, sender, clients }: InboxItem, refusal: Refusal): void {
    try {
      const bridge = this.context.bridge(shown.bridge);
      this.replies.watch(bridge.config.id, signal.signalId, clients);
      const ended = { bridge, signal, sender, approvedBy: null };
      attempt(this.context.onFault, () => this.fire(ended, refusal, undefined, shown.planned));
    } catch (error) {
      if (!(error instanceof ContractFailure)) throw error;
      // Without a bridge there is no list for the order.
      for (const client of clients) client.reply(engineReplies.refused(signal.signalId, refusal), true);
    }
    this.context.waitingChanged();
  }
}
