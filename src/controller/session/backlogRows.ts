import { copyOf } from '../../base/copyOf.ts';
import { RowRateLimit } from '../../base/rateLimit.ts';
import type { JournalWriter } from '../records/journalWriter.ts';

/** Most backlog frames stored per handshake. v7 queues up to 1,000 (W16); a flood must not fill the disk. */
const keptFrames = 2_000;
const limits = { aMinute: 4_000, anHour: 20_000, bytesAnHour: 8 * 1024 * 1024 };

/** Stores frames that an EA sent before this connection (W16). */
export class BacklogRows {
  private readonly bridge: string;
  private readonly journalWriter: JournalWriter;
  private readonly rate = new RowRateLimit(limits);
  private frames = 0;

  constructor(bridge: string, journalWriter: JournalWriter) {
    this.bridge = bridge;
    this.journalWriter = journalWriter;
  }

  /** Frames since the last connection ended: the first ones can arrive before their handshake's event. */
  get count(): number {
    return this.frames;
  }

  streamLeft(): void {
    this.frames = 0;
  }

  /** Stores a frame of the backlog, before it is read. */
  frame(): void {
    this.frames += 1;
  }

  keep(frame: Uint8Array, monotonic: number): void {
    if (this.frames > keptFrames || !this.rate.allow(monotonic, frame.length)) return;
    this.journalWriter.record({ type: 'history_frame', bridge: this.bridge, frame: copyOf(frame) });
  }
}
