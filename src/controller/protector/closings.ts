import type { OnFault } from '../../base/guard.ts';
import type { Order } from '../../domain/orders/order.ts';
import type { OrderChange } from '../../domain/orders/orderChange.ts';
import type { ClosingChange } from '../../domain/positions/closingChanges.ts';
import type { OpenTrades } from '../../domain/positions/openTrades.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import { protectorAlarms } from '../alarms/protectorAlarms.ts';
import type { Clock } from '../ports/clock.ts';
import { entryKey, everything, isOf, openTargets, type Target } from './closingTargets.ts';

/** Most orders for one position: the later ones only on proof that the one before was rejected. */
const mostAttempts = 3;
/** Time between two orders for one position, ms. */
const retryMs = 1_000;
/** Longest time between two that the desk itself refused, ms. */
const mostRetryMs = 30_000;
/** Refusals in a row after which it is said that it can't be closed now. */
const refusedMost = 3;
/** Orders that are sent one after the other before the event loop turns. */
const atOnce = 50;

interface Attempt {
  /** Orders that were sent. */
  sent: number;
  /** Orders that were refused before they left, in a row. */
  refused: number;
  /** The newest order; null: it is about to be sent. */
  order: Order | null;
  /** When its newest state came, monotonic ms. */
  at: number;
  /** The EA's list of its kind when its result came: only a newer one proves that it is still open. */
  listed: List;
  isTold: boolean;
}

type List = OpenTrades['positions' | 'orders'];

export interface ClosingsParts {
  clock: Clock;
  /** What the EA lists now. */
  trades: () => OpenTrades;
  /** Whether the EA lists positions (N5): the others are told to close what they opened. */
  lists: () => boolean;
  /** Number of positions as the EA reports it; null: not known. */
  positions: () => number | null;
  /** Order IDs of buys and sells that may still open something which the EA does not list yet. */
  onTheWay: () => string[];
  /** @returns an order for each, in their order */
  send: (changes: readonly ClosingChange[]) => Promise<Order[]>;
  closeAll: () => Promise<Order>;
  alarm: (alarm: AlarmText) => void;
  /** Called with a bug in sending. */
  onFault: OnFault;
}

/**
 * Closes positions and cancels pending orders, one order for each. A rejected one is sent anew as a new order once a newer
 * list shows the position still open; one without a result waits for it.
 */
export class Closings {
  private readonly parts: ClosingsParts;
  private attempts = new Map<string, Attempt>();
  private sending = false;
  /** It was said that orders are refused, and none has left since. */
  private isRefusedTold = false;

  constructor(parts: ClosingsParts) {
    this.parts = parts;
  }

  /** Number of positions and pending orders that it has acted on since it began. */
  get count(): number {
    return this.attempts.size;
  }

  /** Whether the EA lists positions: it can reach all of them. */
  get lists(): boolean {
    return this.parts.lists();
  }

  /** Numbers of what is open, and of what is on its way. */
  open(): string[] {
    return [...this.targets().map(({ key }) => key), ...this.entries()];
  }

  /** Begins: what was tried before is tried anew, unless its outcome is open. */
  begin(): void {
    this.attempts = new Map([...this.attempts].filter(([, { order }]) => order === null || isOpen(order)));
  }

  forget(): void {
    this.attempts.clear();
  }

  follow(order: Order): void {
    for (const attempt of this.attempts.values()) {
      if (attempt.order?.number === order.number) this.took(attempt, order);
    }
  }

  /**
   * Sends what is due.
   * @param only numbers of what is to be closed; null: all that is open
   * @returns whether nothing of it is open any more
   */
  step(only: ReadonlySet<string> | null): boolean {
    const targets = this.targets().filter((target) => only === null || isOf(target, only));
    if (targets.length === 0) {
      // What is on its way can still open one. A list that lacks what the EA counts is not the newest.
      if (this.entries().some((entry) => only === null || only.has(entry))) return false;
      return only !== null || (this.parts.positions() ?? 0) === 0;
    }
    if (!this.sending) this.sendDue(targets).catch(this.parts.onFault);
    return false;
  }

