import { ContractFailure } from '../api/contractFailure.ts';
import type { FireRequest } from '../api/contract.ts';
import type { EngineState, WaitingSignal } from '../api/engines.ts';
import { isEngineSource, type EngineSource, type Order, type PersonSource } from '../api/order.ts';
import { engineReplies } from '../protocol/engineReply.ts';
import {
  askedText,
  readSignal,
  signalIdIn,
  type EngineSignal,
  type Fields,
  type RequestProblem,
} from '../protocol/engineRequest.ts';
import { isRefusal, planSignal, type LotPermissions } from '../protocol/engineSignal.ts';
import { refusals, type Refusal } from '../protocol/refusal.ts';
import type { AlarmText } from './alarmBook.ts';
import type { Bridge } from './bridge.ts';
import { Budget } from './budget.ts';
import { engineAlarms } from './engineAlarms.ts';
import { EngineBook } from './engineBook.ts';
import type { EngineRecord } from './engineRecord.ts';
import { limitRefusal, ofLimit, ofProblem, switchRefusal } from './engineRefusals.ts';
import type { Clock, EngineStore } from './ports.ts';
import type { Recorder } from './recorder.ts';
import { ReplyBook, type EngineClient } from './replyBook.ts';
import { SignalInbox, type InboxItem } from './signalInbox.ts';

export interface EngineDeskContext {
  clock: Clock;
  recorder: Recorder;
  store: EngineStore;
  bridges: () => Iterable<Bridge>;
  /** @param id null: the only one @throws ContractFailure */
  bridge: (id: string | null) => Bridge;
  alarm: (alarm: AlarmText) => void;
  enginesChanged: () => void;
  waitingChanged: () => void;
  /** One sentence for the log about a request that was refused before it became an order. */
  onRefused: (sentence: string) => void;
}

/** What external engines ask for: who asks, may it, and what became of it (G1–G4). They can fire and ask, and nothing else. */
export class EngineDesk {
  readonly book: EngineBook;
  readonly inbox: SignalInbox;
  private readonly context: EngineDeskContext;
  private readonly replies = new ReplyBook();
  private readonly logged = new Budget(60, 60_000);

  constructor(context: EngineDeskContext) {
    this.context = context;
    const { clock, recorder, store, alarm, enginesChanged: changed } = context;
    this.book = new EngineBook({ clock, recorder, store, alarm, changed });
    this.inbox = new SignalInbox(clock, (item) => {
      this.end(item, {
        code: 'expired',
        reason: 'Nobody fired this signal before it expired.',
        nextStep: 'Send a new signal with a new ID if it still holds.',
      });
    });
  }

  states(): EngineState[] {
    return this.book.states();
  }

  waiting(): WaitingSignal[] {
    return this.inbox.list();
  }

  /** A person fires a signal that waits. @throws ContractFailure `not_found` */
  async fireWaiting(number: number, by: PersonSource): Promise<Order> {
    const item = this.inbox.get(number);
    const { shown, signal } = item;
    const bridge = this.context.bridge(shown.bridge);
    const engine = this.engineOf(shown.source);
    const refusal = engine === null ? null : limitRefusal(engine, bridge, signal);
    const order = await this.fire(bridge, signal, shown.source, by, refusal);
    if (order.state === 'refused') this.inbox.note(item, order.refusal?.reason ?? 'It was refused.');
    else {
      this.inbox.take(item);
      // Those who waited heard nothing of earlier tries.
      for (const client of item.clients) this.replies.tell(this.latest(order), client);
    }
    this.context.waitingChanged();
    return order;
  }

  /** A person doesn't want a signal that waits. @throws ContractFailure `not_found` */
  dismiss(number: number): void {
    const item = this.inbox.get(number);
    this.inbox.take(item);
    this.end(item, {
      code: 'dismissed',
      reason: 'A person dismissed this signal.',
      nextStep: 'Nothing is to be done.',
    });
  }

  remove(name: string, by: PersonSource): void {
    this.book.remove(name, by);
    for (const item of this.inbox.of(`engine ${name}`)) this.dismiss(item.shown.number);
  }

  /** Of any order, so that those who fired it hear of it. */
  orderChanged(order: Order): void {
    if (!isEngineSource(order.source)) return;
    this.replies.changed(order);
    const engine = this.engineOf(order.source);
    if (engine === null) return;
    engine.follow(order, this.context.bridge(order.bridge).counted);
    if (order.state === 'sent') return;
    const { code, reason } = order.refusal ?? { code: null, reason: order.message };
    engine.ended(order.signalId, order.state, { code, reason }, code !== 'expired' && code !== 'dismissed');
    this.book.haltRunaway(engine);
    this.context.enginesChanged();
  }

