import { type ChannelName, keepUnreadable, listLimits, type UnreadableFrame } from '../../api/state/state.ts';
import { toHex } from '../../base/hex.ts';
import type { Clock } from '../ports/clock.ts';

const keptBytes = 512;

interface KeptFrame extends Omit<UnreadableFrame, 'bytes'> {
  head: Uint8Array;
}

/** W13: the newest unreadable frames with bytes and reason, in a bounded ring, and the number of all. */
export class UnreadableFrames {
  private readonly clock: Clock;
  private readonly bridge: string;
  private shown: UnreadableFrame[] = [];
  private fresh: KeptFrame[] = [];
  private counted = 0;

  constructor(clock: Clock, bridge: string) {
    this.clock = clock;
    this.bridge = bridge;
  }

  get count(): number {
    return this.counted;
  }

  /** @param size of the whole frame, bytes; `bytes` may be its beginning */
  add(
    channel: ChannelName,
    bytes: Uint8Array,
    reason: string,
    about: UnreadableFrame['about'] = 'other',
    size = bytes.length,
  ): void {
    this.counted += 1;
    // A copy, so that the head of a huge frame doesn't keep all of it in memory.
    const head = new Uint8Array(bytes.subarray(0, keptBytes));
    this.fresh.push({
      number: this.counted,
      bridge: this.bridge,
      channel,
      at: this.clock.now(),
      size,
      reason,
      about,
      head,
    });
    if (this.fresh.length > listLimits.unreadable * 2) this.fresh = keepNewest(this.fresh);
  }

  /** Frames since the last call, oldest first; of a flood only as many as a list can hold. */
  takeFresh(): UnreadableFrame[] {
    const fresh = keepNewest(this.fresh).map(({ head, ...frame }) => ({ ...frame, bytes: toHex(head) }));
    this.fresh = [];
    this.shown = keepUnreadable([...fresh.toReversed(), ...this.shown]);
    return fresh;
  }

  /** Frames that {@link takeFresh} has returned, newest first. */
  list(): UnreadableFrame[] {
    return this.shown;
  }
}

function keepNewest(oldestFirst: readonly KeptFrame[]): KeptFrame[] {
  return keepUnreadable(oldestFirst.toReversed()).toReversed();
}
