import { setTimeout as wait } from 'node:timers/promises';
import type { Socket } from 'zeromq';
import type { ChannelName } from '../api/state/state.ts';
import type { OnFault } from '../base/guard.ts';
import { Admission, type AdmissionAnswer } from './admission.ts';
import type { LinkEvents } from './linkEvents.ts';
import type { ReadLoops } from './readLoops.ts';
import { type PeerListener, watchPeers } from './watchPeers.ts';

/**
 * Delay of ZAP's answer to a peer beyond the places, ms. libzmq closes a peer of the wrong type by itself within a
 * millisecond of its greeting; the rest is for a busy machine. So only a peer of the right type is left to be refused.
 */
const wrongTypeMs = 250;
/** Longest delay of a refusal's event after ZAP's answer, ms. */
const refusedWithinMs = 500;

const loopback = ['127.0.0.1', '::1'];

/** Peers of a link's sockets: who may connect (S3), and who joins and leaves. */
export class LinkPeers {
  private readonly allowed: readonly string[];
  private readonly loops: ReadLoops;
  private readonly events: LinkEvents;
  private readonly onFault: OnFault;
  private readonly admissions = new Map<ChannelName, Admission>();
  private changes = 0;
  /** Peers of the command socket of which the listener knows. */
  private commandPeers = 0;

  /** @param allowPeers IP addresses that may connect besides loopback */
  constructor(allowPeers: readonly string[], loops: ReadLoops, events: LinkEvents, onFault: OnFault) {
    this.allowed = [...loopback, ...allowPeers];
    this.loops = loops;
    this.events = events;
    this.onFault = onFault;
  }

  /** A number that changes with every peer that joins or leaves. */
  get connection(): number {
    return this.changes;
  }

  /** ZAP's answer to a peer. @param domain the first channel of its socket */
  async decide(domain: string, address: string): Promise<AdmissionAnswer> {
    const channel = domain as ChannelName;
    const admission = this.admissions.get(channel);
    const answer = admission?.ask(address) ?? 'not_allowed';
    if (answer === 'not_allowed') this.events.peerRefused(channel, address, answer);
    if (admission === undefined || answer === 'admit') return answer;
    if (answer === 'second') await wait(wrongTypeMs, undefined, { ref: false });
    const refused = { address, answer };
    admission.answered(refused);
    setTimeout(() => {
      admission.forgetAnswer(refused);
    }, refusedWithinMs).unref();
    return answer;
  }

  /**
   * Admits peers to a new socket, named after the first of its channels.
   * @param places most peers at a time
   * @param through wraps the listener of the socket's events
   */
  admit(
    socket: Socket,
    [name, ...others]: readonly [ChannelName, ...ChannelName[]],
    places: number,
    through: (told: PeerListener) => PeerListener = (told) => told,
  ): Admission {
    const serves = [name, ...others];
    const { events, loops } = this;
    const admission = new Admission(places, this.allowed);
    this.admissions.set(name, admission);
    // What is still to be told of a socket that was opened anew is of no connection any more.
    const isPast = (): boolean => !loops.has(socket);
    const told: PeerListener = {
      joined: (address) => {
        if (isPast()) return;
        this.changes += 1;
        if (name === 'command') this.commandPeers += 1;
        for (const channel of serves) events.peerJoined(channel, address);
      },
      left: () => {
        if (isPast()) return;
        this.changes += 1;
        if (name === 'command') this.commandPeers -= 1;
        for (const channel of serves) events.peerLeft(channel);
      },
      unexpectedPeer: (kind) => {
        if (!isPast()) events.unexpectedPeer(name, kind);
      },
      second: (address) => {
        if (!isPast()) events.peerRefused(name, address, 'second');
      },
    };
    loops.add(socket, watchPeers(socket, admission, through(told), this.onFault));
    return admission;
  }

  /** Takes leave of the command socket's peers: it was closed. */
  commandClosed(): void {
    this.changes += 1;
    for (; this.commandPeers > 0; this.commandPeers -= 1) this.events.peerLeft('command');
  }
}
