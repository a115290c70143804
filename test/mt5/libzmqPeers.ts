import { Publisher, Pull, Push, Reply, Router, XPublisher } from 'zeromq';
import { python } from '../support/pythonPeer.ts';
import { run } from '../support/processes.ts';
import { until } from '../support/until.ts';
import { numberedBody } from './zmtpProbe.ts';

// libzmq on the other side of the probe: by pyzmq in a process of its own, or by zeromq.js in this one.

export type PeerType = 'PULL' | 'PUSH' | 'XPUB' | 'PUB' | 'REP' | 'ROUTER';

export interface PeerOptions {
  count: number;
  size?: number;
  large?: number;
  topic?: string;
  /** Heartbeats every 200 ms, given up after 400 ms. */
  heartbeats?: boolean;
  /** The code that the ZAP handler answers; without it there is none. */
  zap?: string;
}

export interface Peer {
  port: number;
  /** What it has sent or received once it is done. */
  result: () => Promise<{ got: number; wrong: number }>;
  close: () => void;
}

export async function startPythonPeer(type: PeerType, options: PeerOptions): Promise<Peer> {
  if (python === null) throw new Error('There is no Python with pyzmq.');
  const { count, size = 150, large = 0, topic, heartbeats = false, zap } = options;
  const flags = [`size=${String(size)}`, `large=${String(large)}`];
  if (topic !== undefined) flags.push(`topic=${topic}`);
  if (heartbeats) flags.push('hb=1');
  if (zap !== undefined) flags.push(`zap=${zap}`);
  const running = run(['test/peers/zmtpPeer.py', type, String(count), ...flags], { program: python, stdin: 'pipe' });
  const line = async (index: number, limitMs: number): Promise<string> =>
    await until(
      () => {
        const lines = running.output.stdout.split('\n');
        return lines.length > index + 1 && lines[index];
      },
      `the peer prints line ${String(index)}; its errors: ${running.output.stderr}`,
      limitMs,
    );
  const { port } = JSON.parse(await line(0, 20_000)) as { port: number };
  return {
    port,
    result: async () => JSON.parse(await line(1, 600_000)) as { got: number; wrong: number },
    close: () => void running.child.kill('SIGKILL'),
  };
}

const heartbeat = { heartbeatInterval: 200, heartbeatTimeout: 400, heartbeatTimeToLive: 600 };

/** The same by zeromq.js; without ZAP. */
export async function startNodePeer(type: PeerType, options: PeerOptions & { port?: number }): Promise<Peer> {
  const { heartbeats = false, port = 0 } = options;
  const socketOptions = { linger: 0, ...(heartbeats ? heartbeat : {}) };
  const socket = {
    PULL: () => new Pull(socketOptions),
    PUSH: () => new Push(socketOptions),
    XPUB: () => new XPublisher({ ...socketOptions, noDrop: true, sendHighWaterMark: 200_000 }),
    PUB: () => new Publisher({ ...socketOptions, noDrop: true, sendHighWaterMark: 200_000 }),
    REP: () => new Reply(socketOptions),
    ROUTER: () => new Router(socketOptions),
  }[type]();
  await socket.bind(`tcp://127.0.0.1:${port === 0 ? '*' : String(port)}`);
  const work = workOf(socket, options);
  work.catch(() => undefined);
  return {
    port: Number(socket.lastEndpoint?.split(':').at(-1)),
    result: () => work,
    close: () => {
      socket.close();
    },
  };
}

type AnySocket = Pull | Push | XPublisher | Publisher | Reply | Router;

async function workOf(socket: AnySocket, options: PeerOptions): Promise<{ got: number; wrong: number }> {
  const { count, size = 150, large = 0, topic = '' } = options;
  const body = (number: number): Buffer => Buffer.concat([Buffer.from(topic), numberedBody(number, size, large)]);
  let wrong = 0;
  if (socket instanceof XPublisher) {
    const [subscription] = await socket.receive();
    if (subscription?.toString('latin1') !== `\x01${topic}`) wrong += 1;
  }
  if (socket instanceof Push || socket instanceof XPublisher || socket instanceof Publisher) {
    for (let number = 0; number < count; number += 1) await socket.send(body(number));
    return { got: count, wrong };
  }
  for (let number = 0; number < count; number += 1) {
    const parts: Buffer[] = await socket.receive();
    if (!(parts.at(-1)?.equals(body(number)) ?? false)) wrong += 1;
    if (socket instanceof Router && (parts.length !== 3 || parts[1]?.length !== 0)) wrong += 1;
    if (!(socket instanceof Pull)) await socket.send(parts);
  }
  return { got: count, wrong };
}
