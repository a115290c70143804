import { type Context, Pull, type Socket } from 'zeromq';
import type { ChannelName } from '../api/state/state.ts';
import type { OnFault } from '../base/guard.ts';
import { drain } from './drain.ts';
import type { LinkEvents } from './linkEvents.ts';
import type { LinkOptions } from './linkOptions.ts';
import type { LinkPeers } from './linkPeers.ts';
import type { ReadLoops } from './readLoops.ts';
import { openReplySocket } from './replySocket.ts';
import { commonOptions, inboundOptions } from './socketOptions.ts';

/** Opens the sockets by which an EA's frames come in. */
export class InboundSockets {
  private readonly context: Context;
  private readonly options: Pick<LinkOptions, 'patterns' | 'telemetryPeers'>;
  private readonly peers: LinkPeers;
  private readonly loops: ReadLoops;
  private readonly events: LinkEvents;
  private readonly onFault: OnFault;

  /** @param onFault called with a bug met while a frame was read */
  constructor(
    context: Context,
    options: Pick<LinkOptions, 'patterns' | 'telemetryPeers'>,
    peers: LinkPeers,
    loops: ReadLoops,
    events: LinkEvents,
    onFault: OnFault,
  ) {
    this.context = context;
    this.options = options;
    this.peers = peers;
    this.loops = loops;
    this.events = events;
    this.onFault = onFault;
  }

  /** @param serves channels of the socket: feedback may share telemetry's */
  openPull(...serves: ['telemetry' | 'feedback', ...ChannelName[]]): Socket {
    const [channel] = serves;
    const socket = new Pull({ context: this.context, zapDomain: channel, ...commonOptions, ...inboundOptions });
    this.peers.admit(socket, serves, this.options.telemetryPeers);
    this.loops.add(socket, () =>
      drain(
        socket,
        (parts) => {
          const [frame] = parts;
          const whole = parts.length === 1 && frame !== undefined ? frame : Buffer.concat(parts);
          this.events.frame(whole, channel, null);
        },
        this.onFault,
      ),
    );
    return socket;
  }

  /** Opens feedback's own socket, in the pattern of the settings. */
  openFeedback(): Socket {
    const { patterns, telemetryPeers } = this.options;
    if (patterns.feedback === 'push') return this.openPull('feedback');
    const { socket, serve } = openReplySocket(this.context);
    this.peers.admit(socket, ['feedback'], telemetryPeers);
    this.loops.add(socket, () =>
      serve((frame, reply) => {
        this.events.frame(frame, 'feedback', reply);
      }, this.onFault),
    );
    return socket;
  }
}
