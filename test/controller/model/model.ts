import { mayBeOn } from './modelAccount.ts';
import { modelLimits, ModelBridge, type Around, type KeptBridge } from './modelBridge.ts';
import {
  answered,
  isTrade,
  sameJournal,
  settled,
  type Answer,
  type BridgeId,
  type ModelOrder,
  type Trade,
} from './modelOrder.ts';
import { ModelPositions } from './modelPositions.ts';

// What the desk should do, written a second time and as plainly as possible, with nothing of the core in it.
// Times are in ms.

const feedbackMs = 10_000;
const mostDelayMs = 500;
/** A longer silence, or a wall clock that is so far from the other, is a jump. */
const jumpMs = 5_000;
const pulseMs = 250;

/** An order that is written down and has not left. */
export interface Leaving {
  trade: Trade;
  confirmed: readonly string[];
  account: string | null;
  decidedAt: number;
  wallAt: number;
  overtaken: boolean;
}

export class Model {
  time = 0;
  wall: number;
  killed = false;
  /** Of the real bridges. */
  journalWorks = true;
  /** In the order in which they left. */
  orders: ModelOrder[] = [];
  readonly bridges = new Map<BridgeId, ModelBridge>();
  /** What is kept of a bridge that isn't there. */
  private readonly kept = new Map<BridgeId, KeptBridge>();
  private pulseAt = 0;
  private readonly leavingNow = new Set<Leaving>();
  /** Which bridges have given a number to an order, a refused one too. */
  private readonly numbers = new Map<number, Set<BridgeId>>();
  /** Since the start. */
  private readonly removed = new Set<BridgeId>();
  private readonly note: (what: string) => void;
  private looked: { time: number; wall: number };

  /** @param note is told of what happens without anybody's asking */
  constructor(wall: number, ids: readonly BridgeId[], note: (what: string) => void) {
    this.note = note;
    this.wall = wall;
    this.looked = { time: 0, wall };
    this.pulseAt = pulseMs;
    for (const id of ids) this.add(id);
  }

  bridge(id: BridgeId): ModelBridge {
    const bridge = this.bridges.get(id);
    if (bridge === undefined) throw new Error(`There is no bridge ${id}.`);
    return bridge;
  }

  advance(ms: number): void {
    this.look();
    const end = this.time + ms;
    for (;;) {
      const due = this.timers()
        .filter(({ at }) => at <= end)
        .sort((one, other) => one.at - other.at)[0];
      if (due === undefined) break;
      this.pass(Math.max(0, due.at - this.time));
      due.act();
    }
    this.pass(end - this.time);
    // Its timers look at the clock all the while.
    this.looked = { time: this.time, wall: this.wall };
    this.lookAtDays();
  }

  private timers(): { at: number; act: () => void }[] {
    const timers = [
      {
        at: this.pulseAt,
        act: () => {
          this.pulse();
        },
      },
    ];
    for (const bridge of this.bridges.values()) {
      const { waitsUntil } = bridge.account;
      if (bridge.connected)
        timers.push({
          at: bridge.nextPing,
          act: () => {
            bridge.pingDue(this.time);
          },
        });
      if (waitsUntil !== null)
        timers.push({
          at: waitsUntil,
          act: () => {
            this.note('other names');
            bridge.waited();
          },
        });
    }
    for (const order of this.orders) {
      const bridge = this.bridges.get(order.bridge);
      if (order.state !== 'sent' || bridge === undefined) continue;
      timers.push({
        at: order.at + feedbackMs,
        act: () => {
          order.state = 'unknown';
          bridge.ping(this.time);
        },
      });
    }
    return timers;
  }

  private pulse(): void {
    this.pulseAt = this.time + pulseMs;
    this.lookAtDays();
    for (const bridge of this.bridges.values()) bridge.look();
  }

  /** Somebody sets the clock. */
  jump(ms: number): void {
    this.wall += ms;
    this.look();
  }

  /** @param ea says its names when it has answered two pings a second apart */
  connect(id: BridgeId): void {
    this.bridge(id).joined(this.time);
    this.advance(1_000);
    this.bridge(id).caughtUp();
  }

  disconnect(id: BridgeId): void {
    this.bridge(id).left();
    this.loseSent(id);
  }

  /**
   * A person or a program fires a buy or sell, and writing it down takes a while.
   * @returns the code of its refusal, or what is about to leave
   */
  fire(trade: Trade, confirmed: readonly string[], commitMs: number): string | Leaving {
    this.look();
    const bridge = this.bridge(trade.bridge);
    const taken = [...this.orders, ...[...this.leavingNow].map((each) => each.trade)];
    if (taken.some(({ id, bridge: of }) => id === trade.id && sameJournal(of, trade.bridge))) return 'duplicate_id';
    const code = bridge.refusal(trade, confirmed, this.around(trade.bridge));
    if (code !== null) return code;
    const { time: decidedAt, wall: wallAt } = this;
    const leaving = { trade, confirmed, account: bridge.account.key, decidedAt, wallAt, overtaken: false };
    this.pass(commitMs);
    this.leavingNow.add(leaving);
    bridge.leaving += 1;
    return leaving;
  }

