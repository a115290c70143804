import type { ChannelName } from '../../api/state/state.ts';
import {
  wireLimits,
  type WholeFrame,
  type WireDirection,
  type WireFrame,
  type WirePage,
} from '../../api/state/wireFrames.ts';
import { maxEaFrameBytes } from '../../protocol/ea/eaFrame.ts';
import type { CodePage } from '../../protocol/ea/codePage.ts';
import { toHex } from '../../base/hex.ts';
import { readFrameText } from '../../protocol/ea/frameText.ts';

/** Most frames of a bridge kept, and their most bytes; the newest stay. */
const keptFrames = 20_000;
const keptBytes = 8 * 1024 * 1024;

/** Facts about a frame besides its bytes. */
export interface WireEntry {
  readonly channel: ChannelName;
  readonly direction: WireDirection;
  readonly kind: string;
  readonly note: string | null;
  readonly history: boolean;
  readonly signalId: string | null;
}

/**
 * The last frames in and out, byte for byte. All memory is allocated in advance: bytes are copied into one ring (50
 * ns), because a frame of zeromq.js can hold on to much more memory than its own, and facts stand in tables. Frames
 * are decoded on demand.
 */
export class FrameLog {
  private readonly began: number;
  private readonly capacity: number;
  private readonly ring: Uint8Array;
  /** Facts of each kept frame, by number modulo the table's length. */
  private readonly entries: WireEntry[] = [];
  private readonly times: Float64Array;
  private readonly sizes: Int32Array;
  /** Position and kept length of each frame's bytes. */
  private readonly starts: Int32Array;
  private readonly kept: Int32Array;
  /** Numbers of the oldest and the newest kept frame. */
  private oldest = 1;
  private last = 0;
  /** Position of the next bytes. */
  private end = 0;

  private readonly codePage: () => CodePage | undefined;

  /** @param began start of the log, epoch ms */
  constructor(
    began: number,
    capacity = keptFrames,
    bytes = keptBytes,
    codePage = (): CodePage | undefined => undefined,
  ) {
    this.began = began;
    this.codePage = codePage;
    this.capacity = capacity;
    this.ring = new Uint8Array(bytes);
    this.times = new Float64Array(capacity);
    this.sizes = new Int32Array(capacity);
    this.starts = new Int32Array(capacity);
    this.kept = new Int32Array(capacity);
  }

  /** Number of frames so far. */
  get count(): number {
    return this.last;
  }

  /**
   * Adds a frame.
   * @param entry stored by reference
   * @param at epoch ms
   * @param size of the whole frame, where `frame` is a part of it
   */
  add(frame: Uint8Array, entry: WireEntry, at: number, size = frame.length): void {
    const kept = Math.min(frame.length, maxEaFrameBytes, this.ring.length);
    const start = this.makeRoom(kept);
    this.ring.set(kept === frame.length ? frame : frame.subarray(0, kept), start);
    this.last += 1;
    const place = this.place(this.last);
    this.entries[place] = entry;
    this.times[place] = at;
    this.sizes[place] = size;
    this.starts[place] = start;
    this.kept[place] = kept;
  }

  /** Frames after a number, at most `limit` and {@link wireLimits}. */
  page(after: number, limit: number): WirePage {
    const first = Math.max(after + 1, this.oldest);
    const frames: WireFrame[] = [];
    let bytes = 0;
    for (let number = first; number <= this.last && frames.length < limit; number += 1) {
      bytes += Math.min(this.kept[this.place(number)] ?? 0, wireLimits.frameBytes);
      if (frames.length > 0 && bytes > wireLimits.answerBytes) break;
      frames.push(this.read(number));
    }
    const dropped = Math.max(0, Math.min(first, this.last + 1) - after - 1);
    return { began: this.began, frames, dropped, newest: this.last };
  }

  /** A kept frame as a whole; null: no longer kept. */
  whole(number: number): WholeFrame | null {
    if (number < this.oldest || number > this.last) return null;
    const { start, kept, size } = this.slot(number);
    return { ...this.content(start, kept), cut: kept < size };
  }

  private read(number: number): WireFrame {
    const { entry, at, size, start, kept } = this.slot(number);
    const shown = this.shownLength(start, kept);
    return { number, at, size, ...entry, ...this.content(start, shown), cut: shown < size };
  }

  private content(start: number, length: number): { text: string; bytes: string | null } {
    const bytes = this.ring.subarray(start, start + length);
    const { text, exact } = readFrameText(bytes, this.codePage());
    return { text, bytes: exact ? null : toHex(bytes) };
  }

  /** Length that cuts no character of UTF-8 in two. */
  private shownLength(start: number, kept: number): number {
    if (kept <= wireLimits.frameBytes) return kept;
    for (let length: number = wireLimits.frameBytes; length > wireLimits.frameBytes - 4; length -= 1) {
      if (((this.ring[start + length] ?? 0) & 0xc0) !== 0x80) return length;
    }
    return wireLimits.frameBytes;
  }

  /**
   * Drops the oldest frames until there is room.
   * @returns position for the bytes
   */
  private makeRoom(length: number): number {
    if (this.last - this.oldest + 1 === this.capacity) this.oldest += 1;
    if (this.end + length > this.ring.length) {
      this.forgetWhile(this.end, this.ring.length);
      this.end = 0;
    }
    const start = this.end;
    this.forgetWhile(start, start + length);
    this.end += length;
    return start;
  }

  /** Drops frames whose bytes lie in the range; the oldest bytes come right behind `end`. */
  private forgetWhile(from: number, to: number): void {
    while (this.oldest <= this.last) {
      const start = this.starts[this.place(this.oldest)] ?? 0;
      if (start < from || start >= to) return;
      this.oldest += 1;
    }
  }

  private place(number: number): number {
    return (number - 1) % this.capacity;
  }

  private slot(number: number): { entry: WireEntry; at: number; size: number; start: number; kept: number } {
    const place = this.place(number);
    const entry = this.entries[place];
    if (entry === undefined) throw new Error(`The wire log has no frame ${String(number)}.`);
    const [at = 0, size = 0, start = 0, kept = 0] = [
      this.times[place],
      this.sizes[place],
      this.starts[place],
      this.kept[place],
    ];
    return { entry, at, size, start, kept };
  }
}
