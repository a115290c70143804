import { isUnsettled, type Order } from '../../domain/orders/order.ts';
import type { CodePage } from '../../protocol/ea/codePage.ts';
import { maxEaFrameBytes, readEaFrame, readEaText, refusedFrame } from '../../protocol/ea/eaFrame.ts';
import type { FramePart } from '../../protocol/ea/framePart.ts';
import { clipStrings, lookAtLargeFrame } from '../../protocol/ea/largeFrame.ts';
import { decodeTerminalText } from '../../protocol/ea/terminalText.ts';
import { RateLimit } from '../../base/rateLimit.ts';
import type { AlarmText } from '../alarms/alarm.ts';

/** Most characters or bytes of large frames read a second: many times what a chart of candles needs. */
const readASecond = 2 * 1024 * 1024;

export interface ReadFrame {
  parts: readonly [FramePart, ...FramePart[]];
  /** Bytes to store: with long texts cut, or the beginning of a refused frame. */
  bytes: Uint8Array;
}

/** Bytes stored of a refused frame. */
const keptOfRefused = 4_096;

interface LargeFramesContext {
  codePage: () => CodePage;
  /** The order sent under this ID; null: none. */
  orderOf: (signalId: string) => Order | null;
  alarm: (text: AlarmText) => void;
}

const utf8 = new TextEncoder();

/**
 * Reads frames longer than EAs' usual ones. Candles and results are read within a budget, the result of an order that
 * waits for one always; other frames are refused.
 */
export class LargeFrames {
  private readonly context: LargeFramesContext;
  private readonly budget = new RateLimit(readASecond, 1_000);

  constructor(context: LargeFramesContext) {
    this.context = context;
  }

  /** @param monotonic ms */
  read(frame: Uint8Array, monotonic: number): ReadFrame {
    const { kind, signalIds } = lookAtLargeFrame(frame, maxEaFrameBytes, this.context.codePage());
    const awaited = signalIds.find((signalId) => this.isAwaited(signalId));
    const isAwaited = awaited !== undefined;
    if (isAwaited || (kind === 'result' && frame.length <= maxEaFrameBytes && this.budget.has(monotonic))) {
      const text = clipStrings(decodeTerminalText(frame, this.context.codePage()));
      const mayCost = this.budget.allow(monotonic, text.length) || isAwaited;
      if (mayCost && text.length <= maxEaFrameBytes) return { parts: readEaText(text), bytes: utf8.encode(text) };
    } else if (kind === 'candles' && frame.length <= maxEaFrameBytes && this.budget.allow(monotonic, frame.length)) {
      return { parts: readEaFrame(frame, this.context.codePage()), bytes: frame };
    }
    this.context.alarm(largeFrames());
    return {
      parts: [refusedFrame(frame.length, awaited ?? signalIds[0] ?? null, kind)],
      bytes: frame.subarray(0, keptOfRefused),
    };
  }

  private isAwaited(signalId: string): boolean {
    const order = this.context.orderOf(signalId);
    return order !== null && isUnsettled(order);
  }
}

function largeFrames(): AlarmText {
  return {
    level: 'warning',
    code: 'large_frames',
    text: 'Frames of more than 64 KiB came that are no candles and no result of an order which waits for one, or too many of them. They are counted among the unreadable frames, and not read.',
    nextStep: 'Look which EA is on the chart, and what else sends to this port.',
  };
}
