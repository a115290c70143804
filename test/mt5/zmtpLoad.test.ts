import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Pull, Push, Router } from 'zeromq';
import { say, timeLimit, times } from '../torture/faults.ts';
import { compileMql5 } from './compile.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import { memoryOf, startTerminal, type Terminal } from './terminal.ts';

// Three sockets of Zmtp.mqh under load, as an EA has them: how long a step of the timer takes, and how much memory a million
// messages leave behind.

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

interface Load {
  Total: number;
  TimerMs: number;
  PerStep: number;
  /** Commands a second; without it as many as go. */
  rate?: number;
}

interface Counted {
  terminal: Terminal;
  /** Telemetry that came, and what of it was not the next. */
  came: { count: number; wrong: number };
}

async function bound<T extends Pull | Push | Router>(socket: T): Promise<{ socket: T; port: number }> {
  closing.push(() => {
    socket.close();
  });
  await socket.bind('tcp://127.0.0.1:*');
  return { socket, port: Number(socket.lastEndpoint?.split(':').at(-1)) };
}

async function startLoad(program: string, { Total, TimerMs, PerStep, rate }: Load): Promise<Counted> {
  const options = { linger: 0, heartbeatInterval: 200, heartbeatTimeout: 5_000 };
  const commands = await bound(new Push(options));
  const telemetry = await bound(new Pull(options));
  const feedback = await bound(new Router({ linger: 0 }));
  const came = { count: 0, wrong: 0 };
  const stopped = (): undefined => undefined;
  const pad = 'x'.repeat(60);
  void (async () => {
    for (let n = 0; n < Total; n += 1) {
      await commands.socket.send(`{"type":"signal","n":${String(n)},"pad":"${pad}"}`);
      if (rate !== undefined && n % 20 === 19) await wait(20_000 / rate);
    }
  })().catch(stopped);
  void (async () => {
    for await (const [body] of telemetry.socket) {
      const { n } = JSON.parse(body?.toString() ?? '') as { n: number };
      came.wrong += n === came.count ? 0 : 1;
      came.count += 1;
    }
  })().catch(stopped);
  void (async () => {
    for await (const [peer, empty, body] of feedback.socket) {
      JSON.parse(body?.toString() ?? '');
      await feedback.socket.send([peer ?? '', empty ?? '', '{"type":"ack"}']);
    }
  })().catch(stopped);
  const inputs = { CommandPort: commands.port, TelemetryPort: telemetry.port, FeedbackPort: feedback.port };
  const terminal = startTerminal(program, {
    inputs: { ...inputs, Total, TimerMs, PerStep, Told: Math.round(Total / 10) },
    switches: { MAX_MS: 3_000_000 },
  });
  return { terminal, came };
}

async function resultOf({ terminal }: Counted): Promise<Record<string, number>> {
  const { stdout, stderr } = await terminal.finished;
  expect(stderr).toBe('');
  const line = /^RESULT (.+)$/m.exec(stdout)?.[1] ?? '';
  const figures = line.split(' ').map((each): [string, number] => {
    const [name = '', value] = each.split('=');
    return [name, Number(value)];
  });
  return Object.fromEntries(figures);
}

describe.skipIf(skipsWithoutCompiler())('three sockets of Zmtp.mqh', () => {
  let program: string;
  beforeAll(async () => {
    program = await compileMql5(join(import.meta.dirname, 'programs', 'LinkLoad.mq5'));
  }, 600_000);

  // Another program that has the processor in the middle of a step counts as the step's time.
  it(
    'take 5 ms of a step at most at a thousand messages a second each way',
    { retry: 3, timeout: timeLimit(1, 120_000) },
    async () => {
      const Total = times(4_000, 60_000);
      const load = await startLoad(program, { Total, TimerMs: 20, PerStep: 20, rate: 1_000 });
      const result = await resultOf(load);
      expect(result).toMatchObject({ in: Total, out: Total, wrong: 0, sessions: 3 });
      say(`Zmtp.mqh, three sockets, ${String(Total)} messages each way at 1,000 a second: ${JSON.stringify(result)}`);
      expect(result['p99us']).toBeLessThanOrEqual(5_000);
    },
  );

  it('leave no memory behind', { timeout: timeLimit(1, 120_000) }, async () => {
    const Total = times(50_000, 500_000);
    const load = await startLoad(program, { Total, TimerMs: 10, PerStep: 1_000 });
    const memory: number[] = [];
    for (let tenth = 1; tenth <= 9; tenth += 1) {
      await load.terminal.printed(`IN ${String((Total / 10) * tenth)}`, 3_000_000);
      memory.push(memoryOf(load.terminal.child.pid ?? 0));
    }
    const result = await resultOf(load);
    expect(result).toMatchObject({ in: Total, out: Total, wrong: 0, sessions: 3 });
    const [first = 0] = memory.slice(2);
    const last = memory.at(-1) ?? 0;
    say(
      `Zmtp.mqh, ${String(2 * Total)} messages: memory after each tenth ${memory.join(', ')} KiB; ${JSON.stringify(result)}`,
    );
    expect(last - first).toBeLessThan(1_024);
    expect(load.came).toEqual({ count: Total, wrong: 0 });
  });
});
