import type { ChannelName } from '../../src/api/state/state.ts';
import type { SocketPatterns } from '../../src/protocol/ea/socketPatterns.ts';
import type { CommandFrame, Link, LinkListener } from '../../src/controller/ports/link.ts';

/** A link whose EA is the test. */
export class FakeLink implements Link {
  readonly endpoints = {
    command: 'tcp://127.0.0.1:5555',
    telemetry: 'tcp://127.0.0.1:5556',
    feedback: 'tcp://127.0.0.1:5556',
  };
  patterns: SocketPatterns = { command: 'push', feedback: 'push' };
  /** Each byte is a character. */
  readonly sent: string[] = [];
  takes = true;
  closed = false;
  /** Why the command port can't be opened anew; null: it can. */
  portProblem: string | null = null;
  private listener: LinkListener | null = null;

  start(listener: LinkListener): void {
    this.listener = listener;
  }

  send(frame: CommandFrame, still = (): boolean => true): Promise<boolean> {
    if (!this.takes || !still()) return Promise.resolve(false);
    this.sent.push(typeof frame === 'string' ? frame : Buffer.from(frame).toString('latin1'));
    return Promise.resolve(true);
  }

  rebindCommand(): Promise<void> {
    return this.portProblem === null ? Promise.resolve() : Promise.reject(new Error(this.portProblem));
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }

  /** What was sent since the last call, as objects. */
  takeSent(): Record<string, unknown>[] {
    return this.sent.splice(0).map((text) => JSON.parse(text) as Record<string, unknown>);
  }

  get to(): LinkListener {
    if (this.listener === null) throw new Error('The link was not started.');
    return this.listener;
  }

  join(...channels: ChannelName[]): void {
    for (const channel of channels.length === 0 ? (['command', 'telemetry', 'feedback'] as const) : channels) {
      this.to.peerJoined(channel, '127.0.0.1');
    }
  }

  leave(...channels: ChannelName[]): void {
    for (const channel of channels.length === 0 ? (['command', 'telemetry', 'feedback'] as const) : channels) {
      this.to.peerLeft(channel);
    }
  }

  says(message: Record<string, unknown> | string): void {
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    this.to.frame(new TextEncoder().encode(text), 'telemetry', null);
  }
}
