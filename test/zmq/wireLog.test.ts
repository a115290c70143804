import { Context, Pull, Push, Request } from 'zeromq';
import { afterEach, describe, expect, it } from 'vitest';
import { wireLimits, type WireFrame } from '../../src/api/state/wireFrames.ts';
import type { FrameLog } from '../../src/controller/session/frameLog.ts';
import { memoryJournal } from '../../src/journal/memory/memoryJournal.ts';
import { seededRandom } from '../../src/paper/random.ts';
import type { FeedbackPattern } from '../../src/protocol/ea/socketPatterns.ts';
import { openBenchApp, type BenchApp } from '../bench/benchApp.ts';
import { until } from '../support/until.ts';
import { Undos } from '../torture/appHarness.ts';

const undos = new Undos();
afterEach(() => undos.all());

/** An EA that remembers every byte, as hexadecimal digits. */
interface Ea {
  sent: { telemetry: string[]; feedback: string[] };
  got: { command: string[]; feedback: string[] };
  say: (frame: Uint8Array) => Promise<void>;
}

function joinEa({ link }: BenchApp, pattern: FeedbackPattern): Ea {
  const context = new Context();
  context.blocky = false;
  const sent: Ea['sent'] = { telemetry: [], feedback: [] };
  const got: Ea['got'] = { command: [], feedback: [] };
  const command = new Pull({ context, linger: 0 });
  const telemetry = new Push({ context, linger: 0 });
  const request = new Request({ context, linger: 0 });
  undos.add(() => {
    for (const socket of [command, telemetry, request]) socket.close();
  });
  command.connect(link.endpoints.command);
  telemetry.connect(link.endpoints.telemetry);
  if (pattern === 'req') request.connect(link.endpoints.feedback);

  let last: Promise<unknown> = Promise.resolve();
  /** One after the other, as a socket takes them. */
  const say = (frame: Uint8Array): Promise<void> => {
    const said = last.then(async () => {
      sent.telemetry.push(Buffer.from(frame).toString('hex'));
      await telemetry.send(frame);
    });
    last = said;
    return said;
  };
  const report = async (text: string): Promise<void> => {
    if (pattern === 'push') return say(Buffer.from(text));
    sent.feedback.push(Buffer.from(text).toString('hex'));
    await request.send(text);
    for (const part of await request.receive()) got.feedback.push(part.toString('hex'));
  };
  const listen = async (): Promise<void> => {
    for await (const [frame] of command) {
      if (frame === undefined) continue;
      got.command.push(frame.toString('hex'));
      const { type, signal_id } = JSON.parse(frame.toString()) as { type: string; signal_id?: string };
      if (type === 'ping') await say(Buffer.from('{"type":"pong","timestamp":"x"}'));
      if (type === 'config') await say(Buffer.from('{"type":"status","status":"config","account":1,"server":"Demo"}'));
      if (type === 'signal') {
        await report(
          `{"type":"trade_result","signal_id":"${signal_id ?? ''}","status":"success","ticket":1,"price":2341.22}`,
        );
      }
    }
  };
  void listen();
  return { sent, got, say };
}

function everyFrame(wire: FrameLog): WireFrame[] {
  const frames: WireFrame[] = [];
  for (;;) {
    const page = wire.page(frames.at(-1)?.number ?? 0, wireLimits.frames);
    if (page.frames.length === 0) return frames;
    expect(page.dropped).toBe(0);
    frames.push(...page.frames);
  }
}

function logged(wire: FrameLog, direction: string, channel: string): string[] {
  return everyFrame(wire)
    .filter((frame) => frame.direction === direction && frame.channel === channel)
    .map(({ number }) => {
      const whole = wire.whole(number);
      return whole?.bytes ?? Buffer.from(whole?.text ?? 'lost').toString('hex');
    });
}

const random = seededRandom(5);
/** Frames of all sorts: text, bytes, nothing, longer than a row shows. */
const oddFrame = (): Uint8Array => {
  const size = [0, 1, 20, 200, 3_000, 40_000][Math.floor(random() * 6)] ?? 0;
  return random() < 0.5
    ? Uint8Array.from({ length: size }, () => Math.floor(random() * 256))
    : Buffer.from(`{"type":"tick","symbol":"EURUSD","bid":1.1,"ask":1.2,"x":"${'ü'.repeat(size)}"}`);
};

describe('every frame in and out of a session is in the wire log, byte for byte', () => {
  it.each(['push', 'req'] as const)('with feedback by %s', { timeout: 30_000 }, async (feedback) => {
    const app = await openBenchApp(memoryJournal(), { command: 'push', feedback });
    undos.add(() => app.stop());
    const ea = joinEa(app, feedback);
    const bridge = app.controller.bridge('main');
    await until(() => bridge.state().stream === 'current', 'the stream is current');
    for (let round = 1; round <= 20; round += 1) {
      for (let count = 0; count < 10; count += 1) await ea.say(oddFrame());
      // Figures and a price that are new, however slow the machine is.
      await ea.say(Buffer.from('{"type":"telemetry","uuid":"wire","balance":1000.00,"equity":1000.00,"margin":0.00}'));
      await ea.say(Buffer.from('{"type":"tick","symbol":"XAUUSD","bid":2341.1,"ask":2341.2,"spread":10}'));
      await until(() => bridge.state().obstacle === null, 'orders are taken');
      const signalId = `WIRE_${String(round)}`;
      const order = { bridge: 'main', action: 'buy', symbol: 'XAUUSD', lot: 0.1, sl: 20, tp: 40 } as const;
      await app.client.call('fire', { ...order, signalId, confirmed: [] });
      await until(
        () => app.controller.snapshot().state.orders.find((each) => each.signalId === signalId)?.state === 'filled',
        `${signalId} is filled`,
      );
    }
    const { wire } = bridge;
    const told = () => ea.got.command.length + ea.got.feedback.length;
    const said = () => ea.sent.telemetry.length + ea.sent.feedback.length;
    await until(() => ea.got.feedback.length === ea.sent.feedback.length, 'every result is acknowledged');
    await until(() => wire.count === said() + told(), 'all has arrived');
    expect(logged(wire, 'in', 'telemetry')).toEqual(ea.sent.telemetry);
    expect(logged(wire, 'in', 'feedback')).toEqual(ea.sent.feedback);
    expect(logged(wire, 'out', 'command')).toEqual(ea.got.command);
    expect(logged(wire, 'out', 'feedback')).toEqual(ea.got.feedback);
    expect(ea.got.command.length).toBeGreaterThan(20);
    expect(ea.got.feedback).toHaveLength(feedback === 'req' ? 20 : 0);
    const mine = everyFrame(wire).filter(({ signalId }) => signalId === 'WIRE_7');
    expect(mine.map(({ direction, kind, note }) => [direction, kind, note])).toEqual([
      ['out', 'signal', 'buy'],
      ['in', 'trade_result', 'filled'],
      ...(feedback === 'req' ? [['out', 'ack', null]] : []),
    ]);
  });
});
