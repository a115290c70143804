import { setTimeout as wait } from 'node:timers/promises';
import { Context, Pull, type Socket } from 'zeromq';
import { attempt, faultsOf, guarded } from '../base/guard.ts';
import type { ChannelName } from '../api/state/state.ts';
import type { EaKind } from '../protocol/ea/portSettings.ts';
import type { SocketPatterns } from '../protocol/ea/socketPatterns.ts';
import { Admission } from './admission.ts';
import { bindSocket } from './bindSocket.ts';
import { type CommandSocket, openCommandSocket } from './commandSocket.ts';
import { commandWriter } from './commandWriter.ts';
import { drain } from './drain.ts';
import { openReplySocket } from './replySocket.ts';
import { commonOptions, inboundOptions } from './socketOptions.ts';
import { type PeerListener, watchPeers } from './watchPeers.ts';
import { whenSubscribed } from './whenSubscribed.ts';
import { openZapHandler } from './zapHandler.ts';
import type { Link, LinkListener } from '../controller/ports/link.ts';

export interface LinkOptions {
  /** Interface to bind, an IP address. */
  host: string;
  /** TCP ports; 0 takes a free one. */
  commandPort: number;
  telemetryPort: number;
  /** Null: feedback shares the telemetry port, except with the pattern `req`. */
  feedbackPort: number | null;
  patterns: SocketPatterns;
  /** IP addresses of peers that may connect besides loopback. */
  allowPeers: readonly string[];
  /** Most EAs on the telemetry and feedback sockets (S3). The command socket takes one. */
  telemetryPeers: number;
  /** Left out: an EA that answers heartbeats from a thread of its own. */
  eaKind?: EaKind;
  /**
   * Name of the setting of a channel's port, for the sentence that the port is taken; left out: the flags of the
   * start.
   */
  portSetting?: (channel: ChannelName) => string;
  /** One sentence for the log about a bug met while a frame was read. */
  logError: (sentence: string, error: unknown) => void;
}

/**
 * Delay of ZAP's answer to a peer beyond the places, ms. libzmq closes a peer of the wrong type by itself within a
 * millisecond of its greeting; the rest is for a busy machine. So only a peer of the right type is left to be refused.
 */
const wrongTypeMs = 250;
/** Longest delay of a refusal's event after ZAP's answer, ms. */
const refusedWithinMs = 500;

/** Tries of a port that was closed just now, 50 ms apart. */
const quickTries = 60;

type OpenCommand = CommandSocket & { admission: Admission };

const loopback = ['127.0.0.1', '::1'];

/**
 * Binds the EA's sockets of one bridge. Each link has its own context and ZAP handler, independent of other links.
 * @throws PortUnavailable
 */
