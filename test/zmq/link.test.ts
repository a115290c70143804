import net from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { Context, Publisher, Pull, Push, Request, Subscriber } from 'zeromq';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LinkOptions } from '../../src/zmq/linkOptions.ts';
import { openLink } from '../../src/zmq/openLink.ts';
import { PortUnavailable } from '../../src/zmq/bindSocket.ts';
import { run } from '../support/processes.ts';
import { linkOptions } from '../support/linkOptions.ts';
import { RecordingListener } from '../support/recordingListener.ts';
import { until } from '../support/until.ts';
import type { Link } from '../../src/controller/ports/link.ts';

let closers: (() => unknown)[] = [];
let recorded: RecordingListener;
let link: Link;

const portOf = (endpoint: string): number => Number(endpoint.split(':').at(-1));

async function open(changes: Partial<LinkOptions> = {}): Promise<void> {
  link = await openLink({ ...linkOptions, ...changes });
  closers.push(() => link.close());
  recorded = new RecordingListener();
  link.start(recorded);
}

/** Sockets of an EA, in a context of their own. */
function ea(subscribes = false): { pull: Pull | Subscriber; push: Push; leave: () => void } {
  const context = new Context();
  context.blocky = false;
  const options = { context, linger: 0, receiveTimeout: 5_000, reconnectInterval: 20 };
  const pull = subscribes ? new Subscriber(options) : new Pull(options);
  if (pull instanceof Subscriber) pull.subscribe();
  const push = new Push({ context, linger: 0, sendTimeout: 5_000, reconnectInterval: 20 });
  const leave = (): void => {
    pull.close();
    push.close();
  };
  closers.push(leave);
  return { pull, push, leave };
}

function joinEa(subscribes = false): ReturnType<typeof ea> {
  const made = ea(subscribes);
  made.pull.connect(link.endpoints.command);
  made.push.connect(link.endpoints.telemetry);
  return made;
}

const joinedAll = () => until(() => recorded.joined.length === 3, 'an EA has joined all channels');

beforeEach(() => open());
afterEach(async () => {
  for (const close of closers.reverse()) await close();
  closers = [];
});

