import { listLimits, type Alarm } from '../api/state.ts';
import type { Feed } from './feed.ts';
import type { Clock } from './ports.ts';
import type { Recorder } from './recorder.ts';

export type AlarmText = Pick<Alarm, 'level' | 'code' | 'text' | 'nextStep'>;

/** How often a repeated alarm is published again, in ms. */
const repeatMs = 1_000;

/** What a person should know of. The same alarm again raises a count, so that a flood can't push the others out. */
export class AlarmBook {
  private readonly clock: Clock;
  private readonly feed: Feed;
  private readonly recorder: Recorder;
  private alarms: Alarm[] = [];
  private nextNumber = 1;
  private published = new Map<number, number>();

  constructor(clock: Clock, feed: Feed, recorder: Recorder) {
    this.clock = clock;
    this.feed = feed;
    this.recorder = recorder;
  }

  raise(bridge: string | null, alarm: AlarmText): void {
    const now = this.clock.now();
    const index = this.alarms.findIndex(
      (known) => known.bridge === bridge && known.code === alarm.code && known.text === alarm.text,
    );
    const known = this.alarms[index];
    if (known !== undefined) {
      const raised = { ...known, count: known.count + 1, lastAt: now };
      this.alarms[index] = raised;
      this.publish(raised);
      return;
    }
    const fresh: Alarm = { number: this.nextNumber, bridge, ...alarm, count: 1, at: now, lastAt: now };
    this.nextNumber += 1;
    this.alarms = [fresh, ...this.alarms].slice(0, listLimits.alarms);
    this.recorder.record({ type: 'alarm', alarm: fresh });
    this.publish(fresh);
  }

  list(): Alarm[] {
    return [...this.alarms];
  }

  private publish(alarm: Alarm): void {
    const monotonic = this.clock.monotonic();
    const last = this.published.get(alarm.number);
    if (last !== undefined && monotonic - last < repeatMs) return;
    this.published.set(alarm.number, monotonic);
    if (this.published.size > listLimits.alarms * 2)
      this.published = new Map([...this.published].slice(-listLimits.alarms));
    this.feed.publish({ type: 'alarm', alarm });
  }
}
