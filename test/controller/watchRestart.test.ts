import { beforeEach, describe, expect, it } from 'vitest';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';

let bench: BridgeBench;

beforeEach(() => {
  bench = bridgeBench();
  bench.connect();
});

const report = (positions: number, more: Record<string, unknown> = {}) => {
  bench.link.says({ type: 'heartbeat', balance: 3000, equity: 2987.5, positions, ...more });
};
const reports = (seconds: number, positions: number) => {
  for (let passed = 0; passed < seconds; passed += 5) {
    bench.clock.advance(5_000);
    report(positions);
  }
};
const fails = (signal_id: string, error = 'Trade failed: Unknown error (4756)') => {
  bench.link.says({ type: 'error', signal_id, error });
};
const success = (signal_id: string, more: Record<string, unknown> = {}) => {
  bench.link.says({ type: 'trade_result', signal_id, status: 'success', ...more });
};

/** The app ends as at a power cut, once what was recorded is written. The EA goes on, and joins again. */
function restart(awayMs = 0, journal = bench.journal): void {
  bench.clock.advance(500);
  const { clock } = bench;
  bench.link.leave();
  clock.advance(awayMs);
  bench = bridgeBench({}, { journal, clock });
  bench.link.join();
  bench.answerPings();
  clock.advance(1_000);
  bench.answerPings();
  bench.nameAccount();
}

describe('an order that was answered with 4756 before a restart', () => {
  it('is unknown again, with its guards, when positions rise after it', async () => {
    await bench.fire({ signalId: 'A' });
    fails('A');
    restart();
    expect(bench.order('A')).toMatchObject({ state: 'rejected', assumed: true });
    report(1);
    reports(20, 1);
    expect(bench.order('A').state).toBe('rejected');
    report(2);
    expect(bench.order('A')).toMatchObject({ state: 'unknown', doubt: 'unclear_status', assumed: false });
    expect(bench.order('A').message).toContain('rose from 1 to 2');
    expect((await bench.fire({ signalId: 'B', action: 'sell' })).refusal?.code).toBe('risk_unsettled');
  });

  it.each([0, 30_000, 600_000])(
    'is unknown where the broker filled it while the app was away for %d ms',
    async (ms) => {
      await bench.fire({ signalId: 'A' });
      fails('A');
      restart(ms);
      report(2);
      expect(bench.order('A').state).toBe('unknown');
    },
  );

  it('stays rejected when the first report after a long time shows nothing, whatever is opened later', async () => {
    await bench.fire({ signalId: 'A' });
    fails('A');
    restart(600_000);
    report(1);
    report(2);
    expect(bench.order('A').state).toBe('rejected');
  });

  it('stays rejected when its time was over before the app ended', async () => {
    await bench.fire({ signalId: 'A' });
    fails('A');
    reports(200, 1);
    restart();
    report(2);
    expect(bench.order('A').state).toBe('rejected');
  });

  it('is measured from the positions that were left when others had closed, and opened, before the restart', async () => {
    await bench.fire({ signalId: 'A' });
    fails('A');
    report(0);
    await bench.fire({ signalId: 'B', symbol: 'EURUSD' });
    success('B', { ticket: 8, price: 1.1 });
    restart();
    report(1);
    expect(bench.order('A').state).toBe('rejected');
    report(2);
    expect(bench.order('A').state).toBe('unknown');
  });

  it('is watched over two restarts', async () => {
    await bench.fire({ signalId: 'A' });
    fails('A');
    restart();
    report(1);
    restart();
    report(2);
    expect(bench.order('A').state).toBe('unknown');
  });

  it('is not doubted by the positions of another account', async () => {
    await bench.fire({ signalId: 'A' });
    fails('A');
    restart();
    bench.nameAccount(2000002);
    report(7);
    expect(bench.order('A').state).toBe('rejected');
  });

  it.each([
    [0, 'unknown'],
    [200_000, 'rejected'],
  ])('that a version without a watch wrote is after %d ms %s: in doubt while it can be traded', async (ms, state) => {
    await bench.fire({ signalId: 'A' });
    fails('A');
    const { journal } = bench;
    const remembered = (key: string) => (key.startsWith('watched_orders') ? null : journal.remembered(key));
    restart(ms, { ...journal, remembered });
    expect(bench.order('A').state).toBe(state);
    const doubted = expect.stringContaining('the app ended while the broker could still trade it') as string;
    if (state === 'unknown') expect(bench.order('A').message).toEqual(doubted);
    const codes = bench.controller.snapshot().state.alarms.map(({ code }) => code);
    expect(codes.includes('order_unknown')).toBe(state === 'unknown');
  });
});

describe('other orders that positions would tell of after a restart', () => {
  it('a success that proves nothing is filled by a rise', async () => {
    await bench.fire({ signalId: 'A' });
    success('A');
    restart();
    report(1);
    expect(bench.order('A')).toMatchObject({ state: 'unknown', doubt: 'unverified' });
    report(2);
    expect(bench.order('A')).toMatchObject({ state: 'filled', unverified: false });
  });

  it('an error that nobody can read never settles itself: what happened meanwhile was not seen', async () => {
    await bench.fire({ signalId: 'A' });
    fails('A', 'Ошибка');
    reports(40, 1);
    restart();
    reports(180, 1);
    fails('A', 'Ошибка');
    reports(180, 1);
    expect(bench.order('A').state).toBe('unknown');
  });

  it('nor does one whose error comes after the restart', async () => {
    await bench.fire({ signalId: 'A' });
    restart();
    report(1);
    fails('A', 'Ошибка');
    reports(180, 1);
    expect(bench.order('A').state).toBe('unknown');
  });

  it('a rejection that nothing but quiet made is unknown again', async () => {
    await bench.fire({ signalId: 'A' });
    fails('A', 'Ошибка');
    reports(70, 1);
    expect(bench.order('A')).toMatchObject({ state: 'rejected', assumed: true });
    restart();
    report(2);
    expect(bench.order('A').state).toBe('unknown');
  });
});
