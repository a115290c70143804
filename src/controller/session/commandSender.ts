import { attempt, type OnFault } from '../../base/guard.ts';
import { type ControlCommand, encodeControl } from '../../protocol/ea/commandFrame.ts';
import type { Command8 } from '../../protocol/protocol8/commands.ts';
import type { Clock } from '../ports/clock.ts';
import type { CommandLink, CommandSummary } from '../ports/link.ts';
import type { ChannelMonitor } from './channelMonitor.ts';
import { summaryOf } from './loggedLink.ts';

/** Sends the commands that are no orders. What no EA takes is dropped (S2). */
export class CommandSender {
  private readonly link: CommandLink;
  private readonly channel: () => ChannelMonitor;
  private readonly clock: Clock;
  private readonly onFault: OnFault;

  /** @param channel counts what was sent */
  constructor(link: CommandLink, channel: () => ChannelMonitor, clock: Clock, onFault: OnFault) {
    this.link = link;
    this.channel = channel;
    this.clock = clock;
    this.onFault = onFault;
  }

  /** Sends a command of the documented EAs. */
  control(command: ControlCommand): void {
    const encoded = encodeControl(command);
    if (encoded.ok) this.send(encoded.text, summaryOf(command));
  }

  /** Sends a command of protocol 8. */
  command8(command: Command8): void {
    this.send(JSON.stringify(command), { kind: command.type, note: null, signalId: null });
  }

  private send(text: string, summary: CommandSummary): void {
    attempt(this.onFault, async () => {
      const taken = await this.link.send(text, summary);
      if (taken) this.channel().count(this.clock.monotonic(), this.clock.now());
    });
  }
}
