import type { OrderState } from '../../../src/protocol/order.ts';

// What the desk should do, written a second time and as plainly as possible, with nothing of the core in it.
// Times are in ms. The account has one position, which every heartbeat tells.

export const modelLimits = { openTrades: 4, tradesPerDay: 6, tradesPerMinute: 4, duplicateWindowS: 30 } as const;

const day = 86_400_000;
const minute = 60_000;
const feedbackTime = 10_000;
const stale = 15_000;
const pingInterval = 30_000;
const quickNo = 2_000;

interface ModelOrder {
  id: string;
  symbol: string;
  side: 'buy' | 'sell';
  state: OrderState;
  wallAt: number;
  at: number;
  settledAt: number | null;
  /** Rejected, and nothing proves it. */
  assumed?: boolean;
  /** The EA has reported success, and named nothing. */
  unnamed?: boolean;
}

/** `bare`: MT5's error 4756 alone. `unnamed`: success without ticket and price. */
export type Answer = 'filled' | 'rejected' | 'unclear' | 'bare' | 'unnamed';

export class Model {
  time = 0;
  wall: number;
  connected = false;
  armed = true;
  killed = false;
  journalWorks = true;
  orders: ModelOrder[] = [];
  private unanswered: ModelOrder | null = null;
  private known: string | null = null;
  private changed = false;
  private current: string | null = null;
  private figuresAt: number | null = null;
  private toldAt: number | null = null;
  private nextPing = 0;
  private pings: number[] = [];
  /** Which day it is: after a jump a new one waits until a minute has passed and figures have come. */
  private today: number;
  private begun: Set<number>;
  private jumpedAt: number | null = null;
  private toldSinceJump = false;

  constructor(wall: number) {
    this.wall = wall;
    this.today = this.clockDay();
    this.begun = new Set([this.today]);
  }

