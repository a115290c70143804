import { describe, expect, it } from 'vitest';
import { bridgeBench } from '../support/bridgeBench.ts';

describe('an error that nobody can read', () => {
  it.each([
    ['followed by nothing, is a no after a quiet minute', [], 'rejected'],
    ['followed by a time-out, is for a person to settle', ['Request timed out'], 'unknown'],
    [
      'followed by a time-out and by itself again, is a no after a quiet minute',
      ['Request timed out', 'Xyzzy'],
      'rejected',
    ],
  ] as const)('%s', async (_, more, state) => {
    const bench = bridgeBench();
    bench.connect();
    await bench.fire({ signalId: 'A' });
    for (const error of ['Xyzzy', ...more]) bench.link.says({ type: 'error', signal_id: 'A', error });
    for (let passed = 0; passed <= 65_000; passed += 5_000) {
      bench.heartbeat();
      bench.clock.advance(5_000);
    }
    expect(bench.order('A').state).toBe(state);
    await bench.controller.stop();
  });
});
