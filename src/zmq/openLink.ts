import { Context, type Socket } from 'zeromq';
import { faultsOf } from '../base/guard.ts';
import type { ChannelName } from '../api/state/state.ts';
import { bindSocket } from './bindSocket.ts';
import { CommandPort } from './commandPort.ts';
import { InboundSockets } from './inboundSockets.ts';
import { LinkEvents } from './linkEvents.ts';
import type { LinkOptions } from './linkOptions.ts';
import { LinkPeers } from './linkPeers.ts';
import { ReadLoops } from './readLoops.ts';
import { openZapHandler } from './zapHandler.ts';
import type { Link } from '../controller/ports/link.ts';

/**
 * Binds the EA's sockets of one bridge. Each link has its own context and ZAP handler, independent of other links.
 * @throws PortUnavailable
 */
export async function openLink(options: LinkOptions): Promise<Link> {
  const { allowPeers, feedbackPort, host, logError, patterns, portSetting } = options;
  const context = new Context();
  context.blocky = false;
  const onEventFault = faultsOf('socket event', logError);
  const loops = new ReadLoops(onEventFault);
  const events = new LinkEvents(logError);
  const peers = new LinkPeers(allowPeers, loops, events, onEventFault);
  const zap = await openZapHandler(
    context,
    (domain, address) => peers.decide(domain, address),
    faultsOf('zap', logError),
  );
  const close = (): void => {
    loops.close();
    zap.close();
  };
  const bind = (socket: Socket, port: number, channel: ChannelName): Promise<string> =>
    bindSocket(socket, host, port, channel, portSetting?.(channel));
  try {
    const command = new CommandPort(context, options, peers, loops, onEventFault);
    const inbound = new InboundSockets(context, options, peers, loops, events, faultsOf('frame', logError));
    const telemetry = feedbackPort === null ? inbound.openPull('telemetry', 'feedback') : inbound.openPull('telemetry');
    const commandEndpoint = await command.bind();
    const telemetryEndpoint = await bind(telemetry, options.telemetryPort, 'telemetry');
    const feedbackEndpoint =
      feedbackPort === null ? telemetryEndpoint : await bind(inbound.openFeedback(), feedbackPort, 'feedback');
    return {
      patterns,
      endpoints: { command: commandEndpoint, telemetry: telemetryEndpoint, feedback: feedbackEndpoint },
      start(listener) {
        events.listen(listener);
        loops.beginAll();
      },
      check: () => (loops.closed || !events.isHeard ? null : command.check()),
      send: (frame, still) => command.send(frame, still),
      rebindCommand: (eaKind) => command.rebind(eaKind),
      close: () => {
        close();
        return Promise.resolve();
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}
