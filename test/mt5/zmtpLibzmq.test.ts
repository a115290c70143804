import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { python } from '../support/pythonPeer.ts';
import { say, timeLimit, times } from '../torture/faults.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import { startNodePeer, startPythonPeer, type Peer, type PeerOptions, type PeerType } from './libzmqPeers.ts';
import { compileProbe, fates, startProbe, type ProbeInputs } from './zmtpProbe.ts';

// Zmtp.mqh against libzmq: every message of every pattern arrives once, whole and in order.

if (python === null) process.stderr.write('skipped: no Python with pyzmq for the peers of Zmtp.mqh\n');

const count = times(5_000, 100_000);
/** A request and its reply take two steps at least. */
const requests = times(500, 100_000);
const left: Peer[] = [];
afterEach(() => {
  for (const peer of left.splice(0)) peer.close();
});

async function startPeer(library: 'pyzmq' | 'zeromq.js', type: PeerType, options: PeerOptions): Promise<Peer> {
  const peer = await (library === 'pyzmq' ? startPythonPeer : startNodePeer)(type, options);
  left.push(peer);
  return peer;
}

const patterns: [ProbeInputs['Role'], PeerType][] = [
  ['PUSH', 'PULL'],
  ['PULL', 'PUSH'],
  ['SUB', 'XPUB'],
  ['REQ', 'REP'],
  ['REQ', 'ROUTER'],
];

interface Exchange extends PeerOptions {
  inputs?: Partial<ProbeInputs>;
  switches?: Record<string, number>;
}

/** Runs both sides until all has been sent and received, and expects that nothing is lost, doubled or wrong. */
async function exchange(
  program: string,
  library: 'pyzmq' | 'zeromq.js',
  [role, type]: [ProbeInputs['Role'], PeerType],
  { inputs = {}, switches = {}, ...options }: Exchange,
): Promise<void> {
  const { count: messages, size = 150, large = 0, topic = '' } = options;
  const peer = await startPeer(library, type, options);
  const probe = startProbe(
    program,
    {
      Role: role,
      Port: peer.port,
      Count: messages,
      Size: size,
      Large: large,
      Topic: topic,
      LimitMs: 3_000_000,
      ...inputs,
    },
    switches,
  );
  // A PUSH has handed over its last message before the peer has read it.
  const theirs = role === 'PUSH' ? await peer.result() : null;
  const ours = await probe.result();
  if (role === 'PUSH') {
    expect(theirs).toEqual({ got: messages, wrong: 0 });
    expect(ours.fates).toEqual(Array(messages).fill(fates.handed));
  } else {
    expect(ours).toMatchObject({ received: messages, got: messages, wrong: 0 });
    expect(await peer.result()).toEqual({ got: messages, wrong: 0 });
  }
  expect(ours).toMatchObject({ sessions: 1, dropped: 0, asked: role === 'REQ' ? messages : 0 });
  say(
    `Zmtp.mqh ${role} with ${type} of ${library}, ${JSON.stringify({ ...inputs, ...switches })}: ` +
      `${String(messages)} messages, 0 lost, 0 wrong, ${String(ours.ms)} ms, step p99 ${String(ours.p99us)} us`,
  );
}