export async function openLink(options: LinkOptions): Promise<Link> {
  const context = new Context();
  context.blocky = false;
  const admissions = new Map<ChannelName, Admission>();
  /** What is read from each socket, until it closes. */
  const loops = new Map<Socket, (() => Promise<void>)[]>();
  let listener: LinkListener | null = null;
  /** Peers of the command socket of which the listener knows. */
  let commandPeers = 0;
  let connection = 0;
  let closing = false;
  /** The command socket that has no address yet; null: it has. */
  let unboundSocket: Socket | null = null;
  /** Loops that have begun and not ended. */
  const running = new Set<() => Promise<void>>();
  const onEventFault = faultsOf('socket event', options.logError);
  const onFrameFault = faultsOf('frame', options.logError);

  const zap = await openZapHandler(
    context,
    async (domain, address) => {
      const channel = domain as ChannelName;
      const admission = admissions.get(channel);
      const answer = admission?.ask(address) ?? 'not_allowed';
      if (answer === 'not_allowed') listener?.peerRefused(channel, address, answer);
      if (admission === undefined || answer === 'admit') return answer;
      if (answer === 'second') await wait(wrongTypeMs, undefined, { ref: false });
      const refused = { address, answer };
      admission.answered(refused);
      setTimeout(() => {
        admission.forgetAnswer(refused);
      }, refusedWithinMs).unref();
      return answer;
    },
    faultsOf('zap', options.logError),
  );
  const close = (): void => {
    closing = true;
    for (const socket of loops.keys()) socket.close();
    zap.close();
  };
  const reads = (socket: Socket, loop: () => Promise<void>): void => {
    loops.set(socket, [...(loops.get(socket) ?? []), loop]);
  };
  const begin = (socket: Socket): void => {
    for (const loop of loops.get(socket) ?? []) {
      running.add(loop);
      attempt(onEventFault, () =>
        loop().finally(() => {
          running.delete(loop);
        }),
      );
    }
  };

  /** Registers a new socket, named after the first of its channels. */
  const admit = (
    socket: Socket,
    [name, ...others]: [ChannelName, ...ChannelName[]],
    places: number,
    through: (told: PeerListener) => PeerListener = (told) => told,
  ): Admission => {
    const serves = [name, ...others];
    const admission = new Admission(places, [...loopback, ...options.allowPeers]);
    admissions.set(name, admission);
    // What is still to be told of a socket that was opened anew is of no connection any more.
    const isPast = (): boolean => !loops.has(socket);
    const told: PeerListener = {
      joined: (address) => {
        if (isPast()) return;
        connection += 1;
        if (name === 'command') commandPeers += 1;
        for (const channel of serves) listener?.peerJoined(channel, address);
      },
      left: () => {
        if (isPast()) return;
        connection += 1;
        if (name === 'command') commandPeers -= 1;
        for (const channel of serves) listener?.peerLeft(channel);
      },
      unexpectedPeer: (kind) => {
        if (!isPast()) listener?.unexpectedPeer(name, kind);
      },
      second: (address) => {
        if (!isPast()) listener?.peerRefused(name, address, 'second');
      },
    };
    reads(socket, watchPeers(socket, admission, through(told), onEventFault));
    return admission;
  };
  const openInbound = (...serves: ['telemetry' | 'feedback', ...ChannelName[]]): Pull => {
    const [channel] = serves;
    const socket = new Pull({ context, zapDomain: channel, ...commonOptions, ...inboundOptions });
    admit(socket, serves, options.telemetryPeers);
    reads(socket, () =>
      drain(
        socket,
        (parts) => {
          const [frame] = parts;
          const whole = parts.length === 1 && frame !== undefined ? frame : Buffer.concat(parts);
          listener?.frame(whole, channel, null);
        },
        onFrameFault,
      ),
    );
    return socket;
  };
  const openFeedback = (): Socket => {
    if (options.patterns.feedback === 'push') return openInbound('feedback');
    const { socket, serve } = openReplySocket(context);
    admit(socket, ['feedback'], options.telemetryPeers);
    reads(socket, () =>
      serve((frame, reply) => {
        listener?.frame(frame, 'feedback', reply);
      }, onFrameFault),
    );
    return socket;
  };
  const openCommand = (eaKind: EaKind | undefined): OpenCommand => {
    const opened = openCommandSocket(context, options.patterns.command, eaKind);
    const { canTake, follow, socket } = opened;
    if (follow === null) return { ...opened, admission: admit(socket, ['command'], 1) };
    const told = whenSubscribed(canTake, onEventFault);
    const admission = admit(socket, ['command'], 1, told.through);
    reads(socket, () => follow(told.changed, onEventFault));
    return { ...opened, admission };
  };

  try {
    const { host, feedbackPort, patterns } = options;
    let command = openCommand(options.eaKind);
    const telemetry = feedbackPort === null ? openInbound('telemetry', 'feedback') : openInbound('telemetry');

    const bind = (socket: Socket, port: number, channel: ChannelName): Promise<string> =>
      bindSocket(socket, host, port, channel, options.portSetting?.(channel));
    const writer = ({ socket, wants, admission }: OpenCommand): Link['send'] =>
      commandWriter(
        socket,
        wants,
        () => (admission.peers === 0 ? null : connection),
        faultsOf('command', options.logError),
      );
    const commandEndpoint = await bind(command.socket, options.commandPort, 'command');
    const commandPort = Number(commandEndpoint.slice(commandEndpoint.lastIndexOf(':') + 1));
    let send = writer(command);
    /** Why there is no command socket, as the end of a sentence; null: there is one. */
    let unbound: string | null = null;
    /**
     * Binds as soon as the port is free, which it is a moment after a close. Ends where the link closes, or where the
     * port is opened anew once more.
     */
    const bindAgain = async (opened: OpenCommand, tries: number): Promise<void> => {
      const { socket } = opened;
      const isPast = (): boolean => closing || command !== opened;
      for (let attempts = 1; !isPast(); attempts += 1) {
        try {
          await bind(socket, commandPort, 'command');
          if (isPast()) return;
          unbound = null;
          unboundSocket = null;
          // A socket without an address can't be read.
          begin(socket);
          return;
        } catch (error) {
          if (isPast()) return;
          if (attempts >= tries) {
            unbound = 'the command port could not be bound anew';
            throw error;
          }
        }
        await wait(attempts < quickTries ? 50 : 1_000);
      }
    };
    const telemetryEndpoint = await bind(telemetry, options.telemetryPort, 'telemetry');
    const feedbackEndpoint =
      feedbackPort === null ? telemetryEndpoint : await bind(openFeedback(), feedbackPort, 'feedback');
    return {
      patterns,
      endpoints: { command: commandEndpoint, telemetry: telemetryEndpoint, feedback: feedbackEndpoint },
      start(newListener) {
        listener = guardListener(newListener, options.logError);
        for (const socket of loops.keys()) begin(socket);
      },
      check: () => {
        if (closing || listener === null) return null;
        if ([...loops.keys()].some(({ closed }) => closed)) return "one of the EA's sockets was closed";
        const areRead = [...loops].every(
          ([socket, each]) => socket === unboundSocket || each.every((loop) => running.has(loop)),
        );
        return areRead ? unbound : "one of the EA's sockets is read no more";
      },
      send: (frame, still) => send(frame, still),
      async rebindCommand(eaKind) {
        if (closing) return;
        const before = command;
        loops.delete(before.socket);
        before.socket.close();
        connection += 1;
        for (; commandPeers > 0; commandPeers -= 1) listener?.peerLeft('command');
        const next = openCommand(eaKind);
        command = next;
        unboundSocket = next.socket;
        send = writer(next);
        try {
          await bindAgain(next, quickTries);
        } catch (error) {
          attempt(onEventFault, () => bindAgain(next, Infinity));
          throw error;
        }
      },
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

/** Guards the sockets against bugs in the listener: such a bug costs only its own event. */
function guardListener(listener: LinkListener, logError: LinkOptions['logError']): LinkListener {
  const ofFrames = faultsOf('frame', logError);
  const ofPeers = faultsOf('socket event', logError);
  return {
    frame: guarded(ofFrames, listener.frame.bind(listener)),
    peerJoined: guarded(ofPeers, listener.peerJoined.bind(listener)),
    peerLeft: guarded(ofPeers, listener.peerLeft.bind(listener)),
    peerRefused: guarded(ofPeers, listener.peerRefused.bind(listener)),
    unexpectedPeer: guarded(ofPeers, listener.unexpectedPeer.bind(listener)),
  };
}
