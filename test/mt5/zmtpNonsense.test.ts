import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/paper/random.ts';
import { command, frame, greeting, more, ready } from '../support/zmtpConnection.ts';
import { say, timeLimit, times } from '../torture/faults.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import {
  answer,
  bodySize,
  commandFrame,
  greetingWith,
  handshake,
  numberedFrames,
  onSeveral,
  peerTypes,
  range,
  RawPeers,
} from './rawPeer.ts';
import { compileProbe, numberedBody, startProbe, type ProbeInputs } from './zmtpProbe.ts';

// Peers of Zmtp.mqh that say what is not ZMTP, or not for this kind of socket: the connection ends with a reason in words. Under the
// sanitizers: what they find ends the probe with an error.

const peers = new RawPeers();
afterAll(() => {
  peers.close();
});

describe.skipIf(skipsWithoutCompiler())('Zmtp.mqh and a peer that', { concurrent: true }, () => {
  let program: string;
  beforeAll(async () => {
    program = await compileProbe(true);
  }, 600_000);

  interface Nonsense {
    role?: ProbeInputs['Role'];
    says: Buffer;
    reason: string | RegExp;
  }
  const ofRole = (role: keyof typeof peerTypes, ...parts: Buffer[]): { role: typeof role; says: Buffer } => ({
    role,
    says: Buffer.concat([handshake(peerTypes[role]), ...parts]),
  });
  const body = numberedBody(0, 0);
  const nonsense: Record<string, Nonsense> = {
    'is a web server': {
      says: Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'),
      reason: 'What answers does not speak ZMTP: another program may listen on this port.',
    },
    'has a wrong signature': { says: greetingWith({ 9: 0x7e }), reason: /does not speak ZMTP/ },
    'is of ZMTP 2.0': {
      says: greetingWith({ 10: 1 }).subarray(0, 12),
      reason: /older than 3\.0: it needs libzmq 4\.0/,
    },
    'asks for CURVE': {
      says: Buffer.concat([greetingWith({}).subarray(0, 12), Buffer.from('CURVE'.padEnd(20, '\0')), Buffer.alloc(32)]),
      reason: 'The peer asks for security (CURVE): this program speaks the mechanism NULL only.',
    },
    'is of another type': {
      says: handshake('DEALER'),
      reason: /is a DEALER socket, but a PULL needs a PUSH: check port and pattern\.$/,
    },
    'names no type': {
      says: Buffer.concat([greeting, commandFrame('READY', '\x08Identity\0\0\0\x01a')]),
      reason: "The peer's READY names no socket type.",
    },
    'has a READY that is cut off': {
      says: Buffer.concat([greeting, commandFrame('READY', '\x0bSocket-Type\0\0\0\x05PUSH')]),
      reason: /names no socket type/,
    },
    'has a READY without an end': {
      says: Buffer.concat([greeting, commandFrame('READY', '\x0bSocket-Type\xff\xff\xff\xff')]),
      reason: /names no socket type/,
    },
    'says READY twice': { ...ofRole('PULL', frame(command, ready('PUSH'))), reason: 'The peer sent READY twice.' },
    'says another command before READY': {
      says: Buffer.concat([greeting, commandFrame('PING', '\0\0')]),
      reason: 'The peer sent another command where its READY was due.',
    },
    'sends a message before READY': {
      says: Buffer.concat([greeting, frame(0, body)]),
      reason: 'The peer sent a message where its READY was due.',
    },
    'sends a large READY': {
      says: Buffer.concat([greeting, frame(command, Buffer.alloc(4_097))]),
      reason: 'A frame is larger than the limit of 4096 bytes.',
    },
    refuses: {
      says: Buffer.concat([greeting, commandFrame('ERROR', '\x0cInvalid user')]),
      reason: 'The peer refuses this connection: ERROR "Invalid user".',
    },
    'refuses with a reason that is cut off': {
      says: Buffer.concat([greeting, commandFrame('ERROR', '\xffno\n')]),
      reason: 'The peer refuses this connection: ERROR "no?".',
    },
    'refuses without a reason': { says: Buffer.concat([greeting, commandFrame('ERROR')]), reason: /ERROR ""\.$/ },
    'refuses later': { ...ofRole('PULL', commandFrame('ERROR', '\x03bad')), reason: /ERROR "bad"\.$/ },
    'sends a message of two frames': {
      ...ofRole('PULL', frame(more, body), frame(0, body)),
      reason: 'A message of several frames came where one frame is expected.',
    },
    'publishes two frames': {
      ...ofRole('SUB', frame(more, body), frame(0, body)),
      reason: /several frames/,
    },
    'sends unknown flags': {
      ...ofRole('PULL', Buffer.from([8, 0])),
      reason: 'A frame has the flags 8, which ZMTP does not know.',
    },
    'sends a command of several frames': { ...ofRole('PULL', frame(command | more, body)), reason: /the flags 5,/ },
    'sends a frame above the limit': {
      ...ofRole('PULL', frame(0, Buffer.alloc(262_145))),
      reason: 'A frame is larger than the limit of 262144 bytes.',
    },
    'announces a frame of 2^63 bytes': {
      ...ofRole('PULL', Buffer.from([2, 0x80, 0, 0, 0, 0, 0, 0, 0])),
      reason: /larger than the limit/,
    },
    'sends a PING without a time to live': {
      ...ofRole('PULL', commandFrame('PING', '\0')),
      reason: 'A PING of the peer has 6 bytes, which ZMTP does not allow.',
    },
    'sends a PING with a long context': {
      ...ofRole('PULL', commandFrame('PING', Buffer.alloc(19))),
      reason: /^A PING of the peer has 24 bytes/,
    },
    'answers a PUSH': {
      ...ofRole('PUSH', frame(0, body)),
      reason: 'The peer sent a message, but a PULL socket sends none.',
    },
    'replies to nothing': {
      ...ofRole('REQ', frame(more, Buffer.alloc(0)), frame(0, body)),
      reason: 'A reply came, but no request was out.',
    },
    'closes at once': {
      says: Buffer.alloc(0),
      reason: /^The peer closed the connection before the handshake was done: check port and pattern/,
    },
  };

  it.each(Object.entries(nonsense))('%s', async (_, { role = 'PULL', says, reason }) => {
    const peer = await peers.start(({ socket }) => socket.end(says));
    const probe = startProbe(program, { Role: role, Port: peer.port, RunMs: 20_000 });
    await probe.printed('ENDED');
    const { ends, wrong, received } = await probe.stop();
    expect({ wrong, received }).toEqual({ wrong: 0, received: 0 });
    if (typeof reason === 'string') expect(ends[0]).toBe(reason);
    else expect(ends[0]).toMatch(reason);
  });

  it('says anything at all is recovered from', { timeout: timeLimit(times(60, 5_000), 300) }, async () => {
    const seeds = range(times(60, 5_000));
    const reasons = new Set<string>();
    await onSeveral(seeds, async (seed) => {
      const role = (['PULL', 'SUB', 'PUSH', 'REQ'] as const)[seed % 4] ?? 'PULL';
      const peer = await peers.start((connection, index) => {
        const { socket } = connection;
        if (index === 0)
          socket.end(mutated(seed, handshake(peerTypes[role]), commandFrame('PING', '\0\0'), numberedFrames(0, 3)));
        else if (role === 'REQ') answer(connection, () => [frame(more, Buffer.alloc(0)), numberedFrames(0, 1)]);
        if (index > 0) socket.write(handshake(peerTypes[role]));
        if (index > 0 && (role === 'PULL' || role === 'SUB')) socket.write(numberedFrames(3, 1));
      });
      const count = role === 'REQ' ? 1 : 4;
      const probe = startProbe(program, {
        Role: role,
        Port: peer.port,
        Count: count,
        Size: bodySize,
        Sends: 0,
        LimitMs: 20_000,
      });
      const { ms, ends } = await probe.result();
      expect({ seed, isDone: ms < 20_000 }).toEqual({ seed, isDone: true });
      for (const end of ends) reasons.add(end.replaceAll(/\d+/g, 'n'));
    });
    say(
      `Zmtp.mqh and mutated bytes: ${String(seeds.length)} streams, 0 crashes, each recovered, ${String(reasons.size)} reasons`,
    );
    expect(reasons.size).toBeGreaterThan(3);
  });
});

/** The bytes with a few of them turned, left out, doubled or put in. */
function mutated(seed: number, ...parts: Buffer[]): Buffer {
  const random = seededRandom(seed + 1);
  const pick = (below: number): number => Math.floor(random() * below);
  let bytes = Buffer.concat(parts);
  for (let times = 1 + pick(4); times > 0; times -= 1) {
    // Handshake and heads of frames are more worth it than bodies.
    const at = pick(random() < 0.7 ? Math.min(110, bytes.length) : bytes.length);
    const kind = pick(4);
    if (kind === 0) bytes[at] = pick(256);
    else {
      const middle =
        kind === 1 ? Buffer.from([pick(256)]) : kind === 2 ? bytes.subarray(at, at + pick(20)) : Buffer.alloc(0);
      bytes = Buffer.concat([bytes.subarray(0, at), middle, bytes.subarray(kind === 3 ? at + 1 + pick(10) : at)]);
    }
  }
  return bytes;
}