  /** Takes what engines have traded on a bridge before into account. */
  bridgeAdded(bridge: Bridge): void {
    for (const engine of this.book.all()) engine.meet(bridge.counted);
  }

  /** The app ends. */
  stop(): void {
    const why: Refusal = {
      code: 'expired',
      reason: 'The desk was closed before anybody fired this signal.',
      nextStep: 'Send a new signal with a new ID if it still holds.',
    };
    for (const item of this.inbox.clear()) this.end(item, why);
  }

  /** A wish to fire. */
  signal(engine: EngineRecord, fields: Fields, client: EngineClient): void {
    const read = readSignal(fields);
    if (!read.ok) {
      this.refuseProblem(engine, signalIdIn(fields), read.problem, client);
      return;
    }
    const signal = read.value;
    const bridge = this.bridgeOf(engine, signal.signalId, signal.bridge, client);
    if (bridge === null) return;
    if (this.answerKnown(engine.source, bridge, signal, client)) return;
    engine.heard(signal.signalId, engine.settings.mode === 'ask' ? 'waiting' : 'sent');
    const stopped = switchRefusal(engine) ?? limitRefusal(engine, bridge, signal);
    if (stopped !== null) this.refuse(engine, bridge, signal, stopped, client);
    else if (engine.settings.mode === 'ask') this.ask(engine, bridge, signal, client);
    else {
      this.replies.watch(bridge.config.id, signal.signalId, [client]);
      void this.fire(bridge, signal, engine.source, null, null).then((order) => {
        this.replies.sent(order);
      });
    }
    this.context.enginesChanged();
  }

  /** G3: the same again gets its state, and nothing is sent. */
  private answerKnown(source: EngineSource, bridge: Bridge, signal: EngineSignal, client: EngineClient): boolean {
    const { signalId } = signal;
    const asked = askedText(signal);
    const waits = this.inbox.find(signalId);
    if (waits !== null) {
      const { shown } = waits;
      if (shown.source === source && shown.asked === asked && shown.bridge === bridge.config.id) {
        waits.clients.push(client);
        client.reply(engineReplies.waiting(signalId, shown.expiresAt), false);
      } else client.reply(engineReplies.refused(signalId, refusals.duplicateId(signalId)), true);
      return true;
    }
    for (const each of this.context.bridges()) {
      const known = each.trading.orders.outcomes.lookUp(signalId);
      if (typeof known === 'string') {
        client.reply(engineReplies.refused(signalId, refusals.journalFailed(known)), true);
        return true;
      }
      if (known === null) continue;
      const { order } = known;
      const same = order.source === source && order.asked === asked && order.bridge === bridge.config.id;
      if (same) this.replies.tell(order, client);
      else client.reply(engineReplies.refused(signalId, refusals.duplicateId(signalId)), true);
      return true;
    }
    return false;
  }

  /** How an order of an engine's own stands. @param bridgeId null: on whichever bridge */
  tell(engine: EngineRecord, signalId: string, bridgeId: string | null, client: EngineClient): void {
    const waits = this.inbox.find(signalId);
    if (waits?.shown.source === engine.source) {
      client.reply(engineReplies.waiting(signalId, waits.shown.expiresAt), true);
      return;
    }
    for (const bridge of this.context.bridges()) {
      if (bridgeId !== null && bridgeId !== bridge.config.id) continue;
      const known = bridge.trading.orders.outcomes.lookUp(signalId);
      if (typeof known === 'string') {
        // It can't be read whether there is one: that is no "not found".
        client.reply(engineReplies.refused(signalId, refusals.journalFailed(known)), true);
        return;
      }
      if (known?.order.source !== engine.source) continue;
      this.replies.tell(known.order, client);
      return;
    }
    client.reply(engineReplies.notFound(signalId), true);
  }

  private ask(engine: EngineRecord, bridge: Bridge, signal: EngineSignal, client: EngineClient): void {
    if (this.inbox.full) {
      const why = 'too many signals wait for a person';
      this.refuse(engine, bridge, signal, ofLimit(engine.name, why), client);
      return;
    }
    const { expiryS } = engine.settings;
    const expiresAt = this.context.clock.now() + expiryS * 1_000;
    this.wait(engine.source, bridge, signal, engine.settings, expiresAt, [client]);
    client.reply(engineReplies.waiting(signal.signalId, expiresAt), false);
  }

  private wait(
    source: EngineSource,
    bridge: Bridge,
    signal: EngineSignal,
    permissions: LotPermissions,
    expiresAt: number,
    clients: EngineClient[],
  ): void {
    const { clock, recorder, alarm } = this.context;
    const { signalId, action, symbol, note } = signal;
    const asked = askedText(signal);
    const planned = planSignal(signal, bridge.ground(symbol), permissions);
    const shown = {
      source,
      bridge: bridge.config.id,
      signalId,
      action,
      symbol,
      asked,
      note,
      planned: isRefusal(planned) ? null : planned,
      problem: isRefusal(planned) ? planned.reason : null,
      at: clock.now(),
      expiresAt,
    };
    recorder.record({ type: 'signal', source, bridge: bridge.config.id, signalId, asked });
    this.inbox.add(shown, signal, clients);
    alarm(engineAlarms.waiting(source, asked));
    this.context.waitingChanged();
  }

