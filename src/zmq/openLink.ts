import { Context, Pull, Push, type Socket } from 'zeromq';
import type { ChannelName } from '../api/state.ts';
import type { Link, LinkListener } from '../controller/ports.ts';
import { Admission } from './admission.ts';
import { bindSocket } from './bindSocket.ts';
import { commandWriter } from './commandWriter.ts';
import { drain } from './drain.ts';
import { watchPeers } from './watchPeers.ts';
import { openZapHandler } from './zapHandler.ts';

export interface LinkOptions {
  /** Interface to bind, an IP address. */
  host: string;
  /** TCP ports; 0 takes a free one. */
  commandPort: number;
  telemetryPort: number;
  /** Null: feedback shares the telemetry port. */
  feedbackPort: number | null;
  /** Peers' IP addresses that are allowed besides loopback. */
  allowPeers: readonly string[];
  /** How many EAs may connect to the telemetry and feedback sockets (S3). The command socket takes one. */
  telemetryPeers: number;
  /** One sentence for the log about a bug met while a frame was read. */
  onTrouble: (sentence: string, error: unknown) => void;
}

const loopback = ['127.0.0.1', '::1'];

/** S5: with these a half-open connection ends within half a second. */
const heartbeats = { heartbeatInterval: 200, heartbeatTimeout: 400, heartbeatTimeToLive: 600 };

const common = { linger: 0, handshakeInterval: 1_000, ...heartbeats };

/** S2: a frame goes to a connected EA now, or nowhere. The EA sends nothing here, so it may send only little. */
const commandOptions = { ...common, immediate: true, sendTimeout: 0, sendHighWaterMark: 1, maxMessageSize: 65_536 };

// Frames over 1 MiB are received in order to say so; libzmq cuts a peer off only beyond this.
const inboundOptions = { ...common, maxMessageSize: 32 * 1024 * 1024 };

/**
 * Binds the EA's sockets of one bridge. Each link has a context and a ZAP handler of its own, so that links know
 * nothing of each other.
 * @throws PortUnavailable
 */
export async function openLink(options: LinkOptions): Promise<Link> {
  const context = new Context();
  context.blocky = false;
  const admissions = new Map<ChannelName, Admission>();
  const sockets: Socket[] = [];
  const starts: (() => Promise<void>)[] = [];
  let listener: LinkListener | null = null;
  let connection = 0;

  const zap = await openZapHandler(context, (domain, address) => {
    const channel = domain as ChannelName;
    const answer = admissions.get(channel)?.ask(address) ?? 'not_allowed';
    if (answer !== 'admit') listener?.peerRefused(channel, address, answer);
    return answer;
  });
  const close = (): void => {
    for (const socket of sockets) socket.close();
    zap.close();
  };

  /** Takes a new socket into the books; the first of the channels it serves gives its name. */
  const admit = (socket: Socket, [name, ...others]: [ChannelName, ...ChannelName[]], places: number): Admission => {
    const serves = [name, ...others];
    const admission = new Admission(places, [...loopback, ...options.allowPeers]);
    admissions.set(name, admission);
    sockets.push(socket);
    starts.push(
      watchPeers(socket, admission, {
        joined: (address) => {
          connection += 1;
          for (const channel of serves) listener?.peerJoined(channel, address);
        },
        left: () => {
          connection += 1;
          for (const channel of serves) listener?.peerLeft(channel);
        },
        stranger: (detail) => listener?.stranger(name, detail),
      }),
    );
    return admission;
  };
  const openInbound = (...serves: ['telemetry' | 'feedback', ...ChannelName[]]): Pull => {
    const [channel] = serves;
    const socket = new Pull({ context, zapDomain: channel, ...inboundOptions });
    admit(socket, serves, options.telemetryPeers);
    starts.push(() => receive(socket, (frame) => listener?.frame(frame, channel), options.onTrouble));
    return socket;
  };

  try {
    const { host, feedbackPort } = options;
    const command = new Push({ context, zapDomain: 'command', ...commandOptions });
    const commandAdmission = admit(command, ['command'], 1);
    const telemetry = feedbackPort === null ? openInbound('telemetry', 'feedback') : openInbound('telemetry');

    const commandEndpoint = await bindSocket(command, host, options.commandPort, 'command');
    const telemetryEndpoint = await bindSocket(telemetry, host, options.telemetryPort, 'telemetry');
    const feedbackEndpoint =
      feedbackPort === null
        ? telemetryEndpoint
        : await bindSocket(openInbound('feedback'), host, feedbackPort, 'feedback');
    return {
      endpoints: { command: commandEndpoint, telemetry: telemetryEndpoint, feedback: feedbackEndpoint },
      start(newListener) {
        listener = newListener;
        for (const start of starts) void start();
      },
      send: commandWriter(command, () => (commandAdmission.peers === 0 ? null : connection)),
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

/** W16: drains the socket for as long as it is open. */
function receive(
  socket: Pull,
  take: (frame: Uint8Array) => void,
  onTrouble: (sentence: string, error: unknown) => void,
): Promise<void> {
  return drain(socket, (parts) => {
    try {
      const [frame] = parts;
      take(parts.length === 1 && frame !== undefined ? frame : Buffer.concat(parts));
    } catch (error) {
      onTrouble('A frame could not be handled because of a bug; the next ones are read all the same.', error);
    }
  });
}
