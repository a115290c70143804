import net from 'node:net';

/** A piece of road between an EA and one of the app's ports, that can be torn up (RST) or blocked. */
export interface TcpProxy {
  /** Where the EA connects to. */
  endpoint: string;
  /** Connections that pass now. */
  open: () => number;
  /** Tears every connection with an RST to both ends; what the kernels held is lost. @returns how many there were */
  reset: () => number;
  /** The same, once more than `size` bytes come in one piece: before they are passed on, or after. */
  resetAtBytes: (to: Direction, when: 'before' | 'after', size: number) => Promise<number>;
  /** Passes nothing either way from now on, without a word to either end; a new connection gets no further than here. */
  freeze: () => void;
  /**
   * Lets everything pass again. What came meanwhile is passed on, late, with the ends of connections; or it is lost, and
   * with it every connection of then, as when one end has closed it long since.
   */
  thaw: (meanwhile: 'late' | 'lost') => void;
  /** Bytes towards the EA that are held while frozen. */
  heldForEa: () => number;
  close: () => Promise<void>;
}

type Direction = 'to the EA' | 'to the app';

/** Looks at bytes before they are passed on with `pass`, or not. */
type Guard = (to: Direction, size: number, pass: (passed?: () => void) => void) => void;

class Connection {
  private readonly ea: net.Socket;
  private app: net.Socket | null = null;
  private held: { to: Direction; chunk: Buffer }[] = [];
  private endings: (() => void)[] = [];
  private frozen: boolean;
  private readonly port: number;
  private readonly guard: Guard;

  constructor(ea: net.Socket, port: number, frozen: boolean, guard: Guard) {
    this.ea = ea;
    this.port = port;
    this.frozen = frozen;
    this.guard = guard;
    this.follow(ea, 'to the app');
    if (!frozen) this.connect();
  }

  get ended(): boolean {
    return this.ea.destroyed && (this.app?.destroyed ?? true);
  }

  get heldForEa(): number {
    return this.held.reduce((sum, { to, chunk }) => sum + (to === 'to the EA' ? chunk.length : 0), 0);
  }

  reset(): void {
    this.ea.resetAndDestroy();
    this.app?.resetAndDestroy();
  }

  freeze(): void {
    this.frozen = true;
  }

  thaw(meanwhile: 'late' | 'lost'): void {
    this.frozen = false;
    if (meanwhile === 'lost' && this.app !== null) {
      this.reset();
      return;
    }
    if (this.app === null && !this.ea.destroyed) this.connect();
    for (const { to, chunk } of this.held.splice(0)) this.pass(to, chunk);
    for (const end of this.endings.splice(0)) end();
  }

  private connect(): void {
    this.app = net.connect(this.port, '127.0.0.1');
    this.follow(this.app, 'to the EA');
  }

  private follow(socket: net.Socket, to: Direction): void {
    socket.setNoDelay(true);
    // An RST is an end like any other here.
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      if (this.frozen) this.held.push({ to, chunk });
      else this.pass(to, chunk);
    });
    socket.on('close', (hadError) => {
      const end = (): void => {
        const other = to === 'to the EA' ? this.ea : this.app;
        if (hadError) other?.resetAndDestroy();
        else other?.end();
      };
      if (this.frozen) this.endings.push(end);
      else end();
    });
  }

  private pass(to: Direction, chunk: Buffer): void {
    this.guard(to, chunk.length, (passed) => {
      const socket = to === 'to the EA' ? this.ea : this.app;
      if (socket === null || socket.destroyed) passed?.();
      else socket.write(chunk, passed);
    });
  }
}

/** @param target the app's endpoint, `tcp://127.0.0.1:port` */
export async function openTcpProxy(target: string): Promise<TcpProxy> {
  const port = Number(target.split(':').at(-1));
  let connections: Connection[] = [];
  let frozen = false;
  let resetAt: { to: Direction; when: 'before' | 'after'; size: number; done: (torn: number) => void } | null = null;

  const reset = (): number => {
    const live = connections.filter((connection) => !connection.ended);
    for (const connection of live) connection.reset();
    connections = [];
    return live.length;
  };
  const guard: Guard = (to, size, pass) => {
    if (resetAt?.to !== to || size <= resetAt.size) {
      pass();
      return;
    }
    const { when, done } = resetAt;
    resetAt = null;
    const tear = (): void => {
      done(reset());
    };
    if (when === 'before') tear();
    else pass(tear);
  };
  const server = net.createServer((ea) => {
    const live = connections.filter((connection) => !connection.ended);
    connections = [...live, new Connection(ea, port, frozen, guard)];
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    endpoint: `tcp://127.0.0.1:${String((server.address() as net.AddressInfo).port)}`,
    open: () => connections.filter((connection) => !connection.ended).length,
    reset,
    resetAtBytes: (to, when, size) =>
      new Promise((done) => {
        resetAt = { to, when, size, done };
      }),
    freeze: () => {
      frozen = true;
      for (const connection of connections) connection.freeze();
    },
    thaw: (meanwhile) => {
      frozen = false;
      for (const connection of connections) connection.thaw(meanwhile);
    },
    heldForEa: () => connections.reduce((sum, connection) => sum + connection.heldForEa, 0),
    close: () =>
      new Promise<void>((resolve) => {
        reset();
        server.close(() => {
          resolve();
        });
      }),
  };
}
