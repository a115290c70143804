import { copyOf } from '../../base/copyOf.ts';
import { RowRateLimit } from '../../base/rateLimit.ts';
import type { JournalWriter } from '../records/journalWriter.ts';

/** Frames of history that are kept since a handshake. v7 queues up to 1,000 (W16); a flood must not fill the disk. */
const keptFrames = 2_000;
const limits = { aMinute: 4_000, anHour: 20_000, bytesAnHour: 8 * 1024 * 1024 };

/** Frames that an EA sent before this connection, in the journal (W16). */
export class BacklogRows {
  private readonly bridge: string;
  private readonly journalWriter: JournalWriter;
  private readonly rate = new RowRateLimit(limits);
  private frames = 0;

  constructor(bridge: string, journalWriter: JournalWriter) {
    this.bridge = bridge;
    this.journalWriter = journalWriter;
  }

  /** Frames since the last connection ended: the first ones of the next can come before its handshake is told. */
  get count(): number {
    return this.frames;
  }

  streamLeft(): void {
    this.frames = 0;
  }

  /** Any frame of the backlog, before it is read. */
  frame(): void {
    this.frames += 1;
  }

  keep(frame: Uint8Array, monotonic: number): void {
    if (this.frames > keptFrames || !this.rate.allow(monotonic, frame.length)) return;
    this.journalWriter.record({ type: 'history_frame', bridge: this.bridge, frame: copyOf(frame) });
  }
}