  private async sendDue(targets: readonly Target[]): Promise<void> {
    this.sending = true;
    this.tellRemaining(targets);
    try {
      const due = targets.filter(({ key }) => this.isDue(key));
      // Between parts the event loop reads what has come.
      for (let first = 0; first < due.length; first += atOnce) await this.send(due.slice(first, first + atOnce));
    } finally {
      this.sending = false;
    }
  }

  private async send(targets: readonly Target[]): Promise<void> {
    const { closeAll, send } = this.parts;
    const attempts = targets.map(({ key }) => this.begun(key));
    const isAll = targets.some(({ key }) => key === everything);
    const orders = isAll ? [await closeAll()] : await send(targets);
    attempts.forEach((attempt, index) => {
      const order = orders[index];
      if (order === undefined) return;
      if (order.state === 'refused') attempt.refused += 1;
      else {
        attempt.sent += 1;
        attempt.refused = 0;
      }
      this.took(attempt, order);
    });
    this.tellRefused(attempts);
  }

  /** Says once that orders are refused before they leave, as while the journal can't be written. */
  private tellRefused(attempts: readonly Attempt[]): void {
    if (attempts.some(({ refused }) => refused === 0)) this.isRefusedTold = false;
    const stuck = attempts.filter(({ refused }) => refused >= refusedMost);
    const [first] = stuck;
    if (first === undefined || this.isRefusedTold) return;
    this.isRefusedTold = true;
    this.parts.alarm(protectorAlarms.refused(stuck.length, first.order?.refusal?.reason ?? 'no reason was given'));
  }

  /** Says of each once that its first orders were rejected. */
  private tellRemaining(targets: readonly Target[]): void {
    const remain = targets.flatMap(({ key }) => {
      const attempt = this.attempts.get(key);
      const order = attempt?.order ?? null;
      if (attempt === undefined || order === null || attempt.isTold) return [];
      return attempt.sent < mostAttempts || isOpen(order) ? [] : [{ key, attempt, order }];
    });
    const [first] = remain;
    if (first === undefined) return;
    for (const { attempt } of remain) attempt.isTold = true;
    this.parts.alarm(protectorAlarms.remains(first.key, remain.length - 1, first.order));
  }

  private begun(key: string): Attempt {
    const before = this.attempts.get(key);
    const attempt: Attempt = {
      ...{ sent: before?.sent ?? 0, refused: before?.refused ?? 0, order: null, at: this.parts.clock.monotonic() },
      ...{ listed: null, isTold: before?.isTold ?? false },
    };
    this.attempts.set(key, attempt);
    return attempt;
  }

  private took(attempt: Attempt, order: Order): void {
    attempt.order = order;
    attempt.at = this.parts.clock.monotonic();
    attempt.listed = this.list(order.action === 'cancel_order');
  }

  private list(isPending: boolean): List {
    const { positions, orders } = this.parts.trades();
    return isPending ? orders : positions;
  }

  private isDue(key: string): boolean {
    const attempt = this.attempts.get(key);
    if (attempt === undefined) return true;
    const { order, at, sent, refused, listed } = attempt;
    // One without a result waits: sent again, it could close twice.
    if (order === null || isOpen(order)) return false;
    if (sent >= mostAttempts) return false;
    const waits = Math.min(retryMs * 2 ** Math.max(0, refused - 1), mostRetryMs);
    if (this.parts.clock.monotonic() - at < waits) return false;
    return order.state === 'refused' || key === everything || this.list(order.action === 'cancel_order') !== listed;
  }

  /** What may still open something, as numbers beside those of what is open. */
  private entries(): string[] {
    return this.parts.lists() ? this.parts.onTheWay().map(entryKey) : [];
  }

  private targets(): Target[] {
    const { lists, positions: count, trades } = this.parts;
    if (!lists()) {
      const all: OrderChange = { action: 'close_position', position: '0', lot: null };
      const none = { symbol: '', side: null, lots: 0, price: null, sl: null, tp: null };
      return count() === 0 ? [] : [{ key: everything, signalId: null, change: all, seen: none }];
    }
    return openTargets(trades());
  }
}

/** Whether nothing is open that it could close. */
export function allClosed(closings: Closings): boolean {
  return closings.open().length === 0;
}

function isOpen({ state }: Order): boolean {
  return state === 'sent' || state === 'unknown';
}
