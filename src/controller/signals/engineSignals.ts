import type { EngineState } from '../../api/state/engines.ts';
import type { Order, PersonSource } from '../../domain/orders/order.ts';
import { type ChangeType, type EngineChange, readChange } from '../../protocol/gateway/changeRequest.ts';
import { engineReplies } from '../../protocol/gateway/engineReply.ts';
import { type EngineSignal, readSignal, type ShortenId, signalIdIn } from '../../protocol/gateway/engineRequest.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import type { Fields, RequestProblem } from '../../protocol/gateway/requestFields.ts';
import type { SignalTarget } from './signalTarget.ts';
import { RateLimit } from '../../base/rateLimit.ts';
import { EngineRegistry } from './engineRegistry.ts';
import type { EngineRuntime } from './engineRuntime.ts';
import { changeOf } from './engineChanges.ts';
import { bridgeNamed } from './bridgeNamed.ts';
import { ageRefusal, limitRefusal, noStopRefusal, ofLimit, ofProblem, switchRefusal } from './engineLimits.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import type { EngineClient } from './replyRouter.ts';
import { shortenFor } from './longIds.ts';
import type { SignalRouter, SignalSubmission } from './signalRouter.ts';
import type { Sender } from './approvalQueue.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import type { Clock } from '../ports/clock.ts';
import type { EngineStore, Sha256 } from '../ports/stores.ts';

export interface EngineSignalsContext {
  clock: Clock;
  journalWriter: JournalWriter;
  store: EngineStore;
  sha256: Sha256;
  signals: SignalRouter;
  /** @param id null: the only one @throws ContractFailure */
  bridge: (id: string | null) => SignalTarget;
  alarm: (alarm: AlarmText) => void;
  changed: () => void;
  /** One sentence for the log about a request that was refused before it became an order. */
  onRefused: (sentence: string) => void;
}

/** Requests of external engines and their outcomes (G1–G4). Engines can fire, change what is open, and query, nothing else. */
export class EngineSignals {
  readonly registry: EngineRegistry;
  private readonly context: EngineSignalsContext;
  private readonly logged = new RateLimit(60, 60_000);

  constructor(context: EngineSignalsContext) {
    this.context = context;
    this.registry = new EngineRegistry(context);
  }

  states(): EngineState[] {
    return this.registry.states();
  }

  remove(name: string, by: PersonSource): void {
    this.registry.remove(name, by);
    this.context.signals.dismissAll(`engine ${name}`);
  }

  /** Follows any order. */
  orderChanged(order: Order): void {
    if (!order.source.startsWith('engine ')) return;
    const engine = this.registry.find(order.source.slice('engine '.length));
    if (engine === null) return;
    engine.follow(order, this.context.bridge(order.bridge).counted);
    this.registry.haltRunaway(engine);
    this.context.changed();
  }

  /** Counts what engines have traded on a new bridge before. */
  bridgeAdded(bridge: SignalTarget): void {
    for (const engine of this.registry.all()) engine.meet(bridge.counted);
  }

  /** The IDs in an engine's request. */
  idsIn(engine: EngineRuntime, fields: Fields): Pick<EngineSignal, 'signalId' | 'longId'> {
    return signalIdIn(fields, this.shortenFor(engine));
  }

  /** Handles a `signal` request: de-duplicates, checks limits, then fires, queues for approval or refuses (G3). */
  signal(engine: EngineRuntime, fields: Fields, client: EngineClient): void {
    const read = readSignal(fields, this.shortenFor(engine));
    if (!read.ok) {
      this.refuseProblem(engine, this.idsIn(engine, fields).signalId, read.problem, client);
      return;
    }
    const signal = read.value;
    const bridge = this.bridgeOf(engine, signal, client);
    if (bridge === null || this.context.signals.known.answerKnown(engine.source, bridge, signal, client)) return;
    engine.signalReceived(signal.signalId, engine.settings.mode === 'ask' ? 'waiting' : 'sent');
    const sender = this.senderOf(engine);
    const submission = { bridge, signal, sender, approvedBy: null };
    const refusal = sender.unattended(signal) ?? sender.limit(bridge, signal);
    if (refusal !== null) this.refuse(engine, submission, refusal, client);
    else if (engine.settings.mode === 'ask') this.ask(engine, submission, client);
    else this.context.signals.fireFor(submission, client, null);
    this.context.changed();
  }

  /**
   * Handles a `close`, `modify` or `cancel` request like a signal. A stop loss that would move away from the price waits
   * for a person in mode `auto` too.
   */
  change(engine: EngineRuntime, type: ChangeType, fields: Fields, client: EngineClient): void {
    const read = readChange(type, fields, this.shortenFor(engine));
    if (!read.ok) {
      this.refuseProblem(engine, this.idsIn(engine, fields).signalId, read.problem, client);
      return;
    }
    const asked = read.value;
    const { known } = this.context.signals;
    const bridge = this.bridgeOf(engine, asked, client);
    if (bridge === null || known.answerKnown(engine.source, bridge, asked, client)) return;
    engine.signalReceived(asked.signalId, engine.settings.mode === 'ask' ? 'waiting' : 'sent');
    const sender = this.senderOf(engine);
    const change = sender.unattended(asked) ?? changeOf(asked, engine, bridge);
    // Without what it is of, it can't be an order.
    if ('code' in change) this.answerRefusal(engine, asked.signalId, change, client);
    else this.send(engine, { bridge, signal: change, sender, approvedBy: null }, change, client);
    this.context.changed();
  }

