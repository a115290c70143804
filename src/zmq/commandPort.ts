import { setTimeout as wait } from 'node:timers/promises';
import type { Context, Socket } from 'zeromq';
import { attempt, faultsOf, type OnFault } from '../base/guard.ts';
import type { EaKind } from '../protocol/ea/portSettings.ts';
import type { CommandFrame, Link } from '../controller/ports/link.ts';
import type { Admission } from './admission.ts';
import { bindSocket } from './bindSocket.ts';
import { type CommandSocket, openCommandSocket } from './commandSocket.ts';
import { commandWriter } from './commandWriter.ts';
import type { LinkOptions } from './linkOptions.ts';
import type { LinkPeers } from './linkPeers.ts';
import type { ReadLoops } from './readLoops.ts';
import { whenSubscribed } from './whenSubscribed.ts';

/** Tries of a port that was closed just now, 50 ms apart. */
const quickTries = 60;

type OpenCommand = CommandSocket & { admission: Admission; write: Link['send'] };

/** The command port: its socket, which can be opened anew for an EA of another kind, and its one writer (S6). */
export class CommandPort {
  private readonly context: Context;
  private readonly options: LinkOptions;
  private readonly peers: LinkPeers;
  private readonly loops: ReadLoops;
  private readonly onFault: OnFault;
  private command: OpenCommand;
  /** TCP port: that of the settings, and once bound the one that was taken where the settings leave it free. */
  private port: number;
  /** The socket that has no address yet; null: it has. */
  private unboundSocket: Socket | null = null;
  /** Why there is no socket with an address, as the end of a sentence; null: there is one. */
  private unbound: string | null = null;

  /** Opens the socket, without an address. @param onFault called with a bug in an event of the socket */
  constructor(context: Context, options: LinkOptions, peers: LinkPeers, loops: ReadLoops, onFault: OnFault) {
    this.context = context;
    this.options = options;
    this.peers = peers;
    this.loops = loops;
    this.onFault = onFault;
    this.port = options.commandPort;
    this.command = this.open(options.eaKind);
  }

  /** Binds the port for the first time. @returns the endpoint @throws PortUnavailable */
  async bind(): Promise<string> {
    const endpoint = await this.bindTo(this.command.socket);
    this.port = Number(endpoint.slice(endpoint.lastIndexOf(':') + 1));
    return endpoint;
  }

  send(frame: CommandFrame, still?: () => boolean): Promise<boolean> {
    return this.command.write(frame, still);
  }

  /** Why the socket can't be used, as the end of a sentence; null: it can. */
  check(): string | null {
    return this.loops.check(this.unboundSocket) ?? this.unbound;
  }

  /**
   * Opens the socket anew, with the patience that an EA of this kind needs.
   * @throws PortUnavailable the port can't be bound; it is tried again until it can
   */
  async rebind(eaKind: EaKind): Promise<void> {
    if (this.loops.closed) return;
    const { socket } = this.command;
    this.loops.remove(socket);
    socket.close();
    this.peers.commandClosed();
    const next = this.open(eaKind);
    this.command = next;
    this.unboundSocket = next.socket;
    try {
      await this.bindAgain(next, quickTries);
    } catch (error) {
      attempt(this.onFault, () => this.bindAgain(next, Infinity));
      throw error;
    }
  }

  /**
   * Binds as soon as the port is free, which it is a moment after a close. Ends where the link closes, or where the
   * port is opened anew once more.
   */
  private async bindAgain(opened: OpenCommand, tries: number): Promise<void> {
    const { socket } = opened;
    const isPast = (): boolean => this.loops.closed || this.command !== opened;
    for (let attempts = 1; !isPast(); attempts += 1) {
      try {
        await this.bindTo(socket);
        if (isPast()) return;
        this.unbound = null;
        this.unboundSocket = null;
        // A socket without an address can't be read.
        this.loops.begin(socket);
        return;
      } catch (error) {
        if (isPast()) return;
        if (attempts >= tries) {
          this.unbound = 'the command port could not be bound anew';
          throw error;
        }
      }
      await wait(attempts < quickTries ? 50 : 1_000);
    }
  }

  private bindTo(socket: Socket): Promise<string> {
    const { host, portSetting } = this.options;
    return bindSocket(socket, host, this.port, 'command', portSetting?.('command'));
  }

  private open(eaKind: EaKind | undefined): OpenCommand {
    const opened = openCommandSocket(this.context, this.options.patterns.command, eaKind);
    const { socket, wants } = opened;
    const admission = this.admit(opened);
    const connection = (): number | null => (admission.peers === 0 ? null : this.peers.connection);
    const write = commandWriter(socket, wants, connection, faultsOf('command', this.options.logError));
    return { ...opened, admission, write };
  }

  private admit({ canTake, follow, socket }: CommandSocket): Admission {
    if (follow === null) return this.peers.admit(socket, ['command'], 1);
    const told = whenSubscribed(canTake, this.onFault);
    const admission = this.peers.admit(socket, ['command'], 1, told.through);
    this.loops.add(socket, () => follow(told.changed, this.onFault));
    return admission;
  }
}
