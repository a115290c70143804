import type { HistoryRange } from '../../src/api/contract.ts';
import { SampleSeries } from '../../src/api/sampleSeries.ts';
import type { Sample } from '../../src/api/state.ts';
import type { Undo } from '../../src/api/transport.ts';
import { appStore } from './appStore.ts';

/** The five minutes follow every event; the longer ranges are asked for again this often. */
const refetchMs = 5_000;
const bucketMs = 250;
const capacity = 1_500;

interface Watched {
  bridge: string;
  range: HistoryRange;
  series: SampleSeries | null;
  timer: ReturnType<typeof setInterval> | undefined;
}

/** The samples of the one chart range that is on screen. */
class SampleStore {
  private watched: Watched | null = null;
  private samples: readonly Sample[] = [];
  private readonly listeners = new Set<() => void>();

  constructor() {
    appStore.subscribe((now, before) => {
      if (now.client !== null && now.client !== before.client) this.reset();
    });
  }

  /** Fetches a range of a bridge and keeps it fresh until another is watched. */
  watch(bridge: string, range: HistoryRange): void {
    clearInterval(this.watched?.timer);
    const timer =
      range === '5m'
        ? undefined
        : setInterval(() => {
            void this.fetch();
          }, refetchMs);
    this.watched = { bridge, range, series: null, timer };
    this.show([]);
    void this.fetch();
  }

  /** A new connection: events may have been missed. */
  private reset(): void {
    if (this.watched === null) return;
    this.watched.series = null;
    void this.fetch();
  }

  append(bridge: string, samples: readonly Sample[]): void {
    const { watched } = this;
    const series = watched?.bridge === bridge && watched.range === '5m' ? watched.series : null;
    if (series === null) return;
    for (const sample of samples) series.add(sample);
    this.show(series.since(0));
  }

  readonly subscribe = (listener: () => void): Undo => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  readonly current = (): readonly Sample[] => this.samples;

  private async fetch(): Promise<void> {
    const { watched } = this;
    const { client } = appStore.getState();
    if (watched === null || client === null) return;
    try {
      const samples = await client.call('history', { bridge: watched.bridge, range: watched.range });
      if (watched !== this.watched) return;
      watched.series = new SampleSeries(bucketMs, capacity, samples);
      this.show(watched.series.since(0));
    } catch {
      // The bridge is gone or the connection is lost: either is shown elsewhere, and `reset` asks again.
      this.show([]);
    }
  }

  private show(samples: readonly Sample[]): void {
    this.samples = samples;
    for (const listener of this.listeners) listener();
  }
}

export const sampleStore = new SampleStore();
