import { type Alarm, keepAlarms, mostAlarms } from '../api/state/alarms.ts';
import type { PersonSource } from '../domain/orders/order.ts';
import { BoundedMap } from '../base/boundedMap.ts';
import { RowRateLimit } from '../base/rateLimit.ts';
import type { EventStream } from './eventStream.ts';
import type { JournalWriter } from './records/journalWriter.ts';
import type { AlarmText } from './alarms/alarm.ts';
import type { Clock } from './ports/clock.ts';

/** How often a repeated alarm is published again, in ms. */
const repeatMs = 1_000;

/** Most different alarms of one family listed and written. Further ones raise one common count. */
const listedOfFamily = { aMinute: 20, anHour: 100 };
const keptFamilies = 1_000;

/** Time during which a repeated alarm that found no place in the list is only counted, ms. */
const unlistedMs = 60_000;
const keptUnlisted = 1_000;

/** Longest text of an alarm, characters. */
const mostText = 500;

/** Alarms of the app. A repeated alarm raises its count, so that a flood can't push the others out. */
export class AlarmLog {
  private readonly clock: Clock;
  private readonly events: EventStream;
  private readonly journalWriter: JournalWriter;
  private alarms: Alarm[] = [];
  private nextNumber = 1;
  /** Time of the last publication by alarm number, monotonic ms. */
  private readonly published = new BoundedMap<number, number>(mostAlarms * 2);
  private readonly families = new BoundedMap<string, RowRateLimit>(keptFamilies);
  /**
   * Alarms without a place in the list, by bridge, code and text. They are counted, and written again after {@link
   * unlistedMs}.
   */
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

  /** Takes down that a person has taken note of alarms. One that happens again after it counts as new. */
  acknowledge(numbers: readonly number[], by: PersonSource): void {
    const acknowledged = { at: this.clock.now(), by };
    const fresh: Alarm[] = [];
    this.alarms = this.alarms.map((alarm) => {
      if (alarm.acknowledged !== null || !numbers.includes(alarm.number)) return alarm;
      const noted = { ...alarm, acknowledged };
      fresh.push(noted);
      return noted;
    });
    if (fresh.length === 0) return;
    const alarms = fresh.map(({ bridge, code, text }) => ({ bridge, code, text }));
    this.journalWriter.record({ type: 'acknowledged', by, alarms });
    for (const alarm of fresh) this.events.publish({ type: 'alarm', alarm });
  }

  /**
   * Counts a repetition of a listed alarm.
   * @returns false: not listed
   */
  private repeated(bridge: string | null, alarm: AlarmText): boolean {
    const index = this.alarms.findIndex(
      (known) => known.bridge === bridge && known.code === alarm.code && known.text === alarm.text,
    );
    const known = this.alarms[index];
    if (known === undefined) return this.countUnlisted(bridge, alarm);
    const raised = { ...known, count: known.count + 1, lastAt: this.clock.now(), acknowledged: null };
    this.alarms[index] = raised;
    this.publish(raised);
    return true;
  }

  /**
   * Counts a repetition of an unlisted alarm within {@link unlistedMs}.
   * @returns false: it has to be written
   */
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
      acknowledged: null,
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
