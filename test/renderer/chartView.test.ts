import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  backToLive,
  drawnView,
  panned,
  rangeOfView,
  spanOfView,
  viewOfRange,
  zoomed,
  type ChartView,
} from '../../renderer/store/chartView.ts';
import { chartLook } from '../../renderer/views/charts/chartKinds.ts';
import { choose, keepChoices, readChoices } from '../../renderer/views/charts/chartChoices.ts';
import { closedPeriods, without } from '../../renderer/views/charts/closedPeriods.ts';
import { withOrders } from '../../renderer/views/charts/useMarks.ts';
import { orderMark } from '../../src/api/queries/orderMark.ts';
import { defaultRiskLimits } from '../../src/domain/risk/riskLimits.ts';
import { anOrder } from './anOrder.ts';
import { fakeStorage } from './fakeStorage.ts';
import type { Sample } from '../../src/api/state/state.ts';

afterEach(() => vi.unstubAllGlobals());

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.UTC(2026, 5, 10);
const known = { first: now - 30 * day, now };

describe('the view of the charts', () => {
  it('of a range ends now', () => {
    expect(spanOfView(viewOfRange('1h'), known)).toEqual({ from: now - hour, to: now });
    expect(spanOfView(viewOfRange('all'), known)).toEqual({ from: known.first, to: now });
    expect(spanOfView(viewOfRange('all'), { first: null, now })).toEqual({ from: now - 300_000, to: now });
    expect(rangeOfView(viewOfRange('1w'))).toBe('1w');
  });

  it('stands still where it was panned to, and follows again at the end', () => {
    const earlier = panned({ from: now - hour, to: now }, -0.5, known);
    expect(earlier).toEqual({ live: false, from: now - 1.5 * hour, to: now - 0.5 * hour });
    expect(panned(spanOfView(earlier, known), 0.5, known)).toEqual({ live: true, ms: hour });
    expect(panned(spanOfView(earlier, known), 20, known)).toEqual({ live: true, ms: hour });
    expect(backToLive(spanOfView(earlier, known))).toEqual({ live: true, ms: hour });
    expect(rangeOfView(earlier)).toBeNull();
  });

  it('of a range waits for its figures', () => {
    const [hourly, yearly] = [viewOfRange('1h'), viewOfRange('1y')];
    expect(drawnView(yearly, null)).toBe(yearly);
    expect(drawnView(yearly, hourly)).toBe(hourly);
    expect(drawnView(yearly, yearly)).toBe(yearly);
    const dragged = panned({ from: now - hour, to: now }, -0.5, known);
    expect(drawnView(dragged, hourly)).toBe(dragged);
  });

  it('is not lost before the first figures', () => {
    const span = spanOfView(panned({ from: now - day, to: now }, -1_000, known), known);
    expect(span.to).toBeGreaterThan(known.first);
    expect(span.to - span.from).toBe(day);
  });

  it('zooms around what is pointed at', () => {
    const near = zoomed({ from: now - day, to: now }, 0.5, 0.25, known) as ChartView & { live: false };
    expect(near).toEqual({ live: false, from: now - day + 3 * hour, to: now - day + 15 * hour });
    expect(zoomed({ from: now - day, to: now }, 0.5, 1, known)).toEqual({ live: true, ms: day / 2 });
    // Out again it ends at now at the latest.
    expect(zoomed(near, 100, 0.5, known)).toMatchObject({ live: true });
    const closest = spanOfView(zoomed({ from: now - day, to: now - hour }, 1e-9, 0.5, known), known);
    expect(closest.to - closest.from).toBeGreaterThanOrEqual(10_000);
  });
});

