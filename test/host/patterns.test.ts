import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Pull, Push, Request } from 'zeromq';
import { afterEach, describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/orders/order.ts';
import { startPaper, startServe, type Finished, type Running } from '../support/processes.ts';
import { exitCodes } from '../../src/host/cli/exitCodes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';

const running: Running[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

const ends = ['--command-pattern', 'pub', '--feedback-pattern', 'req'];

/** A desk of its own folder and the paper EA, each with its flags. */
async function fireOnce(config: object, deskFlags: string[], paperFlags: string[]): Promise<Order> {
  const { path } = tempDir();
  writeFileSync(join(path, 'config.json'), JSON.stringify({ bridge: config }));
  const serving = await startServe(['--armed', ...deskFlags], path);
  running.push(serving, startPaper(serving.bridge(), ...paperFlags));
  await until(async () => (await serving.cli('status')).stdout.split(' live (').length === 4, 'all lamps are live');
  const order = ['--symbol', 'XAUUSD', '--action', 'buy', '--lot', '0.1', '--sl', '2000', '--tp', '4000', '--json'];
  for (;;) {
    const fired = JSON.parse((await serving.cli('fire', ...order)).stdout) as Order;
    // The machine stood still while it was written down.
    if (fired.refusal?.code !== 'expired') return fired;
  }
}

describe('the socket patterns of a bridge', () => {
  it('are those of the flags', async () => {
    const order = await fireOnce({}, [...ends, '--feedback-port', '0'], ends);
    expect(order).toMatchObject({ state: 'filled', unverified: false, repeats: 0 });
  });

  it('are those of its settings', async () => {
    const order = await fireOnce({ commandPattern: 'pub', feedbackPattern: 'req', feedbackPort: 0 }, [], ends);
    expect(order).toMatchObject({ state: 'filled', unverified: false, repeats: 0 });
  });

  it('are those of the flags where the two differ', async () => {
    const config = { commandPattern: 'pub', feedbackPattern: 'req', feedbackPort: 0 };
    const order = await fireOnce(config, ['--command-pattern', 'push', '--feedback-pattern', 'push'], []);
    expect(order).toMatchObject({ state: 'filled' });
  });
});

describe('a REQ whose frame holds several results', () => {
  it('gets one reply that acknowledges each, and goes on', async () => {
    const serving = await startServe(['--armed', '--feedback-pattern', 'req', '--feedback-port', '0']);
    const { command, telemetry, feedback } = serving.bridge();
    const [pull, push] = [new Pull(), new Push({ linger: 0 })];
    const req = new Request({ linger: 0, receiveTimeout: 5_000 });
    pull.connect(command);
    push.connect(telemetry);
    req.connect(feedback);
    const figures = '{"type":"telemetry","uuid":"u","balance":100,"equity":100,"margin":0,"positions":1}';
    const telling = setInterval(() => void push.send(figures).catch(() => undefined), 200);
    const got: string[] = [];
    const reading = (async () => {
      for await (const [frame] of pull) {
        const text = String(frame);
        if (text.includes('"type":"ping"')) await push.send('{"type":"pong"}').catch(() => undefined);
        if (text.includes('"type":"signal"')) got.push(text);
      }
    })();
    try {
      await until(async () => (await serving.cli('status')).stdout.split(' live (').length >= 3, 'the EA is live');
      const buy = ['fire', '--symbol', 'XAUUSD', '--action', 'buy', '--no-sl', '--id', 'A', '--wait', '20'];
      // The EA is known as live a moment before an order may leave, and a machine that stands still keeps one here.
      const buyOnce = async (): Promise<Finished> => {
        const done = await serving.cli(...buy);
        return done.code === exitCodes.refused ? buyOnce() : done;
      };
      const fired = buyOnce();
      await until(() => got.length === 1, 'the buy is there');
      const closed = serving.cli('fire', '--symbol', 'EURUSD', '--action', 'close', '--id', 'B', '--wait', '20');
      await until(() => got.length === 2, 'the close is there');
      const filled = '{"type":"trade_result","signal_id":"A","status":"success","ticket":7,"price":1.5}';
      const failed = '{"type":"error","signal_id":"B","error":"Invalid signal parameters"}';
      await req.send(`${filled}${failed}`);
      const [reply] = await req.receive();
      expect(String(reply)).toBe('{"type":"ack","signal_id":"A"}\n{"type":"ack","signal_id":"B"}');
      expect((await fired).code).toBe(0);
      expect((await closed).code).toBe(3);
      // Said again, as after a reply that was lost.
      await req.send(`${failed}\n${filled}`);
      expect(String((await req.receive())[0])).toBe('{"type":"ack","signal_id":"B"}\n{"type":"ack","signal_id":"A"}');
      await req.send(filled);
      expect(String((await req.receive())[0])).toBe('{"type":"ack","signal_id":"A"}');
    } finally {
      clearInterval(telling);
      for (const socket of [pull, push, req]) socket.close();
      await reading.catch(() => undefined);
      await serving.end('SIGKILL');
    }
  });
});
