import type { AppEvent, SequencedEvent } from '../api/state/events.ts';
import { attempt, type OnFault } from '../base/guard.ts';
import type { Unsubscribe } from '../base/unsubscribe.ts';
import type { Clock } from './ports/clock.ts';

/** Numbers every event and hands it to all followers (ARCHITECTURE rule 6). */
export class EventStream {
  private readonly clock: Clock;
  private readonly onFault: OnFault;
  private readonly listeners = new Set<(event: SequencedEvent) => void>();
  private lastSeq = 0;

  constructor(clock: Clock, onFault: OnFault) {
    this.clock = clock;
    this.onFault = onFault;
  }

  get seq(): number {
    return this.lastSeq;
  }

  publish(event: AppEvent): void {
    this.lastSeq += 1;
    const sequenced = { seq: this.lastSeq, at: this.clock.now(), event };
    for (const listener of this.listeners) {
      attempt(this.onFault, () => {
        listener(sequenced);
      });
    }
  }

  follow(listener: (event: SequencedEvent) => void): Unsubscribe {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }
}
