import type { ApiClient } from '../../../src/api/rpc/connectApi.ts';
import { type WireFrame, wireLimits } from '../../../src/api/state/wireFrames.ts';
import { appStore } from '../../store/appStore.ts';
import { everyFrame, type WireFilter } from './wireFilter.ts';
import { type ShownWireRows, WireRows } from './wireRows.ts';
import { unwaited } from '../../store/unwaited.ts';
import type { Unsubscribe } from '../../../src/base/unsubscribe.ts';

/** Interval of requests and drawings, ms. */
const everyMs = 250;
/** Most answers read at a time, so that catching up is no long task. */
const answersAtOnce = 8;
/** Longest search through the held frames at a time, ms. */
const searchMs = 8;

/** The drawn state; a new object after each change. */
export interface WireView {
  rows: ShownWireRows;
  filter: WireFilter;
  /** A person has paused the list, or is reading in it. */
  paused: boolean;
  /** Number of frames since the pause. */
  waiting: number;
  /** Number of frames that the app had dropped before they were requested. */
  dropped: number;
  /** The frame in the drawer. */
  shown: WireFrame | null;
}

/** Follows a bridge's wire log while it is on screen. */
class WireFollower {
  private bridge: string | null = null;
  private began = 0;
  private last = 0;
  private asking = false;
  private stopped = false;
  private reading = false;
  private view: WireView = {
    rows: new WireRows().shown(),
    filter: everyFrame,
    paused: false,
    waiting: 0,
    dropped: 0,
    shown: null,
  };
  private rows = new WireRows();
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): Unsubscribe => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  readonly current = (): WireView => this.view;

  /** Another bridge starts a new list; the same one continues. */
  follow(bridge: string): Unsubscribe {
    if (this.bridge !== bridge) {
      this.bridge = bridge;
      this.beginAnew(0);
    }
    unwaited(this.ask());
    const timer = setInterval(() => {
      unwaited(this.ask());
    }, everyMs);
    return () => {
      clearInterval(timer);
    };
  }

  filter(filter: WireFilter): void {
    this.rows.show(filter);
    this.show({ filter });
    this.search();
  }

  /** Pauses the list until it is continued. */
  pause(): void {
    this.stopped = true;
    this.show({});
  }

  /** Pauses the list while a person reads in it. */
  read(reading: boolean): void {
    if (this.reading === reading) return;
    this.reading = reading;
    this.show({});
    if (!reading) unwaited(this.ask());
  }

  continue(): void {
    this.stopped = false;
    this.reading = false;
    this.show({ shown: null });
    unwaited(this.ask());
  }

  /** Empties the list; later frames are listed. */
  clear(): void {
    this.rows.clear();
    this.last += this.view.waiting;
    this.show({ waiting: 0, dropped: 0, shown: null });
  }

  open(shown: WireFrame | null): void {
    if (shown !== null) appStore.setState({ shownOrder: null });
    this.show({ shown });
  }

  private async ask(): Promise<void> {
    const { client } = appStore.getState();
    const { bridge } = this;
    if (client === null || bridge === null || this.asking) return;
    this.asking = true;
    const before = this.view;
    try {
      for (let answers = 0; answers < answersAtOnce; answers += 1) {
        if (!(await this.fetchPage(client, bridge))) break;
      }
    } catch {
      // The bridge was removed or the connection lost: both are shown elsewhere, and it is tried again.
    } finally {
      this.asking = false;
    }
    if (before !== this.view) this.show({});
  }

  /** @returns whether there are more frames */
  private async fetchPage(client: ApiClient, bridge: string): Promise<boolean> {
    const { paused } = this.view;
    const after = this.last;
    const page = await client.call('wire', { bridge, after, limit: paused ? 0 : wireLimits.frames });
    // Another bridge was chosen meanwhile, or the list was emptied.
    if (bridge !== this.bridge || after !== this.last) return false;
    const another = this.began !== 0 && page.began !== this.began;
    if (paused) {
      const waiting = another ? page.newest : page.newest - after;
      if (waiting !== this.view.waiting) this.view = { ...this.view, waiting };
      return false;
    }
    if (another) {
      this.beginAnew(page.began);
      return true;
    }
    this.began = page.began;
    if (page.newest === after) return false;
    this.rows.add(page.frames);
    // Frames dropped before the first request are no loss of the list.
    const dropped = this.view.dropped + (after === 0 ? 0 : page.dropped);
    this.view = { ...this.view, waiting: 0, dropped };
    this.last = page.frames.at(-1)?.number ?? page.newest;
    return this.last < page.newest;
  }

  private beginAnew(began: number): void {
    this.rows = new WireRows();
    this.rows.show(this.view.filter);
    this.began = began;
    this.last = 0;
    this.show({ waiting: 0, dropped: 0, shown: null });
  }

  private search(): void {
    const { rows } = this;
    rows.scanOn(searchMs, () => performance.now());
    this.show({});
    if (!rows.scanning) return;
    setTimeout(() => {
      if (rows === this.rows) this.search();
    });
  }

  private show(changes: Partial<WireView>): void {
    const rows = this.rows.shown();
    this.view = { ...this.view, ...changes, rows, paused: this.stopped || this.reading };
    for (const listener of this.listeners) listener();
  }
}

export const wireFollower = new WireFollower();
