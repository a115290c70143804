import type { EngineHalt, EngineSettings, EngineState, LastSignal } from '../../api/state/engines.ts';
import type { EngineSource, Order } from '../../domain/orders/order.ts';
import { orderKey } from '../../domain/orders/orderRef.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import { BoundedMap } from '../../base/boundedMap.ts';
import { RowRateLimit } from '../../base/rateLimit.ts';
import { TradeCounter } from '../risk/tradeCounter.ts';
import { isClose, type SignalAction } from '../../domain/tradeTerms.ts';
import type { Clock } from '../ports/clock.ts';
import type { StoredEngine } from '../ports/stores.ts';
import type { CountedBridge } from './signalTarget.ts';

/** Refusals of one engine that become rows of the journal. The rest is counted: a runaway must not fill the disk. */
const refusalRows = { aMinute: 60, anHour: 600 };

/** Signals of one engine that wait for a person; nobody could look at more. */
const asked = { aMinute: 300, anHour: 1_200 };

/** Orders whose ending is kept at hand: a late result takes the place of `unknown`. */
const keptEndings = 1_000;

type Ending = keyof Omit<EngineState['counts'], 'signals'>;

/** One engine: what it may do, and what it has done since the app started. */
export class EngineRuntime {
  readonly source: EngineSource;
  readonly rows: RowRateLimit;
  readonly asks = new RowRateLimit(asked);
  private readonly clock: Clock;
  private stored: StoredEngine;
  private readonly counts: EngineState['counts'] = { signals: 0, filled: 0, rejected: 0, refused: 0, unknown: 0 };
  private last: LastSignal | null = null;
  private failures = 0;
  /** By {@link orderKey}: what has been counted of the newest. */
  private readonly endings = new BoundedMap<string, Ending>(keptEndings);
  private readonly trades = new Map<string, TradeCounter>();
  /** By bridge, as orders are numbered. */
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

  /** What is kept between starts. */
  get kept(): StoredEngine {
    return this.stored;
  }

  change(changes: Partial<StoredEngine>): void {
    this.stored = { ...this.stored, ...changes };
    if (changes.halted === null) this.failures = 0;
  }

  /** Why an order must not be fired on a bridge, as the end of a sentence, or null. */
  limitReached(bridge: CountedBridge, action: SignalAction, symbols: readonly string[]): string | null {
    const { bridges, symbols: allowed, tradesPerMinute, tradesPerDay } = this.settings;
    if (bridges?.includes(bridge.id) === false) return `it may not fire on bridge ${bridge.id}`;
    if (action !== 'close_all' && allowed !== null && !symbols.some((symbol) => allowed.includes(symbol))) {
      return `it may not trade ${symbols[0] ?? ''}`;
    }
    const counter = this.counter(bridge);
    if (tradesPerMinute !== null && this.ordersLastMinute() >= tradesPerMinute) {
      return `it has fired ${String(tradesPerMinute)} orders within a minute`;
    }
    if (isClose(action) || tradesPerDay === null) return null;
    counter.tradesToday();
    return this.tradesToday() >= tradesPerDay ? `it has fired ${String(tradesPerDay)} trades today` : null;
  }

  /** An order of this engine as it is now. */
  follow(order: Order, bridge: CountedBridge): void {
    if (isClose(order.action)) this.closesOn(bridge).follow(order);
    else this.counter(bridge).follow(order);
    const { signalId, state, refusal, message, approvedBy } = order;
    const key = orderKey(order);
    const before = this.endings.get(key);
    if (state === 'sent' || state === before) return;
    if (before !== undefined) this.counts[before] -= 1;
    this.endings.set(key, state);
    const code = refusal?.code ?? null;
    // What a person decided says nothing of the engine.
    const byPerson = approvedBy !== null || code === 'expired' || code === 'dismissed';
    this.ended(signalId, state, { code, reason: refusal?.reason ?? message }, state === 'rejected' || !byPerson);
  }

  /** A signal that became no order. */
  refused(signalId: string, { code, reason }: Refusal): void {
    this.ended(signalId, 'refused', { code, reason }, true);
  }

  /** A signal came. */
  signalReceived(signalId: string, state: LastSignal['state']): void {
    this.counts.signals += 1;
    this.last = { at: this.clock.now(), signalId, state, code: null, reason: null };
  }

  /** @param counts whether a refusal says something of the engine */
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

  /** Whether it has been refused and rejected so often in a row that it has to be halted. */
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

  /** Takes a bridge's trades of before into account. */
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

  /** Counts what it has traded on a bridge before this start. */
  meet(bridge: CountedBridge): void {
    this.counter(bridge);
  }
}
