import type { EngineSource, Order } from '../../domain/orders/order.ts';
import type { WaitingSignal } from '../../api/state/engines.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import { refusals } from '../../domain/orders/refusals.ts';
import { engineReplies } from '../../protocol/gateway/engineReply.ts';
import { askedText, type EngineSignal } from '../../protocol/gateway/engineRequest.ts';
import type { ApprovalQueue } from './approvalQueue.ts';
import type { LongIds } from './longIds.ts';
import { type EngineClient, mostClients, type ReplyRouter } from './replyRouter.ts';
import type { SignalTarget } from './signalTarget.ts';

/** Signals by their IDs: which wait for a person, which have left on any bridge, and what somebody who asks again hears (G3). */
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

  /** What waits under an ID. */
  findWaiting(signalId: string): WaitingSignal | null {
    return this.inbox.find(signalId)?.shown ?? null;
  }

  /** An order of any bridge, however long gone, that may have left under an ID; a sentence when the journal can't say. */
  findSent(signalId: string, bridgeId: string | null = null): Order | string | null {
    for (const bridge of this.bridges()) {
      if (bridgeId !== null && bridgeId !== bridge.config.id) continue;
      const known = bridge.orderManager.orders.reports.lookUp(signalId);
      if (known !== null) return typeof known === 'string' ? known : known.order;
    }
    for (const bridge of this.bridges()) {
      const known = bridge.orderManager.orders.reports.lookUpOnAny(signalId);
      if (typeof known === 'string' || (known !== null && known.bridge === (bridgeId ?? known.bridge))) return known;
    }
    return null;
  }

  /** G3: the same again gets its state, and nothing is sent. False: nothing is known under this ID. */
  answerKnown(source: EngineSource, bridge: SignalTarget, signal: EngineSignal, client: EngineClient): boolean {
    const { signalId } = signal;
    const isSame = (other: Pick<Order, 'source' | 'asked'> & { bridge: string | null }): boolean =>
      other.source === source && other.asked === askedText(signal) && other.bridge === bridge.config.id;
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
    if (known === null) return this.isTakenByOther(source, signal) ? refuse(refusals.duplicateId(signalId)) : false;
    if (typeof known === 'string') return refuse(refusals.journalFailed(known));
    if (!isSame(known)) return refuse(refusals.duplicateId(signalId));
    this.replies.tell(known, client);
    return true;
  }

  /** Whether another source has used the long ID of a signal for something that waits or may have left. */
  isTakenByOther(source: EngineSource, { longId }: EngineSignal): boolean {
    const other = this.longIds.othersShort(source, longId);
    return other !== null && (this.findWaiting(other) !== null || this.findSent(other) !== null);
  }

  /** One that another source has used stays that source's: a feed's signal goes by another short one then. */
  claimLongId(source: EngineSource, signal: EngineSignal): void {
    if (signal.longId !== null && !this.isTakenByOther(source, signal)) this.longIds.claim(source, signal.longId);
  }

  /** How an order that a source has fired stands. @param bridgeId null: on whichever bridge */
  tell(source: EngineSource, signalId: string, bridgeId: string | null, client: EngineClient): void {
    const waits = this.inbox.find(signalId);
    const known = this.findSent(signalId, bridgeId);
    if (waits?.shown.source === source) client.reply(engineReplies.waiting(signalId, waits.shown.expiresAt), true);
    else if (typeof known === 'string') {
      // It can't be read whether there is one: that is no "not found".
      client.reply(engineReplies.refused(signalId, refusals.journalFailed(known)), true);
    } else if (known?.source === source) this.replies.tell(known, client);
    else client.reply(engineReplies.notFound(signalId), true);
  }

  /** The order as it is known now. */
  latest(order: Order): Order {
    const known = this.findSent(order.signalId, order.bridge);
    return known === null || typeof known === 'string' ? order : known;
  }
}
