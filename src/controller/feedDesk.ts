import { ContractFailure } from '../api/contractFailure.ts';
import { defaultEngineSettings, type FeedSettings, type FeedState } from '../api/engines.ts';
import type { PersonSource } from '../api/order.ts';
import type { Undo } from '../api/transport.ts';
import { askedText, type EngineSignal } from '../protocol/engineRequest.ts';
import { readFeedFrame, type FedSignal } from '../protocol/feedFrame.ts';
import type { AlarmText } from './alarmBook.ts';
import type { Bridge } from './bridge.ts';
import { RowBudget } from './budget.ts';
import { HeldSave, notSaved, settingsSaveAlarms } from './heldSave.ts';
import type { Clock, FeedStore, Sha256 } from './ports.ts';
import type { Recorder } from './recorder.ts';
import { shortenFor } from './longIds.ts';
import type { SignalDesk } from './signalDesk.ts';
import type { Sender } from './signalInbox.ts';

export interface FeedDeskContext {
  clock: Clock;
  recorder: Recorder;
  store: FeedStore;
  sha256: Sha256;
  signals: SignalDesk;
  /** @param id null: the only one @throws ContractFailure */
  bridge: (id: string | null) => Bridge;
  alarm: (alarm: AlarmText) => void;
  changed: () => void;
}

/** Signals of one feed that are taken; a person could not look at more. */
const taken = { aMinute: 120, anHour: 1_200 };
/** IDs and contents that are kept to tell a repeat by. */
const keptIds = 4_000;
/** A signal may be from this much later than now, in ms: clocks differ. */
const aheadMs = 5_000;

interface Listened {
  state: FeedState;
  /** IDs, and IDs with what was asked for. */
  seen: Set<string>;
  budget: RowBudget;
  stop: Undo;
}

/** Feeds that publish signals. Each of them waits for a person, and no longer than its age allows. */
export class FeedDesk {
  private readonly context: FeedDeskContext;
  private readonly feeds = new Map<string, Listened>();
  private readonly saves: HeldSave;

  constructor(context: FeedDeskContext) {
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

  /** @throws ContractFailure where there is one of this name, or it can't be saved */
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
    const { clock, store } = this.context;
    const counts = { received: 0, repeated: 0, collided: 0, tooOld: 0, unreadable: 0, dropped: 0 };
    const feed: Listened = {
      state: { ...settings, connected: false, counts, last: null, problem: null },
      seen: new Set(),
      budget: new RowBudget(taken),
      stop: () => undefined,
    };
    this.feeds.set(settings.name, feed);
    feed.stop = store.listen(settings, {
      connected: (connected) => {
        this.update(feed, { connected });
      },
      frame: (bytes) => {
        const { counts: known } = feed.state;
        if (!feed.budget.take(clock.monotonic())) {
          this.update(feed, { counts: { ...known, dropped: known.dropped + 1 } });
          return;
        }
        this.take(feed, bytes);
      },
    });
    this.context.changed();
  }

  private take(feed: Listened, bytes: Uint8Array): void {
    const read = readFeedFrame(bytes, shortenFor(`feed ${feed.state.name}`, this.context.sha256));
    const { counts } = feed.state;
    if (!read.ok) {
      this.update(feed, { problem: read.problem.reason, counts: { ...counts, unreadable: counts.unreadable + 1 } });
      return;
    }
    const now = this.context.clock.now();
    const what = this.recognise(feed, read.value, now);
    this.update(feed, {
      last: { at: now, signalId: read.value.signal.signalId },
      counts: { ...counts, received: counts.received + 1, ...(what === null ? {} : { [what]: counts[what] + 1 }) },
    });
  }

  /** @returns what it is besides a new signal */
  private recognise(
    feed: Listened,
    { signal, madeAt }: FedSignal,
    now: number,
  ): 'repeated' | 'collided' | 'tooOld' | 'dropped' | null {
    const { maxAgeS } = feed.state;
    const { seen } = feed;
    const { signals } = this.context;
    const asked = askedText(signal);
    const repeat = `${signal.signalId} ${asked}`;
    if (seen.has(repeat)) return 'repeated';
    // G4: IDs end in a second, and two signals of one second can share one.
    const taken =
      seen.has(signal.signalId) ||
      signals.findWaiting(signal.signalId) !== null ||
      signals.findSent(signal.signalId) !== null ||
      signals.isTakenByOther(`feed ${feed.state.name}`, signal);
    for (const key of [signal.signalId, repeat]) seen.add(key);
    for (const key of seen) {
      if (seen.size <= keptIds) break;
      seen.delete(key);
    }
    const at = madeAt !== null && madeAt <= now + aheadMs ? Math.min(madeAt, now) : now;
    const expiresAt = at + maxAgeS * 1_000;
    if (expiresAt <= now) return 'tooOld';
    if (signals.full) return 'dropped';
    const wish = {
      bridge: this.bridgeOf(feed, signal),
      signal: taken ? renamed(signal, signals) : signal,
      sender: senderOf(feed),
    };
    const problem = taken ? `Another signal or order has the ID ${signal.signalId}; this one goes by another.` : null;
    signals.wait(wish, { at: now, expiresAt }, [], problem);
    return taken ? 'collided' : null;
  }

  /** Null: a person says which. */
  private bridgeOf({ state }: Listened, { bridge }: EngineSignal): Bridge | null {
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
    this.context.recorder.record({ type: 'feed', feed, by, change });
    this.context.changed();
  }
}

function settingsOf({ name, endpoint, topics, bridge, maxAgeS, riskPercent, maxLot }: FeedState): FeedSettings {
  return { name, endpoint, topics, bridge, maxAgeS, riskPercent, maxLot };
}

const { citadelBy, citadelFactors } = defaultEngineSettings;
const feedPermissions = { citadelScaling: false, citadelBy, citadelFactors } as const;

function senderOf({ state }: Listened): Sender {
  return {
    source: `feed ${state.name}`,
    // A feed proves nobody's identity: what it says of CITADEL scales nothing.
    permissions: () => ({ ...feedPermissions, riskPercent: state.riskPercent, maxLot: state.maxLot }),
    limit: () => null,
    unattended: () => null,
  };
}

/** The same signal under an ID that is free. */
function renamed(signal: EngineSignal, signals: SignalDesk): EngineSignal {
  for (let count = 2; ; count += 1) {
    const suffix = `_${String(count)}`;
    const signalId = `${signal.signalId.slice(0, 31 - suffix.length)}${suffix}`;
    if (signals.findWaiting(signalId) === null && signals.findSent(signalId) === null) return { ...signal, signalId };
  }
}
