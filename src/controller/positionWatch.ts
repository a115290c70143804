import type { Order } from '../api/order.ts';
import { isClose } from '../protocol/signal.ts';
import type { Clock } from './ports.ts';

/** How long after a rejection a rising number of positions is held against it, in ms. */
const rejectionWindowMs = 15_000;

interface AwaitedClose {
  number: number;
  action: Order['action'];
  /** Positions when it was sent; null when the EA had told none. */
  before: number | null;
}

interface Rejection {
  order: Order;
  before: number;
  until: number;
}

export interface PositionWatchContext {
  clock: Clock;
  /** Telemetry agrees with a close. */
  closed: (number: number, remaining: number) => void;
  /** There are more positions than before an order that was rejected. */
  roseAfterRejection: (order: Order, before: number, now: number) => void;
}

/** What the number of positions says of closes and of rejected orders: only telemetry proves either. */
export class PositionWatch {
  private readonly context: PositionWatchContext;
  private positions: number | null = null;
  private reportedAt = Number.NEGATIVE_INFINITY;
  private readonly beforeSend = new Map<number, number | null>();
  private readonly closes = new Map<number, AwaitedClose>();
  private rejections: Rejection[] = [];

  constructor(context: PositionWatchContext) {
    this.context = context;
  }

  /** The number of positions as last told, or null. */
  get count(): number | null {
    return this.positions;
  }

  /** When positions were last told, monotonic ms. */
  get countedAt(): number {
    return this.reportedAt;
  }

  sent(order: Order): void {
    this.beforeSend.set(order.number, this.positions);
    if (this.beforeSend.size > 1_000) this.beforeSend.delete(this.beforeSend.keys().next().value ?? 0);
  }

  /** The EA says that it has closed: later telemetry must agree. */
  closeReported(order: Order): void {
    const { number, action } = order;
    this.closes.set(number, { number, action, before: this.beforeSend.get(number) ?? null });
  }

  rejected(order: Order): void {
    const before = this.beforeSend.get(order.number) ?? null;
    if (isClose(order.action) || before === null) return;
    this.rejections.push({ order, before, until: this.context.clock.monotonic() + rejectionWindowMs });
  }

  /** A trade that may explain more positions. */
  mayHaveOpened(): void {
    this.rejections = [];
  }

  /** The account is another one: what was told of the one before says nothing of it. */
  forget(): void {
    this.positions = null;
    this.reportedAt = Number.NEGATIVE_INFINITY;
    this.beforeSend.clear();
    this.closes.clear();
    this.rejections = [];
  }

  /** Telemetry told the number of positions. */
  told(positions: number): void {
    const monotonic = this.context.clock.monotonic();
    this.positions = positions;
    this.reportedAt = monotonic;
    for (const close of [...this.closes.values()]) {
      if (!agrees(close, positions)) continue;
      this.closes.delete(close.number);
      this.context.closed(close.number, positions);
    }
    if (this.rejections.length === 0) return;
    const risen = this.rejections.filter(({ before, until }) => until >= monotonic && positions > before);
    this.rejections = this.rejections.filter((rejection) => rejection.until >= monotonic && !risen.includes(rejection));
    for (const { order, before } of risen) this.context.roseAfterRejection(order, before, positions);
  }
}

/** v7 closes its own positions alone, so after a close of everything others may remain: that is for a person to see. */
function agrees({ action, before }: AwaitedClose, positions: number): boolean {
  if (positions === 0) return true;
  return action === 'close' && before !== null && positions < before;
}