  /** After the commit everything is asked again. @returns `sent`, or the code of its refusal */
  leave(leaving: Leaving, number: number): string {
    const { trade, confirmed, account, wallAt } = leaving;
    const bridge = this.bridge(trade.bridge);
    this.leavingNow.delete(leaving);
    bridge.leaving -= 1;
    if (leaving.overtaken) return 'expired';
    this.look();
    if (this.killed) return 'kill_switch';
    if (this.time - leaving.decidedAt > mostDelayMs) return 'expired';
    const code = bridge.refusal(trade, confirmed, this.around(trade.bridge));
    if (code !== null) return code;
    bridge.unanswered = this.send({ ...trade, number, account, wallAt });
    return 'sent';
  }

  /** A person closes: no guard is asked, and what would be opened after it stays. */
  close(close: Trade, commitMs: number): string | ModelOrder {
    this.look();
    if (!this.bridge(close.bridge).connected) return 'no_ea';
    if (!this.worksFor(close.bridge)) return 'journal_failed';
    const { wall: wallAt } = this;
    this.pass(commitMs);
    for (const leaving of this.leavingNow) {
      const { bridge, symbol } = leaving.trade;
      if (bridge !== close.bridge) continue;
      if (close.action === 'close_all' || symbol === close.symbol) leaving.overtaken = true;
    }
    if (commitMs > jumpMs) for (const { day } of this.bridges.values()) day.jump(this.wall, this.time);
    return this.send({ ...close, number: 0, account: this.bridge(close.bridge).account.key, wallAt });
  }

  feedback(id: BridgeId, signalId: string, answer: Answer): void {
    const order = this.orders.find((one) => one.bridge === id && one.id === signalId);
    if (order === undefined || !isTrade(order)) return;
    const bridge = this.bridge(id);
    if (bridge.unanswered === order) bridge.unanswered = null;
    const { positions } = bridge;
    const facts = { told: positions.last !== null, risen: positions.hasRisen(order) };
    const follow = answered(order, answer, facts, this.time);
    if (follow === 'agreed') this.note('positions agreed');
    if (follow === 'filled' || follow === 'agreed') positions.filled(order, follow === 'agreed', this.time);
    else if (follow === 'doubted') positions.doubted(order);
    else if (follow === 'settled') positions.settled(order);
    else if (follow === 'unclear') positions.unclear(order);
    else if (follow !== null) positions.watch(order, follow, this);
  }

  numbered(id: BridgeId, number: number): void {
    this.numbers.set(number, (this.numbers.get(number) ?? new Set()).add(id));
  }

  /** @param id null: the number alone is named */
  settle({ bridge: id, number }: { bridge: BridgeId | null; number: number }, found: boolean): boolean {
    const isShown = (of: BridgeId): boolean => of !== 'paper' || this.bridges.has(of) || this.removed.has(of);
    const having = [...(this.numbers.get(number) ?? [])].filter((of) => isShown(of) && (id === null || of === id));
    const order = this.orders.find((one) => one.number === number && one.bridge === having[0]);
    if (order?.state !== 'unknown' || having.length > 1) return false;
    const bridge = this.bridges.get(order.bridge);
    // What became of an order of a bridge that is gone is written down at once, or not known.
    if (bridge === undefined && (order.bridge === 'paper' || !this.journalWorks)) return false;
    if (bridge?.unanswered === order) bridge.unanswered = null;
    order.unnamed = false;
    settled(order, found ? 'filled' : 'rejected', this.time);
    if (found && isTrade(order)) bridge?.positions.filled(order, false, this.time);
    else bridge?.positions.settled(order);
    return true;
  }

  limit(id: BridgeId, tradesPerDay: number): void {
    this.bridge(id).tradesPerDay = tradesPerDay;
    const kept = this.kept.get(id);
    if (kept !== undefined) kept.tradesPerDay = tradesPerDay;
  }

  arm(id: BridgeId): boolean {
    const bridge = this.bridge(id);
    if (bridge.armed) return true;
    if (this.killed || bridge.problem !== null) return false;
    bridge.armed = true;
    return true;
  }

  /** A release that can't be written down is none. */
  release(): boolean {
    if (this.killed && !this.journalWorks) return false;
    this.killed = false;
    return true;
  }

