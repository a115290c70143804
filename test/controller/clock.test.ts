import { beforeEach, describe, expect, it } from 'vitest';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';
import { openLimits } from '../support/openLimits.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** The day begins ten minutes after the bench does: until then it is the day before. */
const startsAt = '09:10';
const limits = { ...openLimits, dailyLossPercent: 5, tradesPerDay: 2, day: { timeZone: 'UTC', startsAt } };
let bench: BridgeBench;

function tell(equity: number): void {
  bench.link.says({ type: 'heartbeat', balance: equity, equity, margin: 0, positions: 0 });
  bench.clock.advance(300);
}
/** The EA goes on telling for so long. */
function goOn(ms: number, equity: number): void {
  for (let passed = 0; passed < ms; passed += 5_000) {
    bench.clock.advance(4_700);
    bench.answerPings();
    tell(equity);
  }
}
const base = () => bench.state().riskBase;
const fire = async (signalId: string) => {
  bench.controller.risk.arm('main', 'ticket');
  const { state, refusal } = await bench.fire({ signalId });
  if (state === 'sent')
    bench.link.says({ type: 'trade_result', signal_id: signalId, status: 'success', ticket: 1, price: 1 });
  return refusal?.code ?? state;
};

beforeEach(() => {
  bench = bridgeBench({ limits });
  bench.connect();
  tell(10_000);
});

describe('the trading day after a jump of the clock', () => {
  it('is the day before until the clock was steady for a minute and the EA has told its figures', () => {
    bench.clock.sleep(3 * day);
    bench.clock.advance(300);
    tell(9_000);
    expect(base()).toMatchObject({ day: '2026-01-04', dayStartEquity: 10_000 });
    goOn(50_000, 8_800);
    expect(base()).toMatchObject({ day: '2026-01-04', dayStartEquity: 10_000 });
    goOn(15_000, 8_700);
    expect(base()).toMatchObject({ day: '2026-01-07', dayStartEquity: 8_700 });
  });

  it('does not begin by time alone', () => {
    bench.clock.jump(day);
    bench.clock.advance(120_000);
    expect(base()).toMatchObject({ day: '2026-01-04' });
    tell(9_000);
    expect(base()).toMatchObject({ day: '2026-01-05', dayStartEquity: 9_000 });
  });

  it('begins anew with each jump', () => {
    bench.clock.jump(day);
    goOn(45_000, 9_000);
    bench.clock.jump(60_000);
    goOn(45_000, 9_000);
    expect(base()).toMatchObject({ day: '2026-01-04' });
    goOn(20_000, 9_000);
    expect(base()).toMatchObject({ day: '2026-01-05' });
  });

  it('is not taken away by a clock that was ahead for a moment', async () => {
    bench.clock.jump(day);
    tell(10_000);
    bench.clock.jump(-day);
    tell(12_000);
    expect(base()).toMatchObject({ day: '2026-01-04', dayStartEquity: 10_000 });
    goOn(605_000, 12_000);
    expect(base()).toMatchObject({ day: '2026-01-05', dayStartEquity: 12_000 });
    tell(10_100);
    expect(await fire('A')).toBe('risk_daily_loss');
  });

  it('is not taken away by a clock that was ahead for long, and the day before comes back', async () => {
    bench.clock.jump(day);
    goOn(70_000, 9_900);
    expect(base()).toMatchObject({ day: '2026-01-05', dayStartEquity: 9_900 });
    bench.clock.jump(-day);
    tell(9_600);
    expect(base()).toMatchObject({ day: '2026-01-04', dayStartEquity: 10_000 });
    goOn(605_000, 12_000);
    expect(base()).toMatchObject({ day: '2026-01-05', dayStartEquity: 12_000 });
    tell(10_100);
    expect(await fire('A')).toBe('risk_daily_loss');
  });

  it('keeps the start of today where the clock was behind for a moment, and over a restart', async () => {
    goOn(605_000, 9_800);
    tell(9_500);
    expect(base()).toMatchObject({ day: '2026-01-05', dayStartEquity: 9_800 });
    bench.clock.jump(-day);
    tell(9_500);
    expect(base()).toMatchObject({ day: '2026-01-04', dayStartEquity: 10_000 });
    await bench.controller.stop();
    bench = bridgeBench({ limits }, bench);
    bench.connect();
    tell(9_500);
    expect(base()).toMatchObject({ day: '2026-01-04', dayStartEquity: 10_000 });
  });

  it('comes back at once where the clock does', () => {
    goOn(605_000, 9_800);
    bench.clock.jump(-day);
    tell(9_500);
    bench.clock.jump(day);
    tell(9_500);
    expect(base()).toMatchObject({ day: '2026-01-05', dayStartEquity: 9_800 });
  });

  it('is the one of a start whose clock was ahead', async () => {
    await bench.controller.stop();
    bench.clock.jump(day);
    bench = bridgeBench({ limits }, bench);
    bench.connect();
    tell(9_900);
    expect(base()).toMatchObject({ day: '2026-01-05', dayStartEquity: 9_900 });
    bench.clock.jump(-day);
    tell(9_700);
    expect(base()).toMatchObject({ day: '2026-01-04', dayStartEquity: 10_000 });
  });

  it('counts its trades on where the clock is ahead for a moment', async () => {
    expect(await fire('A')).toBe('sent');
    expect(await fire('B')).toBe('sent');
    expect(await fire('C')).toBe('risk_trades_day');
    bench.clock.jump(day);
    bench.clock.advance(300);
    tell(10_000);
    expect(await fire('D')).toBe('risk_trades_day');
    expect(bench.order('D').day).toBe('2026-01-04');
  });

  it('begins at its time where no clock jumped', () => {
    goOn(605_000, 9_800);
    expect(base()).toMatchObject({ day: '2026-01-05' });
  });
});

describe('the age of a quote', () => {
  const tick = () => {
    bench.link.says({ type: 'tick', symbol: 'XAUUSD', bid: 2341, ask: 2341.3, spread: 30 });
  };

  it('is not made younger by a clock that is set back', async () => {
    tick();
    goOn(90_000, 10_000);
    bench.clock.jump(-hour);
    goOn(5_000, 10_000);
    expect(await fire('A')).toBe('no_quotes');
  });

  it('counts the time in which the machine slept', async () => {
    tick();
    // A machine whose steady clock stops while it sleeps.
    bench.clock.jump(hour);
    goOn(5_000, 10_000);
    expect(await fire('A')).toBe('no_quotes');
    tick();
    expect(await fire('B')).toBe('sent');
  });
});
