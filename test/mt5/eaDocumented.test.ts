import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { run, type Running } from '../support/processes.ts';
import { until } from '../support/until.ts';
import { compileEa, startEa } from './deskEa.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import { dealsIn } from './tradeShell.ts';

// The compiled EA with a backend in Python that knows the documented messages alone, over each pattern of sockets.

const running: Running[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

interface Heard {
  on: 'telemetry' | 'feedback';
  said: Record<string, unknown>;
}

const signal = (changes: Record<string, unknown>): string =>
  JSON.stringify({
    ...{ type: 'signal', action: 'buy', symbol: 'EURUSD', lot: 0.1, tp: 1_000, sl: 500, signal_id: 'VENOM_001' },
    ...changes,
  });

describe.skipIf(skipsWithoutCompiler())('the EA with a documented backend', { timeout: 120_000 }, () => {
  beforeAll(compileEa, 120_000);

  it.each([
    ['push', 'shared', {}],
    ['pub', 'port', { Commands: 1, Feedback: 1 }],
    ['push', 'req', { Feedback: 2 }],
  ] as const)(
    'commands by %s and feedback %s: it trades, and tells it in the documented form',
    async (commands, feedback, inputs) => {
      const signals = [
        signal({}),
        signal({ signal_id: 'VENOM_002', action: 'sell', sl: 0, tp: 0 }),
        signal({ signal_id: 'VENOM_003', lot: 0.015 }),
        signal({}),
        signal({ signal_id: 'VENOM_004', action: 'close_all', symbol: 'ALL', lot: 0.01, sl: 0, tp: 0 }),
      ];
      const backend = run(['test/peers/documentedBackend.py', commands, feedback, ...signals], {
        program: '/usr/bin/python3',
      });
      running.push(backend);
      const lines = (): string[] => backend.output.stdout.trim().split('\n');
      await until(() => backend.output.stdout.includes('\n'), 'the backend is bound');
      const ports = JSON.parse(lines()[0] ?? '') as Record<string, number>;
      const ea = await startEa(
        {
          command: `tcp://127.0.0.1:${String(ports['command'])}`,
          telemetry: `tcp://127.0.0.1:${String(ports['telemetry'])}`,
        },
        { inputs: { Backend: 1, FeedbackPort: ports['feedback'] ?? 0, ...inputs } },
      );
      running.push(ea);
      await ea.printed('Connected to backend controller');
      expect(await backend.finished).toMatchObject({ code: 0 });
      const heard = lines()
        .slice(1)
        .map((line) => JSON.parse(line) as Heard);
      const told = heard.filter(({ said }) => said['type'] === 'trade_result' || said['type'] === 'error');
      expect(told.map(({ on }) => on)).toEqual(told.map(() => (feedback === 'shared' ? 'telemetry' : 'feedback')));
      expect(told.map(({ said }) => said)).toMatchObject([
        {
          type: 'trade_result',
          signal_id: 'VENOM_001',
          status: 'success',
          ticket: expect.any(Number) as number,
          price: 1.1001,
        },
        { type: 'trade_result', signal_id: 'VENOM_002', status: 'success', price: 1.1 },
        { type: 'error', signal_id: 'VENOM_003', code: 'lot' },
        // The same signal again trades nothing, and hears of its first result.
        { type: 'trade_result', signal_id: 'VENOM_001', repeat: true },
        { type: 'trade_result', signal_id: 'VENOM_004', status: 'success', message: 'Closed 2 of 2' },
      ]);
      const types = heard.map(({ said }) => said['type']);
      const documented = ['error', 'pong', 'status', 'status_report', 'telemetry', 'tick', 'trade_result'];
      expect(types.filter((type) => !documented.includes(String(type)))).toEqual([]);
      expect(heard.find(({ said }) => said['type'] === 'telemetry')?.said).toMatchObject({
        ...{ uuid: 'EA-1', balance: 10_000, equity: 10_000, margin: 0, account: 555_111 },
      });
      expect(dealsIn(ea.folder).map(({ entry }) => entry)).toEqual([0, 0, 1, 1]);
    },
  );
});
