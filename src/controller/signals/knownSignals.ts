import { foundIn, type LookUp } from '../orders/lookUp.ts';
import type { EngineSource, Order } from '../../domain/orders/order.ts';
import type { WaitingSignal } from '../../api/state/engines.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import { refusals } from '../../domain/orders/refusals.ts';
import { engineReplies } from '../../protocol/gateway/engineReply.ts';
import { askedOf, type ChangeAsked } from '../../protocol/gateway/changeRequest.ts';
import type { EngineSignal } from '../../protocol/gateway/engineRequest.ts';
import type { ApprovalQueue } from './approvalQueue.ts';
import type { LongIds } from './longIds.ts';
import { type EngineClient, mostClients, type ReplyRouter } from './replyRouter.ts';
import type { SignalTarget } from './signalTarget.ts';

/** Signals by ID: waiting for a person, or sent on any bridge; and the answers to repeated requests (G3). */
export class KnownSignals {
  private readonly bridges: () => Iterable<SignalTarget>;
  private readonly inbox: ApprovalQueue;
  private readonly replies: ReplyRouter;
  private readonly longIds: LongIds;

  constructor(bridges: () => Iterable<SignalTarget>, inbox: ApprovalQueue, replies: ReplyRouter, longIds: LongIds) {
    this.bridges = bridges;
    this.inbox = inbox;
    this.replies = replies;
    this.longIds = longIds;
  }

  /** The waiting signal of an ID; null: none. */
  findWaiting(signalId: string): WaitingSignal | null {
    return this.inbox.find(signalId)?.shown ?? null;
  }

  /** An order under an ID that may have been sent, on any bridge, including removed ones; null: none. */
  findSent(signalId: string, bridgeId: string | null = null): LookUp<Order> {
    for (const bridge of this.bridges()) {
      if (bridgeId !== null && bridgeId !== bridge.config.id) continue;
      const known = bridge.orderManager.orders.reports.lookUp(signalId);
      if (!known.readable) return known;
      if (known.found !== null) return { readable: true, found: known.found.order };
    }
    for (const bridge of this.bridges()) {
      const known = bridge.orderManager.orders.reports.lookUpOnAny(signalId);
      if (!known.readable) return known;
      if (known.found !== null && (bridgeId === null || known.found.bridge === bridgeId)) return known;
    }
    return { readable: true, found: null };
  }

  /** G3: answers a repeated request with the state of its order; nothing is sent. False: the ID is not known. */
  answerKnown(
    source: EngineSource,
    bridge: SignalTarget,
    signal: EngineSignal | ChangeAsked,
    client: EngineClient,
  ): boolean {
    const { signalId } = signal;
    const isSame = (other: Pick<Order, 'source' | 'asked'> & { bridge: string | null }): boolean =>
      other.source === source && other.asked === askedOf(signal) && other.bridge === bridge.config.id;
    const refuse = (refusal: Refusal): true => {
      client.reply(engineReplies.refused(signalId, refusal), true);
      return true;
    };
    const waits = this.inbox.find(signalId);
    if (waits !== null) {
      if (!isSame(waits.shown)) return refuse(refusals.duplicateId(signalId));
      const reply = engineReplies.waiting(signalId, waits.shown.expiresAt);
      waits.clients.push(client);
      if (waits.clients.length > mostClients) waits.clients.shift()?.reply(reply, true);
      client.reply(reply, false);
      return true;
    }
    const known = this.findSent(signalId);
    if (!known.readable) return refuse(refusals.journalFailed(known.why));
    const { found } = known;
    if (found === null) return this.isTakenByOther(source, signal) ? refuse(refusals.duplicateId(signalId)) : false;
    if (!isSame(found)) return refuse(refusals.duplicateId(signalId));
    this.replies.tell(found, client);
    return true;
  }

  /** Whether another source has used a signal's long ID for something that waits or may have been sent. */
  isTakenByOther(source: EngineSource, { longId }: Pick<EngineSignal, 'longId'>): boolean {
    const other = this.longIds.othersShort(source, longId);
    if (other === null) return false;
    const known = this.findSent(other);
    return this.findWaiting(other) !== null || !known.readable || known.found !== null;
  }

  /**
   * Claims a long ID for a source. An ID that another source has used stays that source's; a feed's signal then gets
   * another short one.
   */
  claimLongId(source: EngineSource, signal: Pick<EngineSignal, 'longId'>): void {
    if (signal.longId !== null && !this.isTakenByOther(source, signal)) this.longIds.claim(source, signal.longId);
  }

  /**
   * Replies with the state of a source's order.
   * @param bridgeId null: every bridge
   */
  tell(source: EngineSource, signalId: string, bridgeId: string | null, client: EngineClient): void {
    const waits = this.inbox.find(signalId);
    const known = this.findSent(signalId, bridgeId);
    if (waits?.shown.source === source) client.reply(engineReplies.waiting(signalId, waits.shown.expiresAt), true);
    else if (!known.readable) {
      // The journal can't be read: not the same as "not found".
      client.reply(engineReplies.refused(signalId, refusals.journalFailed(known.why)), true);
    } else if (known.found?.source === source) this.replies.tell(known.found, client);
    else client.reply(engineReplies.notFound(signalId), true);
  }

  /** The order in its newest state. */
  latest(order: Order): Order {
    return foundIn(this.findSent(order.signalId, order.bridge)) ?? order;
  }
}
