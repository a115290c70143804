import { beforeEach, describe, expect, it } from 'vitest';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';
import { openLimits } from '../support/openLimits.ts';

// Another account whose name can't be compared, and what was measured of the account before.

let bench: BridgeBench;

const reconnect = (): void => {
  bench.rejoin();
  bench.link.takeSent();
};
const figures = (equity: number, { uuid, positions = 1 }: { uuid?: string; positions?: number } = {}): void => {
  bench.link.says({ type: 'heartbeat', uuid, balance: equity, equity, positions });
};

beforeEach(() => {
  bench = bridgeBench({ limits: { ...openLimits, dailyLossPercent: 10 } });
  bench.connect();
  bench.clock.advance(250);
  bench.link.takeSent();
});

describe('an account that is accepted while it is waited for a name that can be compared', () => {
  it('is not measured by what the account before began its day with', async () => {
    reconnect();
    figures(9_000, { uuid: 'U9' });
    bench.controller.bridge('main').orderManager.identity.accept('ticket');
    expect(bench.state().riskBase).toBeNull();
    expect((await bench.fire({ signalId: 'A' })).refusal?.code).toBe('risk_daily_loss');
    bench.clock.advance(250);
    figures(9_000, { uuid: 'U9' });
    bench.clock.advance(250);
    expect(bench.state().riskBase).toMatchObject({ dayStartEquity: 9_000, peakEquity: 9_000 });
  });

  it("proves no order of the account before by this one's positions", async () => {
    await bench.fire({ signalId: 'A' });
    bench.link.says({ type: 'trade_result', signal_id: 'A', status: 'success', ticket: 0, price: 0 });
    expect(bench.order('A')).toMatchObject({ state: 'unknown', doubt: 'unverified' });
    reconnect();
    bench.link.says({ type: 'heartbeat', uuid: 'U9', balance: 9_000, equity: 9_000 });
    bench.controller.bridge('main').orderManager.identity.accept('ticket');
    figures(9_000, { uuid: 'U9', positions: 7 });
    expect(bench.order('A')).toMatchObject({ state: 'unknown', doubt: 'unverified' });
  });
});

describe('an account that was never accepted', () => {
  it('leaves no measure behind when its EA goes', async () => {
    reconnect();
    bench.nameAccount(2_000_002);
    figures(1_000);
    // Its last figures are looked at when it has gone.
    bench.link.leave();
    bench.clock.advance(250);
    reconnect();
    bench.nameAccount();
    figures(2_500);
    bench.controller.risk.arm('main', 'ticket');
    expect((await bench.fire({ signalId: 'A' })).refusal?.code).toBe('risk_daily_loss');
  });
});