describe.skipIf(skipsWithoutCompiler())('Zmtp.mqh and libzmq', () => {
  let plain: string;
  let sanitized: string;
  beforeAll(async () => {
    plain = await compileProbe(false);
    sanitized = await compileProbe(true);
  }, 600_000);

  describe.skipIf(python === null).each(patterns)('%s with %s of pyzmq', (...pattern) => {
    it('loses and changes nothing', { timeout: timeLimit(count, 10) }, async () => {
      const messages = pattern[0] === 'REQ' ? requests : count;
      await exchange(plain, 'pyzmq', pattern, { count: messages, large: 70_000, heartbeats: true });
    });
    it('holds under the sanitizers', { timeout: timeLimit(count, 20) }, async () => {
      const messages = pattern[0] === 'REQ' ? requests : count;
      await exchange(sanitized, 'pyzmq', pattern, { count: messages, large: 200_000 });
    });
  });

  describe.each(patterns)('%s with %s of zeromq.js', (...pattern) => {
    it('loses and changes nothing', { timeout: timeLimit(count, 10) }, async () => {
      const messages = pattern[0] === 'REQ' ? requests : count;
      await exchange(plain, 'zeromq.js', pattern, { count: messages, heartbeats: true });
    });
  });

  describe.skipIf(python === null)('over a socket with traps', { timeout: timeLimit(count, 20) }, () => {
    it('receives byte by byte', async () => {
      await exchange(plain, 'pyzmq', ['PULL', 'PUSH'], { count, size: 60, switches: { SOCKET_FRAGMENT: 1 } });
    });
    it('sends byte by byte', async () => {
      await exchange(plain, 'pyzmq', ['PUSH', 'PULL'], { count, size: 20, switches: { SOCKET_PARTIAL: 1 } });
    });
    it('is told of bytes that are not there', async () => {
      const switches = { SOCKET_PHANTOM: 1, SOCKET_LATE_CLOSE: 1 };
      await exchange(plain, 'pyzmq', ['PULL', 'PUSH'], { count, heartbeats: true, switches });
      await exchange(plain, 'pyzmq', ['REQ', 'ROUTER'], { count: requests, switches });
    });
    it('does all of it under the sanitizers', async () => {
      const switches = { SOCKET_FRAGMENT: 3, SOCKET_PARTIAL: 7, SOCKET_PHANTOM: 1 };
      for (const pattern of patterns) {
        await exchange(sanitized, 'pyzmq', pattern, { count: Math.round(count / 20), size: 60, switches });
      }
    });
  });

  it.skipIf(python === null)('receives only its topic, as XPUB and PUB send it', async () => {
    await exchange(plain, 'pyzmq', ['SUB', 'XPUB'], { count: 500, topic: 'EA_7 ' });
    await exchange(plain, 'zeromq.js', ['SUB', 'XPUB'], { count: 500, topic: 'EA_7 ' });
  });

  it.skipIf(python === null)('says that it was refused, and waits long before it tries again', async () => {
    const peer = await startPeer('pyzmq', 'PULL', { count: 1, zap: '400' });
    const probe = startProbe(plain, { Role: 'PUSH', Port: peer.port, Count: 1, RunMs: 3_500 });
    const { ends, sessions } = await probe.result();
    expect({ ends, sessions }).toEqual({
      ends: ['The peer refuses this connection: ERROR "400".'],
      sessions: 0,
    });
  });

  it.skipIf(python === null)('gives a handshake up that never ends', async () => {
    const peer = await startPeer('pyzmq', 'PULL', { count: 1, zap: '300' });
    const probe = startProbe(plain, { Role: 'PUSH', Port: peer.port, Count: 1, RunMs: 6_500 });
    const { ends, sessions } = await probe.result();
    expect(sessions).toBe(0);
    // libzmq closes the connection, or leaves it open and says nothing.
    for (const end of ends)
      expect(end).toMatch(/^The peer (did not finish the handshake within 5000 ms|closed the connection before)/);
    expect(ends.length).toBeGreaterThan(0);
  });

  it.skipIf(python === null)('names the type of a peer that does not fit', async () => {
    const peer = await startPeer('pyzmq', 'PUB', { count: 0 });
    const probe = startProbe(plain, { Role: 'PULL', Port: peer.port, Count: 1, RunMs: 800 });
    const { ends, sessions } = await probe.result();
    expect(sessions).toBe(0);
    expect(ends[0]).toContain(
      `127.0.0.1:${String(peer.port)} is a PUB socket, but a PULL needs a PUSH: check port and pattern.`,
    );
  });

  it(
    'connects to a peer that comes back on its port, and the peer misses only what was dropped',
    { timeout: 60_000 },
    async () => {
      const first = await startNodePeer('PULL', { count: 1_000_000 });
      const probe = startProbe(plain, {
        Role: 'PUSH',
        Port: first.port,
        Count: 3_000,
        Sends: 0,
        Burst: 5,
        RunMs: 6_000,
      });
      await probe.printed('OPEN 1');
      first.close();
      await probe.printed('ENDED');
      const second = await startNodePeer('PULL', { count: 1_000_000, port: first.port });
      left.push(second);
      await probe.printed('OPEN 2');
      const { sessions, fates: each, dropped } = await probe.result();
      expect(sessions).toBe(2);
      expect(each).toHaveLength(3_000);
      expect(new Set(each.slice(-1_000))).toEqual(new Set([fates.handed]));
      expect(each.filter((fate) => fate === fates.dropped)).toHaveLength(dropped);
    },
  );
});
