import type { Socket } from 'zeromq';
import { attempt, type OnFault } from '../base/guard.ts';

type ReadLoop = () => Promise<void>;

/** The loops that read a link's sockets, each until its socket closes. */
export class ReadLoops {
  private readonly onFault: OnFault;
  private readonly loops = new Map<Socket, ReadLoop[]>();
  /** Loops that have begun and not ended. */
  private readonly running = new Set<ReadLoop>();
  private isClosed = false;

  constructor(onFault: OnFault) {
    this.onFault = onFault;
  }

  /** Whether the link has been closed. */
  get closed(): boolean {
    return this.isClosed;
  }

  /** Registers a loop of a socket. */
  add(socket: Socket, loop: ReadLoop): void {
    this.loops.set(socket, [...(this.loops.get(socket) ?? []), loop]);
  }

  has(socket: Socket): boolean {
    return this.loops.has(socket);
  }

  /** Removes a socket that another takes the place of. */
  remove(socket: Socket): void {
    this.loops.delete(socket);
  }

  /** Begins to read a socket, which must have an address. */
  begin(socket: Socket): void {
    for (const loop of this.loops.get(socket) ?? []) {
      this.running.add(loop);
      attempt(this.onFault, () =>
        loop().finally(() => {
          this.running.delete(loop);
        }),
      );
    }
  }

  /** Begins to read every socket. */
  beginAll(): void {
    for (const socket of this.loops.keys()) this.begin(socket);
  }

  /**
   * Why the sockets are not all read, as the end of a sentence; null: they are.
   * @param unbound socket without an address, which can't be read; null: none
   */
  check(unbound: Socket | null): string | null {
    if ([...this.loops.keys()].some(({ closed }) => closed)) return "one of the EA's sockets was closed";
    const areRead = [...this.loops].every(
      ([socket, each]) => socket === unbound || each.every((loop) => this.running.has(loop)),
    );
    return areRead ? null : "one of the EA's sockets is read no more";
  }

  /** Closes every socket, which ends its loops. */
  close(): void {
    this.isClosed = true;
    for (const socket of this.loops.keys()) socket.close();
  }
}
