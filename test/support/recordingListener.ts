import type { UnexpectedPeerKind } from '../../src/api/state/connectionReport.ts';
import type { ChannelName } from '../../src/api/state/state.ts';
import type { LinkListener } from '../../src/controller/ports/link.ts';

type Reply = (text: string) => void;

/** Remembers what a link tells. */
export class RecordingListener implements LinkListener {
  readonly frames: { channel: string; bytes: Uint8Array }[] = [];
  /** The way to answer each frame. */
  readonly replies: (Reply | null)[] = [];
  readonly joined: string[] = [];
  readonly left: string[] = [];
  readonly refused: string[] = [];
  readonly unexpectedPeers: string[] = [];

  frame(bytes: Uint8Array, channel: 'telemetry' | 'feedback', reply: Reply | null): void {
    this.frames.push({ channel, bytes });
    this.replies.push(reply);
  }
  peerJoined(channel: ChannelName, address: string): void {
    this.joined.push(`${channel} ${address}`);
  }
  peerLeft(channel: ChannelName): void {
    this.left.push(channel);
  }
  peerRefused(channel: ChannelName, address: string, why: string): void {
    this.refused.push(`${channel} ${address} ${why}`);
  }
  unexpectedPeer(channel: ChannelName, kind: UnexpectedPeerKind): void {
    this.unexpectedPeers.push(`${channel}: ${kind}`);
  }
  texts(): string[] {
    return this.frames.map(({ bytes }) => Buffer.from(bytes).toString());
  }
}
