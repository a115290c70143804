import type { BarsAnswer, KnownBars } from '../../../../src/api/queries/bars.ts';
import type { ApiClient } from '../../../../src/api/rpc/connectApi.ts';
import type { Unsubscribe } from '../../../../src/base/unsubscribe.ts';
import { type Bar, barWithPrice, mostBars, type Timeframe } from '../../../../src/domain/market/bar.ts';
import type { Quote } from '../../../../src/domain/market/quote.ts';
import { appStore } from '../../../store/appStore.ts';
import { drawWithin } from '../../../store/drawing.ts';
import { unwaited } from '../../../store/unwaited.ts';

/** Time between an answer and the next question, ms. In between the quotes' events move the last bar. */
const askEveryMs = 1_000;
/** How long an answer may wait to be drawn with other figures, ms; the first is drawn at once. */
const lateMs = 250;

export interface ShownBars extends Pick<BarsAnswer, 'bars' | 'earlier' | 'aheadMs' | 'refused'> {
  /** The clock of the bars minus UTC, ms; null: not known, so that their times are shown as they are. */
  offsetMs: number | null;
  /** The broker's clock minus UTC, ms; null: not known. */
  brokerMs: number | null;
}

export interface WatchedBars {
  bridge: string;
  /** The broker's name. */
  symbol: string;
  timeframe: Timeframe;
}

/** The bars of one symbol: asked once, then what came since, with the last bar moved by each quote. */
export class BarFeed {
  private readonly watched: WatchedBars;
  private listener: (() => void) | null = null;
  private shown: ShownBars | null = null;
  /** What is on screen. */
  private drawn: ShownBars | null = null;
  private known: KnownBars | null = null;
  /** The connection that is asked. */
  private client: ApiClient | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private quote: Quote | null = null;

  constructor(watched: WatchedBars) {
    this.watched = watched;
  }

  /** Follows the bars for one listener, until the returned function is called. */
  readonly follow = (listener: () => void): Unsubscribe => {
    this.listener = listener;
    const { bridge, symbol: name } = this.watched;
    const unfollow = appStore.subscribe(({ client, app }) => {
      if (client !== null && client !== this.client) {
        this.known = null;
        this.ask(0);
      }
      const quote = app?.quotes[bridge]?.find(({ symbol }) => symbol === name) ?? null;
      if (quote !== null && quote !== this.quote) this.addQuote(quote);
    });
    this.ask(0);
    return () => {
      this.listener = null;
      clearTimeout(this.timer);
      unfollow();
    };
  };

  /** @returns null: the app has not answered yet */
  readonly current = (): ShownBars | null => this.drawn;

  private ask(afterMs: number): void {
    clearTimeout(this.timer);
    this.client = appStore.getState().client;
    if (this.client === null || this.listener === null) return;
    this.timer = setTimeout(() => {
      unwaited(this.fetch());
    }, afterMs);
  }

  private async fetch(): Promise<void> {
    const { client, known } = this;
    if (client === null) return;
    try {
      const answer = await client.call('bars', { ...this.watched, known });
      if (this.client === client && this.listener !== null) this.take(answer);
    } catch {
      // The bridge was removed or the connection lost: both are shown elsewhere, and a new connection asks anew.
      this.known = null;
    }
    if (this.client === client) this.ask(askEveryMs);
  }

  private take(answer: BarsAnswer): void {
    const { bars, whole, version, offsetMs, ...rest } = answer;
    const since = this.known?.since ?? 0;
    const kept = whole ? [] : (this.shown?.bars ?? []).filter(({ start }) => start < since);
    const joined = [...kept, ...bars].slice(-mostBars);
    const last = joined.at(-1);
    this.known = last === undefined ? null : { version, since: last.start };
    // Without a broker's clock the app places what it forms by UTC.
    const placedMs = offsetMs ?? (joined.every(({ formed }) => formed) ? 0 : null);
    const isFirst = this.shown === null;
    this.shown = { ...rest, bars: joined, offsetMs: placedMs, brokerMs: offsetMs };
    drawWithin(isFirst ? 0 : lateMs, this.draw);
  }

  private addQuote(quote: Quote): void {
    this.quote = quote;
    const { shown } = this;
    if (shown === null || quote.earlier || shown.earlier || shown.bars.length === 0) return;
    const last = shown.bars.at(-1);
    const bar = barWithPrice(last, this.watched.timeframe, quote.at + shown.aheadMs, quote.bid);
    if (bar === null) return;
    const before = bar.start === last?.start ? shown.bars.slice(0, -1) : shown.bars;
    this.shown = { ...shown, bars: [...before, bar].slice(-mostBars) };
    this.draw();
  }

  private readonly draw = (): void => {
    this.drawn = this.shown;
    this.listener?.();
  };
}

/** Whether two bars look alike. */
export function isSameBar(one: Bar | undefined, other: Bar | undefined): boolean {
  return (
    one === other ||
    (one !== undefined &&
      other !== undefined &&
      (['start', 'open', 'high', 'low', 'close', 'formed'] as const).every((field) => one[field] === other[field]))
  );
}
