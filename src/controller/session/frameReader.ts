import { doEach, faultsOf, type OnFault } from '../../base/guard.ts';
import { readEaFrame } from '../../protocol/ea/eaFrame.ts';
import type { FramePart } from '../../protocol/ea/framePart.ts';
import { maxPlainBytes } from '../../protocol/ea/largeFrame.ts';
import { republished } from '../../protocol/gateway/republish.ts';
import type { ReadFrame } from './currentReader.ts';
import { LargeFrames } from './largeFrames.ts';
import { Readability } from './readability.ts';
import type { ResultReader } from './resultReader.ts';
import type { EaSessionContext } from './sessionContext.ts';
import { inboundEntry } from './wireEntries.ts';

/** Longest frame kept byte for byte in the wire log, bytes. A longer one would push out too many others. */
const maxLoggedBytes = 256 * 1024;

const noIds: readonly string[] = [];

type InboundChannel = 'telemetry' | 'feedback';

/** Receives the messages of an EA's frames. */
export interface MessageListener {
  /** Whether what comes now is backlog (W16). */
  isBacklog: () => boolean;
  /** Handles a readable message. @param bytes the frame's, as stored */
  message: (message: ReadFrame, bytes: Uint8Array, monotonic: number, now: number) => void;
}

/** Reads an EA's frames into messages: logs and republishes each, and keeps the unreadable ones apart. */
export class FrameReader {
  private readonly context: EaSessionContext;
  private readonly results: ResultReader;
  private readonly listener: MessageListener;
  private readonly readability: Readability;
  private readonly largeFrames: LargeFrames;
  private readonly onFault: OnFault;
  private readonly onPublicationFault: OnFault;

  /** @param results takes unreadable frames that name an order */
  constructor(context: EaSessionContext, results: ResultReader, listener: MessageListener) {
    this.context = context;
    this.results = results;
    this.listener = listener;
    this.onFault = faultsOf('frame', context.logError);
    this.onPublicationFault = faultsOf('publication', context.logError);
    this.readability = new Readability(context.alarm);
    this.largeFrames = new LargeFrames({
      codePage: context.codePage,
      orderOf: (signalId) => context.listener.orders.reports.orderOf(signalId),
      alarm: context.alarm,
    });
  }

  /** Handles a new connection, which may be another EA's: unreadable frames are counted anew. */
  joined(): void {
    this.readability.read();
  }

  /** @returns signal IDs in the frame, in order */
  read(bytes: Uint8Array, channel: InboundChannel): readonly string[] {
    const { clock, codePage } = this.context;
    if (bytes.length <= maxPlainBytes) {
      return this.readParts(readEaFrame(bytes, codePage()), bytes, bytes, channel);
    }
    const { parts, bytes: kept } = this.largeFrames.read(bytes, clock.monotonic());
    return this.readParts(parts, kept, bytes, channel);
  }

  /** @param kept bytes of the frame to store */
  private readParts(
    parts: readonly [FramePart, ...FramePart[]],
    kept: Uint8Array,
    frame: Uint8Array,
    channel: InboundChannel,
  ): readonly string[] {
    const now = this.context.clock.now();
    try {
      const logged = frame.length <= maxLoggedBytes ? frame : kept;
      const history = this.listener.isBacklog();
      this.context.wire.add(logged, inboundEntry(parts, channel, history), now, frame.length);
    } catch (error) {
      this.onFault(error);
    }
    const [first] = parts;
    if (parts.length === 1) {
      this.readPart(first, kept, frame.length, channel, now);
      return first.signalId === null ? noIds : [first.signalId];
    }
    const signalIds = new Set<string>();
    // A bug in one part must not lose a result behind it. An unread part is not acknowledged.
    doEach(parts, (part) => {
      if (part.signalId !== null) signalIds.add(part.signalId);
      this.readPart(part, kept, frame.length, channel, now);
    });
    return [...signalIds];
  }

  /** @param size of the whole frame, bytes */
  private readPart(part: FramePart, bytes: Uint8Array, size: number, channel: InboundChannel, now: number): void {
    try {
      this.republish(part, bytes, now);
    } catch (error) {
      this.onPublicationFault(error);
    }
    const { decoded } = part;
    const monotonic = this.context.clock.monotonic();
    if (!decoded.ok) {
      this.context.unreadable.add(channel, bytes, decoded.reason, part.about, size);
      this.readability.unreadable(monotonic, decoded.reason);
      if (decoded.signalId !== null) this.results.readBroken(decoded.signalId, decoded.reason, bytes);
      return;
    }
    this.readability.read();
    this.listener.message(decoded, bytes, monotonic, now);
  }

  private republish(part: FramePart, bytes: Uint8Array, at: number): void {
    const { bridge, publication, listener } = this.context;
    if (!publication.hasSubscribers) return;
    const history = this.listener.isBacklog();
    publication.publish(republished(part, bytes, { bridge, account: listener.identity.key, at, history }));
  }
}