  /** Fires once; every refusal becomes an order that can be seen. */
  private fire(
    bridge: Bridge,
    signal: EngineSignal,
    source: EngineSource,
    approvedBy: PersonSource | null,
    refusal: Refusal | null,
  ): Promise<Order> {
    const origin = { source, asked: askedText(signal), approvedBy };
    const planned = refusal ?? planSignal(signal, bridge.ground(signal.symbol), this.permissionsOf(source));
    if (isRefusal(planned)) {
      return Promise.resolve(bridge.trading.refuse(requestOf(bridge, signal, unplanned(signal)), origin, planned));
    }
    return bridge.trading.fire(requestOf(bridge, signal, planned), origin);
  }

  /** Refuses before it is fired. Of a runaway so many become rows, and each is answered. */
  private refuse(
    engine: EngineRecord,
    bridge: Bridge,
    signal: EngineSignal,
    refusal: Refusal,
    client: EngineClient,
  ): void {
    if (engine.rows.take(this.context.clock.monotonic())) {
      this.replies.watch(bridge.config.id, signal.signalId, [client]);
      void this.fire(bridge, signal, engine.source, null, refusal);
      return;
    }
    this.countRefusal(engine, signal.signalId, refusal);
    client.reply(engineReplies.refused(signal.signalId, refusal), true);
  }

  /** What is no signal, of an engine that is known. */
  refuseProblem(engine: EngineRecord, signalId: string, problem: RequestProblem, client: EngineClient): void {
    const refusal = ofProblem(problem);
    engine.heard(signalId, 'refused');
    this.log(`A request of engine ${engine.name} was refused: ${problem.reason}`);
    this.countRefusal(engine, signalId, refusal);
    client.reply(engineReplies.refused(signalId, refusal, problem.field), true);
  }

  private countRefusal(engine: EngineRecord, signalId: string, { code, reason }: Refusal): void {
    engine.ended(signalId, 'refused', { code, reason });
    this.book.haltRunaway(engine);
    this.context.enginesChanged();
  }

  private bridgeOf(engine: EngineRecord, signalId: string, id: string | null, client: EngineClient): Bridge | null {
    try {
      return this.context.bridge(id);
    } catch (error) {
      if (!(error instanceof ContractFailure)) throw error;
      const problem = { code: 'invalid_bridge', field: 'bridge', reason: error.message } as const;
      this.refuseProblem(engine, signalId, problem, client);
      return null;
    }
  }

  /** What waited is an order from now on, refused. */
  private end(item: InboxItem, refusal: Refusal): void {
    const { shown, signal, clients } = item;
    try {
      const bridge = this.context.bridge(shown.bridge);
      this.replies.watch(bridge.config.id, signal.signalId, clients);
      void this.fire(bridge, signal, shown.source, null, refusal);
    } catch {
      // Its bridge is gone: there is no list that it could be in.
      for (const client of clients) client.reply(engineReplies.refused(signal.signalId, refusal), true);
    }
    this.context.waitingChanged();
  }

  private latest(order: Order): Order {
    const known = this.context.bridge(order.bridge).trading.orders.outcomes.lookUp(order.signalId);
    return known === null || typeof known === 'string' ? order : known.order;
  }

  private engineOf(source: EngineSource): EngineRecord | null {
    return source.startsWith('engine ') ? this.book.find(source.slice('engine '.length)) : null;
  }

  private permissionsOf(source: EngineSource): LotPermissions {
    return this.engineOf(source)?.settings ?? feedPermissions;
  }

  /** A sentence for the log; a flood doesn't fill it. */
  log(sentence: string): void {
    if (this.logged.take(this.context.clock.monotonic())) this.context.onRefused(sentence);
  }
}

/** A feed proves nobody's identity: a person sees each of its signals, and lots come from the risk of R3. */
const feedPermissions: LotPermissions = { maxLot: null, riskPercent: 2, citadelScaling: false };

function unplanned({ lot }: EngineSignal): { lot: number; sl: number; tp: number } {
  return { lot: lot ?? 0, sl: 0, tp: 0 };
}

function requestOf(
  bridge: Bridge,
  { action, symbol, signalId }: EngineSignal,
  { lot, sl, tp }: { lot: number; sl: number; tp: number },
): FireRequest {
  return { bridge: bridge.config.id, action, symbol, lot, sl, tp, signalId, confirmed: [] };
}
