import type { EngineHalt, EngineSettings, EngineState, LastSignal } from '../../api/state/engines.ts';
import type { EngineSource, Order } from '../../domain/orders/order.ts';
import { orderKey } from '../../domain/orders/orderRef.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import { BoundedMap } from '../../base/boundedMap.ts';
import { RateLimit, RowRateLimit } from '../../base/rateLimit.ts';
import { TradeCounter } from '../risk/tradeCounter.ts';
import { isEntry, type OrderAction } from '../../domain/tradeTerms.ts';
import type { Clock } from '../ports/clock.ts';
import type { StoredEngine } from '../ports/stores.ts';
import type { CountedBridge } from './signalTarget.ts';

/** Most refusals of one engine that are stored. Further ones are counted: a runaway must not fill the disk. */
const refusalRows = { aMinute: 60, anHour: 600 };

/** Most signals of one engine that wait for a person, who could not look at more. */
const asked = { aMinute: 300, anHour: 1_200 };

/** Most lists that are told to one engine, each up to 100 entries, in a minute. */
const listsAMinute = 240;

/** Most orders whose outcome is kept in memory, so that a late result can replace `unknown`. */
const keptEndings = 1_000;

type Ending = keyof Omit<EngineState['counts'], 'signals'>;

/** One engine: its permissions, and its results since the app started. */
export class EngineRuntime {
  readonly source: EngineSource;
  readonly rows: RowRateLimit;
  readonly asks = new RowRateLimit(asked);
  readonly lists = new RateLimit(listsAMinute, 60_000);
  private readonly clock: Clock;
  private stored: StoredEngine;
  private readonly counts: EngineState['counts'] = { signals: 0, filled: 0, rejected: 0, refused: 0, unknown: 0 };
  private last: LastSignal | null = null;
  private failures = 0;
  /** Counted outcomes of the newest orders, by {@link orderKey}. */
  private readonly endings = new BoundedMap<string, Ending>(keptEndings);
  private readonly trades = new Map<string, TradeCounter>();
  /** Counters of closes and changes by bridge, as orders are numbered. */
  private readonly closes = new Map<string, TradeCounter>();

  constructor(clock: Clock, stored: StoredEngine) {
    this.clock = clock;
    this.stored = stored;
    this.source = `engine ${stored.name}`;
    this.rows = new RowRateLimit(refusalRows);
  }

  get name(): string {
    return this.stored.name;
  }

  get settings(): EngineSettings {
    return this.stored.settings;
  }

  get halted(): EngineHalt | null {
    return this.stored.halted;
  }

  get tokenHash(): string {
    return this.stored.tokenHash;
  }

  /** The engine as it is stored. */
  get kept(): StoredEngine {
    return this.stored;
  }

  change(changes: Partial<StoredEngine>): void {
    this.stored = { ...this.stored, ...changes };
    if (changes.halted === null) this.failures = 0;
  }

  /** Why an order must not be fired on a bridge, as the end of a sentence; null: it may. */
  limitReached(bridge: CountedBridge, action: OrderAction, symbols: readonly string[]): string | null {
    const { bridges, symbols: allowed, tradesPerMinute, tradesPerDay } = this.settings;
    if (bridges?.includes(bridge.id) === false) return `it may not fire on bridge ${bridge.id}`;
    if (action !== 'close_all' && allowed !== null && !symbols.some((symbol) => allowed.includes(symbol))) {
      return `it may not trade ${symbols[0] ?? ''}`;
    }
    const counter = this.counter(bridge);
    if (tradesPerMinute !== null && this.ordersLastMinute() >= tradesPerMinute) {
      return `it has fired ${String(tradesPerMinute)} orders within a minute`;
    }
    if (!isEntry(action) || tradesPerDay === null) return null;
    counter.tradesToday();
    return this.tradesToday() >= tradesPerDay ? `it has fired ${String(tradesPerDay)} trades today` : null;
  }

  /** Follows the state of one of this engine's orders. */
  follow(order: Order, bridge: CountedBridge): void {
    if (isEntry(order.action)) this.counter(bridge).follow(order);
    else this.closesOn(bridge).follow(order);
    const { signalId, state, refusal, message, approvedBy } = order;
    const key = orderKey(order);
    const before = this.endings.get(key);
    if (state === 'sent' || state === 'placed' || state === 'cancelled' || state === before) return;
    if (before !== undefined) this.counts[before] -= 1;
    this.endings.set(key, state);
    const code = refusal?.code ?? null;
    // A person's decision says nothing about the engine.
    const byPerson = approvedBy !== null || code === 'expired' || code === 'dismissed';
    this.ended(signalId, state, { code, reason: refusal?.reason ?? message }, state === 'rejected' || !byPerson);
  }

  /** Counts a signal that became no order. */
  refused(signalId: string, { code, reason }: Refusal): void {
    this.ended(signalId, 'refused', { code, reason }, true);
  }

  /** Counts a question that was refused. It says nothing about what the engine does to the account. */
  questionRefused(): void {
    this.counts.refused += 1;
  }

  /** Records an incoming signal. */
  signalReceived(signalId: string, state: LastSignal['state']): void {
    this.counts.signals += 1;
    this.last = { at: this.clock.now(), signalId, state, code: null, reason: null };
  }

  /** @param counts whether a refusal counts against the engine */
  private ended(
    signalId: string,
    state: Ending,
    why: { code: string | null; reason: string | null },
    counts: boolean,
  ): void {
    this.counts[state] += 1;
    this.last = { at: this.clock.now(), signalId, state, ...why };
    if (state === 'filled') this.failures = 0;
    else if (counts && state !== 'unknown') this.failures += 1;
  }

  /** Whether it was refused or rejected so often in a row that it has to be halted. */
  get ranAway(): boolean {
    const { haltAfter } = this.settings;
    return this.halted === null && haltAfter !== null && this.failures >= haltAfter;
  }

  get failuresInARow(): number {
    return this.failures;
  }

  state(): EngineState {
    const { filled, rejected, unknown } = this.counts;
    const decided = filled + rejected + unknown;
    return {
      ...this.settings,
      name: this.name,
      addedAt: this.stored.addedAt,
      halted: this.halted,
      lastSignal: this.last,
      counts: { ...this.counts },
      fillRate: decided === 0 ? null : filled / decided,
      tradesToday: this.tradesToday(),
      ordersLastMinute: this.ordersLastMinute(),
      failuresInARow: this.failures,
    };
  }

  private tradesToday(): number {
    let count = 0;
    for (const counter of this.trades.values()) count += counter.tradesToday();
    return count;
  }

  private ordersLastMinute(): number {
    let count = 0;
    for (const counter of [...this.closes.values(), ...this.trades.values()]) count += counter.tradesLastMinute();
    return count;
  }

  /** Counter of a bridge, with its earlier trades. */
  private counter(bridge: CountedBridge): TradeCounter {
    const known = this.trades.get(bridge.id);
    if (known !== undefined) return known;
    const counter = new TradeCounter(this.clock, bridge.dayFrom, bridge.tradesBy(this.source));
    this.trades.set(bridge.id, counter);
    return counter;
  }

  private closesOn(bridge: CountedBridge): TradeCounter {
    const known = this.closes.get(bridge.id);
    if (known !== undefined) return known;
    const counter = new TradeCounter(this.clock, bridge.dayFrom, []);
    this.closes.set(bridge.id, counter);
    return counter;
  }

  /** Counts its trades on a bridge before this start. */
  meet(bridge: CountedBridge): void {
    this.counter(bridge);
  }
}
