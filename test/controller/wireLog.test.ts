import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wireLimits } from '../../src/api/state/wireFrames.ts';
import { FrameLog, type WireEntry } from '../../src/controller/session/frameLog.ts';
import { bridgeBench } from '../support/bridgeBench.ts';

const entry: WireEntry = {
  channel: 'telemetry',
  direction: 'in',
  kind: 'tick',
  note: null,
  history: false,
  signalId: null,
};
const utf8 = new TextEncoder();
const texts = (log: FrameLog, after = 0) => log.page(after, wireLimits.frames).frames.map(({ text }) => text);

describe('the wire log', () => {
  it('gives back what travelled, in order and with all that is known of it', () => {
    const log = new FrameLog(5);
    log.add(utf8.encode('{"type":"tick"}'), entry, 1_000);
    log.add(utf8.encode('{"type":"ping"}'), { ...entry, channel: 'command', direction: 'out', kind: 'ping' }, 1_001);
    expect(log.page(0, 10)).toEqual({
      began: 5,
      frames: [
        { ...entry, number: 1, at: 1_000, size: 15, text: '{"type":"tick"}', bytes: null, cut: false },
        {
          ...entry,
          number: 2,
          at: 1_001,
          channel: 'command',
          direction: 'out',
          kind: 'ping',
          size: 15,
          text: '{"type":"ping"}',
          bytes: null,
          cut: false,
        },
      ],
      dropped: 0,
      newest: 2,
    });
    expect(log.page(1, 10).frames).toMatchObject([{ number: 2 }]);
    expect(log.page(2, 10)).toEqual({ began: 5, frames: [], dropped: 0, newest: 2 });
    expect(log.page(7, 10)).toEqual({ began: 5, frames: [], dropped: 0, newest: 2 });
  });

  it('keeps so many frames, and says how many are missing', () => {
    const log = new FrameLog(5, 3);
    for (const text of ['a', 'b', 'c', 'd', 'e']) log.add(utf8.encode(text), entry, 0);
    expect(texts(log)).toEqual(['c', 'd', 'e']);
    expect(log.page(1, 1)).toMatchObject({ dropped: 1, newest: 5, frames: [{ number: 3 }] });
    expect(log.whole(2)).toBeNull();
    expect(log.whole(3)?.text).toBe('c');
    expect(log.whole(6)).toBeNull();
  });

  it('keeps as many bytes as it has room for', () => {
    const log = new FrameLog(5, 100, 10);
    for (const text of ['aaaa', 'bbbb', 'cccc', '', 'ddd']) log.add(utf8.encode(text), entry, 0);
    expect(texts(log)).toEqual(['cccc', '', 'ddd']);
    log.add(utf8.encode('0123456789'), entry, 0);
    expect(texts(log)).toEqual(['0123456789']);
  });

  it('shows the beginning of a long frame, cut between characters, and all of it when asked', () => {
    const log = new FrameLog(5);
    const long = `x${'é'.repeat(2_000)}`;
    log.add(utf8.encode(long), entry, 0);
    expect(log.page(0, 1).frames).toMatchObject([
      { size: 4_001, cut: true, bytes: null, text: `x${'é'.repeat(1_023)}` },
    ]);
    expect(log.whole(1)).toEqual({ text: long, bytes: null, cut: false });
  });

  it('says when even that is not all', () => {
    const log = new FrameLog(5, 10, 100);
    log.add(new Uint8Array(200).fill(0x61), entry, 0);
    expect(log.whole(1)).toEqual({ text: 'a'.repeat(100), bytes: null, cut: true });
  });

  it('adds the bytes where the text is not those bytes again', () => {
    const log = new FrameLog(5);
    log.add(Uint8Array.of(0xfc, 0x00), entry, 0);
    log.add(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0x00), entry, 0);
    expect(log.page(0, 2).frames).toMatchObject([
      { text: 'ü', bytes: 'fc00' },
      { text: '\ufeffa\0', bytes: null },
    ]);
  });

  it('answers with no more than a client can take at once', () => {
    const log = new FrameLog(5);
    for (let count = 0; count < 600; count += 1) log.add(new Uint8Array(1_500).fill(0x61), entry, 0);
    const { frames } = log.page(0, wireLimits.frames);
    expect(frames).toHaveLength(Math.floor(wireLimits.answerBytes / 1_500));
    expect(log.page(frames.length, 2).frames).toMatchObject([
      { number: frames.length + 1 },
      { number: frames.length + 2 },
    ]);
  });

  it('holds the newest frames byte for byte, whatever their sizes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 80 }), (frames) => {
        const log = new FrameLog(5, 12, 64);
        frames.forEach((frame) => {
          log.add(frame, entry, 0);
          const { frames: kept, newest, dropped } = log.page(0, wireLimits.frames);
          expect(kept.at(-1)?.number).toBe(newest);
          expect(dropped + kept.length).toBe(newest);
          expect(kept.length).toBeLessThanOrEqual(12);
        });
        for (const { number, text, bytes } of log.page(0, wireLimits.frames).frames) {
          const again = bytes === null ? utf8.encode(text) : Uint8Array.from(Buffer.from(bytes, 'hex'));
          expect(again).toEqual(frames[number - 1]);
        }
      }),
    );
  });
});