describe('a link', () => {
  it('tells who joined, carries both ways, and tells who left', async () => {
    const made = joinEa();
    await joinedAll();
    expect(recorded.joined.toSorted()).toEqual(['command 127.0.0.1', 'feedback 127.0.0.1', 'telemetry 127.0.0.1']);
    expect(await link.send('{"type":"ping"}')).toBe(true);
    expect((await made.pull.receive()).map(String)).toEqual(['{"type":"ping"}']);
    await made.push.send('{"type":"pong"}');
    await until(() => recorded.frames.length === 1, 'the frame is there');
    expect(recorded.texts()).toEqual(['{"type":"pong"}']);
    made.leave();
    await until(() => recorded.left.length === 3, 'all channels are left', 2_000);
  });

  it.each(['push', 'pub'] as const)(
    'opens its %s port for commands anew: the EA comes back, and gets them',
    async (command) => {
      await open({ patterns: { command, feedback: 'push' } });
      const made = joinEa(command === 'pub');
      await joinedAll();
      const { endpoints } = link;
      // A SUB subscribes anew while it is read.
      const received = made.pull.receive();
      await link.rebindCommand?.('bitten');
      expect(link.endpoints).toEqual(endpoints);
      expect(recorded.left).toEqual(['command']);
      await until(() => recorded.joined.filter((each) => each.startsWith('command')).length === 2, 'it comes back');
      expect(await link.send('{"type":"ping"}')).toBe(true);
      expect((await received).map(String)).toEqual(['{"type":"ping"}']);
      await made.push.send('{"type":"pong"}');
      await until(() => recorded.frames.length === 1, 'telemetry has stayed');
      expect(link.check?.()).toBeNull();
      await link.rebindCommand?.('v7');
      made.leave();
      await until(() => recorded.left.length >= 4, 'it has left');
      expect(recorded.left.filter((channel) => channel === 'telemetry')).toHaveLength(1);
    },
  );

  it('is opened anew twice at once, and the later kind counts', async () => {
    joinEa();
    await joinedAll();
    const rebind = async (kind: 'bitten' | 'other'): Promise<void> => link.rebindCommand?.(kind);
    await Promise.all([rebind('bitten'), rebind('other'), rebind('bitten')]);
    await until(() => recorded.joined.filter((each) => each.startsWith('command')).length === 2, 'the EA comes back');
    expect(recorded.left).toEqual(['command']);
    expect(await link.send('{"type":"ping"}')).toBe(true);
    expect(link.check?.()).toBeNull();
  });

  it('says that its port is taken meanwhile, and binds it once it is free, also after another try', async () => {
    joinEa();
    await joinedAll();
    const other = net.createServer((socket) => socket.destroy());
    other.on('error', () => undefined);
    closers.push(() => other.close());
    const port = portOf(link.endpoints.command);
    let tried: Promise<void> | undefined;
    // Who is first to take the port that was closed just now is left to chance.
    await until(async () => {
      tried = link.rebindCommand?.('bitten');
      tried?.catch(() => undefined);
      for (const end = performance.now() + 40; performance.now() < end && !other.listening;) other.listen(port);
      await turn();
      return other.listening;
    }, 'another program has the port');
    await expect(tried).rejects.toThrow('is in use by another program');
    expect(link.check?.()).toBe('the command port could not be bound anew');
    await expect(link.rebindCommand?.('bitten')).rejects.toThrow('is in use by another program');
    const before = recorded.joined.length;
    other.close();
    await until(() => recorded.joined.length > before, 'the EA comes back', 5_000);
    expect(await link.send('{"type":"ping"}')).toBe(true);
    expect(link.check?.()).toBeNull();
  }, 30_000);

  it('tells of no loss where the peer at the port that is opened anew could take nothing', async () => {
    await open({ patterns: { command: 'pub', feedback: 'push' } });
    const made = ea(true);
    if (made.pull instanceof Subscriber) made.pull.unsubscribe();
    made.pull.connect(link.endpoints.command);
    await until(() => recorded.unexpectedPeers.length > 0, 'it is told that it subscribes to nothing');
    await link.rebindCommand?.('bitten');
    expect({ joined: recorded.joined, left: recorded.left }).toEqual({ joined: [], left: [] });
  });

  it('works while its port is being opened anew, as its check says', async () => {
    joinEa();
    await joinedAll();
    const rebound = link.rebindCommand?.('bitten');
    expect(link.check?.()).toBeNull();
    await rebound;
  });

  it('opens no port anew once it is closed', async () => {
    const { endpoints } = link;
    const rebound = link.rebindCommand?.('bitten');
    await link.close();
    await rebound;
    await link.rebindCommand?.('bitten');
    const free = net.createServer();
    closers.push(() => free.close());
    await until(
      () =>
        new Promise<boolean>((resolve) => {
          free.once('error', () => {
            resolve(false);
          });
          free.listen(portOf(endpoints.command), '127.0.0.1', () => {
            resolve(true);
          });
        }),
      'the port is free',
    );
  });

  it('carries bytes that are no text, also to an EA that subscribed', async () => {
    const bytes = Uint8Array.from([0x7b, 0xa3, 0x5c, 0xff, 0x7d]);
    for (const command of ['push', 'pub'] as const) {
      if (command === 'pub') await open({ patterns: { command, feedback: 'push' } });
      const made = joinEa(command === 'pub');
      await joinedAll();
      expect(await link.send(bytes)).toBe(true);
      expect((await made.pull.receive())[0]).toEqual(Buffer.from(bytes));
    }
  });

  it('takes nothing while no EA is connected, and delivers nothing later (S2)', async () => {
    expect(await Promise.all(['a', 'b', 'c'].map((text) => link.send(text)))).toEqual([false, false, false]);
    const made = joinEa();
    await joinedAll();
    await link.send('now');
    expect((await made.pull.receive()).map(String)).toEqual(['now']);
  });

  it('takes a burst to a connected EA in order, in spite of its high-water mark of 1', async () => {
    const made = joinEa();
    await joinedAll();
    const texts = Array.from({ length: 20 }, (_, index) => `frame ${String(index)}`);
    expect(await Promise.all(texts.map((text) => link.send(text)))).toEqual(texts.map(() => true));
    const received: string[] = [];
    while (received.length < texts.length) received.push(String((await made.pull.receive())[0]));
    expect(received).toEqual(texts);
  });

  it('loses nothing and nobody when the process pauses under a stream of messages', async () => {
    const { command, telemetry } = link.endpoints;
    const busy = run(['test/bench/busyPeer.ts', command, telemetry, '10000'], { stdin: 'pipe' });
    closers.push(() => busy.end('SIGKILL'));
    for (let pause = 1; pause <= 3; pause += 1) {
      await until(() => recorded.frames.length >= pause * 15_000, 'messages come', 20_000);
      const end = performance.now() + 1_200;
      while (performance.now() < end);
    }
    const left = [...recorded.left];
    busy.child.stdin?.end();
    const sent = Number((await busy.finished).stdout);
    await until(() => recorded.frames.length >= sent, 'all of them have come').catch(() => undefined);
    expect({ received: recorded.frames.length, left }).toEqual({ received: sent, left: [] });
  }, 60_000);

  it('gives feedback a port of its own when asked', async () => {
    await open({ feedbackPort: 0 });
    expect(new Set(Object.values(link.endpoints)).size).toBe(3);
    const made = ea();
    made.push.connect(link.endpoints.feedback);
    await made.push.send('result');
    await until(() => recorded.frames.length === 1, 'the frame is there');
    expect(recorded.frames[0]?.channel).toBe('feedback');
    expect(recorded.joined).toEqual(['feedback 127.0.0.1']);
  });

  it('says which port is in use, and what to do', async () => {
    const port = portOf(link.endpoints.telemetry);
    const failure = openLink({ ...linkOptions, telemetryPort: port });
    await expect(failure).rejects.toThrow(PortUnavailable);
    await expect(failure).rejects.toThrow(
      `Port 127.0.0.1:${String(port)} for telemetry is in use by another program. Stop that program (another controller?) or choose another port with --telemetry-port.`,
    );
  });

  it('frees its ports when it is closed', async () => {
    const { endpoints } = link;
    await link.close();
    await until(
      async () => {
        try {
          await open({ commandPort: portOf(endpoints.command), telemetryPort: portOf(endpoints.telemetry) });
          return true;
        } catch {
          return false;
        }
      },
      'the ports are free',
      2_000,
    );
  });

  it('gives no order to a second EA, and tells of it (S3)', async () => {
    const first = joinEa();
    await joinedAll();
    const second = joinEa();
    await until(() => recorded.refused.length >= 2, 'the second EA is refused on both sockets');
    expect(new Set(recorded.refused)).toEqual(new Set(['command 127.0.0.1 second', 'telemetry 127.0.0.1 second']));
    for (let order = 0; order < 20; order += 1) {
      expect(await link.send(`order ${String(order)}`)).toBe(true);
      await first.pull.receive();
    }
    second.pull.receiveTimeout = 300;
    await expect(second.pull.receive()).rejects.toThrow();
    expect(recorded.joined).toHaveLength(3);
    first.leave();
    await until(() => recorded.joined.length === 6, 'the second EA takes the free place', 5_000);
  });

  it.each(['push', 'pub'] as const)(
    'takes sockets of a wrong type beside a connected EA for strangers, not for a second EA (commands by %s)',
    async (command) => {
      await open({ patterns: { command, feedback: 'push' } });
      const made = joinEa(command === 'pub');
      await joinedAll();
      const context = new Context();
      context.blocky = false;
      // As programs of the wider system do: SUBs that read 5556, PUSHes that write to 5555, and a few more.
      const reader = new Subscriber({ context, linger: 0 });
      reader.subscribe();
      const neighbours = [reader, new Pull({ context, linger: 0 }), new Request({ context, linger: 0 })];
      for (const each of neighbours) each.connect(link.endpoints.telemetry);
      const writers = [new Push({ context, linger: 0 }), new Publisher({ context, linger: 0 })];
      for (const each of writers) each.connect(link.endpoints.command);
      closers.push(() => {
        for (const each of [...neighbours, ...writers]) each.close();
      });
      await until(() => recorded.unexpectedPeers.length >= 20, 'they have knocked some twenty times', 10_000);
      // Its first knocks may look like an HTTP client's.
      const known = recorded.unexpectedPeers.filter((each) => each.endsWith('wrong_type'));
      expect(new Set(known)).toEqual(new Set(['telemetry: wrong_type', 'command: wrong_type']));
      expect(known.length).toBeGreaterThan(10);
      expect(recorded.refused).toEqual([]);
      expect(recorded.left).toEqual([]);
      expect(await link.send('{"type":"ping"}')).toBe(true);
      expect((await made.pull.receive()).map(String)).toEqual(['{"type":"ping"}']);
      // A real second EA is told of in the middle of them.
      joinEa(command === 'pub');
      await until(() => recorded.refused.some((each) => each.startsWith('command')), 'a second EA is told of', 10_000);
    },
  );

  it('admits as many telemetry peers as the bridge says', async () => {
    await open({ telemetryPeers: 2 });
    joinEa();
    await joinedAll();
    joinEa();
    await until(() => recorded.joined.length === 5, 'the second EA has joined telemetry');
    await until(() => recorded.refused.length > 0, 'it is refused on the command socket');
    expect(new Set(recorded.refused)).toEqual(new Set(['command 127.0.0.1 second']));
  });

  it('outlives an EA that reconnects at once, again and again', async () => {
    for (let round = 1; round <= 20; round += 1) {
      const made = joinEa();
      await until(() => recorded.joined.length === 3 * round, `round ${String(round)} has joined`);
      expect(await link.send(`round ${String(round)}`)).toBe(true);
      expect((await made.pull.receive()).map(String)).toEqual([`round ${String(round)}`]);
      made.leave();
    }
    await until(() => recorded.left.length === 60, 'all have left');
  });
});