  private send(
    engine: EngineRuntime,
    submission: SignalSubmission,
    { foundOn: account, change }: EngineChange,
    client: EngineClient,
  ): void {
    const { bridge, signal, sender } = submission;
    const against = bridge.orderManager.changes.refusal(change, { account, away: false });
    const isAway = against?.code === 'stop_away';
    const refusal = sender.limit(bridge, signal) ?? (isAway ? null : against);
    if (refusal !== null) this.refuse(engine, submission, refusal, client);
    else if (isAway) this.ask(engine, submission, client, against.reason);
    else if (engine.settings.mode === 'ask') this.ask(engine, submission, client);
    else this.context.signals.fireFor(submission, client, null);
  }

  /**
   * Replies with the state of one of the engine's orders.
   * @param bridgeId null: every bridge
   */
  tell(engine: EngineRuntime, signalId: string, bridgeId: string | null, client: EngineClient): void {
    this.context.signals.known.tell(engine.source, signalId, bridgeId, client);
  }

  /** Refuses a request of a known engine that is no signal. */
  refuseProblem(engine: EngineRuntime, signalId: string, problem: RequestProblem, client: EngineClient): void {
    const refusal = ofProblem(problem);
    engine.signalReceived(signalId, 'refused');
    this.log(`A request of engine ${engine.name} was refused: ${problem.reason}`);
    this.countRefusal(engine, signalId, refusal);
    client.reply(engineReplies.refused(signalId, refusal, problem.field), true);
  }

  /** Logs a sentence, within a budget. */
  log(sentence: string): void {
    if (this.logged.allow(this.context.clock.monotonic())) this.context.onRefused(sentence);
  }

  private shortenFor({ source }: EngineRuntime): ShortenId {
    return shortenFor(source, this.context.sha256);
  }

  /** @param problem warning for the person; null: none */
  private ask(
    engine: EngineRuntime,
    submission: SignalSubmission,
    client: EngineClient,
    problem: string | null = null,
  ): void {
    const { clock, signals } = this.context;
    if (signals.full) {
      this.refuse(engine, submission, ofLimit(engine.name, 'too many signals wait for a person'), client);
      return;
    }
    if (!engine.asks.allow(clock.monotonic())) {
      this.refuse(
        engine,
        submission,
        ofLimit(engine.name, 'it asks a person more often than anybody could look'),
        client,
      );
      return;
    }
    const at = clock.now();
    const expiresAt = at + engine.settings.expiryS * 1_000;
    signals.wait(submission, { at, expiresAt }, [client], problem);
    client.reply(engineReplies.waiting(submission.signal.signalId, expiresAt), false);
  }

  /** Refuses before firing. Each refusal is answered; of a runaway only the first are stored. */
  private refuse(engine: EngineRuntime, submission: SignalSubmission, refusal: Refusal, client: EngineClient): void {
    if (engine.rows.allow(this.context.clock.monotonic())) {
      this.context.signals.fireFor(submission, client, refusal);
      return;
    }
    this.answerRefusal(engine, submission.signal.signalId, refusal, client);
  }

  /** Refuses without an order: it is answered and counted. */
  private answerRefusal(engine: EngineRuntime, signalId: string, refusal: Refusal, client: EngineClient): void {
    this.countRefusal(engine, signalId, refusal);
    client.reply(engineReplies.refused(signalId, refusal), true);
  }

  private countRefusal(engine: EngineRuntime, signalId: string, refusal: Refusal): void {
    engine.refused(signalId, refusal);
    this.registry.haltRunaway(engine);
    this.context.changed();
  }

  private senderOf(engine: EngineRuntime): Sender {
    return {
      source: engine.source,
      permissions: () => engine.settings,
      limit: (bridge, signal) => limitRefusal(engine, bridge, signal),
      unattended: (signal) =>
        ageRefusal(signal, this.context.clock.now()) ??
        switchRefusal(engine, this.registry.find(engine.name) !== engine) ??
        noStopRefusal(engine, signal),
    };
  }

  /** The bridge of a request; null: it was refused, as there is none. */
  private bridgeOf(
    engine: EngineRuntime,
    { signalId, bridge: id }: Pick<EngineSignal, 'signalId' | 'bridge'>,
    client: EngineClient,
  ): SignalTarget | null {
    const bridge = bridgeNamed(this.context.bridge, id);
    if (!('code' in bridge)) return bridge;
    this.refuseProblem(engine, signalId, bridge, client);
    return null;
  }
}
