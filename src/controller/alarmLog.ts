import { type Alarm, keepAlarms, listLimits } from '../api/state/state.ts';
import { BoundedMap } from '../base/boundedMap.ts';
import { RowRateLimit } from '../base/rateLimit.ts';
import type { EventStream } from './eventStream.ts';
import type { JournalWriter } from './records/journalWriter.ts';
import type { AlarmText } from './alarms/alarm.ts';
import type { Clock } from './ports/clock.ts';

/** How often a repeated alarm is published again, in ms. */
const repeatMs = 1_000;

/** Different alarms of one family that are listed and written. The others are counted in one. */
const listedOfFamily = { aMinute: 20, anHour: 100 };
const keptFamilies = 1_000;

/** How long the same alarm is counted without a row where more important ones leave it no place in the list, in ms. */
const unlistedMs = 60_000;
const keptUnlisted = 1_000;

/** Characters of an alarm's text. */
const mostText = 500;

/** What a person should know of. The same alarm again raises a count, so that a flood can't push the others out. */
export class AlarmLog {
  private readonly clock: Clock;
  private readonly events: EventStream;
  private readonly journalWriter: JournalWriter;
  private alarms: Alarm[] = [];
  private nextNumber = 1;
  /** By number, monotonic ms. */
  private readonly published = new BoundedMap<number, number>(listLimits.alarms * 2);
  private readonly families = new BoundedMap<string, RowRateLimit>(keptFamilies);
  /** Alarms that have no place in the list, by bridge, code and text. They count on, and are written again after a while. */
  private readonly unlisted = new BoundedMap<string, { alarm: Alarm; dueAt: number }>(keptUnlisted);

  constructor(clock: Clock, events: EventStream, journalWriter: JournalWriter) {
    this.clock = clock;
    this.events = events;
    this.journalWriter = journalWriter;
  }

  raise(bridge: string | null, { family, ...told }: AlarmText): void {
    const alarm = { ...told, text: clip(told.text) };
    if (this.repeated(bridge, alarm)) return;
    const counted = family ?? (alarm.level === 'notice' ? alarm.code : null);
    if (counted === null || this.familyOf(bridge, counted).allow(this.clock.monotonic())) this.add(bridge, alarm);
    else {
      const more = { ...alarm, text: `More alarms like these came (${alarm.code}) than are listed one by one.` };
      if (!this.repeated(bridge, more)) this.add(bridge, more);
    }
  }

  list(): Alarm[] {
    return [...this.alarms];
  }

  /** Counts it where it is in the list already. */
  private repeated(bridge: string | null, alarm: AlarmText): boolean {
    const index = this.alarms.findIndex(
      (known) => known.bridge === bridge && known.code === alarm.code && known.text === alarm.text,
    );
    const known = this.alarms[index];
    if (known === undefined) return this.countUnlisted(bridge, alarm);
    const raised = { ...known, count: known.count + 1, lastAt: this.clock.now() };
    this.alarms[index] = raised;
    this.publish(raised);
    return true;
  }

  /** Counts it where it was written within {@link unlistedMs} and is not in the list. */
  private countUnlisted(bridge: string | null, alarm: AlarmText): boolean {
    const known = this.unlisted.get(keyOf(bridge, alarm));
    if (known === undefined || this.clock.monotonic() >= known.dueAt) return false;
    known.alarm = { ...known.alarm, count: known.alarm.count + 1, lastAt: this.clock.now() };
    return true;
  }

  private add(bridge: string | null, alarm: AlarmText): void {
    const now = this.clock.now();
    const key = keyOf(bridge, alarm);
    const earlier = this.unlisted.get(key)?.alarm;
    this.unlisted.delete(key);
    const fresh: Alarm = {
      number: this.nextNumber,
      bridge,
      ...alarm,
      count: (earlier?.count ?? 0) + 1,
      at: earlier?.at ?? now,
      lastAt: now,
    };
    this.nextNumber += 1;
    const all = [fresh, ...this.alarms];
    this.alarms = keepAlarms(all);
    if (this.alarms.length < all.length) this.keepUnlisted(all.filter((each) => !this.alarms.includes(each)));
    this.journalWriter.record({ type: 'alarm', alarm: fresh });
    this.publish(fresh);
  }

  private keepUnlisted(alarms: readonly Alarm[]): void {
    const dueAt = this.clock.monotonic() + unlistedMs;
    for (const alarm of alarms) this.unlisted.set(keyOf(alarm.bridge, alarm), { alarm, dueAt });
  }

  private familyOf(bridge: string | null, family: string): RowRateLimit {
    const key = JSON.stringify([bridge, family]);
    const known = this.families.get(key);
    if (known !== undefined) return known;
    const budget = new RowRateLimit(listedOfFamily);
    this.families.set(key, budget);
    return budget;
  }

  private publish(alarm: Alarm): void {
    const monotonic = this.clock.monotonic();
    const last = this.published.get(alarm.number);
    if (last !== undefined && monotonic - last < repeatMs) return;
    this.published.set(alarm.number, monotonic);
    this.events.publish({ type: 'alarm', alarm });
  }
}

function keyOf(bridge: string | null, { code, text }: Pick<Alarm, 'code' | 'text'>): string {
  return JSON.stringify([bridge, code, text]);
}

function clip(text: string): string {
  return text.length > mostText ? `${text.slice(0, mostText)}…` : text;
}