describe('strangers', () => {
  const connect = (endpoint: string, talk: (socket: net.Socket) => void): void => {
    const socket = net.connect(portOf(endpoint), '127.0.0.1', () => {
      talk(socket);
    });
    socket.on('error', () => undefined);
    closers.push(() => socket.destroy());
  };

  it.each([
    ['an HTTP client', 'not_zeromq', (socket: net.Socket) => socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
    ['a port scanner', 'left', (socket: net.Socket) => socket.destroy()],
    ['a silent client', 'silent', () => undefined],
    ['random bytes', 'not_zeromq', (socket: net.Socket) => socket.write(Buffer.alloc(300, 0x5a))],
  ])('%s on each port harms nobody and is told of as %s', async (_, kind, talk) => {
    const made = joinEa();
    await joinedAll();
    connect(link.endpoints.command, talk);
    connect(link.endpoints.telemetry, talk);
    await until(() => recorded.unexpectedPeers.length === 2, 'both were noticed');
    expect(recorded.unexpectedPeers.toSorted()).toEqual([`command: ${kind}`, `telemetry: ${kind}`]);
    expect(recorded.left).toEqual([]);
    expect(await link.send('still here')).toBe(true);
    expect((await made.pull.receive()).map(String)).toEqual(['still here']);
  });

  it.each([
    ['a PULL', 'telemetry', Pull],
    ['a PUB', 'telemetry', Publisher],
    ['a REQ', 'telemetry', Request],
    ['a PUSH', 'command', Push],
    ['a SUB', 'command', Subscriber],
  ] as const)('%s that connects to the %s port by mistake is told of', async (_, channel, Kind) => {
    const context = new Context();
    context.blocky = false;
    const socket = new Kind({ context, linger: 0, reconnectInterval: 20 });
    closers.push(() => {
      socket.close();
    });
    socket.connect(link.endpoints[channel]);
    // It comes again and again; one that leaves before ZAP is asked has only left.
    await until(() => recorded.unexpectedPeers.includes(`${channel}: wrong_type`), 'it was noticed');
    socket.close();
    joinEa();
    await until(() => recorded.joined.length === 3, 'an EA can still join');
  });

  it('a 16 MiB frame arrives and costs no connection', async () => {
    const made = joinEa();
    await joinedAll();
    await made.push.send(Buffer.alloc(16 * 1024 * 1024, 1));
    await made.push.send('next');
    await until(() => recorded.frames.length === 2, 'both frames are there');
    expect(recorded.frames.map(({ bytes }) => bytes.length)).toEqual([16 * 1024 * 1024, 4]);
    expect(recorded.left).toEqual([]);
  });
});
