import { describe, expect, it } from 'vitest';
import type { Milestone } from '../../src/controller/ports/journalEntry.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';

function milestones({ journal }: BridgeBench): Milestone[] {
  return journal.entries().flatMap(({ entry }) => (entry.type === 'milestone' ? [entry.milestone] : []));
}

function tell(bench: BridgeBench, balance: number, margin = 0, equity = balance): void {
  bench.link.says({ type: 'heartbeat', balance, equity, margin, positions: 1, timestamp: 'x' });
  bench.clock.advance(1_000);
}

function connected(from: Parameters<typeof bridgeBench>[1] = {}): BridgeBench {
  const bench = bridgeBench({}, from);
  bench.connect();
  return bench;
}

describe('milestones of an account (R4)', () => {
  it('are its first balance and profits over it, once each, also over restarts', async () => {
    const bench = connected();
    for (const balance of [3_000, 3_149.99, 3_150, 3_100, 3_160, 3_750]) tell(bench, balance);
    const expected = [
      { kind: 'starting_balance', balance: 3_000 },
      { kind: 'profit', step: 5, balance: 3_150 },
      { kind: 'profit', step: 10, balance: 3_750 },
      { kind: 'profit', step: 25, balance: 3_750 },
    ];
    expect(milestones(bench)).toEqual(expected);
    await bench.controller.stop();
    const again = connected(bench);
    for (const balance of [3_000, 3_750]) tell(again, balance);
    expect(milestones(again)).toEqual(expected);
  });

  it('are a margin level under 150 and over 200 again, each time', () => {
    const bench = connected();
    for (const equity of [600, 299, 200, 400, 401, 0, 700]) tell(bench, 3_000, 200, equity);
    // Without margin in use there is no level.
    tell(bench, 3_000, 200, 100);
    tell(bench, 3_000, 0, 3_000);
    expect(milestones(bench).slice(1)).toEqual([
      { kind: 'margin_low', level: 149.5 },
      { kind: 'margin_recovered', level: 200.5 },
      { kind: 'margin_low', level: 0 },
      { kind: 'margin_recovered', level: 350 },
      { kind: 'margin_low', level: 50 },
    ]);
  });

  it("are each account's own, and nobody's while the account is in question", () => {
    const bench = connected();
    tell(bench, 3_000);
    bench.nameAccount(2);
    tell(bench, 9_000);
    expect(milestones(bench)).toHaveLength(1);
    bench.controller.risk.acceptAccount('main', '2@Broker-Demo', 'ticket');
    tell(bench, 9_000);
    expect(milestones(bench)[1]).toEqual({ kind: 'starting_balance', balance: 9_000 });
  });
});

describe('an order', () => {
  it('keeps the quote and the trading day of its firing', async () => {
    const day = { timeZone: 'UTC', startsAt: '00:00' };
    const bench = connected();
    bench.controller
      .bridge('main')
      .configure({ limits: { ...bench.controller.bridge('main').config.limits, day } }, 'ticket');
    bench.link.says({ type: 'tick', symbol: 'XAUUSD', bid: 2341, ask: 2341.2, spread: 20, volume: 1, timestamp: 1 });
    const fresh = await bench.fire({ signalId: 'A', action: 'close' });
    expect(fresh).toMatchObject({ quote: { bid: 2341, ask: 2341.2, point: 0.01 } });
    expect(fresh.day).toBe(new Date(bench.clock.now()).toISOString().slice(0, 10));
    expect(await bench.fire({ signalId: 'B', action: 'close', symbol: 'EURUSD' })).toMatchObject({ quote: null });
    bench.clock.advance(60_001);
    expect(await bench.fire({ signalId: 'C', action: 'close' })).toMatchObject({ quote: null });
  });
});
