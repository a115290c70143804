import { ContractFailure } from '../../api/contractFailure.ts';
import type { FeedSettings, FeedState } from '../../api/state/engines.ts';
import type { PersonSource } from '../../domain/orders/order.ts';
import { askedText, type EngineSignal } from '../../protocol/gateway/engineRequest.ts';
import { type FedSignal, readFeedFrame } from '../../protocol/gateway/feedFrame.ts';
import { BoundedMap, BoundedSet } from '../../base/boundedMap.ts';
import { toHex } from '../../base/hex.ts';
import type { SignalTarget } from './signalTarget.ts';
import { RowRateLimit } from '../../base/rateLimit.ts';
import { hasLeft, renamed } from './feedIds.ts';
import { feedSender } from './feedSender.ts';
import { HeldSave, notSaved, settingsSaveAlarms } from '../records/heldSave.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import { shortenFor } from './longIds.ts';
import type { SignalRouter } from './signalRouter.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import type { Unsubscribe } from '../../base/unsubscribe.ts';
import type { Clock } from '../ports/clock.ts';
import type { FeedStore, Sha256 } from '../ports/stores.ts';

export interface FeedSubscriptionsContext {
  clock: Clock;
  journalWriter: JournalWriter;
  store: FeedStore;
  sha256: Sha256;
  signals: SignalRouter;
  /** @param id null: the only one @throws ContractFailure */
  bridge: (id: string | null) => SignalTarget;
  alarm: (alarm: AlarmText) => void;
  changed: () => void;
}

/** Budget for new signals of one feed: a person could not look at more. Repeats and unreadable messages don't count. */
const taken = { aMinute: 120, anHour: 1_200, bytesAnHour: 256 * 1024 };
/** Budget for messages of one feed that are parsed. A byte-identical repeat is not parsed again. */
const read = { aMinute: 6_000, anHour: 60_000 };
/** Most IDs and digests kept for recognising repeats. */
const keptIds = 4_000;
/** Longest time by which a signal may lie in the future, ms: clocks differ. */
const aheadMs = 5_000;

const latin1 = new TextDecoder('latin1');

interface Listened {
  state: FeedState;
  /** IDs, and digests of IDs with their requests. */
  seen: Set<string>;
  /** Results of earlier messages, by a digest of their bytes. */
  frames: Map<string, 'repeated' | 'unreadable'>;
  signals: RowRateLimit;
  reading: RowRateLimit;
  stop: Unsubscribe;
}

/** Feeds that publish signals. Each signal waits for a person, no longer than its age allows. */
export class FeedSubscriptions {
  private readonly context: FeedSubscriptionsContext;
  private readonly feeds = new Map<string, Listened>();
  private readonly saves: HeldSave;

  constructor(context: FeedSubscriptionsContext) {
    this.context = context;
    this.saves = new HeldSave({
      clock: context.clock,
      ...settingsSaveAlarms('The settings of feeds'),
      write: () => {
        context.store.save(this.kept());
      },
      alarm: context.alarm,
    });
    for (const settings of context.store.load()) this.listen(settings);
  }

  states(): FeedState[] {
    return [...this.feeds.values()].map(({ state }) => state);
  }

  /** @throws ContractFailure when the name is taken, or it can't be saved */
  add(settings: FeedSettings, by: PersonSource): void {
    if (this.feeds.has(settings.name)) {
      const message = `There is a feed "${settings.name}" already. Remove it first.`;
      throw new ContractFailure({ code: 'not_possible', message });
    }
    const why = this.saves.now(() => {
      this.context.store.save([...this.kept(), settings]);
    });
    if (why !== null) throw notSaved(why, false);
    this.listen(settings);
    this.record(settings.name, by, { added: settings });
  }

  /** @throws ContractFailure `not_found` */
  remove(name: string, by: PersonSource): void {
    const feed = this.feeds.get(name);
    if (feed === undefined) throw new ContractFailure({ code: 'not_found', message: `There is no feed "${name}".` });
    feed.stop();
    this.feeds.delete(name);
    this.context.signals.dismissAll(`feed ${name}`);
    this.record(name, by, { removed: true });
    this.saves.now(() => {
      this.context.store.save(this.kept());
    });
  }

  stop(): void {
    this.saves.stop();
    for (const { stop } of this.feeds.values()) stop();
  }

  private listen(settings: FeedSettings): void {
    const { store } = this.context;
    const counts = { received: 0, repeated: 0, collided: 0, tooOld: 0, unreadable: 0, dropped: 0 };
    const feed: Listened = {
      state: { ...settings, connected: false, counts, last: null, problem: null },
      seen: new BoundedSet(keptIds),
      frames: new BoundedMap(keptIds),
      signals: new RowRateLimit(taken),
      reading: new RowRateLimit(read),
      stop: () => undefined,
    };
    this.feeds.set(settings.name, feed);
    feed.stop = store.listen(settings, {
      connected: (connected) => {
        this.update(feed, { connected });
      },
      frame: (bytes) => {
        this.frame(feed, bytes);
      },
    });
    this.context.changed();
  }

