import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { command, frame, frameAt, greeting, more, nameOf, ready } from '../support/zmtpConnection.ts';
import { numberedBody } from './zmtpProbe.ts';

// The bound side of ZMTP by hand: a peer that says any bytes at any time, and sees each byte that comes.

export interface RawConnection {
  socket: net.Socket;
  /** All that came. */
  received: () => Buffer;
  /** Bodies of the whole messages that came, and their flags. */
  messages: () => { flags: number; body: Buffer }[];
  /** Names of the commands that came. */
  commands: () => string[];
}

export interface RawPeer {
  port: number;
  connections: RawConnection[];
  close: () => void;
}

async function startRawPeer(serve: (connection: RawConnection, index: number) => void): Promise<RawPeer> {
  const connections: RawConnection[] = [];
  const server = net.createServer((socket) => {
    const chunks: Buffer[] = [];
    const received = (): Buffer => Buffer.concat(chunks);
    const frames = (): { flags: number; body: Buffer }[] => [...framesOf(received().subarray(greeting.length))];
    const connection: RawConnection = {
      socket,
      received,
      messages: () => frames().filter(({ flags }) => (flags & command) === 0),
      commands: () => frames().flatMap(({ flags, body }) => ((flags & command) === 0 ? [] : [nameOf(body)])),
    };
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => chunks.push(chunk));
    connections.push(connection);
    serve(connection, connections.length - 1);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections,
    close: () => {
      for (const { socket } of connections) socket.destroy();
      server.close();
    },
  };
}

function* framesOf(bytes: Buffer): Generator<{ flags: number; body: Buffer }> {
  for (let part = frameAt(bytes, 0); part !== null; part = frameAt(bytes, part.end)) yield part;
}

/** The peers of a test file, to be closed after each test. */
export class RawPeers {
  private readonly open: RawPeer[] = [];

  /** @param serve called for each connection, with its number from 0 */
  async start(serve: (connection: RawConnection, index: number) => void): Promise<RawPeer> {
    const peer = await startRawPeer(serve);
    this.open.push(peer);
    return peer;
  }

  close(): void {
    for (const peer of this.open.splice(0)) peer.close();
  }
}

/** Greeting and READY of a peer. */
export function handshake(socketType: string, { minor = 1 } = {}): Buffer {
  return Buffer.concat([greetingWith({ 11: minor }), frame(command, ready(socketType))]);
}

/** The greeting with some of its bytes changed. */
export function greetingWith(changes: Record<number, number>): Buffer {
  const changed = Buffer.from(greeting);
  for (const [place, value] of Object.entries(changes)) changed[Number(place)] = value;
  return changed;
}

export function commandFrame(name: string, data: Buffer | string = ''): Buffer {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
  return frame(command, Buffer.concat([Buffer.from([name.length]), Buffer.from(name), bytes]));
}

/** The types that the probe's roles connect to. */
export const peerTypes = { PUSH: 'PULL', PULL: 'PUSH', SUB: 'XPUB', REQ: 'ROUTER' } as const;

export const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Bodies of messages have fewer bytes than this, behind their number. */
export const bodySize = 400;

/** Messages that the probe expects, as frames; short and long ones. */
export const numberedFrames = (from: number, count: number): Buffer =>
  Buffer.concat(range(count).map((index) => frame(0, numberedBody(from + index, bodySize))));

/** The numbers of the whole messages that came; throws where a message is not what the probe sends. */
export function numbersIn(connection: RawConnection | undefined): number[] {
  return (connection?.messages() ?? []).map(({ body }) => {
    const number = Number(body.toString('latin1', 0, 10));
    if (!body.equals(numberedBody(number, bodySize))) throw new Error(`Message ${String(number)} is wrong.`);
    return number;
  });
}

/** Replies to each request, which is an empty frame and a body. */
export function answer(connection: RawConnection, reply: (number: number) => Buffer[]): void {
  let answered = 0;
  connection.socket.on('data', () => {
    const requests = connection.messages().filter(({ flags }) => (flags & more) === 0);
    for (; answered < requests.length; answered += 1) connection.socket.write(Buffer.concat(reply(answered)));
  });
}

/** Runs several at a time: most of the time of a probe is a wait between two connections. */
export async function onSeveral<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: 12 }, worker));
}
