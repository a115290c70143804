import { ContractFailure } from '../../api/contractFailure.ts';
import type { EngineState } from '../../api/state/engines.ts';
import type { Order, PersonSource } from '../../domain/orders/order.ts';
import { engineReplies } from '../../protocol/gateway/engineReply.ts';
import { type EngineSignal, readSignal, type ShortenId, signalIdIn } from '../../protocol/gateway/engineRequest.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import type { Fields, RequestProblem } from '../../protocol/gateway/requestFields.ts';
import type { SignalTarget } from './signalTarget.ts';
import { Budget } from '../../base/rateLimit.ts';
import { EngineBook } from './engineRegistry.ts';
import type { EngineRecord } from './engineRuntime.ts';
import { ageRefusal, limitRefusal, ofLimit, ofProblem, switchRefusal } from './engineLimits.ts';
import type { Recorder } from '../records/journalWriter.ts';
import type { EngineClient } from './replyRouter.ts';
import { shortenFor } from './longIds.ts';
import type { SignalDesk, Wish } from './signalRouter.ts';
import type { Sender } from './approvalQueue.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import type { Clock } from '../ports/clock.ts';
import type { EngineStore, Sha256 } from '../ports/stores.ts';

export interface EngineDeskContext {
  clock: Clock;
  recorder: Recorder;
  store: EngineStore;
  sha256: Sha256;
  signals: SignalDesk;
  /** @param id null: the only one @throws ContractFailure */
  bridge: (id: string | null) => SignalTarget;
  alarm: (alarm: AlarmText) => void;
  changed: () => void;
  /** One sentence for the log about a request that was refused before it became an order. */
  onRefused: (sentence: string) => void;
}

/** What external engines may do, and what came of what they asked for (G1–G4). They can fire and ask, and nothing else. */
export class EngineDesk {
  readonly book: EngineBook;
  private readonly context: EngineDeskContext;
  private readonly logged = new Budget(60, 60_000);

  constructor(context: EngineDeskContext) {
    this.context = context;
    this.book = new EngineBook(context);
  }

  states(): EngineState[] {
    return this.book.states();
  }

  remove(name: string, by: PersonSource): void {
    this.book.remove(name, by);
    this.context.signals.dismissAll(`engine ${name}`);
  }

  /** Of any order. */
  orderChanged(order: Order): void {
    if (!order.source.startsWith('engine ')) return;
    const engine = this.book.find(order.source.slice('engine '.length));
    if (engine === null) return;
    engine.follow(order, this.context.bridge(order.bridge).counted);
    this.book.haltRunaway(engine);
    this.context.changed();
  }

  /** Takes what engines have traded on a bridge before into account. */
  bridgeAdded(bridge: SignalTarget): void {
    for (const engine of this.book.all()) engine.meet(bridge.counted);
  }

  /** The ID that a request of an engine names. */
  idsIn(engine: EngineRecord, fields: Fields): Pick<EngineSignal, 'signalId' | 'longId'> {
    return signalIdIn(fields, this.shortenFor(engine));
  }

  /** A wish to fire. */
  signal(engine: EngineRecord, fields: Fields, client: EngineClient): void {
    const read = readSignal(fields, this.shortenFor(engine));
    if (!read.ok) {
      this.refuseProblem(engine, this.idsIn(engine, fields).signalId, read.problem, client);
      return;
    }
    const signal = read.value;
    const bridge = this.bridgeOf(engine, signal, client);
    if (bridge === null || this.context.signals.answerKnown(engine.source, bridge, signal, client)) return;
    engine.heard(signal.signalId, engine.settings.mode === 'ask' ? 'waiting' : 'sent');
    const sender = this.senderOf(engine);
    const wish = { bridge, signal, sender, approvedBy: null };
    const refusal = sender.unattended(signal) ?? sender.limit(bridge, signal);
    if (refusal !== null) this.refuse(engine, wish, refusal, client);
    else if (engine.settings.mode === 'ask') this.ask(engine, wish, client);
    else this.context.signals.fireFor(wish, client, null);
    this.context.changed();
  }

  /** How an order of an engine's own stands. @param bridgeId null: on whichever bridge */
  tell(engine: EngineRecord, signalId: string, bridgeId: string | null, client: EngineClient): void {
    this.context.signals.tell(engine.source, signalId, bridgeId, client);
  }

  /** What is no signal, of an engine that is known. */
  refuseProblem(engine: EngineRecord, signalId: string, problem: RequestProblem, client: EngineClient): void {
    const refusal = ofProblem(problem);
    engine.heard(signalId, 'refused');
    this.log(`A request of engine ${engine.name} was refused: ${problem.reason}`);
    this.countRefusal(engine, signalId, refusal);
    client.reply(engineReplies.refused(signalId, refusal, problem.field), true);
  }

  /** A sentence for the log; a flood doesn't fill it. */
  log(sentence: string): void {
    if (this.logged.take(this.context.clock.monotonic())) this.context.onRefused(sentence);
  }

  private shortenFor({ source }: EngineRecord): ShortenId {
    return shortenFor(source, this.context.sha256);
  }

  private ask(engine: EngineRecord, wish: Wish, client: EngineClient): void {
    const { clock, signals } = this.context;
    if (signals.full) {
      this.refuse(engine, wish, ofLimit(engine.name, 'too many signals wait for a person'), client);
      return;
    }
    if (!engine.asks.take(clock.monotonic())) {
      this.refuse(engine, wish, ofLimit(engine.name, 'it asks a person more often than anybody could look'), client);
      return;
    }
    const at = clock.now();
    const expiresAt = at + engine.settings.expiryS * 1_000;
    signals.wait(wish, { at, expiresAt }, [client]);
    client.reply(engineReplies.waiting(wish.signal.signalId, expiresAt), false);
  }

  /** Refuses before it is fired. Of a runaway so many become rows, and each is answered. */
  private refuse(engine: EngineRecord, wish: Wish, refusal: Refusal, client: EngineClient): void {
    if (engine.rows.take(this.context.clock.monotonic())) {
      this.context.signals.fireFor(wish, client, refusal);
      return;
    }
    const { signalId } = wish.signal;
    this.countRefusal(engine, signalId, refusal);
    client.reply(engineReplies.refused(signalId, refusal), true);
  }

  private countRefusal(engine: EngineRecord, signalId: string, refusal: Refusal): void {
    engine.refused(signalId, refusal);
    this.book.haltRunaway(engine);
    this.context.changed();
  }

  private senderOf(engine: EngineRecord): Sender {
    return {
      source: engine.source,
      permissions: () => engine.settings,
      limit: (bridge, signal) => limitRefusal(engine, bridge, signal),
      unattended: (signal) =>
        ageRefusal(signal, this.context.clock.now()) ?? switchRefusal(engine, this.book.find(engine.name) !== engine),
    };
  }

  private bridgeOf(
    engine: EngineRecord,
    { signalId, bridge }: EngineSignal,
    client: EngineClient,
  ): SignalTarget | null {
    try {
      return this.context.bridge(bridge);
    } catch (error) {
      if (!(error instanceof ContractFailure)) throw error;
      const problem = { code: 'invalid_bridge', field: 'bridge', reason: error.message } as const;
      this.refuseProblem(engine, signalId, problem, client);
      return null;
    }
  }
}