  private frame(feed: Listened, bytes: Uint8Array): void {
    const digest = this.digest(latin1.decode(bytes));
    const known = feed.frames.get(digest);
    if (known === 'repeated') this.count(feed, 'received', 'repeated');
    else if (known === 'unreadable') this.count(feed, 'unreadable');
    else if (feed.reading.allow(this.context.clock.monotonic())) this.received(feed, bytes, digest);
    else this.count(feed, 'dropped');
  }

  private received(feed: Listened, bytes: Uint8Array, digest: string): void {
    const read = readFeedFrame(bytes, shortenFor(`feed ${feed.state.name}`, this.context.sha256));
    if (!read.ok) {
      feed.frames.set(digest, 'unreadable');
      this.update(feed, { problem: read.problem.reason });
      this.count(feed, 'unreadable');
      return;
    }
    const now = this.context.clock.now();
    const what = this.recognise(feed, read.value, now);
    // A signal dropped for lack of room is handled again when it is repeated.
    if (what !== 'dropped') feed.frames.set(digest, 'repeated');
    this.update(feed, { last: { at: now, signalId: read.value.signal.signalId } });
    this.count(feed, 'received', ...(what === null ? [] : [what]));
  }

  private count(feed: Listened, ...kinds: (keyof FeedState['counts'])[]): void {
    const counts = { ...feed.state.counts };
    for (const kind of kinds) counts[kind] += 1;
    this.update(feed, { counts });
  }

  private digest(text: string): string {
    return toHex(this.context.sha256(text).subarray(0, 16));
  }

  /** @returns kind of the message; null: a new signal */
  private recognise(
    feed: Listened,
    { signal, madeAt }: FedSignal,
    now: number,
  ): 'repeated' | 'collided' | 'tooOld' | 'dropped' | null {
    const { maxAgeS } = feed.state;
    const { seen } = feed;
    const { signals } = this.context;
    const asked = askedText(signal);
    const repeat = this.digest(`${signal.signalId} ${asked}`);
    if (seen.has(repeat)) return 'repeated';
    // G4: IDs end in a second, and two signals of one second can share one.
    const taken =
      seen.has(signal.signalId) ||
      signals.known.findWaiting(signal.signalId) !== null ||
      hasLeft(signal.signalId, signals) ||
      signals.known.isTakenByOther(`feed ${feed.state.name}`, signal);
    const at = madeAt !== null && madeAt <= now + aheadMs ? Math.min(madeAt, now) : now;
    const expiresAt = at + maxAgeS * 1_000;
    const isOld = expiresAt <= now;
    if (
      !isOld &&
      (signals.full || !feed.signals.allow(this.context.clock.monotonic(), asked.length + writtenOf(signal)))
    )
      return 'dropped';
    for (const key of [signal.signalId, repeat]) seen.add(key);
    if (isOld) return 'tooOld';
    const submission = {
      bridge: this.bridgeOf(feed, signal),
      signal: taken ? renamed(signal, signals) : signal,
      sender: feedSender(() => feed.state),
    };
    const problem = taken ? `Another signal or order has the ID ${signal.signalId}; this one goes by another.` : null;
    signals.wait(submission, { at: now, expiresAt }, [], problem);
    return taken ? 'collided' : null;
  }

  /** Null: a person names it. */
  private bridgeOf({ state }: Listened, { bridge }: EngineSignal): SignalTarget | null {
    try {
      return this.context.bridge(bridge ?? state.bridge);
    } catch (error) {
      if (error instanceof ContractFailure) return null;
      throw error;
    }
  }

  private update(feed: Listened, changes: Partial<FeedState>): void {
    feed.state = { ...feed.state, ...changes };
    this.context.changed();
  }

  private kept(): FeedSettings[] {
    return [...this.feeds.values()].map(({ state }) => settingsOf(state));
  }

  private record(feed: string, by: PersonSource, change: unknown): void {
    this.context.journalWriter.record({ type: 'feed', feed, by, change });
    this.context.changed();
  }
}

/** Characters stored of a signal besides its request. */
function writtenOf({ signalId, longId, note }: EngineSignal): number {
  return signalId.length + (longId?.length ?? 0) + (note?.length ?? 0);
}

function settingsOf({ name, endpoint, topics, bridge, maxAgeS, riskPercent, maxLot }: FeedState): FeedSettings {
  return { name, endpoint, topics, bridge, maxAgeS, riskPercent, maxLot };
}
