import type { OrderState } from '../../../src/domain/orders/order.ts';
import { answered, type Answer, type ModelOrder } from '../model/modelOrder.ts';
import type { ReportName } from './events.ts';

// What becomes of one order, told once more from the rules and without a look at the function: states alone.

/** An event as the model needs it. `slow`: more than two seconds after the send. */
export type ModelEvent =
  | { type: 'report'; name: ReportName; slow: boolean; told: boolean; risen: boolean; remaining: number | null }
  | { type: 'timed_out' | 'connection_lost' | 'restarted' | 'not_sent' | 'close_agreed' | 'unwatched' | 'never_seen' }
  | { type: 'positions_rose'; unverified: boolean }
  | { type: 'positions_quiet' | 'unreadable_report' | 'entry_deal' | 'delisted' | 'listed' }
  | { type: 'settled_by_hand'; found: boolean };

const answers: Record<ReportName, Answer> = {
  filled: 'filled',
  'filled otherwise': 'filled',
  'filled, no price': 'filled',
  unnamed: 'unnamed',
  rejected: 'rejected',
  bare: 'bare',
  'time-out': 'unclear',
  unread: 'unread',
  'nothing found': 'rejected',
};

const isSuccess = (name: ReportName): boolean => answers[name] === 'filled' || name === 'unnamed';

export class LifecycleModel {
  private readonly order: ModelOrder;
  private readonly isClose: boolean;
  /** The EA has said that it closed. */
  private closeReported = false;
  private byHand = false;
  /** The EA has named the order. */
  private hasSpoken = false;
  /** The report by which it is unknown. */
  private saidLast: ReportName | null = null;
  /** Unknown by an error of which nobody can tell what it means. */
  private unclear = false;

  constructor(isClose: boolean) {
    this.isClose = isClose;
    this.order = {
      ...{ bridge: 'main', number: 1, id: 'A', action: isClose ? 'close' : 'buy', symbol: 'X', account: null },
      ...{ state: 'sent', wallAt: 0, at: 0, settledAt: null },
    };
  }

  get state(): OrderState {
    return this.order.state;
  }

  happens(event: ModelEvent): void {
    const { order } = this;
    if (event.type === 'report' || event.type === 'unreadable_report') this.hasSpoken = true;
    const isOpen = order.state === 'sent' || order.state === 'unknown';
    switch (event.type) {
      case 'report':
        if (this.byHand) return;
        if (this.isClose) this.closeAnswered(event);
        else this.tradeAnswered(event);
        return;
      case 'timed_out':
        if (this.closeReported ? isOpen : order.state === 'sent') this.becomes('unknown');
        return;
      case 'connection_lost':
      case 'restarted':
        if (order.state === 'sent') this.becomes('unknown');
        return;
      case 'not_sent':
        this.becomes('refused');
        return;
      case 'close_agreed':
        if (isOpen && this.closeReported) this.becomes('filled');
        return;
      case 'unwatched':
        if (this.isAssumed) this.becomes('unknown', true);
        return;
      case 'positions_rose':
        if (this.isClose) return;
        if (event.unverified && order.state === 'unknown' && order.unnamed === true) {
          order.unnamed = false;
          this.becomes('filled');
          this.agreed = true;
        } else if (this.isAssumed) this.becomes('unknown', true);
        return;
      case 'positions_quiet':
        if (!this.isClose && order.state === 'unknown' && this.unclear) {
          this.becomes('rejected');
          order.assumed = true;
        }
        return;
      case 'never_seen':
        if (order.state === 'unknown' && !this.hasSpoken) this.becomes('rejected');
        return;
      // The last three are of pending orders alone.
      case 'unreadable_report':
      case 'entry_deal':
      case 'delisted':
      case 'listed':
        return;
      case 'settled_by_hand':
        if (order.state !== 'unknown') return;
        this.becomes(event.found ? 'filled' : 'rejected');
        this.byHand = true;
    }
  }

  /** Positions proved a success that named nothing: a later error is none the less a doubt. */
  private agreed = false;

  private get isAssumed(): boolean {
    return !this.isClose && this.order.state === 'rejected' && this.order.assumed === true;
  }

  private becomes(state: OrderState, unclear = false): void {
    this.order.state = state;
    this.unclear = unclear;
    if (state !== 'rejected') this.order.assumed = false;
  }

  private tradeAnswered({ name, slow, told, risen }: ModelEvent & { type: 'report' }): void {
    const { order } = this;
    // The model's order remembers that a success named nothing; one that positions proved is asked about the same way.
    if (this.agreed && order.state === 'filled') order.unnamed = true;
    const before = order.state;
    const now = slow ? 5_000 : 100;
    const answer = answers[name];
    if (before === 'rejected' && order.assumed !== true) return;
    answered(order, answer, { told, risen }, now);
    if (order.state === 'unknown') {
      const again = before === 'unknown' && order.unnamed === true;
      this.unclear = order.unnamed !== true && (answer === 'bare' || answer === 'unread') && !again;
    }
    if (order.state !== 'filled' || answer === 'filled') this.agreed = false;
  }

  /** Nothing but telemetry makes a close done. */
  private closeAnswered({ name, slow, remaining }: ModelEvent & { type: 'report' }): void {
    const { order } = this;
    if ((order.state !== 'sent' && order.state !== 'unknown') || this.closeReported) return;
    // The same words once more say nothing new.
    if (order.state === 'unknown' && name === this.saidLast) return;
    if (isSuccess(name)) {
      this.closeReported = true;
      return;
    }
    if (name === 'time-out' || name === 'unread') this.becomes('unknown');
    else if (name === 'bare' && (order.state === 'unknown' || slow) && remaining !== null && remaining > 0) {
      this.becomes('unknown');
    } else this.becomes('rejected');
    this.saidLast = order.state === 'unknown' ? name : null;
  }
}
