import { assertNever } from '../../base/assertNever.ts';
import type { JournalEntry } from '../ports/journalEntry.ts';
import type { JournalRow } from '../ports/journal.ts';

/** Most rows, and about how many bytes, that wait for a failing journal. */
const mostRows = 20_000;
const mostBytes = 32 * 1024 * 1024;
/** Estimated size of an entry without its texts and frames from outside, bytes. */
const entryBytes = 1_000;

/**
 * Kinds of rows in the order in which they are dropped: figures, reports about them, then outside input that became no
 * order.
 */
const groups = ['figures', 'connections and notices', 'signals, deals, refusals and results of no order'] as const;
type Group = (typeof groups)[number];

/** Number of rows dropped, by kind. */
export type LeftOut = ReadonlyMap<Group, number>;

interface Waiting extends JournalRow {
  bytes: number;
}

/**
 * Rows that wait to be written. Beyond the limits whole kinds are dropped, oldest rows first. Never dropped: orders
 * that were sent and reports of them, kills, arming, settings, and alarms that need a person.
 */
export class WaitingRows {
  private waiting: Waiting[] = [];
  private bytes = 0;
  /** Sizes at which to drop again: above the limits while nothing more can be dropped. */
  private lookAt = { rows: mostRows, bytes: mostBytes };
  private left = new Map<Group, number>();

  get length(): number {
    return this.waiting.length;
  }

  get leftOut(): LeftOut {
    return this.left;
  }

  add(row: JournalRow): void {
    const bytes = bytesOf(row.entry);
    this.waiting.push({ ...row, bytes });
    this.bytes += bytes;
    if (this.waiting.length > this.lookAt.rows || this.bytes > this.lookAt.bytes) this.makeRoom();
  }

  /**
   * The oldest rows.
   * @param count most rows returned
   */
  first(count = this.waiting.length): JournalRow[] {
    return this.waiting.slice(0, count).map(({ at, entry }) => ({ at, entry }));
  }

  /** Removes the oldest rows, which were written. */
  written(count: number): void {
    for (const { bytes } of this.waiting.splice(0, count)) this.bytes -= bytes;
    this.lookAt = { rows: mostRows, bytes: mostBytes };
  }

  forgetLeftOut(): void {
    this.left = new Map();
  }

  private makeRoom(): void {
    this.keepNewestValues();
    for (const group of groups) {
      if (this.waiting.length <= mostRows / 2 && this.bytes <= mostBytes / 2) break;
      this.leave(group);
    }
    this.lookAt = {
      rows: Math.max(mostRows, this.waiting.length * 1.25),
      bytes: Math.max(mostBytes, this.bytes * 1.25),
    };
  }

  /** Drops earlier values of a key, which the same commit would replace. */
  private keepNewestValues(): void {
    const newest = new Map<string, Waiting>();
    for (const row of this.waiting) if (row.entry.type === 'remember') newest.set(row.entry.key, row);
    this.keep((row) => row.entry.type !== 'remember' || newest.get(row.entry.key) === row);
  }

  private leave(group: Group): void {
    let { length: rows } = this.waiting;
    let { bytes } = this;
    let count = 0;
    this.keep((row) => {
      if ((rows <= mostRows / 2 && bytes <= mostBytes / 2) || groupOf(row.entry) !== group) return true;
      rows -= 1;
      bytes -= row.bytes;
      count += 1;
      return false;
    });
    if (count > 0) this.left.set(group, (this.left.get(group) ?? 0) + count);
  }

  private keep(wanted: (row: Waiting) => boolean): void {
    this.waiting = this.waiting.filter(wanted);
    this.bytes = this.waiting.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}

/** Kind of an entry; null: never dropped. */
function groupOf(entry: JournalEntry): Group | null {
  switch (entry.type) {
    case 'sample':
    case 'history_frame':
      return 'figures';
    case 'connection':
      return 'connections and notices';
    case 'alarm':
      return entry.alarm.level === 'notice' ? 'connections and notices' : null;
    case 'signal':
    case 'deal':
      return 'signals, deals, refusals and results of no order';
    case 'feedback':
    case 'broken_feedback':
      return entry.order === null ? 'signals, deals, refusals and results of no order' : null;
    case 'order':
      return entry.order.state === 'refused' ? 'signals, deals, refusals and results of no order' : null;
    case 'armed':
    case 'kill_switch':
    case 'account':
    case 'rebased':
    case 'acknowledged':
    case 'milestone':
    case 'settings':
    case 'engine':
    case 'feed':
    case 'remember':
      return null;
    default:
      return assertNever(entry);
  }
}

/** Estimated size of an entry, bytes. */
function bytesOf(entry: JournalEntry): number {
  switch (entry.type) {
    case 'feedback':
    case 'broken_feedback':
    case 'history_frame':
      return entryBytes + entry.frame.length;
    case 'order':
      return entryBytes + (entry.order.message?.length ?? 0) + (entry.order.brokenFeedback?.length ?? 0);
    case 'alarm':
      return entryBytes + entry.alarm.text.length;
    case 'signal':
      return entryBytes + entry.asked.length;
    default:
      return entryBytes;
  }
}