  kill(): void {
    if (this.killed) return;
    this.killed = true;
    for (const bridge of this.bridges.values()) bridge.armed = false;
  }

  /** A bridge is taken out of the settings. */
  remove(id: BridgeId): void {
    this.loseSent(id);
    this.bridges.delete(id);
    this.removed.add(id);
  }

  /** A bridge comes, or comes back. @param ids all that the settings name */
  add(id: BridgeId, ids: readonly BridgeId[] = [...this.bridges.keys()]): void {
    const kept = this.kept.get(id) ?? {
      tradesPerDay: modelLimits.tradesPerDay,
      positions: null,
      accounts: { known: null, linked: new Set() },
      measures: new Map(),
    };
    this.kept.set(id, kept);
    const own = (): ModelOrder[] => this.orders.filter((order) => order.bridge === id && isTrade(order));
    const bridge = new ModelBridge(id, this.wall, kept, new ModelPositions(own, this.note));
    if (kept.positions !== null) bridge.positions.restore(kept.positions, this);
    kept.positions = bridge.positions;
    for (const order of this.orders) {
      if (order.bridge !== id) continue;
      if (order.state === 'sent') order.state = 'unknown';
      order.at = this.time - Math.max(0, this.wall - order.wallAt);
      order.settledAt = null;
    }
    const isThere = (of: BridgeId): boolean => of === id || ids.includes(of);
    const doubts = this.orders.filter(({ state, bridge: of }) => {
      if (state !== 'unknown' && state !== 'sent') return false;
      return of === id || (id !== 'paper' && of !== 'paper' && !isThere(of));
    });
    bridge.armed = !this.killed && doubts.length === 0;
    this.bridges.set(id, bridge);
  }

  restart(ids: readonly BridgeId[]): void {
    this.bridges.clear();
    this.pulseAt = this.time + pulseMs;
    this.looked = { time: this.time, wall: this.wall };
    this.removed.clear();
    for (const order of this.orders) {
      if (order.state === 'sent' && (order.bridge !== 'paper' || ids.includes('paper'))) order.state = 'unknown';
    }
    for (const id of ids) this.add(id, ids);
  }

  isLeaving(signalId: string): boolean {
    return [...this.leavingNow].some(({ trade }) => trade.id === signalId);
  }

  /** In doubt, on bridges that are gone. */
  orphans(): ModelOrder[] {
    return this.orders.filter(
      ({ state, bridge }) => state === 'unknown' && bridge !== 'paper' && !this.bridges.has(bridge),
    );
  }

  /** IDs of all orders of which nobody knows what became of them. */
  inDoubt(): string[] {
    return this.orders.filter(({ state }) => state === 'unknown').map(({ id }) => id);
  }

  /** Whether the window must list it. */
  isShown({ bridge, state }: ModelOrder): boolean {
    return this.bridges.has(bridge) || (bridge !== 'paper' && state === 'unknown');
  }

  private around(id: BridgeId): Around {
    const { time, wall, killed } = this;
    const { account } = this.bridge(id);
    return {
      ...{ time, wall, killed, journalWorks: this.worksFor(id) },
      own: this.orders.filter(({ bridge }) => bridge === id),
      orphans:
        id === 'paper' ? [] : this.orphans().filter((order) => isTrade(order) && mayBeOn(account, order.account)),
    };
  }

  private worksFor(id: BridgeId): boolean {
    return this.journalWorks || id === 'paper';
  }

  private send(order: Omit<ModelOrder, 'state' | 'at' | 'settledAt'>): ModelOrder {
    const sent: ModelOrder = { ...order, state: 'sent', at: this.time, settledAt: null };
    this.orders.push(sent);
    this.bridge(order.bridge).positions.sent(sent, isTrade(sent));
    return sent;
  }

  private loseSent(id: BridgeId): void {
    for (const order of this.orders) if (order.bridge === id && order.state === 'sent') order.state = 'unknown';
  }

  private pass(ms: number): void {
    this.time += ms;
    this.wall += ms;
  }

  /** Whoever fires has the clock looked at, as a timer does four times a second. */
  private look(): void {
    const passed = this.time - this.looked.time;
    const apart = this.wall - this.looked.wall - passed;
    this.looked = { time: this.time, wall: this.wall };
    if (passed <= pulseMs + jumpMs && Math.abs(apart) <= jumpMs) return;
    for (const bridge of this.bridges.values()) {
      bridge.day.jump(this.wall, this.time);
      bridge.clockJumped();
    }
  }

  /** Whoever looks at the desk has it look which day it is. */
  lookAtDays(): void {
    for (const { day, figuresAt } of this.bridges.values()) day.look(this.wall, this.time, figuresAt !== null);
  }
}
