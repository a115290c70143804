import type { History } from '../../src/api/queries/history.ts';
import { SampleSeries } from '../../src/api/presentation/sampleSeries.ts';
import type { Sample } from '../../src/api/state/state.ts';
import { appStore } from './appStore.ts';
import type { ChartView } from './chartView.ts';
import { drawWithin } from './drawing.ts';
import { unwaited } from './unwaited.ts';
import type { Unsubscribe } from '../../src/base/unsubscribe.ts';

/** Shortest time between two questions while panning, ms. */
const askEveryMs = 150;
/** Points requested per curve. */
const points = 600;
/**
 * Interval at which live figures are drawn, ms. They come four times a second and are drawn once per point of the
 * curve, at least once a second.
 */
const showEveryMs = 250;
const slowestMs = 1_000;
/** Share of that time for which figures wait to be drawn with others, ms. */
const lateMs = 250;

interface Wanted {
  bridge: string;
  view: ChartView;
  /** Time when a person last re-based the peak. */
  peakSince: number | null;
}

/** Figures of the visible time. */
interface ShownSamples extends Pick<History, 'samples' | 'first' | 'peakBefore'> {
  /** The requested time; null: nothing requested yet. */
  covers: { from: number | null; to: number | null } | null;
  /** The view of the request. */
  view: ChartView | null;
  /** Other figures have been requested. */
  busy: boolean;
}

const nothing: ShownSamples = { samples: [], first: null, peakBefore: null, covers: null, view: null, busy: true };

/** Figures of the visible time: requested once, then extended by events. */
class SampleStore {
  private wanted: Wanted | null = null;
  private shown: ShownSamples = nothing;
  /** Null while the view stands still. */
  private series: SampleSeries | null = null;
  /** Figures that came while an answer was awaited. */
  private meanwhile: Sample[] = [];
  private asking = false;
  private askedAt = Number.NEGATIVE_INFINITY;
  private askTimer: ReturnType<typeof setTimeout> | undefined;
  private showTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();

  constructor() {
    appStore.subscribe((now, before) => {
      // A new connection: events may have been missed.
      if (now.client !== null && now.client !== before.client && this.wanted !== null) this.ask();
    });
  }

  /** Requests the figures of a view, and keeps them fresh until another is watched. */
  watch(bridge: string, view: ChartView, peakSince: number | null): void {
    if (this.wanted?.bridge !== bridge) this.shown = nothing;
    this.wanted = { bridge, view, peakSince };
    if (!view.live && this.series === null && covered(this.shown, view)) {
      this.show({ ...this.shown, busy: false });
      return;
    }
    this.show({ ...this.shown, busy: true });
    this.ask();
  }

  append(bridge: string, samples: readonly Sample[]): void {
    if (this.wanted?.bridge !== bridge) return;
    if (this.asking) this.meanwhile.push(...samples);
    const { series } = this;
    if (series === null) return;
    for (const sample of samples) series.add(sample);
    this.showTimer ??= setTimeout(
      () => {
        drawWithin(lateMs, this.showNewest);
      },
      Math.max(0, Math.min(series.bucketMs, slowestMs) - lateMs),
    );
  }

  readonly subscribe = (listener: () => void): Unsubscribe => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  readonly current = (): ShownSamples => this.shown;

  private readonly showNewest = (): void => {
    this.showTimer = undefined;
    if (this.series !== null) this.show({ ...this.shown, samples: this.series.since(0) });
  };

  private ask(): void {
    if (this.asking) return;
    this.askTimer ??= setTimeout(
      () => {
        this.askTimer = undefined;
        unwaited(this.fetch());
      },
      Math.max(0, this.askedAt + askEveryMs - performance.now()),
    );
  }

  private async fetch(): Promise<void> {
    const { wanted } = this;
    const { client, clockOffset } = appStore.getState();
    if (wanted === null || client === null) return;
    this.asking = true;
    this.meanwhile = [];
    this.askedAt = performance.now();
    const { bridge, view, peakSince } = wanted;
    const request = requestOf(view, Date.now() + clockOffset);
    try {
      const answer = await client.call('history', { bridge, peakSince, ...request });
      if (this.wanted?.bridge === bridge) this.setAnswer(answer, view, request);
    } catch {
      // The bridge was removed or the connection lost: both are shown elsewhere, and a new connection asks again.
      if (this.wanted === wanted) this.show({ ...this.shown, busy: false });
    } finally {
      this.asking = false;
      if (this.wanted !== wanted) this.ask();
    }
  }

  private setAnswer(answer: History, view: ChartView, request: { from: number | null; to: number | null }): void {
    const { samples, first, peakBefore, from, to } = answer;
    this.series = view.live ? new SampleSeries(Math.max((to - from) / points, showEveryMs), points * 2, samples) : null;
    const last = samples.at(-1)?.at ?? 0;
    for (const sample of this.meanwhile) if (sample.at > last) this.series?.add(sample);
    this.show({
      samples: this.series?.since(0) ?? samples,
      first,
      peakBefore,
      covers: { from: request.from, to: request.to },
      view,
      busy: this.wanted?.view !== view,
    });
  }

  private show(shown: ShownSamples): void {
    this.shown = shown;
    for (const listener of this.listeners) listener();
  }
}

/** Time to request: a still view is requested with half its length on either side, for panning. */
function requestOf(view: ChartView, now: number): { from: number | null; to: number | null; points: number } {
  if (view.live) return { from: view.ms === null ? null : Math.floor(now - view.ms), to: null, points };
  const half = (view.to - view.from) / 2;
  return {
    from: Math.max(0, Math.floor(view.from - half)),
    to: Math.ceil(view.to + half),
    points: points * 2,
  };
}

/** Whether a span lies within the answer, at about its resolution. */
function covered({ covers }: ShownSamples, { from, to }: { from: number; to: number }): boolean {
  const [begin, end] = [covers?.from ?? null, covers?.to ?? null];
  if (begin === null || end === null) return false;
  return from >= begin && to <= end && (to - from) * 2.5 > end - begin;
}

export const sampleStore = new SampleStore();
