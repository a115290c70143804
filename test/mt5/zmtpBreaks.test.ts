import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { command, frame, greeting, ready } from '../support/zmtpConnection.ts';
import { say, timeLimit, times } from '../torture/faults.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import { bodySize, handshake, numberedFrames, numbersIn, onSeveral, peerTypes, range, RawPeers } from './rawPeer.ts';
import { compileProbe, fates, startProbe } from './zmtpProbe.ts';

// Connections of Zmtp.mqh that break off after any of their bytes. Under the sanitizers: what they find ends the probe with an
// error.

const peers = new RawPeers();
afterEach(() => {
  peers.close();
});

/** A long frame and a short one. */
const first = 10;
const count = 2;
const streamOf = (type: string): Buffer => Buffer.concat([handshake(type), numberedFrames(first, count)]);
const handshakeSize = handshake('PUSH').length;
/** How many of the messages lie within so many bytes of the stream. */
const wholeIn = (bytes: number): number =>
  range(count).filter((index) => handshakeSize + numberedFrames(first, index + 1).length <= bytes).length;

describe.skipIf(skipsWithoutCompiler())('Zmtp.mqh', () => {
  let program: string;
  beforeAll(async () => {
    program = await compileProbe(true);
  }, 600_000);

  const breaks = [
    ['closes', 'PULL', times(1, 1)],
    ['closes', 'SUB', times(7, 1)],
    ['resets', 'PULL', times(7, 1)],
  ] as const;
  const limit = { timeout: timeLimit(500, 300) };

  it.each(breaks)('reads no half message where the peer %s the connection of a %s', limit, async (way, role, step) => {
    const stream = streamOf(peerTypes[role]);
    const cuts = range(stream.length).filter((cut) => cut % step === 0);
    await onSeveral(cuts, async (cut) => {
      const whole = wholeIn(cut);
      const peer = await peers.start(({ socket }, index) => {
        const said = stream.subarray(0, cut);
        if (index > 0) socket.write(Buffer.concat([handshake(peerTypes[role]), numberedFrames(first + whole, count)]));
        else if (way === 'closes') socket.end(said);
        else socket.write(said, () => setTimeout(() => socket.resetAndDestroy(), 5));
      });
      const Count = first + whole + count;
      const probe = startProbe(program, { Role: role, Port: peer.port, Count, Size: bodySize });
      const { wrong, got, received, ends } = await probe.result();
      expect({ cut, wrong, got }).toEqual({ cut, wrong: 0, got: Count });
      // Bytes that a reset overtakes are lost with it.
      if (way === 'closes') expect({ cut, received }).toEqual({ cut, received: whole + count });
      // On a busy machine a reset can also come before the program has seen that it was connected.
      const early = way === 'resets' ? '|^Nothing answers' : '';
      expect(ends[0]).toMatch(new RegExp(`^The peer closed the connection|^The connection broke${early}`));
    });
    const bytes = `any of ${String(cuts.length)} of its ${String(stream.length)} bytes`;
    say(`Zmtp.mqh: a peer ${way} a connection of ${role} after ${bytes}: each recovered, 0 half messages`);
  });

  it('knows which messages have left where the peer resets the connection', limit, async () => {
    const messages = 9;
    const end = greeting.length + frame(command, ready('PUSH')).length + numberedFrames(0, messages).length;
    const cuts = range(end).filter((cut) => cut > 0 && cut % times(7, 1) === 0);
    await onSeveral(cuts, async (cut) => {
      const peer = await peers.start((connection, index) => {
        const { socket } = connection;
        socket.write(handshake('PULL'));
        if (index === 0) socket.on('data', () => connection.received().length >= cut && socket.resetAndDestroy());
      });
      const inputs = { Role: 'PUSH', Port: peer.port, Count: messages, Size: bodySize, Sends: 0, Burst: 1 } as const;
      const { fates: each } = await startProbe(program, inputs, { SOCKET_PARTIAL: 1 }).result();
      const seen = peer.connections.flatMap(numbersIn);
      expect({ cut, seen }).toEqual({ cut, seen: [...new Set(seen)] });
      for (const number of range(messages)) {
        // What was dropped is whole nowhere; what is whole somewhere was handed over.
        const expected = seen.includes(number) ? [fates.handed] : [fates.handed, fates.dropped];
        expect({ cut, number, expected, fate: each[number] }).toSatisfy(() => expected.includes(each[number] ?? 0));
      }
    });
    say(
      `Zmtp.mqh: a peer resets a PUSH after any of ${String(cuts.length)} of ${String(end)} bytes: each message is accounted for`,
    );
  });
});
