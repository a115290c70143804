import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command, frame, greeting, more, ready } from '../support/zmtpConnection.ts';
import { until } from '../support/until.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import { answer, bodySize, commandFrame, handshake, numberedFrames, peerTypes, range, RawPeers } from './rawPeer.ts';
import { compileProbe, numberedBody, startProbe, type ProbeInputs } from './zmtpProbe.ts';

// Peers of Zmtp.mqh that fall silent, read nothing, or leave unnoticed; PINGs, replies, waits. Under the sanitizers: what they find
// ends the probe with an error.

const peers = new RawPeers();
afterAll(() => {
  peers.close();
});

describe.skipIf(skipsWithoutCompiler())('Zmtp.mqh and a peer that', { concurrent: true }, () => {
  let program: string;
  beforeAll(async () => {
    program = await compileProbe(true);
  }, 600_000);

  it('replies in wrong frames is asked again in another connection', async () => {
    const empty = Buffer.alloc(0);
    const replies = [
      [frame(0, numberedBody(0))],
      [frame(more, Buffer.from('x')), frame(0, numberedBody(0))],
      [frame(more, empty), frame(more, empty), frame(0, numberedBody(0))],
      [frame(0, empty)],
    ];
    for (const reply of replies) {
      const peer = await peers.start((connection, index) => {
        connection.socket.write(handshake('ROUTER'));
        answer(connection, () => (index === 0 ? reply : [frame(more, empty), frame(0, numberedBody(0))]));
      });
      const result = await startProbe(program, { Role: 'REQ', Port: peer.port, Count: 1 }).result();
      expect(result).toMatchObject({ received: 1, wrong: 0, asked: 2, sessions: 2 });
      expect(result.ends).toEqual(['A reply came in other frames than an empty one and a body.']);
    }
  });

  it('loses a reply is asked again in another connection', async () => {
    const peer = await peers.start((connection, index) => {
      connection.socket.write(handshake('ROUTER'));
      if (index === 1) {
        answer(connection, () => {
          connection.socket.destroy();
          return [];
        });
      }
      if (index === 2) answer(connection, () => [frame(more, Buffer.alloc(0)), frame(0, numberedBody(0))]);
    });
    const result = await startProbe(program, { Role: 'REQ', Port: peer.port, Count: 1, ReplyMs: 200 }).result();
    expect(result).toMatchObject({ received: 1, wrong: 0, asked: 3, sessions: 3 });
    expect(result.ends).toEqual(['No reply came within 200 ms.', 'The peer closed the connection.']);
    for (const connection of peer.connections) {
      expect(connection.messages().map(({ flags, body: text }) => [flags, text.toString('latin1')])).toEqual([
        [more, ''],
        [0, numberedBody(0).toString('latin1')],
      ]);
    }
  });

  it('speaks ZMTP 3.0 is subscribed by a message, and gets no PING', async () => {
    const peer = await peers.start(({ socket }) => socket.write(handshake('XPUB', { minor: 0 })));
    await startProbe(program, { Role: 'SUB', Port: peer.port, Topic: 'a', Count: 1, RunMs: 1_600 }).result();
    expect(peer.connections[0]?.messages().map(({ flags, body }) => [flags, body.toString('latin1')])).toEqual([
      [0, '\x01a'],
    ]);
    expect(peer.connections[0]?.commands()).toEqual(['READY']);
  });

  it('speaks ZMTP 3.1 is subscribed by a command, and gets a PING after a second of silence', async () => {
    const peer = await peers.start(({ socket }) => socket.write(handshake('XPUB')));
    const begun = performance.now();
    const probe = startProbe(program, { Role: 'SUB', Port: peer.port, Topic: 'a', Count: 1 });
    const [connection] = await until(
      () => peer.connections[0]?.commands().includes('PING') && peer.connections,
      'a PING',
    );
    expect(performance.now() - begun).toBeGreaterThan(1_000);
    await probe.stop();
    expect(connection?.messages()).toEqual([]);
    expect(connection?.commands().slice(0, 3)).toEqual(['READY', 'SUBSCRIBE', 'PING']);
  });

  it('sends commands that are not known is heard on', async () => {
    const peer = await peers.start(({ socket }) =>
      socket.end(
        Buffer.concat([
          handshake('PUSH'),
          commandFrame('NEWS', 'x'),
          frame(command, Buffer.alloc(0)),
          numberedFrames(0, 1),
        ]),
      ),
    );
    expect(
      await startProbe(program, { Role: 'PULL', Port: peer.port, Count: 1, Size: bodySize }).result(),
    ).toMatchObject({ received: 1, wrong: 0 });
  });

  it('has its PINGs answered with their context', async () => {
    const context = Buffer.from('sixteen bytes ok');
    const peer = await peers.start(({ socket }) =>
      socket.write(
        Buffer.concat([
          handshake('PUSH'),
          commandFrame('PING', '\0\x0a'),
          commandFrame('PING', Buffer.concat([Buffer.from([0, 10]), context])),
        ]),
      ),
    );
    const pongs = Buffer.concat([commandFrame('PONG'), commandFrame('PONG', context)]);
    const before = greeting.length + frame(command, ready('PULL')).length;
    const probe = startProbe(program, { Role: 'PULL', Port: peer.port, Count: 1 });
    const bytes = await until(
      () => peer.connections.map(({ received }) => received()).find(({ length }) => length >= before + pongs.length),
      'the PONGs',
    );
    await probe.stop();
    expect(bytes.subarray(before)).toEqual(pongs);
  });

  it.each([
    ['falls silent', {}],
    ['falls silent behind a socket that says 1 byte is there', { SOCKET_PHANTOM: 1 }],
  ])('%s is left after a PING and 5 s', { timeout: 30_000 }, async (_, switches) => {
    const peer = await peers.start(({ socket }) => socket.write(handshake('PUSH')));
    const probe = startProbe(program, { Role: 'PULL', Port: peer.port, Count: 1 }, switches);
    await probe.printed('OPEN 2', 20_000);
    expect((await probe.stop()).ends).toEqual(['The peer has been silent for 5000 ms after a PING.']);
  });

  it('answers every PING is kept, however long it says nothing', { timeout: 30_000 }, async () => {
    const peer = await peers.start((connection) => {
      connection.socket.write(handshake('PUSH'));
      let answered = 0;
      connection.socket.on('data', () => {
        const pings = connection.commands().filter((name) => name === 'PING').length;
        for (; answered < pings; answered += 1) connection.socket.write(commandFrame('PONG'));
      });
    });
    const { ends, sessions } = await startProbe(program, {
      Role: 'PULL',
      Port: peer.port,
      Count: 1,
      RunMs: 7_000,
    }).result();
    expect({ ends, sessions }).toEqual({ ends: [], sessions: 1 });
    expect(peer.connections[0]?.commands().filter((name) => name === 'PING').length).toBeGreaterThanOrEqual(5);
  });

  it.each(['PUSH', 'PULL'] as const)('closes unnoticed is found out by sending: %s', async (role) => {
    const peer = await peers.start(({ socket }, index) => {
      socket.write(handshake(peerTypes[role]));
      if (index === 0) setTimeout(() => socket.destroy(), 100);
    });
    const inputs: ProbeInputs = { Role: role, Port: peer.port, Count: 100_000, Burst: 1, PauseMs: 2, Sends: 0 };
    const probe = startProbe(program, inputs, { SOCKET_LATE_CLOSE: 1 });
    // Earlier than by silence.
    await probe.printed('OPEN 2', 5_500);
    const { ends } = await probe.stop();
    expect(ends[0]).toMatch(/^The connection broke while sending \(error \d+\)\.$|^The peer closed the connection\.$/);
  });

  it('does not read gets the answer to its PING before what waits', { timeout: 60_000 }, async () => {
    const peer = await peers.start((connection) => {
      const { socket } = connection;
      socket.write(handshake('PULL'), () => socket.pause());
      setTimeout(
        () => socket.write(commandFrame('PING', '\0\0now'), () => setTimeout(() => socket.resume(), 200)),
        2_000,
      );
    });
    const inputs: ProbeInputs = { Role: 'PUSH', Port: peer.port, Count: 8_000, Size: 3_000 };
    const { sessions, ends } = await startProbe(program, inputs).result();
    expect({ sessions, ends }).toEqual({ sessions: 1, ends: [] });
    const bytes = peer.connections[0]?.received() ?? Buffer.alloc(0);
    const place = bytes.indexOf(commandFrame('PONG', 'now'));
    // What the system's buffers held at that moment went before it, the outbox (1 MiB) behind it.
    expect(place).toBeGreaterThan(0);
    expect(bytes.length - place).toBeGreaterThan(1_000_000);
    const numbers = peer.connections[0]?.messages().map(({ body }) => Number(body.toString('latin1', 0, 10))) ?? [];
    expect(numbers).toEqual(range(numbers.length));
  });

  it('floods with PINGs and does not read is left', { timeout: 60_000 }, async () => {
    const pings = Buffer.concat(Array<Buffer>(1_000).fill(commandFrame('PING', '\0\0')));
    const peer = await peers.start(({ socket }) => {
      socket.pause();
      socket.write(handshake('PULL'));
      const flood = (): void => void (socket.writable && socket.write(pings, flood));
      flood();
    });
    const probe = startProbe(program, { Role: 'PUSH', Port: peer.port, Count: 1, RunMs: 20_000 });
    await probe.printed('ENDED The peer sends PINGs and does not read the answers.', 30_000);
    await probe.end();
  });

  it('sends more than is taken is read no further, and nothing is lost', { timeout: 60_000 }, async () => {
    let flushed = false;
    const total = 30_000;
    const peer = await peers.start(({ socket }) => {
      socket.write(Buffer.concat([handshake('PUSH'), numberedFrames(0, total)]), () => (flushed = true));
    });
    const probe = startProbe(program, { Role: 'PULL', Port: peer.port, Count: total, Size: bodySize, HoldMs: 1_500 });
    await probe.printed('OPEN');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(flushed).toBe(false);
    expect(await probe.result()).toMatchObject({ received: total, wrong: 0, sessions: 1, ends: [] });
  });

  it('is not there is asked for with growing, varying waits', { timeout: 30_000 }, async () => {
    const tries: number[] = [];
    const peer = await peers.start(({ socket }) => {
      tries.push(performance.now());
      socket.destroy();
    });
    await startProbe(program, { Role: 'PULL', Port: peer.port, Count: 1, RunMs: 6_000 }).result();
    const waits = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
    waits.forEach((wait, index) => {
      const longest = Math.min(250 * 2 ** index, 8_000);
      expect(wait).toBeGreaterThanOrEqual(longest / 2 - 20);
      expect(wait).toBeLessThan(longest + 150);
    });
    expect(waits.length).toBeGreaterThanOrEqual(4);
  });

  it.each([
    [
      { SOCKET_REFUSED: 'all' },
      /^The terminal does not allow 127\.0\.0\.1:1 \(error 4014\): in Tools, Options, Expert Advisors add it/,
    ],
    [{}, /^Nothing answers at 127\.0\.0\.1:1 \(error 5272\): start the program there, or correct host and port\.$/],
  ])('can not be reached: %j', async (switches, reason) => {
    const probe = startProbe(program, { Role: 'PULL', Port: 1, Count: 1 }, switches);
    await probe.printed('ENDED');
    expect((await probe.stop()).ends[0]).toMatch(reason);
  });
});