describe('times when the broker is closed', () => {
  const friday = Date.UTC(2026, 5, 5, 21);
  const sunday = Date.UTC(2026, 5, 7, 21);
  const sample = (at: number, equity = 100): Sample => ({
    at,
    balance: 100,
    equity,
    equityLow: equity,
    equityHigh: equity,
    margin: null,
    messages: null,
  });

  it('last from Friday to Sunday, 17:00 in New York, in summer and in winter', () => {
    expect(closedPeriods({ from: friday - 3 * day, to: now }, [])).toEqual([{ from: friday, to: sunday }]);
    const winter = Date.UTC(2026, 0, 9, 22);
    expect(closedPeriods({ from: winter + hour, to: winter + 2 * hour }, [])).toEqual([
      { from: winter, to: winter + 2 * day },
    ]);
    expect(closedPeriods({ from: sunday + hour, to: now - day }, [])).toEqual([]);
    expect(closedPeriods({ from: now - 365 * day, to: now }, [])).toEqual([]);
  });

  it('are none where the equity moved', () => {
    const span = { from: friday - day, to: now };
    const still = Array.from({ length: 50 }, (_, index) => sample(friday + index * hour));
    expect(closedPeriods(span, still)).toHaveLength(1);
    const moving = still.map((one, index) => ({ ...one, equity: 100 + index }));
    expect(closedPeriods(span, moving)).toEqual([]);
    // The last prices before the close are no sign of a market.
    expect(
      closedPeriods(span, [sample(friday - hour, 90), sample(friday + 60_000, 95), ...still.slice(1)]),
    ).toHaveLength(1);
  });

  it('are taken out of the gaps', () => {
    expect(without([{ from: 0, to: 100 }], [{ from: 20, to: 40 }])).toEqual([
      { from: 0, to: 20 },
      { from: 40, to: 100 },
    ]);
    expect(without([{ from: 25, to: 35 }], [{ from: 20, to: 40 }])).toEqual([]);
    expect(without([{ from: 0, to: 10 }], [{ from: 20, to: 40 }])).toEqual([{ from: 0, to: 10 }]);
  });
});

describe('what a person chooses to see', () => {
  const usual = { left: 'price', right: 'equity', third: 'margin', drawdown: false, timeframe: 'M1' };

  it('is kept, and swapped where both would show the same', () => {
    const items = fakeStorage();
    expect(readChoices()).toEqual(usual);
    const chosen = choose(choose(readChoices(), 'right', 'rate'), 'left', 'rate');
    expect(chosen).toEqual({ ...usual, left: 'rate', right: 'price' });
    // A chart that the third pane shows goes to it in exchange.
    expect(choose(chosen, 'left', 'margin')).toEqual({ ...usual, left: 'margin', right: 'price', third: 'rate' });
    keepChoices(chosen);
    expect(readChoices()).toEqual(chosen);
    for (const broken of ['{', '{"left":"level","right":"level","drawdown":false}', '{"left":"gone"}', '7']) {
      for (const key of items.keys()) items.set(key, broken);
      expect(readChoices()).toEqual(usual);
    }
  });
});

describe('bands of warning', () => {
  it("are the limits' own", () => {
    const level = chartLook('level', { ...defaultRiskLimits, marginLevel: 250 }, false);
    expect(level.rules).toEqual([{ value: 250, text: 'limit 250 %' }]);
    expect(level.bands).toContainEqual({ from: 0, to: 250, colour: 'var(--down)' });
    const off = chartLook('level', { ...defaultRiskLimits, marginLevel: null }, false);
    expect(off.rules).toEqual([]);
    expect(off.bands).toContainEqual({ from: 100, to: 200, colour: 'var(--quiet)' });
    const drawdown = chartLook('drawdown', { ...defaultRiskLimits, drawdownPercent: 15 }, false);
    expect(drawdown.bands).toEqual([
      { from: 10, to: 15, colour: 'var(--quiet)' },
      { from: 15, to: 100, colour: 'var(--down)' },
    ]);
  });
});

describe('marks', () => {
  it('gain what has been filled since they were asked for', () => {
    const filled = (number: number) => anOrder({ number, state: 'filled', at: now + number });
    const told = [orderMark(filled(3), 2)];
    const orders = [filled(5), anOrder({ number: 4, state: 'sent' }), filled(3), filled(1)];
    expect(withOrders(told, orders).map(({ number, count }) => [number, count])).toEqual([
      [3, 2],
      [5, 1],
    ]);
  });
});
