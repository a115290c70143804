import { afterEach, describe, expect, it } from 'vitest';
import { python } from '../support/pythonPeer.ts';
import { until } from '../support/until.ts';
import { Undos } from './appHarness.ts';
import { timeLimit } from './faults.ts';
import { report } from './linkHarness.ts';
import { openWithPeers } from './pythonDesk.ts';

const exchanges = 10_000;

const undos = new Undos();
afterEach(() => undos.all());

describe.skipIf(python === null)('REQ feedback (S8)', () => {
  it(
    'survives lost acknowledgements: each result is counted once',
    { timeout: timeLimit(exchanges, 100) },
    async () => {
      const { desk, join } = await openWithPeers(undos, { command: 'push', feedback: 'req', feedbackPort: 'own' });
      const peer = join('fill', '--lose', '0.3');
      const states: Record<string, number> = {};
      for (let exchange = 0; exchange < exchanges; exchange += 1) {
        await desk.ready();
        const order = await desk.outcome(await desk.fire({ signalId: `X${String(exchange)}` }));
        states[order.state] = (states[order.state] ?? 0) + 1;
      }
      const acked = (): string[] => peer.output.stdout.split('\n').filter((line) => line.startsWith('acked'));
      await until(() => acked().length === exchanges, 'every result is acknowledged');
      const resent = acked().reduce((sum, line) => sum + Number(line.split(' ')[2]) - 1, 0);
      const repeats = (): number => desk.ordersOf(0).reduce((sum, order) => sum + order.repeats, 0);
      await until(() => repeats() === resent, 'every repeat is counted');
      const alarmed = desk.alarms.filter(
        ({ code }) => code === 'repeated_feedback' || code === 'contradicted_feedback',
      );
      report('REQ feedback, 30 % of the acknowledgements lost', {
        exchanges,
        'results sent again': resent,
        states,
        alarms: alarmed.length,
      });
      expect(states).toEqual({ filled: exchanges });
      expect(resent).toBeGreaterThan(exchanges * 0.3);
      expect(new Set(acked().map((line) => line.split(' ')[1])).size).toBe(exchanges);
      expect(alarmed).toEqual([]);
    },
  );
});
