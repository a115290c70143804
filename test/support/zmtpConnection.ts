import net from 'node:net';

/**
 * One side of ZMTP 3.0 with the NULL mechanism, by hand: a peer that writes or counts messages by the ten thousand for a
 * small part of what a socket of zeromq.js takes, so that it leaves the processor to what is measured.
 */
export interface ZmtpConnection {
  /** Messages of one part each, in one write; done when the system has taken them. */
  send: (texts: readonly string[]) => Promise<void>;
  /** Everything that was sent is with the system. */
  end: () => Promise<void>;
}

/** The first 64 bytes of each side. */
export const greeting = Buffer.alloc(64);
greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0]);
greeting.write('NULL', 12, 'latin1');

/** Flags of a frame. */
export const more = 1;
const long = 2;
export const command = 4;

/** @param onMessage receives the first part of each message; it is valid until it returns */
export function connectZmtp(
  endpoint: string,
  socketType: 'PUSH' | 'PULL' | 'SUB' | 'DEALER',
  onMessage: (first: Buffer) => void = () => undefined,
): Promise<ZmtpConnection> {
  const { hostname, port } = new URL(endpoint.replace(/^tcp:/, 'http:'));
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), hostname);
    socket.setNoDelay(true);
    socket.on('error', reject);
    let greeted = false;
    let inside = false;
    let rest = Buffer.alloc(0);
    socket.write(greeting);
    socket.on('data', (chunk) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let at = 0;
      if (!greeted) {
        if (rest.length < greeting.length) return;
        greeted = true;
        at = greeting.length;
        socket.write(frame(command, ready(socketType)));
      }
      for (let part = frameAt(rest, at); part !== null; part = frameAt(rest, at)) {
        at = part.end;
        if ((part.flags & command) !== 0) {
          const { body } = part;
          if (nameOf(body) === 'READY') resolve(connection(socket));
          // Its context of up to 16 bytes comes back (ZMTP 3.1).
          else if (nameOf(body) === 'PING')
            socket.write(frame(command, Buffer.concat([Buffer.from('\x04PONG', 'latin1'), body.subarray(7)])));
          continue;
        }
        if (!inside) onMessage(part.body);
        inside = (part.flags & more) !== 0;
      }
      rest = rest.subarray(at);
    });
  });
}

function connection(socket: net.Socket): ZmtpConnection {
  return {
    send: (texts) =>
      new Promise((resolve) => {
        socket.write(Buffer.concat(texts.map((text) => frame(0, Buffer.from(text)))), () => {
          resolve();
        });
      }),
    end: () =>
      new Promise((resolve) => {
        socket.end(resolve);
      }),
  };
}

/** Makes a SUB's connection receive everything: in ZMTP 3.0 a subscription is a message of one byte and the topic. */
export async function subscribeToAll(to: ZmtpConnection): Promise<void> {
  await to.send(['\x01']);
}

/** The body of a READY command. */
export function ready(socketType: string): Buffer {
  const [name, value] = ['Socket-Type', socketType];
  const length = Buffer.alloc(4);
  length.writeUInt32BE(value.length);
  return Buffer.concat([
    Buffer.from(`\x05READY${String.fromCharCode(name.length)}${name}`, 'latin1'),
    length,
    Buffer.from(value),
  ]);
}

export function frame(flags: number, body: Buffer): Buffer {
  if (body.length < 256) return Buffer.concat([Buffer.from([flags, body.length]), body]);
  const head = Buffer.alloc(9);
  head[0] = flags | long;
  head.writeBigUInt64BE(BigInt(body.length), 1);
  return Buffer.concat([head, body]);
}

/** The frame at a place, or null where it is not whole. */
export function frameAt(bytes: Buffer, at: number): { flags: number; body: Buffer; end: number } | null {
  const flags = bytes[at];
  if (flags === undefined) return null;
  const isLong = (flags & long) !== 0;
  const from = at + (isLong ? 9 : 2);
  if (bytes.length < from) return null;
  const end = from + (isLong ? Number(bytes.readBigUInt64BE(at + 1)) : (bytes[at + 1] ?? 0));
  return bytes.length < end ? null : { flags, body: bytes.subarray(from, end), end };
}

/** The name of a command. */
export function nameOf(body: Buffer): string {
  return body.toString('latin1', 1, 1 + (body[0] ?? 0));
}
