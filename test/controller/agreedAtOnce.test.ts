import { expect, it } from 'vitest';
import { bridgeBench } from '../support/bridgeBench.ts';
import { openLimits } from '../support/openLimits.ts';

it('a fill that the last report of positions proves is not counted as one more', async () => {
  const bench = bridgeBench({ limits: { ...openLimits, openTrades: 3 } });
  bench.connect();
  await bench.fire({ signalId: 'A' });
  bench.link.says({ type: 'heartbeat', balance: 3_000, equity: 2_987.5, positions: 2 });
  bench.link.says({ type: 'trade_result', signal_id: 'A', status: 'success', ticket: 0, price: 0 });
  expect(bench.order('A').state).toBe('filled');
  expect((await bench.fire({ signalId: 'B', symbol: 'EURUSD' })).state).toBe('sent');
  await bench.controller.stop();
});
