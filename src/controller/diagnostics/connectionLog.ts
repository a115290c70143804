import { z } from 'zod';
import type { LinkState } from '../../api/state/connectionHistory.ts';
import { type ChannelHealth, type ChannelName, channelNames, type ChannelState } from '../../api/state/state.ts';
import type { ConnectionEvent } from '../ports/journalEntry.ts';
import type { ConnectionRow } from '../ports/journalHistory.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import type { Clock } from '../ports/clock.ts';

/** Shortest time between two entries of a channel, ms: an EA that reconnects all the time is one entry with a count. */
const mergeMs = 15_000;
/** Interval at which an unchanged state is written again, ms, so that one day's entries suffice to draw it. */
export const repeatMs = 3_600_000;
/** Interval at which the desk records that it runs, ms. */
const aliveMs = 30_000;

export function aliveKey(bridge: string): string {
  return `alive:${bridge}`;
}

interface Page {
  written: { state: string; monotonic: number } | null;
  state: Exclude<LinkState, 'off'>;
  since: number;
  drops: number;
}

const states: Record<ChannelState, Exclude<LinkState, 'off'>> = {
  listening: 'waiting',
  connected: 'up',
  live: 'up',
  quiet: 'quiet',
  down: 'down',
};

/** Logs the state of a bridge's channels, and that the desk runs. */
export class ConnectionLog {
  private readonly bridge: string;
  private readonly clock: Clock;
  private readonly journalWriter: JournalWriter;
  private readonly pages: Record<ChannelName, Page>;
  private aliveAt = Number.NEGATIVE_INFINITY;

  constructor(bridge: string, clock: Clock, journalWriter: JournalWriter) {
    this.bridge = bridge;
    this.clock = clock;
    this.journalWriter = journalWriter;
    const page = (): Page => ({ written: null, state: 'waiting', since: clock.now(), drops: 0 });
    this.pages = { command: page(), telemetry: page(), feedback: page() };
  }

  /** @param remembered the journal's value of {@link aliveKey} */
  start(remembered: unknown): void {
    const aliveUntil = z.number().nullable().catch(null).parse(remembered);
    this.write({ kind: 'start', aliveUntil });
  }

  /** Counts a lost connection, even one that is restored at once. */
  dropped(channel: ChannelName): void {
    this.pages[channel].drops += 1;
  }

  /** Called four times a second. */
  look(current: Record<ChannelName, Pick<ChannelHealth, 'state'>>): void {
    for (const channel of channelNames) this.lookAt(channel, states[current[channel].state]);
    const monotonic = this.clock.monotonic();
    if (monotonic - this.aliveAt < aliveMs) return;
    this.aliveAt = monotonic;
    this.noteAlive();
  }

  /** Current rows not written yet. */
  unwritten(): ConnectionRow[] {
    return channelNames.flatMap((channel) => {
      const { written, state, since, drops } = this.pages[channel];
      if (written?.state === state && drops === 0) return [];
      return [{ at: this.clock.now(), event: { kind: 'state', channel, state, since, drops } }];
    });
  }

  stop(): void {
    this.noteAlive();
  }

  private lookAt(channel: ChannelName, state: Exclude<LinkState, 'off'>): void {
    const page = this.pages[channel];
    if (page.state !== state) {
      page.state = state;
      page.since = this.clock.now();
    }
    const monotonic = this.clock.monotonic();
    const age = page.written === null ? Number.POSITIVE_INFINITY : monotonic - page.written.monotonic;
    const changed = page.written?.state !== state || page.drops > 0;
    if (age < (changed ? mergeMs : repeatMs)) return;
    this.write({ kind: 'state', channel, state, since: page.since, drops: page.drops });
    page.written = { state, monotonic };
    page.drops = 0;
  }

  private write(event: ConnectionEvent): void {
    this.journalWriter.record({ type: 'connection', bridge: this.bridge, event });
  }

  private noteAlive(): void {
    this.journalWriter.record({ type: 'remember', key: aliveKey(this.bridge), value: this.clock.now() });
  }
}