describe('the wire log of a bridge', () => {
  const rows = (bench: ReturnType<typeof bridgeBench>, after = 0) =>
    bench.controller.journal.wire({ bridge: 'main', after, limit: wireLimits.frames }).frames;

  /** @returns how many frames that took */
  const connected = async (bench: ReturnType<typeof bridgeBench>): Promise<number> => {
    bench.connect();
    // A frame is in the log once its socket has said that it took it.
    await setImmediate();
    return bench.controller.bridge('main').wire.count;
  };

  it('tells how each frame was read, and of which order it speaks', async () => {
    const bench = bridgeBench();
    const count = await connected(bench);
    await bench.fire({ signalId: 'ONE' });
    bench.link.says({ type: 'trade_result', signal_id: 'ONE', status: 'success', ticket: 1, price: 2 });
    bench.link.says({ type: 'error', signal_id: 'TWO', error: 'Market closed' });
    bench.link.says('{"type":"trade_result","signal_id":"ONE","message":"a "b" c"}');
    bench.link.says({ type: 'HEARTBEAT', balance: 1, equity: 1 });
    const told = rows(bench, count).map(({ direction, channel, kind, note, signalId, history }) => ({
      what: [direction, channel, kind, note].join(' '),
      signalId,
      history,
    }));
    expect(told).toEqual([
      { what: 'out command signal buy', signalId: 'ONE', history: false },
      { what: 'in telemetry trade_result filled', signalId: 'ONE', history: false },
      { what: 'in telemetry error rejected', signalId: 'TWO', history: false },
      {
        what: expect.stringMatching(/^in telemetry unreadable The frame is not valid JSON/) as string,
        signalId: 'ONE',
        history: false,
      },
      { what: 'in telemetry heartbeat ', signalId: null, history: false },
    ]);
    expect(bench.state().wireFrames).toBe(count + 5);
  });

  it('marks what was read as history', () => {
    const bench = bridgeBench();
    bench.link.join();
    bench.heartbeat();
    expect(rows(bench).filter(({ direction }) => direction === 'in')).toMatchObject([
      { kind: 'heartbeat', history: true },
    ]);
  });

  it('has no frame that no socket took', async () => {
    const bench = bridgeBench();
    const count = await connected(bench);
    bench.link.takes = false;
    await bench.fire();
    expect(rows(bench, count)).toEqual([]);
  });

  it('has the acknowledgements that were sent', async () => {
    const bench = bridgeBench();
    const count = await connected(bench);
    const replies: string[] = [];
    const frame = utf8.encode('{"type":"error","signal_id":"ONE","error":"x"}');
    bench.link.to.frame(frame, 'feedback', (text) => replies.push(text));
    bench.clock.advance(1_000);
    expect(replies).toEqual(['{"type":"ack","signal_id":"ONE"}']);
    expect(rows(bench, count)).toMatchObject([
      { direction: 'in', channel: 'feedback' },
      { direction: 'out', channel: 'feedback', kind: 'ack', signalId: 'ONE', text: replies[0] },
    ]);
  });
});