  advance(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const timeouts = this.orders.filter(({ state }) => state === 'sent');
      const due = [
        ...timeouts.map((order) => ({ at: order.at + feedbackTime, order })),
        ...(this.connected ? [{ at: this.nextPing, order: null }] : []),
      ]
        .filter(({ at }) => at <= end)
        .sort((one, other) => one.at - other.at)[0];
      if (due === undefined) break;
      this.wall += due.at - this.time;
      this.time = due.at;
      if (due.order === null) this.nextPing += pingInterval;
      else due.order.state = 'unknown';
      if (this.connected) this.pings.push(this.time);
    }
    this.wall += end - this.time;
    this.time = end;
    this.turn(false);
  }

  /** An EA joins on this account, answers two pings a second apart, names itself and sends a heartbeat. */
  connect(account: string): void {
    this.connected = true;
    this.nextPing = this.time + pingInterval;
    this.pings = [];
    this.advance(1_000);
    if (this.unanswered !== null && this.unanswered.state !== 'sent') this.unanswered = null;
    this.current = account;
    this.toldSinceJump = false;
    this.known ??= account;
    this.changed = this.known !== account;
    if (this.changed) this.armed = false;
    this.heartbeat();
  }

  disconnect(): void {
    this.connected = false;
    this.figuresAt = null;
    for (const order of this.orders) if (order.state === 'sent') order.state = 'unknown';
  }

  heartbeat(): void {
    this.figuresAt = this.time;
    this.toldAt = this.time;
    this.toldSinceJump = true;
    this.turn(false);
  }

  /** The EA answers every ping that it has got. */
  answerPings(): void {
    const order = this.unanswered;
    if (order !== null && order.state !== 'sent' && this.pings.some((at) => at > order.at)) this.unanswered = null;
    this.pings = [];
  }

  /** What a fire ends as at once: `sent`, or the code of its refusal. */
  fire(id: string, symbol: string, side: 'buy' | 'sell', confirmed: readonly string[]): string {
    const code = this.refusal(id, symbol, side, confirmed);
    if (code !== null) return code;
    const order: ModelOrder = { id, symbol, side, state: 'sent', wallAt: this.wall, at: this.time, settledAt: null };
    this.orders.push(order);
    this.unanswered = order;
    return 'sent';
  }

  feedback(id: string, answer: Answer): void {
    const order = this.orders.find((one) => one.id === id);
    if (order === undefined) return;
    if (this.unanswered === order) this.unanswered = null;
    const named = answer === 'filled';
    if (order.state === 'filled') {
      if (order.unnamed !== true || answer === 'unnamed') return;
      if (named) order.unnamed = false;
      else order.state = 'unknown';
      return;
    }
    if (order.state === 'rejected' && (order.assumed !== true || !named)) return;
    if (named) {
      order.assumed = false;
      order.unnamed = false;
      this.settled(order, 'filled');
    } else if (answer === 'unnamed') {
      order.unnamed = true;
      if (this.toldAt === null) this.settled(order, 'filled');
      else order.state = 'unknown';
    } else if (answer === 'unclear' || order.unnamed === true) {
      order.state = 'unknown';
    } else if (answer === 'rejected') {
      this.settled(order, 'rejected');
    } else if (order.state === 'sent' && this.time - order.at <= quickNo) {
      order.assumed = true;
      this.settled(order, 'rejected');
    } else {
      order.state = 'unknown';
    }
  }

  settle(id: string, found: boolean): boolean {
    const order = this.orders.find((one) => one.id === id);
    if (order?.state !== 'unknown') return false;
    if (this.unanswered === order) this.unanswered = null;
    order.unnamed = false;
    this.settled(order, found ? 'filled' : 'rejected');
    return true;
  }

  arm(): boolean {
    if (this.armed) return true;
    if (this.killed || (this.connected && this.changed)) return false;
    this.armed = true;
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
    this.armed = false;
  }

  accept(): void {
    if (!this.connected) return;
    this.known = this.current;
    this.changed = false;
  }

  jump(ms: number): void {
    this.wall += ms;
    this.jumpedAt = this.time;
    this.toldSinceJump = false;
    this.turn(true);
    this.advance(250);
    this.armed = false;
    this.figuresAt = null;
  }

  restart(): void {
    this.today = this.clockDay();
    this.begun = new Set([this.today]);
    this.jumpedAt = null;
    this.toldSinceJump = false;
    this.connected = false;
    this.figuresAt = null;
    this.toldAt = null;
    this.unanswered = null;
    for (const order of this.orders) {
      if (order.state === 'sent') order.state = 'unknown';
      order.at = this.time - Math.max(0, this.wall - order.wallAt);
      order.settledAt = null;
    }
    this.armed = !this.killed && this.orders.every(({ state }) => state !== 'unknown');
  }

  private clockDay(): number {
    return Math.floor(this.wall / day);
  }

  private turn(jumps: boolean): void {
    const now = this.clockDay();
    if (this.jumpedAt !== null && this.time - this.jumpedAt >= minute && this.toldSinceJump) this.jumpedAt = null;
    if (now > this.today && this.jumpedAt !== null && !(jumps && this.begun.has(now))) return;
    this.today = now;
    this.begun.add(now);
  }

  private settled(order: ModelOrder, state: 'filled' | 'rejected'): void {
    order.state = state;
    order.settledAt = this.time;
  }

  private refusal(id: string, symbol: string, side: string, confirmed: readonly string[]): string | null {
    if (this.orders.some((order) => order.id === id)) return 'duplicate_id';
    if (this.killed) return 'kill_switch';
    if (!this.connected) return 'no_ea';
    if (this.changed) return 'account_changed';
    if (!this.armed) return 'disarmed';
    if (this.figuresAt === null || this.time - this.figuresAt > stale) return 'stale_telemetry';
    if (!this.journalWorks) return 'journal_failed';
    if (this.unanswered !== null) return 'busy';
    const alike = this.orders.filter(
      (order) => order.symbol === symbol && order.side === side && order.state !== 'rejected',
    );
    // After a clock that was set back and a restart, an earlier one counts as sent just now.
    const last = Math.max(...alike.map(({ at }) => at));
    if (this.time - last < modelLimits.duplicateWindowS * 1_000) return 'duplicate_order';
    const doubts = this.orders.filter((order) => order.state === 'unknown' && order.symbol === symbol);
    if (doubts.some((order) => !confirmed.includes(order.id))) return 'risk_unsettled';
    const open = this.orders.filter(
      ({ state, settledAt }) =>
        state === 'sent' ||
        state === 'unknown' ||
        (state === 'filled' && settledAt !== null && settledAt >= (this.toldAt ?? 0)),
    );
    if (1 + open.length >= modelLimits.openTrades) return 'risk_open_trades';
    const traded = this.orders.filter(({ state }) => state !== 'rejected');
    if (traded.filter(({ wallAt }) => wallAt >= this.today * day).length >= modelLimits.tradesPerDay)
      return 'risk_trades_day';
    if (traded.filter((order) => order.at > this.time - minute).length >= modelLimits.tradesPerMinute)
      return 'risk_trades_minute';
    return null;
  }
}
