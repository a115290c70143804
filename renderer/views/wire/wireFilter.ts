import type { ChannelName } from '../../../src/api/state/state.ts';
import type { WireDirection, WireFrame } from '../../../src/api/state/wireFrames.ts';

export interface WireFilter {
  /** Null: all. */
  channel: ChannelName | null;
  direction: WireDirection | null;
  /** Kinds that are left out, so that one that was never seen before shows. */
  hidden: ReadonlySet<string>;
  /** Only frames that speak of an order. */
  orders: boolean;
  /** Looked for in content, kind, note and ID, in any case. */
  text: string;
}

export const everyFrame: WireFilter = { channel: null, direction: null, hidden: new Set(), orders: false, text: '' };

export function isEveryFrame({ channel, direction, hidden, orders, text }: WireFilter): boolean {
  return channel === null && direction === null && hidden.size === 0 && !orders && text.trim() === '';
}

/** Whether a frame is shown. Made once for many frames. */
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
