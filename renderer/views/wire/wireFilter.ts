import type { ChannelName } from '../../../src/api/state/state.ts';
import type { WireDirection, WireFrame } from '../../../src/api/state/wireFrames.ts';

export interface WireFilter {
  /** Null: all channels. */
  channel: ChannelName | null;
  direction: WireDirection | null;
  /** Hidden kinds, so that a new kind is shown. */
  hidden: ReadonlySet<string>;
  /** Only frames that name an order. */
  orders: boolean;
  /** Text searched in content, kind, note and ID, in any case. */
  text: string;
}

export const everyFrame: WireFilter = { channel: null, direction: null, hidden: new Set(), orders: false, text: '' };

export function isEveryFrame({ channel, direction, hidden, orders, text }: WireFilter): boolean {
  return channel === null && direction === null && hidden.size === 0 && !orders && text.trim() === '';
}

/** Makes a test of whether a frame is shown. */
export function wireMatcher(filter: WireFilter): (frame: WireFrame) => boolean {
  const { channel, direction, hidden, orders } = filter;
  const wanted = filter.text.trim();
  const found = new RegExp(wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'iu');
  return (frame) =>
    (channel === null || frame.channel === channel) &&
    (direction === null || frame.direction === direction) &&
    (!orders || frame.signalId !== null) &&
    !hidden.has(frame.kind) &&
    (wanted === '' ||
      found.test(frame.text) ||
      found.test(`${frame.kind} ${frame.note ?? ''} ${frame.signalId ?? ''}`));
}
